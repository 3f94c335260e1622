package io.dettrace.oracle.mine;

import io.dettrace.event.Field;
import io.dettrace.oracle.rules.Observation;
import io.dettrace.oracle.rules.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Mines rules from passing runs, one after the other, each in one pass. What is offered holds in every run, and has happened
 * often enough in each. Not thread-safe.
 */
public final class Miner {
    /** Occurrences that a rule must have in every run, unless said otherwise. */
    public static final int SUPPORT = 5;

    private final List<Scope> scopes;
    private final Set<String> notNumbers;
    private final List<RunFacts> runs = new ArrayList<>();

    /** What one run says. */
    record RunFacts(List<Relations> relations, NumberFacts numbers, long events) {}

    /**
     * @param scopes by what events are taken together, the best first
     * @param notNumbers fields whose numbers are not looked at: times, kinds
     */
    public Miner(List<Scope> scopes, Set<String> notNumbers) {
        this.scopes = List.copyOf(scopes);
        this.notNumbers = Set.copyOf(notNumbers);
    }

    /** Begins a run. */
    public Pass run() {
        return new Pass();
    }

    /**
     * The rules.
     *
     * @param support occurrences that a rule must have in every run
     */
    public Mined mine(int support) {
        return new Selection(scopes, runs, support).mined();
    }

    /** The rules of all runs but one; {@code run} counts from 0. */
    Mined mineWithout(int run, int support) {
        List<RunFacts> others = new ArrayList<>(runs);
        others.remove(run);
        return new Selection(scopes, others, support).mined();
    }

    boolean isOneRun() {
        return runs.size() == 1;
    }

    /** A run that is gone through. */
    public final class Pass {
        private final List<Traces> traces = new ArrayList<>();
        private final NumberFacts numbers = new NumberFacts(notNumbers);
        private long events;

        private Pass() {
            scopes.forEach(s -> traces.add(new Traces(s)));
        }

        /** Takes the next event with all its fields. */
        public void take(Observation event, List<Field> fields) {
            events++;
            if (event.kind().isEmpty()) {
                return;
            }
            String[] keys = new String[scopes.size()];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = scopes.get(i).keyOf(event);
                if (keys[i] != null) {
                    traces.get(i).take(event, keys[i]);
                }
            }
            numbers.take(event, fields, keys);
        }

        /** The run is over. */
        public void end() {
            runs.add(new RunFacts(traces.stream().map(Traces::relations).toList(), numbers, events));
        }
    }
}

package io.dettrace.incident.culprit;

import io.dettrace.incident.window.Names;
import io.dettrace.incident.window.Window;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.collections.LongHashSet;

/** All that is counted of two windows: steps, times, failures. */
public final class Comparison {
    final Window baseline;
    final Window incident;
    final Names names;
    final Units before;
    final Units now;
    final Peers peers = new Peers();
    final LongHashSet logging = new LongHashSet();
    final Transitions steps;
    final Times times = new Times();
    final Failures failures = new Failures();

    /** Counts two windows that share their names. */
    public Comparison(Window baseline, Window incident) {
        this.baseline = baseline;
        this.incident = incident;
        names = baseline.names();
        before = new Units(baseline, peers);
        now = new Units(incident, peers);
        SpanChains.noteLogging(baseline, logging);
        SpanChains.noteLogging(incident, logging);
        steps = new Transitions(baseline, before);
        steps.side(0, baseline, before);
        new SpanChains(baseline, before, logging).walk(steps);
        steps.side(1, incident, now);
        new SpanChains(incident, now, logging).walk(steps);
        times.take(0, baseline, before);
        times.take(1, incident, now);
        failures.take(0, baseline, before);
        failures.take(1, incident, now);
    }

    /** The window that is as usual. */
    public Window baseline() {
        return baseline;
    }

    /** The window that is not. */
    public Window incident() {
        return incident;
    }

    /** Units of work of the baseline. */
    public Units before() {
        return before;
    }

    /** Units of work of the incident. */
    public Units now() {
        return now;
    }

    /** Which services call which. */
    public Callees callees() {
        return new Callees(calls().keySet());
    }

    /** Requests of the incident by edge {@code caller>callee}. */
    Map<String, Double> calls() {
        Map<String, Double> calls = new TreeMap<>();
        for (int g = 0; g < failures.groups; g++) {
            if (failures.caller[g] >= 0) {
                String edge = names.get(failures.caller[g]) + ">" + names.get(failures.service[g]);
                calls.merge(edge, (double) failures.passing[2 * g + 1], Double::sum);
            }
        }
        return calls;
    }
}

package io.dettrace.oracle.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.oracle.history.Linearizability.Violation;
import io.dettrace.oracle.history.model.Models;
import io.dettrace.testkit.Seeds;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small random histories of every model against the definition, taken by its word. */
class LinearizabilityOracleTest {
    private static final int HISTORIES = 400;

    static Set<String> models() {
        return Histories.of().keySet();
    }

    private static Model model(String name) {
        if (Histories.DECLARED.containsKey(name)) {
            return Histories.declared(name);
        }
        return Models.named(name.replace(" of elements", ""), Optional.empty()).orElseThrow();
    }

    private static History history(String name, Random random) {
        return new Histories(
                        model(name),
                        Histories.of().get(name),
                        random,
                        1 + random.nextInt(2),
                        random.nextInt(3) == 0 ? 0 : 0.25,
                        random.nextInt(3) == 0 ? 0 : 0.2)
                .make(2 + random.nextInt(6), 2 + random.nextInt(3));
    }

    @ParameterizedTest
    @MethodSource("models")
    void verdictAndFirstViolationAreThoseOfTheDefinition(String name) {
        int[] verdicts = new int[2];
        Seeds.each(HISTORIES, seed -> {
            Random random = new Random(seed);
            History history = history(name, random);
            Model model = model(name);

            Linearizability found =
                    LinearizabilityChecker.check(history, model, Limits.DEFAULT, random.nextBoolean() ? 0 : 100);

            OptionalInt expected = EveryOrder.firstViolation(history, model);
            OptionalInt actual = found.violation()
                    .map(v -> OptionalInt.of(v.operation().returned()))
                    .orElse(OptionalInt.empty());
            assertThat(actual).as(() -> text(history)).isEqualTo(expected);
            assertThat(found.verdict())
                    .isEqualTo(expected.isPresent() ? Verdict.NOT_LINEARIZABLE : Verdict.LINEARIZABLE);
            verdicts[expected.isPresent() ? 1 : 0]++;
        });
        assertThat(verdicts[0]).as("legal histories").isGreaterThan(HISTORIES / 20);
        assertThat(verdicts[1]).as("illegal histories").isGreaterThan(HISTORIES / 20);
    }

    @ParameterizedTest
    @MethodSource("models")
    void limitsMayMakeTheAnswerUndecidedOrTheViolationLaterButNeverAnother(String name) {
        int[] undecided = new int[1];
        Seeds.each(HISTORIES, seed -> {
            Random random = new Random(seed);
            History history = history(name, random);
            Model model = model(name);
            OptionalInt expected = EveryOrder.firstViolation(history, model);

            Linearizability found = LinearizabilityChecker.check(
                    history, model, new Limits(1 + random.nextInt(8), 1 + random.nextInt(60)), random.nextInt(6));

            if (found.verdict() == Verdict.UNDECIDED) {
                undecided[0]++;
                assertThat(found.undecided()).isNotEmpty();
            } else {
                assertThat(found.verdict())
                        .as(() -> text(history))
                        .isEqualTo(expected.isPresent() ? Verdict.NOT_LINEARIZABLE : Verdict.LINEARIZABLE);
            }
            found.violation().ifPresent(v -> {
                boolean first = v.operation().returned() == expected.getAsInt();
                assertThat(v.operation().returned()).isGreaterThanOrEqualTo(expected.getAsInt());
                assertThat(first || !v.exact() || !found.undecided().isEmpty())
                        .as(() -> text(history))
                        .isTrue();
            });
        });
        assertThat(undecided[0]).isGreaterThan(HISTORIES / 50);
    }

    @ParameterizedTest
    @MethodSource("models")
    void counterexamplesShowTheViolationAloneAndNoneOfTheirCallsCanBeSpared(String name) {
        Seeds.each(HISTORIES / 3, seed -> {
            History history = history(name, new Random(seed));
            Model model = model(name);
            Optional<Violation> violation =
                    LinearizabilityChecker.check(history, model, Limits.DEFAULT).violation();
            if (violation.isEmpty()) {
                return;
            }
            Violation v = violation.get();
            int event = v.operation().returned();
            List<Operation> needed = v.counterexample().operations();

            assertThat(v.counterexample().minimal()).isTrue();
            assertThat(needed).contains(v.operation());
            assertThat(EveryOrder.explains(needed, model, event, Set.of()))
                    .as(() -> text(history))
                    .isFalse();
            if (name.equals("queue") || name.equals("stack") || name.equals("bag")) {
                return; // elements are left out besides, which is no letting free
            }
            for (Operation spared : needed) {
                Set<Operation> free = new HashSet<>(history.operations());
                free.removeIf(o ->
                        needed.contains(o) && o != spared || o.call().function().isEmpty());
                if (spared != v.operation()) {
                    assertThat(EveryOrder.explains(history.operations(), model, event, free))
                            .as(() -> spared + " can be spared in " + text(history))
                            .isTrue();
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("models")
    void resultsThatWouldHaveFitDoAndTheWitnessIsAnOrderThatTheModelAllows(String name) {
        Seeds.each(HISTORIES / 3, seed -> {
            History history = history(name, new Random(seed));
            Model model = model(name);
            Optional<Violation> violation =
                    LinearizabilityChecker.check(history, model, Limits.DEFAULT).violation();
            if (violation.isEmpty()) {
                return;
            }
            Operation last = violation.get().operation();
            for (Outcome fits : violation.get().wouldFit()) {
                List<Operation> mended = Histories.map(history.operations(), o -> o != last ? o : ending(o, fits));
                assertThat(EveryOrder.explains(mended, model, last.returned(), Set.of()))
                        .as(() -> fits + " in " + text(history))
                        .isTrue();
            }
            if (violation.get().allThatFit() && seed % 3 == 0) {
                for (Outcome other : outcomes(model, history, last)) {
                    List<Operation> mended = Histories.map(history.operations(), o -> o != last ? o : ending(o, other));
                    assertThat(EveryOrder.explains(mended, model, last.returned(), Set.of()))
                            .as(() -> other + " besides " + violation.get().wouldFit() + " in " + text(history))
                            .isEqualTo(violation.get().wouldFit().stream().anyMatch(o -> sameEnd(o, other)));
                }
            }
            Object state = model.initial();
            for (Linearizability.Step step : violation.get().witness()) {
                Object before = state;
                state = model.apply(before, step.operation().call()).stream()
                        .filter(o -> model.show(o.state()).equals(step.state()))
                        .filter(o -> step.operation() == last
                                || step.operation().returned() > last.returned()
                                || model.accepts(
                                        step.operation().call(),
                                        step.operation().answer(),
                                        o))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(step + " in " + text(history)))
                        .state();
            }
        });
    }

    /** What a call may return in states to which the history's calls lead in some order. */
    private static Set<Outcome> outcomes(Model model, History history, Operation of) {
        Set<Outcome> outcomes = new HashSet<>();
        Set<Object> states = new HashSet<>(Set.of(model.initial()));
        for (int round = 0; round < 2 && states.size() < 20; round++) {
            for (Object state : List.copyOf(states)) {
                for (Operation o : history.operations()) {
                    model.apply(state, o.call()).forEach(after -> states.add(after.state()));
                }
            }
        }
        for (Object state : states) {
            model.apply(state, of.call()).forEach(o -> outcomes.add(new Outcome(null, o.result(), o.refused())));
        }
        return outcomes;
    }

    private static boolean sameEnd(Outcome a, Outcome b) {
        return a.refused() == b.refused() && java.util.Objects.equals(a.result(), b.result());
    }

    private static Operation ending(Operation o, Outcome outcome) {
        return new Operation(
                o.number(),
                o.process(),
                o.call(),
                outcome.refused() ? Operation.Ending.FAIL : Operation.Ending.OK,
                outcome.result() == null ? Value.NIL : outcome.result(),
                Optional.empty(),
                o.invoked(),
                o.returned(),
                o.invokedAt(),
                o.returnedAt());
    }

    static String text(History history) {
        return history.operations().stream()
                .map(o -> o.invoked() + "-" + (o.returned() == Operation.NEVER ? "" : o.returned()) + " " + o.call()
                        + " " + o.ending() + " " + o.result())
                .collect(Collectors.joining("\n", "\n", "\n"));
    }
}

package io.dettrace.oracle.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.oracle.history.Histories.Function;
import io.dettrace.oracle.history.model.Models;
import io.dettrace.testkit.Seeds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories in which no value is put twice, decided by their values, against the search. */
class DistinctValuesTest {
    private static final int HISTORIES = 250;

    private static Model model(String name) {
        return Models.named(name, Optional.empty()).orElseThrow();
    }

    private static History history(String name, Random random) {
        AtomicInteger last = new AtomicInteger();
        java.util.function.Function<Random, Value> fresh = r -> Value.of(last.incrementAndGet());
        java.util.function.Function<Random, Value> none = r -> Value.NIL;
        List<Function> functions = Map.of(
                        "register", List.of(new Function("read", none), new Function("write", fresh)),
                        "kv", List.of(new Function("get", none), new Function("put", fresh)),
                        "queue", List.of(new Function("enqueue", fresh), new Function("dequeue", none)),
                        "bag", List.of(new Function("enqueue", fresh), new Function("dequeue", none)))
                .get(name);
        double faults = random.nextInt(3) == 0 ? 0 : 0.15;
        double crashes = random.nextInt(3) == 0 ? 0 : 0.2;
        History history = new Histories(model(name), functions, random, 1, faults, crashes)
                .make(2 + random.nextInt(14), 2 + random.nextInt(4));
        return random.nextBoolean() ? history : withTwoResultsSwapped(history, random);
    }

    private static History withTwoResultsSwapped(History history, Random random) {
        List<Operation> results = history.operations().stream()
                .filter(o ->
                        o.returned() != Operation.NEVER && o.call().argument().equals(Value.NIL))
                .toList();
        if (results.isEmpty()) {
            return history;
        }
        Operation one = results.get(random.nextInt(results.size()));
        Operation other = results.get(random.nextInt(results.size()));
        return new History(
                Histories.map(
                        history.operations(),
                        o -> o == one ? returning(one, other) : o == other ? returning(other, one) : o),
                history.events(),
                List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"register", "kv", "queue", "bag"})
    void everyPrefixIsExplainedIfAndOnlyIfTheSearchFindsAnOrderWhicheverCallsAreFree(String name) {
        int[] verdicts = new int[2];
        Model model = model(name);
        Seeds.each(HISTORIES, seed -> {
            Random random = new Random(seed);
            History history = history(name, random);
            Set<Operation> free = random.nextBoolean()
                    ? Set.of()
                    : history.operations().stream()
                            .filter(o -> random.nextInt(4) == 0)
                            .collect(Collectors.toSet());
            for (int event = 0; event < history.events(); event++) {
                Search search = new Search(
                        new Problem(model, history.operations(), event, o -> !free.contains(o)), Limits.DEFAULT, false);
                boolean expected = search.run() == Search.End.EXPLAINED;

                Optional<Boolean> explained =
                        DistinctValues.explains(model, history.operations(), event, o -> !free.contains(o));

                assertThat(explained)
                        .as("up to %d, free %s of %s", event, free, LinearizabilityOracleTest.text(history))
                        .contains(expected);
                verdicts[expected ? 1 : 0]++;
            }
        });
        assertThat(verdicts[0]).as("illegal prefixes").isGreaterThan(HISTORIES);
        assertThat(verdicts[1]).as("legal prefixes").isGreaterThan(HISTORIES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"register", "kv", "queue", "bag"})
    void longHistoriesOfManyProcessesAreDecidedWithTheCallThatViolatesThem(String name) {
        Model model = model(name);
        Seeds.each(1, seed -> {
            History good = history(name, 200, 30, new Random(seed));
            Operation broken = good.operations().stream()
                    .filter(o -> o.number() > 150
                            && o.ending() == Operation.Ending.OK
                            && o.call().argument().equals(Value.NIL))
                    .findFirst()
                    .orElseThrow();
            History bad = new History(
                    Histories.map(
                            good.operations(),
                            o -> o != broken ? o : returning(o, Operation.Ending.OK, Value.of("never put"))),
                    good.events(),
                    List.of());

            Linearizability legal = LinearizabilityChecker.check(good, model, Limits.DEFAULT);
            Linearizability found = LinearizabilityChecker.check(bad, model, Limits.DEFAULT);

            assertThat(legal.verdict()).isEqualTo(Verdict.LINEARIZABLE);
            assertThat(found.violation().map(v -> OptionalInt.of(v.operation().number())))
                    .contains(OptionalInt.of(broken.number()));
            assertThat(found.violation().orElseThrow().exact()).isTrue();
            assertThat(found.violation().orElseThrow().counterexample().operations())
                    .extracting(Operation::number)
                    .containsExactly(broken.number());
        });
    }

    private static History history(String name, int calls, int processes, Random random) {
        AtomicInteger last = new AtomicInteger();
        boolean holdsMany = name.equals("queue") || name.equals("bag");
        List<Function> functions = List.of(
                new Function(holdsMany ? "enqueue" : "put", r -> Value.of(last.incrementAndGet())),
                new Function(holdsMany ? "dequeue" : "get", r -> Value.NIL));
        return new Histories(model(name), functions, random, 1, 0, 0.01).make(calls, processes);
    }

    private static Operation returning(Operation o, Operation result) {
        return returning(o, result.ending(), result.result());
    }

    private static Operation returning(Operation o, Operation.Ending ending, Value result) {
        return new Operation(
                o.number(),
                o.process(),
                o.call(),
                ending,
                result,
                o.error(),
                o.invoked(),
                o.returned(),
                o.invokedAt(),
                o.returnedAt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"register", "queue", "bag"})
    void aValueThatIsPutTwiceIsLeftToTheSearch(String name) {
        boolean register = name.equals("register");
        History.Builder history = new History.Builder();
        for (int i = 0; i < 2; i++) {
            Place at = new Place("h", i);
            Call put = new Call(register ? "write" : "enqueue", Value.NIL, Value.of(7));
            history.invoke("p", "p", put, at);
            history.end("p", Operation.Ending.OK, Value.NIL, Optional.empty(), at);
        }

        List<Operation> operations = history.build().operations();

        assertThat(DistinctValues.explains(model(name), operations, 3, o -> true))
                .isEmpty();
        assertThat(DistinctValues.explains(model(name), operations.subList(0, 1), 3, o -> true))
                .contains(true);
    }
}

package io.dettrace.oracle.history.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.InputException;
import io.dettrace.oracle.history.Call;
import io.dettrace.oracle.history.Effect;
import io.dettrace.oracle.history.Model;
import io.dettrace.oracle.history.ModelException;
import io.dettrace.oracle.history.Outcome;
import io.dettrace.oracle.history.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What model files mean, and what is said of those that are wrong. */
class ModelFileTest {
    private static final String ACCOUNT = """
            # an account that may not be overdrawn
            model account
            keys together
            state balance = 0   # in cents
            state log = []

            operation withdraw(amount)
              when balance >= amount and amount > 0
                set balance = balance - amount
                set log = append(log, ["out", amount, key])
                return true
              otherwise
                fail

            operation reset
              set balance = 0
              set log = []

            operation transfer(from, to)
              return [to, from]

            operation read
              return balance
            """;

    private static Model model(String text) throws InputException {
        return ModelFile.parse("m", text);
    }

    private static List<Outcome> apply(Model model, Object state, String function, String argument) {
        return model.apply(state, new Call(function, Value.of("k"), Value.parse(argument)));
    }

    @Test
    void guardsSettingsAndResultsAreComputedFromTheStateBefore() throws InputException {
        Model model = model(ACCOUNT);
        Object five = Value.parse("[5,[]]");

        assertThat(apply(model, five, "withdraw", "3"))
                .containsExactly(Outcome.returns(Value.parse("[2,[[\"out\",3,\"k\"]]]"), Value.TRUE));
        assertThat(apply(model, five, "withdraw", "6")).containsExactly(Outcome.refused(five, null));
        assertThat(apply(model, five, "read", "null")).containsExactly(Outcome.returns(five, Value.of(5)));
        assertThat(model.show(five)).isEqualTo("balance = 5, log = []");
        assertThat(model.initial()).isEqualTo(Value.parse("[0,[]]"));
    }

    @Test
    void severalArgumentsComeFromAListOrTheMembersOfAMap() throws InputException {
        Model model = model(ACCOUNT);

        assertThat(apply(model, model.initial(), "transfer", "[1,2]"))
                .extracting(Outcome::result)
                .containsExactly(Value.parse("[2,1]"));
        assertThat(apply(model, model.initial(), "transfer", "{\"to\":2,\"from\":1}"))
                .extracting(Outcome::result)
                .containsExactly(Value.parse("[2,1]"));
        assertThat(apply(model, model.initial(), "transfer", "7")).isEmpty();
    }

    @Test
    void whatAnOperationCanDoIsTakenFromItsText() throws InputException {
        Model model = model(ACCOUNT);

        assertThat(model.effect("read")).isEqualTo(Effect.READS);
        assertThat(model.effect("reset")).isEqualTo(Effect.OVERWRITES);
        assertThat(model.effect("withdraw")).isEqualTo(Effect.CHANGES);
        assertThat(model.refuses("withdraw")).isTrue();
        assertThat(model.refuses("reset")).isFalse();
        assertThat(model.part(new Call("read", Value.of("k"), Value.NIL))).isEqualTo(Optional.of(Value.NIL));
        assertThat(model("state x = 0\noperation r\n return x").part(new Call("r", Value.of("k"), Value.NIL)))
                .isEqualTo(Optional.of(Value.of("k")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "1 + 2 * 3 ~ 7",
                "(1 + 2) * 3 ~ 9",
                "-2 - -3 ~ 1",
                "0.1 + 0.2 = 0.3 ~ true",
                "not 1 = 2 and 2 <= 2 or false ~ true",
                "\"a#b\" + \"c\" ~ \"a#bc\"",
                "first([1, 2]) + last([1, 2]) + size([7]) ~ 4",
                "rest([1, 2]) ~ [2]",
                "most([1, 2]) ~ [1]",
                "at([1, 2], 1) ~ 2",
                "contains(without([1, 2, 1], 1), 1) ~ true",
                "get(put(nil, \"a\", 1), \"a\", 0) ~ 1",
                "get(drop(put(nil, \"a\", 1), \"a\"), \"a\", 0) ~ 0",
                "nil = nil ~ true"
            })
    void expressionsMeanWhatTheReferenceSays(String expression, String value) throws InputException {
        assertThat(apply(model("operation f\n return " + expression), Value.of(List.of()), "f", "null"))
                .extracting(Outcome::result)
                .containsExactly(Value.parse(value));
    }

    @Test
    void whatCannotBeComputedIsNotPossible() throws InputException {
        Model model = model("state q = []\noperation take\n when first(q) > 0\n return 1\n otherwise\n return nil");

        assertThat(apply(model, model.initial(), "take", "null"))
                .extracting(Outcome::result)
                .containsExactly(Value.NIL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "'' ~ m:1: the model has no operation; expected: operation NAME(ARGUMENT, ...)",
                "frobnicate x ~ m:1: expected model, keys, state, operation, when, otherwise, set, return or fail, found"
                        + " frobnicate",
                "operation 7 ~ m:1: expected operation NAME(ARGUMENT, ...), found operation 7",
                "operation f(a, a) ~ m:1: a is there twice",
                "operation f(size) ~ m:1: size has a meaning of its own; choose another name",
                "operation f(1) ~ m:1: expected the name of an argument, found 1",
                "operation f ~ m:1: operation f does nothing; expected set, return, fail or when",
                "operation f|return 1|operation F ~ m:3: operation f is there twice",
                "state x ~ m:1: expected state NAME = VALUE, found state x",
                "state x = first([]) ~ m:1: the state's first value cannot be computed: first([])",
                "keys alone ~ m:1: expected keys together or keys apart, found keys alone",
                "return 1 ~ m:1: return stands below an operation",
                "operation f|set x = 1 ~ m:2: x is no state variable",
                "state x = 0|operation f|set x = 1|set x = 2 ~ m:4: x is set twice",
                "state x = 0|operation f|return x|set x = 2 ~ m:4: nothing follows return and fail but when, otherwise or an"
                        + " operation",
                "operation f|otherwise ~ m:2: otherwise stands alone in its line, once, below a when",
                "operation f|return 1|state y = 0 ~ m:3: state stands before the operations",
                "operation f|fail now ~ m:2: fail stands alone",
                "operation f|  return 1 + ~ m:2:13: expected a value, found the end",
                "operation f|  return y ~ m:2:10: y is no state variable, argument or function here",
                "operation f|  return sum(1) ~ m:2:10: there is no function sum",
                "operation f|  return at([1]) ~ m:2:10: at takes 2 arguments, found 1",
                "operation f|  return (1 ~ m:2:12: expected ), found the end"
            })
    void aWrongFileIsRefusedWithItsPlace(String text, String message) {
        assertThatThrownBy(() -> model(text.replace('|', '\n')))
                .isInstanceOf(InputException.class)
                .hasMessage(message);
    }

    @Test
    void expressionsAndFilesHaveLimits() throws InputException {
        String longest = "1" + "+1".repeat((ExpressionParser.MAX_LENGTH - 1) / 2);
        assertThat(model("operation f\n return " + longest).knows("f")).isTrue();
        assertThatThrownBy(() -> model("operation f\n return " + longest + "+1"))
                .hasMessageContaining("an expression may have 2000 characters");
        assertThatThrownBy(() -> model("operation f\n return " + "(".repeat(101) + "1" + ")".repeat(101)))
                .hasMessageContaining("nested deeper than 100");
        assertThatThrownBy(() -> model(" ".repeat(ModelFile.MAX_LENGTH + 1))).hasMessageContaining("may have 1048576");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[x, x]", "x * x + 2", "put(nil, \"a\", [x, x])", "put(x, \"b\", x)", "append([x], x)"})
    void aStateThatGrowsWithoutBoundIsSaidToDoSo(String next) throws InputException {
        Model model =
                model("state x = " + (next.startsWith("put(x") ? "nil" : "3") + "\noperation f\n set x = " + next);

        assertThatThrownBy(() -> {
                    Object state = model.initial();
                    for (int i = 0; i < 10_000; i++) {
                        state = apply(model, state, "f", "null").get(0).state();
                    }
                })
                .isInstanceOf(ModelException.class);
    }
}

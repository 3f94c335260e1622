package io.dettrace.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.InputException;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetsTest {
    @Test
    void eachFormIsReadAsItStands() throws Exception {
        Budgets budgets = Budgets.parse("limits", """
                # what the data sheet says
                delay "de queue" in worker-*: at most 5 ms
                from enqueue in api to dequeue in worker-*: at most 1.5s   # end to end
                from lock to unlock: at most 200us
                every * in "timer 0": 1 ms within 50 µs
                """);
        assertThat(budgets.all())
                .containsExactly(
                        new Budget.OwnDelay(
                                2,
                                "delay \"de queue\" in worker-*: at most 5 ms",
                                new Budget.Events("de queue", "worker-*"),
                                5_000_000),
                        new Budget.Response(
                                3,
                                "from enqueue in api to dequeue in worker-*: at most 1.5s",
                                new Budget.Events("enqueue", "api"),
                                new Budget.Events("dequeue", "worker-*"),
                                false,
                                1_500_000_000),
                        new Budget.Response(
                                4,
                                "from lock to unlock: at most 200us",
                                new Budget.Events("lock", "*"),
                                new Budget.Events("unlock", "*"),
                                true,
                                200_000),
                        new Budget.Period(
                                5,
                                "every * in \"timer 0\": 1 ms within 50 µs",
                                new Budget.Events("*", "timer 0"),
                                1_000_000,
                                50_000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "delai a: at most 5 ms      | limits:1:1: expected delay, from or every, found delai",
                "delay a: at least 5 ms     | limits:1:13: expected \"most\", found least",
                "delay a: at most 5         | limits:1:18: expected a duration such as 5 ms",
                "delay a: at most 5 hours   | limits:1:18: expected a duration such as 5 ms",
                "delay a in : at most 5 ms  | limits:1:12: expected a lane, found :",
                "delay a at most 5 ms       | limits:1:9: expected \":\", found at",
                "delay a: at most           | limits:1:17: expected a duration such as 5 ms",
                "delay a: at most 5 ms now  | limits:1:23: expected the end of the line, found now",
                "from a: at most 5 ms       | limits:1:7: expected \"to\", found :",
                "every a: 0ms within 1 ms   | limits:1:10: expected a period longer than 0, found 0ms",
                "every a: 1ms               | limits:1:13: expected \"within\", found the end of the line",
                "delay \"a: at most 5 ms    | limits:1:6: a string without its closing quote",
            })
    void errorsNameLineAndColumn(String line, String message) {
        assertThatThrownBy(() -> Budgets.parse("limits", line))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void asManyAsTheLimitAreReadAndOneMoreIsRefused() throws Exception {
        String line = "delay a: at most 1 ms\n";
        String most = String.join("", Collections.nCopies(Budgets.MAX_BUDGETS, line));
        assertThat(Budgets.parse("limits", most).all()).hasSize(Budgets.MAX_BUDGETS);
        assertThatThrownBy(() -> Budgets.parse("limits", most + line))
                .hasMessageStartingWith("limits:1001:1: more than 1000 budgets");
    }

    @Test
    void durationsAreExact() {
        assertThat(Budgets.nanos("0")).isZero();
        assertThat(Budgets.nanos("1ns")).isEqualTo(1);
        assertThat(Budgets.nanos("1.5 us")).isEqualTo(1_500);
        assertThat(Budgets.nanos("2min")).isEqualTo(120_000_000_000L);
        assertThatThrownBy(() -> Budgets.nanos("-1ms")).isInstanceOf(NumberFormatException.class);
        assertThatThrownBy(() -> Budgets.nanos("99999999999999999999s")).isInstanceOf(NumberFormatException.class);
    }
}

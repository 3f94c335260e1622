package io.dettrace.oracle.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.InputException;
import io.dettrace.testkit.Seeds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RuleFileTest {
    static List<String> rules() {
        return RuleCheckerTest.cases().stream()
                .map(c -> c.rule().strip())
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleThatIsWrittenAndReadIsTheSame(String text) throws Exception {
        Rule rule = parse(text).entries().get(0).rule();

        assertThat(parse(rule.toString()).entries().get(0).rule()).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "every A followed by B | 2:9: expected \"is\", found followed",
                "every \"A is | 2:7: a string without its closing quote",
                "at most 1.5 times A | 2:9: expected once, or a number of times, found 1.5",
                "deadline A -> B within 5 parsecs | 2:26: expected a unit, ns, us, ms, s, min, h, found parsecs",
                "bound x 5 .. 1 | 2:14: expected a number from 5 on, found 1",
                "machine m: A -> B; final C | 2:26: expected start and final states that occur in a transition, which C does"
                        + " not, found C",
                "machine m: start A | 2:19: expected a transition, such as QUEUED -> RUNNING, found the end of the rule",
                "never by after B | 2:7: expected an event's kind (in quotes if it is called by), found by",
                "sometimes A | 2:1: expected machine, every, never, at most, conserve, monotone, bound, deadline, fifo, kind,"
                        + " lane or time, found sometimes",
                "at most once A by id B | 2:22: expected the end of the rule, found B",
                "bound x ? | 2:9: expected a number, found ?"
            })
    void anErrorNamesLineAndColumn(String rule, String message) {
        assertThatThrownBy(() -> parse(rule)).isInstanceOf(InputException.class).hasMessage("r:" + message);
    }

    @Test
    void aRuleGoesOnOnIndentedLinesAndErrorsThereNameThem() throws Exception {
        Rule.All all = parse("machine m by id:  # life\n    A -> B\n\n    ; final B\nat most once \"#\" by \"by\"");

        assertThat(all.entries().stream().map(Rule.Entry::line)).containsExactly(2, 6);
        assertThat(all.entries().get(0).text()).isEqualTo("machine m by id: A -> B ; final B");
        assertThatThrownBy(() -> parse("machine m by id:\n    A -> -> B"))
                .hasMessageStartingWith("r:3:10: expected a state");
    }

    @Test
    void aFileSaysWhichFieldsItMeans() throws Exception {
        Rule.All all = parse("kind type, state\nlane host, \"thread id\"\ntime \"at\"");

        assertThat(all.kind()).containsExactly("type", "state");
        assertThat(all.lane()).containsExactly("host", "thread id");
        assertThat(all.time()).contains("at");
    }

    @Test
    void anythingElseIsRefusedWithoutACrash() {
        String words =
                "every A is followed by B within 5 ms ( x = 1 ) | -> .. : ; , \" \\ # - * machine never together at most"
                        + " once conserve >= 0 end monotone step bound deadline fifo of by overall \u00e9 \n \n   ";
        String[] parts = words.split(" ", -1);
        Seeds.each(3_000, seed -> {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(parts[random.nextInt(parts.length)]).append(random.nextBoolean() ? " " : "");
            }
            try {
                parse(text.toString());
            } catch (InputException expected) {
                assertThat(expected).hasMessageStartingWith("r:");
            }
        });
    }

    @Test
    void controlCharactersPartWordsAndWordsMayBeLong() throws Exception {
        String word = "a-.".repeat(100_000) + "b";

        assertThat(parse("at\u001Fmost once \u001FA").entries()).hasSize(1);
        assertThat(parse("never \"" + word + "\"").entries().get(0).rule()).hasToString("never " + word);
        assertThatThrownBy(() -> parse("never " + word + " \"" + word)).hasMessageEndingWith("closing quote");
    }

    @Test
    void aFileWithoutItsFirstLineIsRefused() {
        assertThatThrownBy(() -> RuleFile.parse("r", "at most once A"))
                .hasMessage("r:1:1: expected \"# dettrace rules 1\" as the first line of a rule file");
    }

    private static Rule.All parse(String rules) throws InputException {
        return RuleFile.parse("r", RuleFile.MAGIC + "\n" + rules);
    }
}

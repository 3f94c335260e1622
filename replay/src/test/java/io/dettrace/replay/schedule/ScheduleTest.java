package io.dettrace.replay.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.testkit.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schedule file: what is read, what is refused and how, and that it is always written the same way. */
class ScheduleTest {
    private static final String FIRST = "dettrace-schedule 1";

    @TempDir
    private Path folder;

    private static Schedule parse(String... lines) throws ScheduleException {
        return Schedule.parse(List.of(lines), "a.schedule");
    }

    @Test
    void headerAndDecisionsAreReadInFileOrder() throws Exception {
        Schedule read = parse(
                FIRST,
                "# found on Monday",
                "command [\"java\",\"-cp\",\"a b.jar\",\"demo.Main\"]",
                "",
                "policy   pct:3 ",
                "debug",
                "switch 0.1 14 0.2",
                "  switch 0.2 3.1 0",
                "choose 0.1 20 0.3");
        assertThat(read.header().keySet()).containsExactly("command", "policy", "debug");
        assertThat(read.header("command")).isEqualTo("[\"java\",\"-cp\",\"a b.jar\",\"demo.Main\"]");
        assertThat(read.header("policy")).isEqualTo("pct:3");
        assertThat(read.header("debug")).isEmpty();
        assertThat(read.header("seed")).isNull();
        assertThat(read.header("seed", "0")).isEqualTo("0");
        assertThat(read.preemptions())
                .containsExactly(new Preemption("0.1", 14, 0, "0.2"), new Preemption("0.2", 3, 1, "0"));
        assertThat(read.choices()).containsExactly(new Choice("0.1", 20, "0.3"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dettrace-schedule 2             | a.schedule:1: | version '2'",
                "{\"thread\":\"0\"}              | a.schedule:1: | expected 'dettrace-schedule 1'",
                "1;switch 0.1 14                 | a.schedule:2: | expected 'switch THREAD EVENT[.REPETITION] TO'",
                "1;switch 0.1 14 0.2 9           | a.schedule:2: | expected 'switch THREAD EVENT[.REPETITION] TO'",
                "1;switch 0..1 14 0.2            | a.schedule:2: | expected a thread such as 0.1, found '0..1'",
                "1;switch 0.01 14 0.2            | a.schedule:2: | found '0.01'",
                "1;switch 0.1 14 x               | a.schedule:2: | found 'x'",
                "1;switch 0.1 -4 0.2             | a.schedule:2: | expected the event number",
                "1;switch 0.1 4. 0.2             | a.schedule:2: | expected the repetition",
                "1;switch 0.1 4.99999999999 0.2  | a.schedule:2: | from 0 to 2147483647",
                "1;choose 0.1 3.1 0.2            | a.schedule:2: | expected the event number",
                "1;Policy base                   | a.schedule:2: | found 'Policy'",
                "1;seed 1;;seed 2                | a.schedule:4: | twice",
                "1;switch 0 1 0.1;seed 2         | a.schedule:3: | behind the first decision",
                "1;switch 0 1 0.1;switch 0 1 0.2 | a.schedule:3: | second decision at the same place",
            })
    void whatIsWrongIsSaidWithFileAndLine(String text, String place, String said) {
        String[] lines = text.strip().replaceFirst("^1;", FIRST + ";").split(";");
        assertThatThrownBy(() -> parse(lines))
                .isInstanceOf(ScheduleException.class)
                .hasMessageStartingWith(place)
                .hasMessageContaining(said);
    }

    @Test
    void anEmptyFileIsNoSchedule() {
        assertThatThrownBy(() -> parse("", "# nothing")).hasMessageContaining("found an empty file");
    }

    @Test
    void aBinaryFileIsNoSchedule() throws Exception {
        Path file = Files.write(folder.resolve("b.schedule"), new byte[] {(byte) 0xC3, 0x28, 0, 1});
        assertThatThrownBy(() -> Schedule.parse(file)).hasMessageContaining("b.schedule:1: is not text in UTF-8");
    }

    @Test
    void theLimitsHoldAtTheLimitAndNotOnePastIt() throws Exception {
        String longest = "k " + "x".repeat(Schedule.MAX_LINE - 2);
        assertThat(parse(FIRST, longest).header("k")).hasSize(Schedule.MAX_LINE - 2);
        assertThatThrownBy(() -> parse(FIRST, longest + "x")).hasMessageContaining("a.schedule:2: the line has more");

        List<String> headers = new ArrayList<>(List.of(FIRST));
        for (int i = 0; i < Schedule.MAX_HEADER_LINES; i++) {
            headers.add("k" + i);
        }
        assertThat(Schedule.parse(headers, "a").header()).hasSize(Schedule.MAX_HEADER_LINES);
        headers.add("more");
        assertThatThrownBy(() -> Schedule.parse(headers, "a")).hasMessageContaining("header has more than");

        String deep = "0" + ".1".repeat((Schedule.MAX_THREAD_PATH - 1) / 2);
        assertThat(parse(FIRST, "switch " + deep + " 1 0").preemptions()).hasSize(1);
        assertThatThrownBy(() -> parse(FIRST, "switch " + deep + ".1 1 0")).hasMessageContaining("expected a thread");
    }

    @Test
    void whatIsWrittenIsReadBackAsTheSame() {
        Seeds.each(200, seed -> {
            Schedule made = random(new Random(seed));
            Path file = folder.resolve("s" + seed + ".schedule");
            made.write(file);
            Schedule read = Schedule.parse(file);
            assertThat(read).isEqualTo(made);
            assertThat(read.text()).isEqualTo(made.text()).isEqualTo(Files.readString(file));
            assertThat(read.toBuilder().build()).isEqualTo(made);
        });
    }

    private static Schedule random(Random random) {
        Schedule.Builder made = Schedule.builder();
        for (int i = random.nextInt(5); i > 0; i--) {
            made.header(
                    "key-" + random.nextInt(9),
                    "  line\none\u0007 \u00e4 " + random.nextInt() + (char) random.nextInt(200));
        }
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            numbers.add(i);
        }
        Collections.shuffle(numbers, random);
        for (int n : numbers.subList(0, random.nextInt(10))) {
            made.add(
                    random.nextBoolean()
                            ? new Preemption("0." + random.nextInt(5), n, random.nextInt(3), "0")
                            : new Choice("0", n * 1_000_000_000_000L, "0.1." + random.nextInt(20)));
        }
        return made.build();
    }

    @Test
    void aValueThatWouldBreakTheFileIsMadeHarmless() throws Exception {
        Schedule made =
                Schedule.builder().header("message", "a\r\nswitch 0 1 0.1").build();
        Schedule read = Schedule.parse(List.of(made.text().split("\n")), "a");
        assertThat(read.header("message")).isEqualTo("a  switch 0 1 0.1");
        assertThat(read.preemptions()).isEmpty();
    }

    @Test
    void aDecisionOutOfRangeIsRefused() {
        assertThatThrownBy(() -> new Preemption("0", -1, "0.1")).hasMessageContaining("-1");
        assertThatThrownBy(() -> new Choice("zero", 1, "0.1")).hasMessageContaining("'zero'");
        assertThatThrownBy(() -> Schedule.builder().header("switch", "x")).hasMessageContaining("'switch'");
    }
}

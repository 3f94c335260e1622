package io.dettrace.formats.pattern;

import static io.dettrace.formats.FormatProbe.assertRoundTrip;
import static io.dettrace.formats.FormatProbe.file;
import static io.dettrace.formats.FormatProbe.lenient;
import static io.dettrace.formats.FormatProbe.read;
import static io.dettrace.formats.FormatProbe.resource;
import static io.dettrace.formats.FormatProbe.strict;
import static io.dettrace.formats.FormatProbe.texts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.event.InputNote;
import io.dettrace.event.SourceRef;
import io.dettrace.formats.FormatProbe.Row;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternFormatTest {
    private static final String CLOCK_FIRST = "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)";
    private static final String TEXT_FIRST = "(?<event>.*)\\n(?<host>\\S*) (?<clock>\\{.*\\})";
    private static final String DELIMITER = "^=== (?<trace>.*) ===$";

    @TempDir
    Path folder;

    private final PatternFormat format = new PatternFormat();

    private static Mapping mapping(String pattern) {
        return Mapping.builder().pattern(pattern).build();
    }

    private static Mapping clocks(String pattern) {
        return mapping(pattern).toBuilder()
                .field(Role.LANE, "host")
                .field(Role.CLOCK, "clock")
                .build();
    }

    private InputFile log(String text) throws IOException {
        return file(folder, "a.log", text);
    }

    private List<String> events(InputFile file, Mapping mapping, int execution) throws IOException {
        return texts(file, read(format, file, mapping, new ReadContext(false, execution)));
    }

    @Test
    void readsTheExecutionsOfARealLog() throws IOException {
        InputFile file = resource("shiviz/facebook-multiple.log");
        Mapping mapping = clocks(TEXT_FIRST).toBuilder().delimiter(DELIMITER).build();
        assertThat(format.executions(file, mapping)).containsExactly("Execution #1", "Execution #2");
        List<Row> first = read(format, file, mapping, new ReadContext(false, 0));
        List<Row> second = read(format, file, mapping, new ReadContext(false, 1));
        assertThat(first).hasSize(47);
        assertThat(second).hasSize(41);
        assertThat(first.get(0).ref().line()).isEqualTo(2);
        assertThat(second.get(0).ref().line()).isEqualTo(102);
        assertThat(texts(file, second).get(0))
                .isEqualTo("24.22.130.14 5/27/2013 10:53:39 AM GET /timeline uid=alice location=kansas\n"
                        + "alice {\"alice\":1}");
        assertRoundTrip(format, file, mapping, new ReadContext(false, 0));
        assertRoundTrip(format, file, mapping, new ReadContext(false, 1));
        assertThatThrownBy(() -> read(format, file, mapping, new ReadContext(false, 2)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has 2 executions, but number 3");
    }

    @Test
    void readsARealLogOfOneLineEvents() throws IOException {
        InputFile file = resource("shiviz/simple-reliable-broadcast.log");
        Mapping mapping =
                clocks("\\[(?<level>\\S+)\\] \\[(?<date_time>.*?)\\] \\[(.*?)\\] \\[akka://.*/(?<host>\\S*)\\]"
                        + " (?<clock>{.*}) (?<event>.*)");
        List<Row> rows = read(format, file, mapping, strict());
        assertThat(rows).hasSize(39);
        assertThat(rows).extracting(Row::lane).contains("node0", "node1");
        assertThat(format.sample(file, mapping, 1, strict()).get(0))
                .contains(
                        new Field("date_time", Field.Type.STRING, "10/13/2014 14:37:20.543"),
                        new Field("clock", Field.Type.COMPOSITE, "{\"node0\" : 1}"));
        assertRoundTrip(format, file, mapping, strict());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void everyLineEndIsALineFeedToThePattern(String end) throws IOException {
        String text = String.join(end, "\uFEFFä {\"ä\":1}", "öne 😀", "", "b {\"b\":1}", "two", "b {\"b\":2}", "three");
        InputFile file = log(text);
        Mapping mapping = clocks(CLOCK_FIRST);
        List<Row> rows = read(format, file, mapping, strict());
        assertThat(texts(file, rows))
                .containsExactly(
                        "ä {\"ä\":1}" + end + "öne 😀", "b {\"b\":1}" + end + "two", "b {\"b\":2}" + end + "three");
        assertThat(rows).extracting(r -> r.ref().line()).containsExactly(1L, 4L, 6L);
        assertThat(rows.get(0).ref().offset()).isEqualTo(3);
        assertRoundTrip(format, file, mapping, strict());
        assertThat(rows).extracting(Row::label).isEqualTo(labels(text.replace(end, "\n"), mapping));
    }

    private List<Long> labels(String text, Mapping mapping) throws IOException {
        return read(format, file(folder, "b.log", text), mapping, strict()).stream()
                .map(Row::label)
                .toList();
    }

    @Test
    void lineEndsAtTheEndOfAMatchAreNotPartOfTheEvent() throws IOException {
        InputFile file = log("one\r\n\r\ntwo\r\n");
        Mapping mapping = mapping("^(?<event>\\w+)\\n+");
        assertThat(events(file, mapping, -1)).containsExactly("one", "two");
        assertRoundTrip(format, file, mapping, strict());
    }

    @Test
    void groupsThatTookNoPartAreAbsent() throws IOException {
        List<List<Field>> records =
                format.sample(log("a=1\nb\n"), mapping("^(?<name>\\w)(?:=(?<value>\\d))?$"), 9, strict());
        assertThat(records).extracting(List::size).containsExactly(2, 1);
    }

    @Test
    void emptyMatchesAreNoEvents() throws IOException {
        assertThat(events(log("one\n\ntwo"), mapping("(?<event>.*)"), -1)).containsExactly("one", "two");
    }

    @Test
    void aTimeOfDigitsIsANumber() throws IOException {
        Mapping mapping = mapping("(?<time>\\S+) (?<event>.*)").toBuilder()
                .field(Role.TIME, "time")
                .build();
        List<Row> rows = read(format, log("1456966522870845696 a\n2020-01-01T00:00:00Z b\n"), mapping, strict());
        assertThat(rows).extracting(Row::time).containsExactly(1456966522870845696L, 1577836800000000000L);
    }

    @Test
    void textBeforeTheFirstDelimiterIsAnExecutionOnlyIfItHoldsEvents() throws IOException {
        Mapping mapping =
                mapping("^e(?<n>\\d)$").toBuilder().delimiter(DELIMITER).build();
        InputFile with = log("e1\n=== x ===\ne2\n===  ===\ne3\n");
        assertThat(format.executions(with, mapping)).containsExactly("execution 1", "x", "execution 3");
        assertThat(events(with, mapping, 0)).containsExactly("e1");
        assertThat(events(with, mapping, 1)).containsExactly("e2");
        assertThat(events(with, mapping, 2)).containsExactly("e3");
        assertThat(events(with, mapping, -1)).containsExactly("e1", "e2", "e3");
        InputFile without = log("a header\n\n=== x ===\ne2\n=== y ===\n");
        assertThat(format.executions(without, mapping)).containsExactly("x", "y");
        assertThat(events(without, mapping, 0)).containsExactly("e2");
        assertThat(events(without, mapping, 1)).isEmpty();
        assertThat(format.executions(log("e1\n"), mapping)).containsExactly("execution 1");
        assertThat(format.executions(log(""), mapping)).isEmpty();
        assertThat(format.executions(with, mapping("(?<e>.+)"))).containsExactly("execution 1");
    }

    @Test
    void foreignLinesAreCountedWithTheFirstPlace() throws IOException {
        InputFile file = log("e1\n\nforeign\ne2 rest\n  \ne3\nlast");
        ReadContext context = strict();
        assertThat(texts(file, read(format, file, mapping("^e(?<n>\\d)"), context)))
                .containsExactly("e1", "e2", "e3");
        assertThat(context.notes())
                .containsExactly(new InputNote(
                        "unmatched_lines", "lines that the pattern does not match were left out", 2, "a.log:3"));
    }

    @Test
    void aPatternThatMatchesHardlyAnyLineIsAnErrorUnlessLenient() throws IOException {
        Mapping mapping = mapping("^e(?<n>\\d)");
        String foreign = "x\n".repeat(LineAccount.MOST_FOREIGN);
        assertThat(read(format, log("e1\n" + foreign), mapping, strict())).hasSize(1);
        InputFile file = log("e1\n" + foreign + "y\n");
        assertThatThrownBy(() -> read(format, file, mapping, strict()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("a.log:2: the pattern matches only 1 of 22 lines; the first other is \"x\"");
        assertThat(read(format, file, mapping, lenient())).hasSize(1);
    }

    @Test
    void aPatternThatMatchesNothingIsAnErrorWithTheFirstLine() throws IOException {
        InputFile file = log("\n first line\nsecond\n");
        for (ReadContext context : List.of(strict(), lenient())) {
            assertThatThrownBy(() -> read(format, file, mapping("^e(?<n>\\d)"), context))
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith("a.log:2: ")
                    .hasMessageContaining("\"first line\"")
                    .hasMessageContaining("^e(?<n>\\d)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \r\n\t\n", "\uFEFF"})
    void anEmptyFileHasNoEventsAndIsNoted(String text) throws IOException {
        ReadContext context = strict();
        assertThat(read(format, log(text), mapping("(?<e>x)"), context)).isEmpty();
        assertThat(context.notes()).extracting(InputNote::code).containsExactly("empty_file");
    }

    @Test
    void aBrokenClockIsAnErrorOrCounted() throws IOException {
        InputFile file = log("a {\"a\":1}\none\na {\"b\":2}\ntwo\na {\"a\":x}\nthree\na {\"a\":2}\nfour\n");
        assertThatThrownBy(() -> read(format, file, clocks(CLOCK_FIRST), strict()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("a.log:3: the vector clock lacks the event's own lane");
        ReadContext context = lenient();
        assertThat(read(format, file, clocks(CLOCK_FIRST), context)).hasSize(2);
        assertThat(context.notes()).hasSize(1);
        assertThat(context.notes().get(0).code()).isEqualTo("broken_events");
        assertThat(context.notes().get(0).count()).isEqualTo(2);
        assertThat(context.notes().get(0).first()).isEqualTo("a.log:3");
    }

    @Test
    void bytesThatAreNotUtf8AreAnErrorWithTheirPlaceOrCounted() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("é e1\r\né".getBytes(UTF_8));
        bytes.writeBytes(
                new byte[] {(byte) 0xC3, ' ', 'e', '2', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '\n', 'e', '3'});
        InputFile file = file(folder, "a.log", bytes.toByteArray());
        Mapping mapping = mapping("(?<x>.*)(?<e>e\\d)");
        assertThatThrownBy(() -> read(format, file, mapping, strict()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("a.log:2:3: ")
                .hasMessageEndingWith("(byte 9)");
        ReadContext context = lenient();
        List<Row> rows = read(format, file, mapping, context);
        assertThat(rows)
                .extracting(Row::ref)
                .containsExactly(new SourceRef(0, 1, 0, 5), new SourceRef(0, 2, 7, 6), new SourceRef(0, 3, 17, 2));
        assertThat(context.notes()).extracting(InputNote::code).containsExactly("invalid_utf8");
        assertThat(context.notes().get(0).count()).isEqualTo(4);
        assertThat(format.sample(file, mapping, 2, lenient()).get(1).get(0).text())
                .isEqualTo("é\uFFFD ");
    }

    @Test
    void anEventMayBeAsLongAsTheLimitButNotLonger() throws IOException {
        PatternFormat small = new PatternFormat(300_000);
        Mapping mapping = mapping("^e(?<x>.*)$");
        String atLimit = "e" + "ä".repeat(149_999) + "x";
        assertThat(read(small, log("e1\n" + atLimit + "\ne2\n"), mapping, strict()))
                .hasSize(3);
        InputFile file = log("e1\n" + atLimit + "x\ne2\n");
        assertThatThrownBy(() -> read(small, file, mapping, strict()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("a.log:2:1: an event or line is longer than the limit of 300000 bytes");
    }

    @Test
    void aLineWithoutEndIsAnErrorAndTakesBoundedMemory() throws IOException {
        InputFile file = log("e1\n" + "x".repeat(2_000_000) + "\n");
        assertThatThrownBy(() -> read(new PatternFormat(300_000), file, mapping("^e(?<x>\\d)"), strict()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("a.log:2:1: an event or line is longer than the limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?<a>(x+x+)+\\2?y)", "^(?<a>(x+x+)+\\2?y)"})
    void anExponentialPatternIsStopped(String pattern) throws IOException {
        InputFile file = log("xxy\n" + "x".repeat(60) + "\n");
        assertThatThrownBy(() -> read(format, file, mapping(pattern), strict()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("a.log:2:1: the pattern takes too long here");
    }

    @Test
    void aPatternThatRecursesTooDeepIsStopped() throws IOException {
        InputFile file = log("e\n" + "ab".repeat(200_000) + "\n");
        assertThatThrownBy(() -> read(format, file, mapping("^(?<a>(a|b|e)*)$"), strict()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("a.log:2:1: the pattern goes too deep here");
    }

    @Test
    void manyExpensiveAttemptsTogetherAreStoppedToo() throws IOException {
        InputFile file = log(("x".repeat(21) + "\n").repeat(5_000));
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThatThrownBy(() -> read(format, file, mapping("(?<a>(x+x+)+\\2?y)"), strict()))
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining("takes too long here"));
    }

    @Test
    void aMissingOrGrouplessPatternIsAnError() throws IOException {
        InputFile file = log("x");
        assertThatThrownBy(() -> read(format, file, Mapping.builder().build(), strict()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("needs a pattern");
        assertThatThrownBy(() -> read(format, file, mapping("(x)"), strict()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no named group");
    }
}

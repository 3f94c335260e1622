package io.dettrace.formats.pattern;

import static io.dettrace.formats.FormatProbe.file;
import static io.dettrace.formats.FormatProbe.read;
import static io.dettrace.formats.FormatProbe.resource;
import static io.dettrace.formats.FormatProbe.strict;
import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.event.Field;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogLayoutsTest {
    @TempDir
    Path folder;

    private final PatternFormat format = new PatternFormat();

    @Test
    void aRealLogOfSeveralExecutionsIsRecognised() throws IOException {
        InputFile file = resource("shiviz/facebook-multiple.log");
        Mapping mapping = LogLayouts.detect(file).orElseThrow();
        assertThat(mapping.fields(Role.LANE)).containsExactly("host");
        assertThat(mapping.fields(Role.CLOCK)).containsExactly("clock");
        assertThat(mapping.fields(Role.TIME)).containsExactly("time");
        assertThat(mapping.reasons()).containsKeys("pattern", "delimiter", "lane host", "clock clock", "time time");
        assertThat(format.executions(file, mapping)).containsExactly("Execution #1", "Execution #2");
        assertThat(read(format, file, mapping, new ReadContext(false, 1))).hasSize(41);
    }

    @Test
    void aRealLogOfAkkaIsRecognised() throws IOException {
        InputFile file = resource("shiviz/simple-reliable-broadcast.log");
        Mapping mapping = LogLayouts.detect(file).orElseThrow();
        assertThat(mapping.fields(Role.IGNORE)).containsExactly("thread");
        assertThat(mapping.delimiter()).isEmpty();
        assertThat(read(format, file, mapping, strict())).hasSize(39);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a {\"a\":N}!did N|did N|",
                "did N!a {\"a\":N}|did N|",
                "2024-01-02T03:04:05.6Z a {\"a\":N}!did N|did N|2024-01-02T03:04:05.6Z",
                "a {\"a\":N}!2024-01-02 03:04:05,678 did N|did N|2024-01-02 03:04:05,678",
                "1456966522870845696 did N!a {\"a\":N}|did N|1456966522870845696",
                "[2024/01/02 03:04:05] did N!a {\"a\":N, \"b\": 3}|did N|2024/01/02 03:04:05",
                "10.0.0.1 5/27/2013 10:53:39 AM did N!a {\"a\":N}|did N|5/27/2013 10:53:39 AM",
                "a {\"a\":N} did N|did N|",
                "1456966522 a {\"a\":N} did N|did N|1456966522",
                "INFO [x] app/a: {\"a\":N} did N|did N|",
                "1456966522 INFO (a) {\"a\":N} did N|did N|1456966522",
                "did N a {\"a\":N}|did N|",
                "1456966522 did N a {\"a\":N}|did N|1456966522",
                "[2013-05-24 23:28:00,637 v.s.Store] DEBUG did N!a {\"a\":N}  |did N|2013-05-24 23:28:00,637",
                "28/07/14 01:15 PM did N!a {\"a\" : N, \"b\" : 0}|did N|28/07/14 01:15 PM",
                "a {\"a\":N}!Mon Jan  2 15:04:05 MST 2006 did N|did N|Mon Jan  2 15:04:05 MST 2006",
                "a {\"a\":N}!15:04:05.000123 did N|did N|15:04:05.000123",
                "1456966522870845696 a {\"a\":N}!INFO-did N|INFO-did N|1456966522870845696"
            })
    void layoutsAreRecognised(String layout, String event, String time) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 300; i++) {
            text.append(layout.replace('!', '\n').replace("N", "" + i)).append(i % 50 == 0 ? "\n\n" : "\n");
        }
        InputFile file = file(folder, "a.log", text.toString().replace("\n", "\r\n"));
        Mapping mapping = LogLayouts.detect(file).orElseThrow();
        assertThat(read(format, file, mapping, strict()))
                .hasSize(300)
                .allMatch(r -> r.lane().equals("a"));
        List<Field> first = format.sample(file, mapping, 1, strict()).get(0);
        assertThat(first).contains(new Field("event", Field.Type.STRING, event.replace("N", "1")));
        if (time == null) {
            assertThat(mapping.fields(Role.TIME)).isEmpty();
        } else {
            assertThat(first).anyMatch(f -> f.path().equals("time") && f.text().equals(time));
        }
    }

    @Test
    void eventsWithoutTextAreEvents() throws IOException {
        InputFile file = file(folder, "a.log", "a {\"a\":1}\n\na {\"a\":2}\nsent\na {\"a\":3}\n\n".repeat(1));
        Mapping mapping = LogLayouts.detect(file).orElseThrow();
        assertThat(read(format, file, mapping, strict())).hasSize(3);
    }

    @Test
    void aLogInTheUploadFormBringsItsOwnExpressions() throws IOException {
        String expressions = "(?<date>\\d+) (?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)\n^=== (?<trace>.*) ===$\n";
        InputFile file = file(
                folder,
                "a.log",
                expressions
                        + "=== one ===\n7 a {\"a\":1}\nstart\n8 a {\"a\":2}\nstop\n=== two ===\n7 b {\"b\":1}\nstart\n");
        Mapping mapping = LogLayouts.detect(file).orElseThrow();
        assertThat(mapping.fields(Role.TIME)).containsExactly("date");
        assertThat(format.executions(file, mapping)).containsExactly("one", "two");
        assertThat(read(format, file, mapping, new ReadContext(false, 0))).hasSize(2);
        InputFile plain = file(
                folder,
                "b.log",
                "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)\n\n\na {\"a\":1}\nstart\na {\"a\":2}\nstop\n");
        Mapping own = LogLayouts.detect(plain).orElseThrow();
        assertThat(own.delimiter()).isEmpty();
        assertThat(read(format, plain, own, strict())).hasSize(2);
    }

    /** Where the names of the groups are quoted or in a class, the line is an expression but has no such groups. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\Q(?<date>.*) (?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)",
                "(?<host>\\S*) (?<clock>\\{.*\\}) \\Q(?<event>.*)"
            })
    void anExpressionWithoutTheGroupsIsTakenAsText(String line) throws IOException {
        InputFile file = file(folder, "a.log", line + "\n\na {\"a\":1}\nstart\na {\"a\":2}\nstop\n");
        assertThat(LogLayouts.detect(file).flatMap(Mapping::pattern)).isNotEqualTo(Optional.of(line));
    }

    @Test
    void aTraceOfTlcIsRecognisedAmongItsOtherOutput() throws IOException {
        StringBuilder text = new StringBuilder("=== 3 actions ===\n\nTLC2 Version 2.16\n");
        text.append("Parsing file A.tla\n".repeat(30)).append("State 1: <Init line 3>\n/\\ color = 1\n\n");
        for (int i = 1; i <= 30; i++) {
            text.append("State ").append(i + 1).append(": <SendMsg line 118, col 3 to line 128, col 32 of module A>\n");
            text.append("/\\ Host = n1\n/\\ Clock = \"{\\\"n1\\\":").append(i).append(",\\\"n2\\\":0}\"\n");
            text.append("/\\ color = (n1 :> \"white\" @@ n2 :> \"black\")\n\n");
        }
        InputFile file = file(folder, "a.log", text.toString());
        Mapping mapping = LogLayouts.detect(file).orElseThrow();
        assertThat(read(format, file, mapping, strict()))
                .hasSize(30)
                .allMatch(r -> r.lane().equals("n1"));
        assertThat(format.sample(file, mapping, 1, strict()).get(0))
                .contains(new Field("event", Field.Type.STRING, "SendMsg"));
    }

    @Test
    void whatGoVectorWritesBeforeAnExecutionPartsThem() throws IOException {
        String once = " \n=== Execution #Mon Jan  2 15:04:05 MST 2006  ===\na {\"a\":1}\nInitialization Complete\n";
        InputFile file = file(folder, "a.log", once + "a {\"a\":2}\nINFO-x\n" + once);
        Mapping mapping = LogLayouts.detect(file).orElseThrow();
        assertThat(format.executions(file, mapping)).hasSize(2);
        assertThat(read(format, file, mapping, new ReadContext(false, 0))).hasSize(2);
    }

    @Test
    void aDelimiterFarBehindTheSampleIsFound() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 20_000; i++) {
            text.append("a {\"a\":").append(i).append("}\ntext\n");
        }
        InputFile file = file(folder, "a.log", text + "=== second ===\na {\"a\":1}\ntext\n");
        Mapping mapping = LogLayouts.detect(file).orElseThrow();
        assertThat(format.executions(file, mapping)).containsExactly("execution 1", "second");
        assertThat(LogLayouts.detect(file(folder, "b.log", text.toString()))
                        .orElseThrow()
                        .delimiter())
                .isEmpty();
    }

    @Test
    void aFewForeignLinesDoNotMatter() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 60; i++) {
            text.append(i % 30 == 0 ? "WARN something else\n" : "a {\"a\":" + i + "} text\n");
        }
        assertThat(LogLayouts.detect(file(folder, "a.log", text.toString()))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "just text\nand more\n",
                "{\"host\":\"a\",\"clock\":{\"a\":1}}\n",
                "{\"host\":\"a\",\"clock\": {\"a\":1}}\n",
                "a {\"b\":1}\ntext\n",
                "a {\"a\":-1}\ntext\n",
                "a {\"a\":\"1\"}\ntext\n",
                "a {a:1}\ntext\n"
            })
    void whatIsNoLogWithVectorClocksIsNotTakenForOne(String text) throws IOException {
        assertThat(LogLayouts.detect(file(folder, "a.log", text))).isEmpty();
    }

    @Test
    void aHugeLineIsNoTrouble() throws IOException {
        assertThat(LogLayouts.detect(file(folder, "a.log", "x".repeat(3 << 20))))
                .isEmpty();
        assertThat(LogLayouts.detect(file(folder, "a.log", "x y [".repeat(1 << 16) + "\n")))
                .isEmpty();
    }
}

package io.dettrace.formats.jepsen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.InputException;
import io.dettrace.event.InputNote;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordJson;
import io.dettrace.formats.record.RecordReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JepsenFormatTest {
    @TempDir
    Path folder;

    private final JepsenFormat format = new JepsenFormat();
    private List<InputNote> notes;

    private RecordInput input(String text, Map<String, String> options) throws IOException {
        Path path = Files.createTempFile(folder, "h", ".txt");
        Files.writeString(path, text);
        return new RecordInput("h", List.of(new InputFile(path, "h")), options);
    }

    private List<String> read(String text, boolean lenient, Map<String, String> options) throws IOException {
        RecordInput input = input(text, options);
        assertThat(format.claims(Head.of(input.files()))).isTrue();
        ReadContext context = new ReadContext(lenient, -1);
        List<String> events = new ArrayList<>();
        try (RecordReader reader = format.open(input, context)) {
            while (reader.next()) {
                events.add(RecordJson.write(reader.record()).replace('"', '\''));
            }
        }
        notes = context.notes();
        return events;
    }

    private List<String> read(String text) throws IOException {
        return read(text, false, Map.of());
    }

    @Test
    void aJsonLineThatBreaksIsLeftOutAndTheNextIsRead() throws IOException {
        String op = "{\"process\":%d,\"type\":\"%s\",\"f\":\"read\",\"value\":null}\n";
        String text = String.format(op, 0, "invoke")
                + "{\"process\":1,\"type\":\"invoke\",\"f\":\n"
                + String.format(op, 2, "invoke")
                + "}} nonsense\n\n"
                + String.format(op, 0, "ok");
        assertThat(read(text, true, Map.of())).hasSize(3);
        assertThat(notes).anyMatch(n -> n.code().equals("broken_events") && n.count() == 2);
        assertThatThrownBy(() -> read(text)).isInstanceOf(InputException.class).hasMessageContaining("JSON");
    }

    private static final String READ = "{'process':0,'type':'invoke','f':'read','value':null,'op':1}";
    private static final String WRITTEN = "{'process':0,'type':'ok','f':'read','value':3,'completes':1}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{:process 0, :type :invoke, :f :read, :value nil}\n{:process 0, :type :ok, :f :read, :value 3}\n",
                "[{:process 0 :type :invoke :f :read :value nil} {:process 0 :type :ok :f :read :value 3N}]",
                "; note\n(#jepsen.history.Op{:process 0, :type :invoke, :f :read, :value nil}\n#_{:process 7}"
                        + "#knossos.op.Op{:process 0, :type :ok, :f :read, :value 3})",
                "0\t:invoke\t:read\tnil\n0\t:ok\t:read\t3\n",
                "0\t\t:invoke\t:read\t\tnil\n0\t\t:ok\t\t:read\t\t3\n",
                "INFO  jepsen.core - Worker 0 starting\nINFO  jepsen.util - 0\t:invoke\t:read\tnil\n"
                        + "INFO  jepsen.util - 0\t:ok\t:read\t3\n",
                "{\"process\":0,\"type\":\"invoke\",\"f\":\"read\",\"value\":null}\n"
                        + "{\"process\":0,\"type\":\"ok\",\"f\":\"read\",\"value\":3}\n",
                "[{\"process\":0,\"type\":\":invoke\",\"f\":\":read\",\"value\":null},"
                        + "{\"process\":0,\"type\":\":ok\",\"f\":\":read\",\"value\":3}]",
                "{\"history\":[{\"process\":0,\"type\":\"invoke\",\"f\":\"read\",\"value\":null},"
                        + "{\"process\":0,\"type\":\"ok\",\"f\":\"read\",\"value\":3}],\"valid\":{\"a\":1}}"
            })
    void oneHistoryInEveryDialectIsTheSame(String text) throws IOException {
        assertThat(read(text)).containsExactly(READ, WRITTEN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[[:append 3 1] [:r 3 nil]]|[['append',3,1],['r',3,null]]",
                "#{3 1 2}|[1,2,3]",
                "{:b 1, :a {\"x\" 2}}|{'a':{'x':2},'b':1}",
                "#:n{:a 1 :m/b 2}|{'m/b':2,'n/a':1}",
                "2/3|'2/3'",
                "1.50M|1.50",
                "##NaN|'NaN'",
                "\\newline|'\\n'",
                "\\a|'a'",
                "foo/bar|'foo/bar'",
                "#inst \"2020-01-01\"|'2020-01-01'",
                "#object[java.Foo 0x1f \"java.Foo@1f\"]|{'#object':['java.Foo','java.Foo']}",
                "^{:line 3} [1]|[1]",
                "\"a\\u00e9\\\"\"|'a\u00e9\\''",
                "-7|-7"
            })
    void valuesAreDecodedToCanonicalJson(String edn, String json) throws IOException {
        assertThat(read("{:process 0, :type :invoke, :f :x, :value " + edn + "}")
                        .get(0))
                .contains("'value':" + json + ",");
    }

    @Test
    void aLogTellsTimesAndErrors() throws IOException {
        assertThat(
                        read(
                                "INFO [2019-04-01 11:25:23,719] jepsen worker 8 - jepsen.util 8\t:invoke\t:cas\t[0 4]\n"
                                        + "INFO [2019-04-01 11:25:23,760] jepsen worker 8 - jepsen.util 8\t:info\t:cas\t[0 4]\t:timeout\n"))
                .containsExactly(
                        "{'process':8,'type':'invoke','f':'cas','value':[0,4],'time':1554117923719000000,'op':1}",
                        "{'process':8,'type':'info','f':'cas','value':[0,4],'error':'timeout','time':1554117923760000000,"
                                + "'completes':1}");
    }

    @Test
    void theKeysOfIndependentHistoriesAreToldOrSaid() throws IOException {
        String told = "0\t:invoke\t:read\t[7 nil]\n0\t:ok\t:read\t[7 3]\n";
        assertThat(read(told).get(1)).contains("'key':7,'value':3");
        assertThat(read(told, false, Map.of("independent", "no")).get(1)).contains("'value':[7,3]");
        String open = "0\t:invoke\t:cas\t[7 8]\n0\t:ok\t:cas\t[7 8]\n";
        assertThat(read(open).get(0)).contains("'value':[7,8]");
        assertThat(read(open, false, Map.of("independent", "yes")).get(0)).contains("'key':7,'value':8");
        assertThatThrownBy(() -> read(open, false, Map.of("independent", "maybe")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("independent is yes or no");
    }

    @Test
    void whatCannotBePairedIsNotedAndTheNemesisIsNotPaired() throws IOException {
        read("0\t:invoke\t:read\tnil\n0\t:invoke\t:read\tnil\n1\t:ok\t:read\t1\n:nemesis\t:info\t:start\tnil\n");
        assertThat(notes.stream().map(InputNote::code))
                .containsExactly("completion_without_invocation", "invoked_while_open");
        assertThat(notes).allMatch(n -> n.count() == 1);
    }

    @Test
    void aBrokenOperationIsRefusedWithItsPlaceOrLeftOut() throws IOException {
        String text =
                "{:process 0, :type :invoke, :f :read}\n{:process 0, :type :done}\n{:process 0, :type :ok, :f :read}\n";
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("h:2: an operation needs :process and :type")
                .hasMessageContaining(":type done");
        assertThat(read(text, true, Map.of())).hasSize(2);
        assertThat(notes)
                .anyMatch(n -> n.code().equals("broken_events") && n.first().equals("h:2"));
        assertThatThrownBy(() -> read("{:process 0, :type :invoke, :f :read"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("found the end of the text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OP\n{'process':x}", "[OP,\n{'process':x}]"})
    void whatIsNoJsonIsToldInPlainWords(String layout) {
        String operation = "{'process':0,'type':'invoke','f':'read'}";
        String text = layout.replace("OP", operation).replace('\'', '"');
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("h:2: is not valid JSON")
                .hasMessageContaining("'x': was expecting a value")
                .hasMessageNotContaining("JSON String");
    }

    @Test
    void nestingIsLimited() throws IOException {
        String open = "{:process 0, :type :invoke, :f :read, :value ";
        int most = EdnParser.MAX_DEPTH - 1;
        assertThat(read(open + "[".repeat(most) + "]".repeat(most) + "}")).hasSize(1);
        assertThatThrownBy(() -> read(open + "[".repeat(most + 2) + "]".repeat(most + 2) + "}"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nested deeper than " + EdnParser.MAX_DEPTH);
    }

    @Test
    void anEndlessOperationIsRefused() {
        assertThatThrownBy(
                        () -> read("{:process 0, :type :invoke, :f :read, :value \"" + "x".repeat(EdnParser.MAX_FORM)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("longer than " + EdnParser.MAX_FORM + " bytes");
    }
}

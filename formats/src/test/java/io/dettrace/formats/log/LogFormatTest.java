package io.dettrace.formats.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.compare.Divergence;
import io.dettrace.event.InputException;
import io.dettrace.formats.DetTrace;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordJson;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.report.Explanation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogFormatTest {
    @TempDir
    Path folder;

    private final LogFormat format = new LogFormat();

    private RecordInput input(Map<String, String> options, String... texts) throws IOException {
        List<InputFile> files = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            Path path = Files.createTempFile(folder, "run", ".log");
            Files.writeString(path, texts[i]);
            files.add(new InputFile(path, "f" + i));
        }
        return new RecordInput("run", files, options);
    }

    private List<String> read(RecordInput input) throws IOException {
        List<String> events = new ArrayList<>();
        try (RecordReader reader = format.open(input, new ReadContext(false, -1))) {
            while (reader.next()) {
                events.add(RecordJson.write(reader.record()).replace('"', '\''));
            }
        }
        return events;
    }

    private List<String> read(String text) throws IOException {
        return read(input(Map.of(), text));
    }

    private boolean claims(String text) throws IOException {
        return format.claims(Head.of(input(Map.of(), text).files()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "2015-10-18 18:01:47,978 INFO [main] org.a.B: up 5|'level':'INFO','thread':'main','component':'org.a.B','event':'up <*>'",
                "2015-07-29 17:41:44,747 - WARN  [Peer[id=1]/0:F@7] - up 5|'level':'WARN','thread':'Peer[id=1]/0:F@7','event':'up <*>'",
                "081109 203615 148 INFO dfs.Node$P: up 5|'level':'INFO','component':'dfs.Node$P','pid':148,'event':'up <*>'",
                "2024-01-01 10:00:00.123  INFO 12345 --- [exec-1] c.Foo    : up 5|'level':'INFO','thread':'exec-1','component':'c.Foo','pid':12345,",
                "2024-01-01 10:00:00,123 - root.mod - ERROR - up 5|'level':'ERROR','component':'root.mod','event':'up <*>'",
                "Dec 10 06:55:46 LabSZ sshd[24200]: up 5|'component':'sshd','host':'LabSZ','pid':24200,'event':'up <*>'",
                "<34>1 2003-10-11T22:14:15.003Z h su 7 ID47 [ex@1 a=\"b\"] up 5|'component':'su','host':'h','pid':7,'event':'up <*>'",
                "I0102 15:04:05.678901   12 server.go:123] up 5|'level':'I','component':'server.go:123','tid':12,'event':'up <*>'",
                "03-17 16:13:38.811  1702  2395 D Tag: up 5|'level':'D','component':'Tag','pid':1702,'tid':2395,'event':'up <*>'",
                "[Fri Sep 09 10:42:29.9 2011] [core:error] [pid 3:tid 4] [client 1.2.3.4] up 5|'level':'error','component':'core','pid':3,'tid':4,'client':'1.2.3.4','event':'up <*>'",
                "2024/01/01 10:00:00 [error] 12#56: up 5|'level':'error','pid':12,'tid':56,'event':'up <*>'",
                "2009/11/10 23:00:00 main.go:23: up 5|'component':'main.go:23','event':'up <*>'",
                "WARNING:root:up 5|'level':'WARNING','component':'root','event':'up <*>'",
                "[    1.234567] usb: up 5|{'time_ns':1234567000,'component':'usb','event':'up <*>'",
                "web_1 2024-01-01T10:00:01Z up 5|'source':'web_1','event':'up <*>'",
                "Nov 09 21:31:25 n1 kubelet[77]: I1109 21:31:25.927561   77 kubelet.go:1343] up 5|'level':'I','component':'kubelet.go:1343','host':'n1','pid':77,'source':'kubelet','event':'up <*>'",
                "Nov 09 21:31:25 n1 dockerd[7]: time=\"2024-11-09T21:31:25Z\" level=info msg=\"up 5\"|'component':'dockerd','host':'n1','pid':7,'level':'info','event':'up <*>'",
                "Nov 09 21:31:25 n1 app[7]: 2024-11-09 21:31:25,927 INFO [main] c.Foo: up 5|'level':'INFO','thread':'main','component':'c.Foo','host':'n1','pid':7,'source':'app','event':'up <*>'",
                "Nov 09 21:31:25 n1 kernel: [    1.234567] up 5|'component':'kernel','host':'n1','event':'up <*>'",
                "Jul  1 09:29:02 mac sandboxd[129] ([31211]): up 5|'component':'sandboxd','host':'mac','pid':129,'tid':31211,'event':'up <*>'",
                "2024-11-09T21:31:25.927Z stdout F INFO up 5|'level':'INFO','stream':'stdout','event':'up <*>'",
                "[2014-07-15 15:02:53,406: INFO/MainProcess] up 5|'level':'INFO','thread':'MainProcess','event':'up <*>'",
                "[2022-05-24T10:28:23,868][INFO ][logstash.javapipeline    ] up 5|'level':'INFO','component':'logstash.javapipeline','event':'up <*>'",
                "INFO[0015] up 5|{'time_ns':15000000000,'level':'INFO','event':'up <*>'",
                "2016-09-28 04:30:31, Info                  CBS    up 5|'level':'Info','component':'CBS','event':'up <*>'",
                "437276 node-7 unix.hw net.niff.up 1096995297 1 up 5|{'time_ns':1096995297000000000,'component':'unix.hw net.niff.up','host':'node-7','event':'up <*>'",
                "time=2024-01-01T10:00:00Z level=info msg=\"up 5\" user=bob|'level':'info','event':'up <*>','args.up':5,'args.user':'bob'",
                "1.2.3.4 - bob [10/Oct/2000:13:55:36 -0700] \"GET /x HTTP/1.0\" 200 7|'client':'1.2.3.4','args.user':'bob','event':'GET','args.path':'/x','args.protocol':'HTTP/1.0','args.status':200,'args.bytes':7"
            })
    void headersOfManyLayoutsAreTakenApart(String line, String fields) throws IOException {
        assertThat(read(line + "\n" + line + "\n")).hasSize(2).allMatch(e -> e.contains(fields), fields);
    }

    @Test
    void theNameOfAContainerStandsBeforeAnyLayout() throws IOException {
        List<String> events = read("web_1    | time=2024-01-01T10:00:00Z level=info msg=\"up 5\"\n"
                + "cache-1  | 1:M 07 Jan 2023 19:16:34.747 * up 5\n"
                + "db_1     | 2023-01-07 19:16:35.198 UTC [1] LOG:  up 5\n");
        assertThat(events.get(0)).contains("'source':'web_1','level':'info','event':'up <*>'");
        assertThat(events.get(1)).contains("'source':'cache-1','level':'*','component':'M','pid':1,'event':'up <*>'");
        assertThat(events.get(2)).contains("'source':'db_1','component':'LOG','pid':1,'event':'up <*>'");
    }

    @Test
    void linesWithoutAHeaderBelongToTheEventBefore() throws IOException {
        RecordInput input = input(
                Map.of(),
                "banner\n2024-01-01T10:00:00Z ERROR bad\njava.io.IOException: x\n\tat a.B.c(B.java:1)\n\n\tat d@1f2e3d4c\r\n"
                        + "2024-01-01T10:00:01Z INFO good\n");
        List<String> events = read(input);
        assertThat(events).hasSize(3);
        assertThat(events.get(0)).isEqualTo("{'event':'banner'}");
        assertThat(events.get(1)).contains("'detail':'java.io.IOException: x\\n\\tat a.B.c(B.java:1)\\n\\tat <*>'");
        assertThat(events.get(2)).doesNotContain("detail");
    }

    @Test
    void withoutTimesALevelOrALineAtTheMarginBeginsAnEvent() throws IOException {
        assertThat(read("INFO one\n  more\nDEBUG two\nthree\n")).hasSize(3);
    }

    @Test
    void coloursAreNoPartOfTheText() throws IOException {
        assertThat(read("\u001B[32m2024-01-01T10:00:00Z\u001B[0m \u001B[1mINFO\u001B[0m up\n")
                        .get(0))
                .endsWith("'level':'INFO','event':'up'}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "It was a dark night.\nThe rain fell.\nIn 1984, nothing happened.\n",
                "{\"time\":\"2024-01-01T10:00:00Z\",\"msg\":\"x\"}\n",
                "2024-01-01T10:00:00Z a {\"a\":1} text\n2024-01-01T10:00:01Z a {\"a\":2} text\n",
                "int main() {\n  return 0;\n}\n",
                "\u0001\u0002\u0003\u0004\u0005\n2024-01-01T10:00:00Z x\n"
            })
    void whatIsNoPlainLogIsNotTaken(String text) throws IOException {
        assertThat(claims(text)).isFalse();
    }

    @Test
    void logsAreTaken() throws IOException {
        assertThat(claims("2024-01-01T10:00:00Z started\n")).isTrue();
        assertThat(claims("INFO a\nWARN b\nplain\n")).isTrue();
        assertThat(claims("2024-01-01T10:00:00Z x\n2024-01-01T10:00:01Z y\n" + "\tat a.B\n".repeat(15)))
                .isTrue();
    }

    @Test
    void filesAreMergedByTimeAndNeverReordered() throws IOException {
        List<String> events = read(input(
                Map.of(),
                "2024-01-01T10:00:01Z ba\n2024-01-01T10:00:05Z be\n2024-01-01T10:00:04Z bo\n",
                "2024-01-01T10:00:00Z aa\n2024-01-01T10:00:03Z ae\n2024-01-01T10:00:05.5Z ao\n"));
        assertThat(events.stream().map(e -> e.replaceAll(".*'event':'(.*?)'.*", "$1")))
                .containsExactly("aa", "ba", "ae", "be", "bo", "ao");
        assertThat(events.get(0)).contains("'$file':'f1'");
    }

    @Test
    void moreFilesThanCanBeOpenAreMergedAllTheSame() throws IOException {
        String[] texts = new String[MergedLogs.MAX_OPEN + 1];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = String.format("2024-01-01T10:00:00.%03dZ n%n2024-01-01T10:00:01.%03dZ m%n", 999 - i, i);
        }
        List<String> events = read(input(Map.of(), texts));
        assertThat(events).hasSize(2 * texts.length);
        assertThat(events.get(0)).contains("'$file':'f" + (texts.length - 1) + "'");
        assertThat(events.get(texts.length)).contains("'event':'m'").contains("'$file':'f0'");
    }

    @Test
    void anEventThatNeverEndsIsCut() throws IOException {
        String text = "2024-01-01T10:00:00Z x\n".repeat(10)
                + ("y".repeat(1023) + "\n").repeat(LogReader.MAX_EVENT / 1024 + 3);
        assertThat(read(text).size()).isBetween(11, 14);
    }

    @Test
    void drainTakesWordsThatVaryForParameters() throws IOException {
        String text = "INFO session of alice is open\nINFO session of bob is open\n";
        assertThat(read(input(Map.of("templates", "drain"), text)).get(0))
                .contains("'event':'session of <*> is open','args.w3':'alice'");
        assertThat(read(text).get(0)).contains("'event':'session of alice is open'");
        assertThatThrownBy(() -> format.mapping(input(Map.of("templates", "x"), text)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("message or drain");
    }

    // ---- what holds between runs -----------------------------------------------------------------------------------

    private static final String[] MESSAGES = {
        "Connected to alice",
        "Received request id=%d from bob",
        "Stored block blk_%d of size 4096 in %d ms",
        "Elected leader node2 for term 3",
        "GET /index.html took 3.5ms"
    };

    /** Lines of three threads; {@code seed} decides how they interleave, the times, identifiers and durations. */
    private static List<String> run(long seed, int eventsEach) {
        Random how = new Random(seed);
        List<List<String>> lanes = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            Random what = new Random(t);
            List<String> lane = new ArrayList<>();
            for (int i = 0; i < eventsEach; i++) {
                String message = MESSAGES[what.nextInt(MESSAGES.length)]
                        .replace("id=%d", "id=" + i)
                        .replace("blk_%d", "blk_" + (100_000_000_000_000L + how.nextLong(800_000_000_000_000L)))
                        .replace("%d", String.valueOf(1 + how.nextInt(50)));
                lane.add(" INFO [worker-" + t + "] a.Node: " + message);
            }
            Collections.reverse(lane);
            lanes.add(lane);
        }
        List<String> lines = new ArrayList<>();
        long millis = how.nextInt(1000);
        while (lanes.stream().anyMatch(l -> !l.isEmpty())) {
            List<String> lane = lanes.get(how.nextInt(3));
            if (!lane.isEmpty()) {
                millis += how.nextInt(20);
                lines.add(String.format(
                                "2024-01-01 10:%02d:%02d,%03d", millis / 60_000, millis / 1000 % 60, millis % 1000)
                        + lane.remove(lane.size() - 1));
            }
        }
        return lines;
    }

    private Explanation compare(List<String> a, List<String> b) throws IOException {
        Path left = Files.write(folder.resolve("a.log"), a, StandardCharsets.UTF_8);
        Path right = Files.write(folder.resolve("b.log"), b, StandardCharsets.UTF_8);
        return DetTrace.compare(left, right);
    }

    @Test
    void runsThatDifferInInterleavingTimesAndIdentifiersAreEquivalent() throws IOException {
        for (int seed = 1; seed <= 10; seed++) {
            assertThat(compare(run(0, 60), run(seed, 60)).comparison().first())
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void numbersOfProcessesAreNotComparedWherePartOfThemAgrees() throws IOException {
        List<String> a = List.of(
                "Jul  1 09:00:55 mac kernel[0]: up",
                "Jul  1 09:01:05 mac cts[43]: told",
                "Jul  1 09:01:06 mac QQ[10018]: done");
        List<String> b = List.of(
                "Jul  2 09:00:55 mac kernel[0]: up",
                "Jul  2 09:01:05 mac cts[55]: told",
                "Jul  2 09:01:06 mac QQ[11018]: done");
        assertThat(compare(a, b).comparison().first()).isEmpty();
    }

    @Test
    void aNumberThatOneMessageHasIsNoPositionInTheLog() throws IOException {
        List<String> a = List.of(
                "2024-01-01 10:00:00 [error] a: bad argument in f line 145",
                "2024-01-01 10:00:01 [info] a: up",
                "2024-01-01 10:00:02 [info] a: down");
        List<String> b = new ArrayList<>(a);
        b.set(0, a.get(0).replace("145", "146"));
        assertThat(compare(a, b).comparison().roots()).hasSize(1);
    }

    /** A message's kind does not depend on what else is in the run: one more variant is one more event and nothing else. */
    @Test
    void oneMoreVariantIsTheOnlyDifference() throws IOException {
        List<String> more = run(1, 60);
        int at = more.size() / 2;
        String lane = more.get(at).replaceAll(".*\\[(.*?)\\].*", "$1");
        more.add(at, more.get(at).replaceAll("a\\.Node: .*", "a.Node: Connected to carol"));
        Explanation found = compare(run(0, 60), more);
        assertThat(found.comparison().roots()).hasSize(1);
        assertThat(found.comparison().first().map(Divergence::lane)).contains(lane);
    }

    @Test
    void aWrongWordAndAWrongNumberAreFound() throws IOException {
        for (String[] change :
                new String[][] {{"Elected leader node2", "Elected leader node3"}, {"to alice", "to mallory"}}) {
            List<String> bad = run(1, 60);
            int at = bad.size() / 2;
            while (!bad.get(at).contains(change[0])) {
                at++;
            }
            bad.set(at, bad.get(at).replace(change[0], change[1]));
            Explanation found = compare(run(0, 60), bad);
            assertThat(found.comparison().roots()).as(change[1]).hasSize(1);
        }
    }
}

package io.dettrace.formats.chrome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.ftrace.FtraceFormat;
import io.dettrace.formats.kernel.TraceText;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChromeFormatTest {
    @TempDir
    private Path folder;

    private TraceText traces;

    @BeforeEach
    void open() {
        traces = new TraceText(new ChromeFormat(), folder, Map.of());
    }

    private List<Map<String, String>> read(String... events) throws IOException {
        return traces.read("[" + String.join(",\n", events).replace('\'', '"') + "]");
    }

    private static List<String> kinds(List<Map<String, String>> events) {
        return events.stream().map(e -> e.get("ph") + " " + e.get("name")).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1.1, 1100",
        "3.021, 3021",
        "438877834451, 438877834451000",
        "-2.5, -2500",
        "1e3, 1000000",
        "'\"7.25\"', 7250",
        "1700000000000000.123, 1700000000000000123",
        "0.0004, 0",
        "0.0006, 1"
    })
    void timesAreMicrosecondsExactToTheNanosecond(String ts, String nanos) throws IOException {
        Map<String, String> e = traces.read("[{\"ph\":\"i\",\"name\":\"a\",\"pid\":1,\"ts\":" + ts + "}]")
                .get(0);
        assertThat(e).containsEntry("ts_ns", nanos);
    }

    @Test
    void theUnitOfDisplayIsNoUnitOfTimes() throws IOException {
        List<Map<String, String>> events = traces.read(TraceText.resource("chrome/nanoseconds.json"), false);
        assertThat(TraceText.column(events, "ts_ns").subList(8, 16))
                .containsExactly("3000", "3011", "3011", "3013", "3013", "3016", "3017", "3021");
        TraceText counted = new TraceText(new ChromeFormat(), folder, Map.of("ts-unit", "ns"));
        assertThat(counted.read("[{\"ph\":\"i\",\"pid\":1,\"ts\":1700000000000000123}]")
                        .get(0))
                .containsEntry("ts_ns", "1700000000000000123");
    }

    @Test
    void aCompleteEventIsABeginAtItsTextAndAnEndAtItsLastByte() throws IOException {
        List<Map<String, String>> events = read("{'ph':'X','name':'a','ts':5,'dur':2,'pid':1,'tid':1,'args':{'k':1}}");
        assertThat(kinds(events)).containsExactly("B a", "E a");
        assertThat(TraceText.column(events, "ts_ns")).containsExactly("5000", "7000");
        assertThat(TraceText.column(events, "args.k")).containsExactly("1", "-");
        assertThat(traces.places().get(0)).startsWith("{\"ph\"").endsWith("}}");
        assertThat(traces.places().get(1)).isEqualTo("}");
    }

    @Test
    void completeEventsNestWhateverTheirOrderInTheFile() throws IOException {
        List<Map<String, String>> events = read(
                "{'ph':'X','name':'inner','ts':5,'dur':1,'pid':1,'tid':1}",
                "{'ph':'X','name':'outer','ts':5,'dur':5,'pid':1,'tid':1}",
                "{'ph':'X','name':'last','ts':8,'dur':2,'pid':1,'tid':1}",
                "{'ph':'i','name':'first','ts':1,'pid':1,'tid':1}");
        assertThat(kinds(events))
                .containsExactly("i first", "B outer", "B inner", "E inner", "B last", "E last", "E outer");
    }

    @Test
    void anEndWithoutNameTakesThatOfTheSliceThatIsOpen() throws IOException {
        List<Map<String, String>> events = read(
                "{'ph':'B','name':'a','ts':1,'pid':1,'tid':1}",
                "{'ph':'B','name':'b','ts':1,'pid':1,'tid':1}",
                "{'ph':'E','ts':1,'pid':1,'tid':1}",
                "{'ph':'E','ts':2,'pid':1,'tid':1}",
                "{'ph':'E','ts':3,'pid':1,'tid':1}",
                "{'ph':'B','name':'open','ts':4,'pid':1,'tid':1}");
        assertThat(kinds(events)).containsExactly("B a", "B b", "E b", "E a", "E null", "B open");
        assertThat(traces.notes()).containsExactly("end_without_begin", "never_ended");
    }

    @Test
    void lanesHaveTheNamesOfMetadataWithoutNumbersOfTasks() throws IOException {
        List<Map<String, String>> events = read(
                "{'ph':'i','name':'a','ts':1,'pid':4711,'tid':4712}",
                "{'ph':'i','name':'a','ts':2,'pid':4711,'tid':'w'}",
                "{'ph':'i','name':'a','ts':3,'pid':4711,'tid':4714}",
                "{'ph':'i','name':'a','ts':4,'pid':9}",
                "{'ph':'M','name':'process_name','pid':4711,'args':{'name':'app'}}",
                "{'ph':'M','name':'thread_name','pid':4711,'tid':4712,'args':{'name':'thread 4712 (py)'}}",
                "{'ph':'M','name':'thread_name','pid':4711,'tid':4714,'args':{'name':'pool'}}");
        assertThat(TraceText.column(events, "process")).containsExactly("app", "app", "app", "process");
        assertThat(TraceText.column(events, "thread")).containsExactly("thread * (py)", "w", "pool", "thread");
    }

    @Test
    void countersAndAsynchronousOperationsAreLanesOfTheirOwn() throws IOException {
        List<Map<String, String>> events = read(
                "{'ph':'b','name':'GET','cat':'n','id':'0xa','ts':1,'pid':1,'tid':1}",
                "{'ph':'b','name':'GET','cat':'n','id':'0xb','ts':2,'pid':1,'tid':1}",
                "{'ph':'n','name':'step','cat':'n','id':'0xa','ts':3,'pid':1,'tid':2}",
                "{'ph':'e','name':'GET','cat':'n','id':'0xa','ts':4,'pid':1,'tid':2}",
                "{'ph':'b','name':'GET','cat':'n','id':'0xa','ts':5,'pid':1,'tid':1}",
                "{'ph':'C','name':'mem','ts':6,'pid':1,'args':{'v':3}}",
                "{'ph':'C','name':'mem','id':'x','ts':7,'pid':1,'args':{'v':3}}",
                "{'ph':'b','name':'L','cat':'n','id2':{'local':'1'},'ts':8,'pid':1}",
                "{'ph':'b','name':'L','cat':'n','id2':{'local':'1'},'ts':8,'pid':2}");
        assertThat(TraceText.column(events, "thread"))
                .containsExactly(
                        "async GET",
                        "async GET#2",
                        "async GET",
                        "async GET",
                        "async GET#3",
                        "counter mem",
                        "counter mem#2",
                        "async L",
                        "async L");
    }

    @Test
    void flowsAreLinksAndAnIdentityThatStartsAgainIsAnotherFlow() throws IOException {
        List<Map<String, String>> events = read(
                "{'ph':'s','name':'m','cat':'c','id':1,'ts':1,'pid':1,'tid':1}",
                "{'ph':'t','name':'m','cat':'c','id':1,'ts':2,'pid':1,'tid':2}",
                "{'ph':'f','name':'m','cat':'c','id':1,'ts':3,'pid':1,'tid':3,'bp':'e'}",
                "{'ph':'s','name':'m','cat':'c','id':1,'ts':4,'pid':1,'tid':1}",
                "{'ph':'f','name':'m','cat':'c','id':1,'ts':5,'pid':1,'tid':3}",
                "{'ph':'X','name':'out','bind_id':'0x1','flow_out':true,'ts':6,'dur':0,'pid':1,'tid':1}",
                "{'ph':'X','name':'in','bind_id':'0x1','flow_in':true,'ts':7,'dur':0,'pid':1,'tid':2}");
        List<String> ids = TraceText.column(events, "event");
        List<String> links = TraceText.column(events, "links");
        assertThat(List.of(links.get(1), links.get(2), links.get(4), links.get(7)))
                .containsExactly(ids.get(0), ids.get(1), ids.get(3), ids.get(5));
        assertThat(ids.get(3)).isNotEqualTo(ids.get(0));
    }

    @ParameterizedTest
    @CsvSource({"m, c, true", "m, other, false", "other, c, false"})
    void aFlowIsOneOfItsNameAndCategory(String name, String category, boolean same) throws IOException {
        List<Map<String, String>> events = read(
                "{'ph':'s','name':'m','cat':'c','id':1,'ts':1,'pid':1,'tid':1}",
                "{'ph':'f','name':'" + name + "','cat':'" + category + "','id':1,'ts':2,'pid':1,'tid':2}");
        boolean linked = events.get(0).get("event").equals(events.get(1).get("links"));
        assertThat(linked).isEqualTo(same);
    }

    @Test
    void aSliceMayTakeUpAFlowAtItsEnd() throws IOException {
        List<Map<String, String>> events = read(
                "{'ph':'B','name':'wait','ts':1,'pid':1,'tid':2}",
                "{'ph':'B','name':'out','bind_id':'7','flow_out':true,'ts':2,'pid':1,'tid':1}",
                "{'ph':'E','bind_id':'7','flow_in':true,'ts':3,'pid':1,'tid':2}");
        assertThat(events.get(2)).containsEntry("links", events.get(1).get("event"));
    }

    @Test
    void aCompleteEventEndsBeforeTheNextBeginsAtTheSameTime() throws IOException {
        assertThat(kinds(read(
                        "{'ph':'X','name':'one','ts':5,'dur':2,'pid':1,'tid':1}",
                        "{'ph':'X','name':'two','ts':7,'dur':2,'pid':1,'tid':1}")))
                .containsExactly("B one", "E one", "B two", "E two");
    }

    @Test
    void stacksAreFoldedByTheFramesOfTheFile() throws IOException {
        List<Map<String, String>> events = traces.read(TraceText.resource("chrome/flow_simple.json"), false);
        assertThat(events.stream()
                        .filter(e -> "s".equals(e.get("ph")) && e.containsKey("stack"))
                        .toList())
                .hasSize(1)
                .allSatisfy(e -> assertThat(e).containsEntry("stack", "main;frame7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", ",\n", "]", ",]", ",{}]", ",null]"})
    void theArrayMayLackItsEnd(String end) throws IOException {
        String text =
                "[{\"ph\":\"i\",\"name\":\"a\",\"ts\":1,\"pid\":1},\n{\"ph\":\"i\",\"name\":\"b\",\"ts\":2,\"pid\":1}"
                        + end;
        assertThat(traces.claims(text)).isTrue();
        assertThat(kinds(traces.read(text))).containsExactly("i a", "i b");
    }

    @Test
    void aFileThatIsCutInsideAnEventIsRefusedOrReadUpToThere() throws IOException {
        String text = "[{\"ph\":\"i\",\"name\":\"a\",\"ts\":1,\"pid\":1},\n{\"ph\":\"i\",\"name\":\"b\",\"ts\"";
        assertThatThrownBy(() -> traces.read(text))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("trace.txt:2");
        assertThat(traces.read(text, true)).hasSize(1);
        assertThat(traces.notes()).containsExactly("broken_json");
    }

    @Test
    void whatIsNoJsonIsToldInPlainWords() {
        String text = "[{\"ph\":\"i\",\"name\":\"a\",\"ts\":1,\"pid\":1},\n{\"ph\":x}]";
        assertThatThrownBy(() -> traces.read(text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'x': was expecting a value")
                .hasMessageNotContaining("JSON String");
    }

    @Test
    void whatToleratedProducersWriteIsReadWithANote() throws IOException {
        List<Map<String, String>> events =
                traces.read("{\"traceEvents\":[{\"ph\":\"i\",\"name\":\"a\\Users\",\"pid\":1,\"ts\":1,"
                        + "\"args\":{\"v\":NaN,\"v\":2,\"p\":\"0x7f00aabbcc\"}},{\"ph\":\"i\",\"pid\":1},{\"name\":\"x\"},"
                        + "{\"ph\":\"?\",\"pid\":1,\"ts\":2},{\"ph\":\"X\",\"pid\":1,\"ts\":3},{\"ph\":\"b\",\"pid\":1,\"ts\":4}],"
                        + "\"systemTraceEvents\":\"x\"}");
        assertThat(events).hasSize(5);
        assertThat(events.get(0)).containsEntry("args.v", "NaN").containsEntry("addr.p", "0x7f00aabbcc");
        assertThat(traces.notes())
                .contains(
                        "repeated_keys",
                        "no_time",
                        "no_phase",
                        "unknown_phases",
                        "no_duration",
                        "async_without_id",
                        "system_trace_events");
    }

    @Test
    void aTraceWithoutEventsSaysSo() {
        assertThatThrownBy(() -> traces.read("{\"traceEvents\":[]}"))
                .hasMessage("trace.txt: there is no event in it; its array of" + " events is empty");
        assertThatThrownBy(() -> read("{'ph':'M','name':'process_name','pid':1,'args':{'name':'a'}}"))
                .hasMessageContaining("only 1 of metadata");
    }

    @Test
    void nestingBeyondTheLimitIsRefused() throws IOException {
        assertThat(nested(TraceEvents.MAX_NESTING - 3)).hasSize(1);
        assertThatThrownBy(() -> nested(TraceEvents.MAX_NESTING)).isInstanceOf(InputException.class);
    }

    private List<Map<String, String>> nested(int depth) throws IOException {
        return traces.read(
                "[{\"ph\":\"i\",\"pid\":1,\"ts\":1,\"args\":{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}}]");
    }

    @ParameterizedTest
    @CsvSource({
        "async_begin_end, 35",
        "flow_simple, 15",
        "instance_counters, 12",
        "instant_events, 5",
        "nanoseconds, 16",
        "simple_trace, 38"
    })
    void realTracesHaveAsManyEventsAsTheyHoldAndComeBackFromTheWriterTheSame(String name, int count)
            throws IOException {
        byte[] bytes = TraceText.resource("chrome/" + name + ".json");
        List<Map<String, String>> events = traces.read(bytes, false);
        assertThat(events).hasSize(count);
        assertThat(traces.read(written(new ChromeFormat(), traces.input(bytes)), false))
                .isEqualTo(events);
    }

    @Test
    void argumentsStacksAndFlowsComeBackFromTheWriter() throws IOException {
        byte[] bytes =
                ("[{\"ph\":\"X\",\"name\":\"out\",\"bind_id\":\"0x1\",\"flow_out\":true,\"ts\":6.125,\"dur\":2,\"pid\":1,\"tid\":1,"
                                + "\"args\":{\"a\":{\"b.c\":[1,{\"z\":2.50,\"y\":\"\\u0001é\"}]},\"p\":\"0x1234567\",\"n\":null,\"t\":true},\"new\":4},"
                                + "{\"ph\":\"P\",\"name\":\"s\",\"ts\":7,\"pid\":1,\"tid\":1,\"stack\":[\"main\",\"f\"]},"
                                + "{\"ph\":\"X\",\"name\":\"in\",\"bind_id\":\"0x1\",\"flow_in\":true,\"ts\":7,\"dur\":0,\"pid\":2,\"tid\":2}]")
                        .getBytes(StandardCharsets.UTF_8);
        List<Map<String, String>> events = traces.read(bytes, false);
        assertThat(events.get(0))
                .containsEntry("args.a.b.c", "[1,{\"y\":\"\\u0001é\",\"z\":2.5}]")
                .containsEntry("extra.new", "4");
        assertThat(traces.read(written(new ChromeFormat(), traces.input(bytes)), false))
                .isEqualTo(events);
    }

    @Test
    void anyOtherRunIsWrittenWithItsLanesAsThreadsAndItsLinksAsFlows() throws IOException {
        TraceText kernel = new TraceText(new FtraceFormat(), folder, Map.of());
        byte[] bytes =
                "w-5 [001] ..... 1.5: sched_waking: comm=c pid=8\na-7 [000] d..2 1.6: sched_switch: prev_comm=a ==> next_comm=c next_pid=8\n"
                        .getBytes(StandardCharsets.UTF_8);
        List<Map<String, String>> events = traces.read(written(new FtraceFormat(), kernel.input(bytes)), false);
        assertThat(kinds(events))
                .containsExactly("i sched_waking", "s link", "i sched_switch", "f link", "i sched_switch_in");
        assertThat(TraceText.column(events, "thread")).containsExactly("w", "w", "a", "c", "c");
        assertThat(events.get(3).get("links")).isEqualTo(events.get(1).get("event"));
        assertThat(events.get(0)).containsEntry("ts_ns", "1500000000").containsEntry("args.args.comm", "c");
    }

    private static byte[] written(RecordFormat format, RecordInput input) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordReader reader = format.open(input, new ReadContext(false, -1))) {
            new ChromeWriter().write(reader, format.mapping(input), out);
        }
        return out.toByteArray();
    }

    @Test
    void wordsInPlaceOfTheNumbersOfProcessesAndThreadsAreTheirNames() throws IOException {
        List<Map<String, String>> events = read(
                "{'ph':'i','name':'a','pid':'Spans','tid':'PyTorch Profiler','ts':1}",
                "{'ph':'i','name':'a','pid':'0x1f','tid':'12','ts':2}",
                "{'ph':'i','name':'a','pid':'','tid':'main','ts':3}");
        assertThat(TraceText.column(events, "process")).containsExactly("Spans", "process", "process#2");
        assertThat(TraceText.column(events, "thread")).containsExactly("PyTorch Profiler", "thread", "main");
    }

    @Test
    void theTotalsOfClangAreInLanesOfTheirNames() throws IOException {
        List<Map<String, String>> events = read(
                "{'pid':7,'tid':8,'ph':'X','ts':0,'dur':90,'name':'Total Source','args':{'count':2,'avg ms':45}}",
                "{'pid':7,'tid':9,'ph':'X','ts':0,'dur':80,'name':'Total Frontend','args':{'count':1,'avg ms':80}}");
        assertThat(TraceText.column(events, "thread"))
                .containsExactlyInAnyOrder("Total Source", "Total Source", "Total Frontend", "Total Frontend");
    }

    @Test
    void theSamplesOfAProfilerBesideTheEventsAreNoted() throws IOException {
        traces.read("{\"traceEvents\":[{\"ph\":\"i\",\"name\":\"a\",\"pid\":1,\"ts\":1}],"
                + "\"samples\":[{\"sf\":3},{\"sf\":4}],\"stackFrames\":{}}");
        assertThat(traces.notes()).containsExactly("samples");
        traces.read("{\"traceEvents\":[{\"ph\":\"i\",\"name\":\"a\",\"pid\":1,\"ts\":1}],\"samples\":[]}");
        assertThat(traces.notes()).isEmpty();
    }
}

package io.dettrace.formats.ftrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.InputException;
import io.dettrace.formats.kernel.TraceText;
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

class FtraceFormatTest {
    private static final String SWITCH =
            "sched_switch: prev_comm=a b prev_pid=7 prev_prio=120 prev_state=S ==> next_comm=c-d"
                    + " next_pid=8 next_prio=99";

    @TempDir
    private Path folder;

    private TraceText traces;

    @BeforeEach
    void open() {
        traces = new TraceText(new FtraceFormat(), folder, Map.of());
    }

    private List<Map<String, String>> read(String... lines) throws IOException {
        return traces.read(String.join("\n", lines));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<idle>-0     [002] d..3  1234.567890: x: a=1 | idle/cpu2 | 2 | 1234567890000",
                "bash-12 (   12) [000] .... 1.5: x: a=1 | bash | 0 | 1500000000",
                "bash-12 (-----) [000] .... 1.5: x: a=1 | bash | 0 | 1500000000",
                "my [odd] - name-12-99  [011] d.... 1.000000001: x: a=1 | my [odd] - name-12 | 11 | 1000000001",
                "kworker/u8:2-events-31 [001] 10: x: a=1 | kworker/u8:2-events | 1 | 10000",
                "bash-4251    3d..1  123us+: x: a=1 | bash | 3 | 123000",
                "[000]   123.456789012: x: a=1 | cpu0 | 0 | 123456789012"
            })
    void theHeadOfALineIsTakenApart(String line, String lane, String cpu, String time) throws IOException {
        Map<String, String> event = read(line).get(0);
        assertThat(event).containsEntry("lane", lane).containsEntry("cpu", cpu).containsEntry("time_ns", time);
        assertThat(event).containsEntry("event", "x").containsEntry("args.a", "1");
    }

    @Test
    void aSwitchIsAnEventOfBothThreadsAtItsOwnPartOfTheLine() throws IOException {
        String line = "a b-7 [000] d..2 1.0: " + SWITCH;
        List<Map<String, String>> events = read(line);
        assertThat(TraceText.column(events, "lane")).containsExactly("a b", "c-d");
        assertThat(TraceText.column(events, "event")).containsExactly("sched_switch", "sched_switch_in");
        assertThat(events.get(0)).containsEntry("args.prev_comm", "a b").containsEntry("args.prev_state", "S");
        assertThat(traces.places()).containsExactly(line, " next_comm=c-d next_pid=8 next_prio=99");
    }

    @Test
    void theShortFormOfTraceCmdSaysTheSame() throws IOException {
        List<Map<String, String>> keyed = read("a b-7 [000] 1.0: " + SWITCH);
        List<Map<String, String>> brief = read("a b-7 [000] 1.0: sched_switch: a b:7 [120] S ==> c-d:8 [99]");
        assertThat(brief).isEqualTo(keyed);
        Map<String, String> wakeup = read("x-1 [000] 1.0: sched_wakeup: a b:7 [120] success=1 CPU:002")
                .get(0);
        assertThat(wakeup)
                .containsEntry("args.comm", "a b")
                .containsEntry("args.pid", "7")
                .containsEntry("args.target_cpu", "002");
    }

    @Test
    void withLanesByCpuASwitchIsOneEvent() throws IOException {
        traces = new TraceText(new FtraceFormat(), folder, Map.of("lanes", "cpu"));
        List<Map<String, String>> events = read("a b-7 [003] d..2 1.0: " + SWITCH);
        assertThat(TraceText.column(events, "lane")).containsExactly("cpu3");
        assertThat(events.get(0)).containsEntry("args.next_comm", "c-d");
    }

    @Test
    void whatWokeOrMovedAThreadIsLinkedToItsNextSwitchIn() throws IOException {
        List<Map<String, String>> events = read(
                "w-5 [001] ..... 1.0: sched_waking: comm=c-d pid=8 prio=99 target_cpu=000",
                "w-5 [001] ..... 1.1: sched_migrate_task: comm=c-d pid=8 prio=99 orig_cpu=1 dest_cpu=0",
                "a b-7 [000] d..2 1.2: " + SWITCH,
                "a b-7 [000] d..2 1.3: " + SWITCH);
        String waking = events.get(0).get("id");
        String moved = events.get(1).get("id");
        assertThat(TraceText.column(events, "links"))
                .containsExactly("-", "-", "-", "[\"" + waking + "\",\"" + moved + "\"]", "-", "-");
    }

    @Test
    void theFirstEventOfAThreadIsLinkedToTheForkThatMadeIt() throws IOException {
        List<Map<String, String>> events = read(
                "sh-5 [001] ..... 1.0: sched_process_fork: comm=sh pid=5 child_comm=sh child_pid=6",
                "sh-6 [000] ..... 1.1: x: a=1",
                "sh-6 [000] ..... 1.2: x: a=1");
        assertThat(TraceText.column(events, "lane")).containsExactly("sh", "sh#2", "sh#2");
        assertThat(TraceText.column(events, "links"))
                .containsExactly("-", "[\"" + events.get(0).get("id") + "\"]", "-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sched_waking", "sched_wakeup", "sched_wakeup_new", "sched_migrate_task"})
    void everyEventThatMakesAThreadReadyIsLinkedToItsSwitchIn(String event) throws IOException {
        List<Map<String, String>> events =
                read("w-5 [001] ..... 1.0: " + event + ": comm=c-d pid=8 prio=99", "a b-7 [000] d..2 1.2: " + SWITCH);
        assertThat(events.get(2)).containsEntry("links", "[\"" + events.get(0).get("id") + "\"]");
    }

    @Test
    void aForkComesBeforeTheWakeupsOfItsThreadAndForgetsThoseOfTheNumber() throws IOException {
        List<Map<String, String>> events = read(
                "w-5 [001] ..... 1.0: sched_wakeup: comm=old pid=8 prio=99",
                "w-5 [001] ..... 1.1: sched_process_fork: comm=w pid=5 child_comm=c-d child_pid=8",
                "w-5 [001] ..... 1.2: sched_wakeup_new: comm=c-d pid=8 prio=99",
                "a b-7 [000] d..2 1.3: " + SWITCH);
        String fork = events.get(1).get("id");
        String wakeup = events.get(2).get("id");
        assertThat(events.get(4)).containsEntry("links", "[\"" + fork + "\",\"" + wakeup + "\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "i-0 [000] ..... 1.1: sched_process_free: comm=a pid=1 prio=120",
                "a-1 [000] d..2. 1.1: sched_switch: prev_comm=a prev_pid=1 prev_prio=120 prev_state=X ==> next_comm=i next_pid=0 next_prio=120",
                "a-1 [000] d..2. 1.1: sched_switch: prev_comm=a prev_pid=1 prev_prio=120 prev_state=Z ==> next_comm=i next_pid=0 next_prio=120"
            })
    void theNumberOfAThreadThatEndedIsAnotherThreadsAfterwards(String end) throws IOException {
        List<Map<String, String>> events = read("a-1 [000] ..... 1.0: x: a=1", end, "a-1 [000] ..... 1.2: x: a=1");
        assertThat(events.get(events.size() - 1)).containsEntry("lane", "a#2");
    }

    @Test
    void interruptsAreALaneOfTheirCpu() throws IOException {
        assertThat(TraceText.column(
                        read(
                                "a-7 [002] d.h1 1.0: irq_handler_entry: irq=3 name=x",
                                "a-7 [002] ..s1 1.0: softirq_entry: vec=1"),
                        "lane"))
                .containsExactly("irq/cpu2", "irq/cpu2");
    }

    @Test
    void threadsOfOneNameAreCountedByFirstAppearanceAndNumbersComeAgain() throws IOException {
        List<Map<String, String>> events = read(
                "a-1 [000] .... 1.0: x: a=1",
                "a-2 [000] .... 1.1: x: a=1",
                "a-1 [000] .... 1.2: sched_switch: prev_comm=a prev_pid=1 prev_prio=1 prev_state=X ==> next_comm=a next_pid=2"
                        + " next_prio=1",
                "b-1 [000] .... 1.3: x: a=1");
        assertThat(TraceText.column(events, "lane")).containsExactly("a", "a#2", "a", "a#2", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "comm=rs:main Q:Reg pid=17 runtime=15 [ns] v=2 | args.comm | rs:main Q:Reg",
                "comm=rs:main Q:Reg pid=17 runtime=15 [ns] v=2 | args.runtime | 15",
                "my_field=foo=bar=baz | args.my_field | foo=bar=baz",
                "dev 8,13 ino 42 pos -1 | args.ino | 42",
                "dev 8,13 ino 42 pos -1 | args.pos | -1",
                "timer=ffff8800b20300f0 function=f [i915] | addr.timer | ffff8800b20300f0",
                "timer=ffff8800b20300f0 function=f [i915] | args.function | f [i915]",
                "page=0xffffea0001 flags=0x1 | args.flags | 0x1",
                "free text at ffffffff81000000 is | text | free text at 0x* is",
                "a=007 | args.a | 007"
            })
    void payloadsBecomeFields(String payload, String path, String value) throws IOException {
        assertThat(read("a-1 [000] .... 1.0: x: " + payload).get(0)).containsEntry(path, value);
    }

    @Test
    void markersOfUserProgramsAreTakenApart() throws IOException {
        List<Map<String, String>> events = read(
                "a-1 [000] .... 1.0: tracing_mark_write: B|9|draw|x",
                "a-1 [000] .... 1.1: print: 0xffffffff810: tracing_mark_write: C|9|queue|3",
                "a-1 [000] .... 1.2: tracing_mark_write: E",
                "a-1 [000] .... 1.3: 0: S|9|load|77",
                "a-1 [000] .... 1.4: bprint: do_it: state=4");
        assertThat(TraceText.column(events, "event"))
                .containsExactly("atrace:B", "atrace:C", "atrace:E", "atrace:S", "bprint:do_it");
        assertThat(TraceText.column(events, "marker.name")).containsExactly("draw", "queue", "-", "load", "-");
        assertThat(events.get(3)).containsEntry("marker.cookie", "77");
    }

    @Test
    void functionsAndTheirGraphAreEvents() throws IOException {
        List<Map<String, String>> events = read(
                "# tracer: function_graph",
                " 0)               |  sys_open() {",
                " 0)   0.382 us    |    getname();",
                " 0) + 10.5 us     |  } /* sys_open */",
                " ------------------------------------------",
                " 0)   sshd-123    =>   bash-234",
                " ------------------------------------------",
                " 0)   1.2 us      |  kfree();");
        assertThat(TraceText.column(events, "event"))
                .containsExactly("funcgraph_entry", "funcgraph_leaf", "funcgraph_exit", "funcgraph_leaf");
        assertThat(TraceText.column(events, "function")).containsExactly("sys_open", "getname", "sys_open", "kfree");
        assertThat(TraceText.column(events, "depth")).containsExactly("1", "2", "1", "1");
        assertThat(TraceText.column(events, "lane")).containsExactly("cpu0", "cpu0", "cpu0", "bash");
        Map<String, String> call =
                read("a-1 [000] 1.0: do_timer <-tick_do_update.part.0").get(0);
        assertThat(call).containsEntry("function", "do_timer").containsEntry("caller", "tick_do_update.part.0");
    }

    @Test
    void aStackIsOneEventFoldedFromTheOutside() throws IOException {
        List<Map<String, String>> events =
                read("a-1 [000] d.h. 1.0: <stack trace>", " => inner", " => outer", "a-1 [000] .... 1.1: x: a=1");
        assertThat(TraceText.column(events, "stack")).containsExactly("outer;inner", "-");
    }

    @Test
    void lossesAreNotes() throws IOException {
        read("CPU 1 is empty", "a-1 [000] 1.1: x: a=1", "CPU:0 [LOST 12 EVENTS]", "a-1 [000] 1.0: x: a=1");
        assertThat(traces.notes()).containsExactly("empty_buffers", "lost_events", "time_goes_back");
    }

    @Test
    void aLineThatIsNoEventIsRefusedOrCounted() throws IOException {
        String text = "a-1 [000] 1.0: x: a=1\nnonsense\na-1 [000] 1.1: x: a=1\n";
        assertThatThrownBy(() -> traces.read(text))
                .hasMessageContaining("trace.txt:2")
                .hasMessageContaining("\"nonsense\"");
        assertThat(traces.read(text, true)).hasSize(2);
        assertThat(traces.notes()).containsExactly("broken_lines");
    }

    @Test
    void anEmptyTraceSaysSo() {
        assertThatThrownBy(() -> traces.read("# tracer: nop\n#\n# entries-in-buffer/entries-written: 0/0   #P:8\n"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("trace.txt: there is no event in it")
                .hasMessageContaining("entries-in-buffer/entries-written: 0/0");
    }

    @Test
    void thePageOfSystraceIsRead() throws IOException {
        String page = "<!DOCTYPE HTML>\n<script>\n var linuxPerfData = \"\\\n# tracer: nop\\n\\\n"
                + "  hwc-336   [000] 50260.929925: 0: C|124|VSYNC|1\\n\\\n  \\n\";\n</script>\n";
        assertThat(traces.claims(page)).isTrue();
        assertThat(traces.read(page).get(0))
                .containsEntry("marker.name", "VSYNC")
                .containsEntry("marker.value", "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "filesystem", "no_trailing_line", "sched", "equals"})
    void eachLineOfARealTraceWithATimeIsAnEvent(String name) throws IOException {
        byte[] bytes = TraceText.resource("ftrace/trace_" + name + ".txt");
        String text = new String(bytes, StandardCharsets.UTF_8);
        long expected = text.lines()
                .filter(l -> l.matches(".*\\[\\d+].* \\d+\\.\\d+: .*"))
                .count();
        assertThat(traces.claims(text)).isTrue();
        List<Map<String, String>> events = traces.read(text);
        assertThat(events.stream()
                        .filter(e -> !e.get("event").equals("sched_switch_in"))
                        .count())
                .isEqualTo(expected);
    }

    @Test
    void anOptionThatIsWrongIsNamed() {
        TraceText wrong = new TraceText(new FtraceFormat(), folder, Map.of("lanes", "core"));
        assertThatThrownBy(() -> wrong.read("a-1 [000] 1.0: x: a=1")).hasMessageContaining("it can be thread or cpu");
    }

    @Test
    void switchesAndWakeupsAmongTheFunctionsOfAWakeupTracerAreTheSchedulersEvents() throws IOException {
        String toSleep = " 2389: 94:R sleep";
        List<Map<String, String>> events = read(
                "# tracer: wakeup_rt",
                "  <idle>-0       3d.h4    0us :      0:120:R   + [003]" + toSleep,
                "  <idle>-0       3d..3    5us : __schedule <-schedule",
                "  <idle>-0       3d..3    5us :      0:120:R ==> [003]" + toSleep);
        assertThat(TraceText.column(events, "event"))
                .containsExactly("sched_wakeup", "function", "sched_switch", "sched_switch_in");
        assertThat(events.get(0)).containsEntry("args.comm", "sleep").containsEntry("args.prio", "94");
        assertThat(events.get(3)).containsEntry("lane", "sleep").containsEntry("links", "[\"e1\"]");
        assertThat(traces.places().get(3)).isEqualTo(" [003]" + toSleep);
    }

    @Test
    void aFunctionWhoseCallerIsNotKnownIsAFunctionAndAMessageIsNone() throws IOException {
        List<Map<String, String>> events = read(
                "dd-801  0d....    1us : __rmqueue_pcplist",
                "dd-801  0d....    2us : _raw_spin_lock_irq+0x1a/0x40",
                "dd-801  0d....    3us : two words");
        assertThat(TraceText.column(events, "event")).containsExactly("function", "function", "print");
        assertThat(events.get(1)).containsEntry("function", "_raw_spin_lock_irq+0x1a/0x40");
    }

    @Test
    void theTraceThatADyingKernelPrintsIsReadInItsLog() throws IOException {
        List<Map<String, String>> events = read(
                "[10612.020000] Dumping ftrace buffer:",
                "[10612.020001] ---------------------------------",
                "[10612.022639] [    T1]   <idle>-0         1d..2. 10608102952us : " + SWITCH,
                "[10612.028498] CPU:0 [LOST 41556131 EVENTS]",
                "[10612.028499] usb 1-1: new device",
                "[10612.030666] rcu_tort-75        0dNh3. 10612062717us : sched_wakeup: comm=rcuc/0 pid=19 prio=97");
        assertThat(TraceText.column(events, "lane")).containsExactly("idle/cpu1", "c-d", "irq/cpu0");
        assertThat(traces.notes()).contains("lost_events", "kernel_messages");
    }

    @Test
    void argumentsInBracketsAndOfSystemCallsAreFields() throws IOException {
        Map<String, String> timer = read("k-2 [003] d... 240338.934671: timer_start: timer=00000000d643debd "
                        + "function=f expires=4535008893 [timeout=1981] cpu=3 flags=I")
                .get(0);
        assertThat(timer).containsEntry("args.timeout", "1981").containsEntry("args.expires", "4535008893");
        Map<String, String> call = read("k-2 [003] .... 2.0: sys_openat(dfd: ffffffffffffff9c, "
                        + "filename: 7f0f32c3b5e2, flags: 80000, mode: 0)")
                .get(0);
        assertThat(call)
                .containsEntry("args.dfd", "ffffffffffffff9c")
                .containsEntry("addr.filename", "7f0f32c3b5e2")
                .containsEntry("args.flags", "80000");
        Map<String, String> raw = read("k-2 [003] .... 2.0: sys_enter: NR 257 (ffffff9c, 7f0f32c3b5e2, 80000, 0, 0, 0)")
                .get(0);
        assertThat(raw).containsEntry("text", "NR 257 (ffffff9c, 0x*, 80000, 0, 0, 0)");
    }

    @Test
    void callsAreRecognisedWithoutATitleAsInTracePipe() throws IOException {
        String calls = " 0)               |              irq_enter() {\n 0)   0.911 us    |      rcu_irq_enter();\n"
                + " 0)   6.503 us    |                }\n";
        assertThat(traces.claims(calls)).isTrue();
        assertThat(TraceText.column(traces.read(calls), "event"))
                .containsExactly("funcgraph_entry", "funcgraph_leaf", "funcgraph_exit");
        assertThat(traces.claims("1) first | second\n2) third | fourth\n")).isFalse();
    }
}

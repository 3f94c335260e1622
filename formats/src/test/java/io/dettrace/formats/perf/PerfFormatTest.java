package io.dettrace.formats.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

class PerfFormatTest {
    @TempDir
    private Path folder;

    private TraceText traces;

    @BeforeEach
    void open() {
        traces = new TraceText(new PerfFormat(), folder, Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "java 1/2 [003] 5.000001: 250000 cycles:u: | java | cycles:u | 3 | 5000001000 | 250000",
                "java 2 5.000001: cpu-clock: | java | cpu-clock | - | 5000001000 | -",
                "my app (x) 2 [000] 5.000000001: 1 page-faults: | my app (x) | page-faults | 0 | 5000000001 | 1",
                "swapper 0 [001] 5.1: PERF_RECORD_FORK(2:2):(1:1) | idle/cpu1 | PERF_RECORD_FORK | 1 | 5100000000 | -",
                "sh 5 [-01] 5.1: PERF_RECORD_COMM: sh:5/5 | sh | PERF_RECORD_COMM | - | 5100000000 | -",
                "sh 5 [000] 5.1: -10 x: | sh | sample | 0 | 5100000000 | -",
                "sh 5/6 K 5.1: 7 cpu-clock: | sh | cpu-clock | - | 5100000000 | 7",
                "4/5 [000] 5.0: branches: | unknown | branches | 0 | 5000000000 | -"
            })
    void theHeadOfASampleIsTakenApart(String line, String lane, String event, String cpu, String time, String period)
            throws IOException {
        Map<String, String> e = traces.read(line).get(0);
        assertThat(e).containsEntry("lane", lane).containsEntry("event", event).containsEntry("time_ns", time);
        assertThat(e.get("cpu")).isEqualTo(cpu);
        assertThat(e.get("period")).isEqualTo(period);
    }

    @Test
    void aStackIsFoldedFromTheOutsideWithoutAddressesAndOffsets() throws IOException {
        String text =
                "java 1 5.0: 1 cpu-clock: \n\tffffffff81 f+0x1e ([kernel.kallsyms])\n\t  7fff Lx/Y;::run (/tmp/perf-1.map)\n"
                        + "\t 10 [unknown] (/lib/libc.so.6)\n\njava 1 5.1: 1 cpu-clock:  55aa main+0x2 (/bin/x)\n";
        List<Map<String, String>> events = traces.read(text);
        assertThat(TraceText.column(events, "stack")).containsExactly("[libc.so.6];Lx/Y:::run;f", "main");
    }

    @Test
    void tracepointsAreScheduledAsInFtrace() throws IOException {
        List<Map<String, String>> events =
                traces.read("w 5 [001] 1.0: sched:sched_waking: comm=c pid=8 prio=9 target_cpu=000\n"
                        + "a 7 [000] 1.1: sched:sched_switch: prev_comm=a prev_pid=7 prev_prio=120 prev_state=S ==> next_comm=c next_pid=8"
                        + " next_prio=9\n\tffffffff81000000 __schedule ([kernel.kallsyms])\n\n");
        assertThat(TraceText.column(events, "lane")).containsExactly("w", "a", "c");
        assertThat(TraceText.column(events, "links"))
                .containsExactly("-", "-", "[\"" + events.get(0).get("id") + "\"]");
        assertThat(events.get(1)).containsEntry("stack", "__schedule");
        assertThat(traces.places().get(2)).isEqualTo(" next_comm=c next_pid=8 next_prio=9");
    }

    @Test
    void systemCallsOfPerfTraceAreEvents() throws IOException {
        List<Map<String, String>> events = traces.read(
                "     4.683 ( 0.030 ms): ls/325 access(filename: 0xbd38d2a0, mode: R)      = -1 ENOENT (No such file)\n"
                        + "         ? (         ): ls/325  ... [continued]: execve())      = 0\n");
        assertThat(events.get(0))
                .containsEntry("event", "access")
                .containsEntry("args.mode", "R")
                .containsEntry("args.result", "-1 ENOENT (No such file)")
                .containsEntry("time_ns", "4683000");
        assertThat(events.get(1)).containsEntry("event", "execve").containsEntry("args.result", "0");
    }

    @Test
    void realSamplesAreCountedByTheirHeads() throws IOException {
        String text = new String(TraceText.resource("perf/cpu-clock.txt"), StandardCharsets.UTF_8);
        assertThat(traces.claims(text)).isTrue();
        assertThat(traces.read(text)).hasSize((int)
                text.lines().filter(l -> l.endsWith("cpu-clock: ")).count());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at 12 o'clock: hello\n  there\n",
                "INFO 17 5.25: request done\n",
                "a 1 b: c\n  add this (x)\n",
                "2024-01-02 12 x: y\n",
                "a-1 [000] 1.0: x: a=1\n"
            })
    void otherTextIsNotTakenForIt(String text) throws IOException {
        assertThat(traces.claims(text)).isFalse();
    }

    @Test
    void aLineThatIsNoSampleIsRefusedOrCounted() throws IOException {
        String text = "java 1 5.0: 1 cpu-clock: \n\nnonsense\n";
        assertThatThrownBy(() -> traces.read(text))
                .hasMessageContaining("trace.txt:3")
                .hasMessageContaining("nonsense");
        assertThat(traces.read(text, true)).hasSize(1);
    }

    @Test
    void anEmptyReportSaysSo() {
        assertThatThrownBy(() -> traces.read("# cmdline : perf record\n"))
                .hasMessageContaining("there is no event in it");
    }

    @Test
    void linesWithoutTheCommandAreHeadsAndNotFramesOfTheOneBefore() throws IOException {
        String text = " 35478 [000] 5.480470: sched:sched_stat_runtime: comm=perf pid=35478 runtime=4 [ns]\n"
                + " 12 [000] 5.480483: cycles: \n\t  7f00 main+0x1 (/bin/x)\n";
        List<Map<String, String>> events = traces.read(text);
        assertThat(traces.claims(text)).isTrue();
        assertThat(TraceText.column(events, "event")).containsExactly("sched_stat_runtime", "cycles");
        assertThat(TraceText.column(events, "tid")).containsExactly("35478", "12");
        assertThat(TraceText.column(events, "stack")).containsExactly("-", "main");
    }

    @Test
    void aBranchHasAPlaceAndATargetWithoutTheirAddresses() throws IOException {
        Map<String, String> branch = traces.read(
                        "uname 13752 [001]  4574.835590:          1 branches:uH:      "
                                + "7f4b53b0e0d3 _start+0x3 (/usr/lib/ld.so) =>     7f4b53b0eea0 _dl_start+0x0 (/usr/lib/ld.so)\n")
                .get(0);
        assertThat(branch).containsEntry("stack", "_start").containsEntry("target", "_dl_start");
    }

    @Test
    void numbersOfTasksAndTheWidestPeriodDoNotMakeRunsDiffer() throws IOException {
        List<Map<String, String>> events = traces.read("ls 4242 [001] 1.5: PERF_RECORD_COMM exec: ls:4242/4242\n"
                + "ls 4242 [001] 1.6: PERF_RECORD_FORK(4243:4243):(4242:4242)\n"
                + "ls 4242 [001] 1.7: 18446744073709551615 cycles:P:  7f3d2ab0d1e3 _start+0x13 (inlined)\n");
        assertThat(TraceText.column(events, "text")).containsExactly("exec: ls:*/*", "(*:*):(*:*)", "-");
        assertThat(events.get(2)).containsEntry("event", "cycles:P").containsEntry("stack", "_start");
    }

    @Test
    void theArgumentsOfASystemCallAreFieldsAndOnlyPointersAreAddresses() throws IOException {
        Map<String, String> call = traces.read("curl 9911 [003] 5.1: syscalls:sys_enter_openat: dfd: 0xffffff9c, "
                        + "filename: 0x7f0f32c3b5e2, flags: 0x00080000, mode: 0x00000000\n")
                .get(0);
        assertThat(call)
                .containsEntry("args.dfd", "0xffffff9c")
                .containsEntry("addr.filename", "0x7f0f32c3b5e2")
                .containsEntry("args.flags", "0x00080000");
        Map<String, String> continued = traces.read(
                        "         ? (         ): sleep/1234  ... [continued]: execve())      = 0\n")
                .get(0);
        assertThat(continued).containsEntry("event", "execve").containsEntry("args.result", "0");
        assertThat(continued).doesNotContainKey("text");
    }

    @Test
    void callsWithoutArgumentsHaveEachItsResult() throws IOException {
        List<Map<String, String>> calls = traces.read("     0.021 ( 0.002 ms): sleep/1234 getpid()     = 7\n"
                + "     0.025 ( 0.002 ms): sleep/1234 getuid()     = 0\n");
        assertThat(TraceText.column(calls, "args.result")).containsExactly("7", "0");
    }
}

package io.dettrace.formats.kernel;

import io.dettrace.event.InputException;
import io.dettrace.formats.record.RecordFormat.FormatOption;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import io.dettrace.normalize.TimeScale;
import java.util.List;

/** What the fields of kernel events mean. */
public final class KernelMapping {
    /** The option for lanes. */
    public static final FormatOption LANES = new FormatOption(
            "lanes",
            "thread (default): a lane is a thread, by its command's name; cpu: a lane is a CPU, and a switch is one event");

    /** The option for CPU numbers. */
    public static final FormatOption CPUS = new FormatOption(
            "cpus", "ignore (default): on which CPU something happened is not compared; compare: it is");

    /** What a run of the same program gives anew each time although its name does not say so. */
    private static final List<String> NUMBERS_OF_TASKS = List.of(
            "args.pid", "args.*_pid", "args.tid", "args.*_tid", "args.tgid", "args.*_tgid", "args.ppid", "marker.pid");

    private static final List<String> TIMES = List.of(
            "args.runtime",
            "args.vruntime",
            "args.delay",
            "args.expires",
            "args.softexpires",
            "args.now",
            "args.latency",
            "args.timestamp",
            "args.timeout",
            "args.*_ns",
            "args.*_us",
            "args.*_time");

    private static final List<String> CPU_NUMBERS = List.of("cpu", "args.cpu", "args.*_cpu", "args.cpu_id", "args.CPU");

    private KernelMapping() {}

    /** True if lanes are CPUs. */
    public static boolean byCpu(RecordInput input) throws InputException {
        return choice(input, LANES, "thread", "cpu");
    }

    private static boolean choice(RecordInput input, FormatOption option, String no, String yes) throws InputException {
        String value = input.option(option.name()).orElse(no);
        if (!value.equals(no) && !value.equals(yes)) {
            throw new InputException(input.name() + ": the option " + option.name() + " is \"" + value
                    + "\"; it can be " + no + " or " + yes);
        }
        return value.equals(yes);
    }

    /** The mapping for the input's options. */
    public static Mapping of(RecordInput input) throws InputException {
        boolean byCpu = byCpu(input);
        Mapping.Builder b = Mapping.builder()
                .field(
                        Role.LANE,
                        "lane",
                        byCpu
                                ? "what happens on one CPU is in order"
                                : "a thread by its command's name, the idle thread and interrupts by CPU")
                .field(Role.KIND, "event", "the event's name")
                .field(Role.TIME, "time_ns", "the time on the line")
                .timeScale(TimeScale.NS)
                .field(Role.EVENT, "id", "an event that others wait for")
                .field(Role.LINK, "links", "what woke the thread since it last ran, or made it")
                .field(Role.ID, "addr", "addresses are others in every run")
                .field(Role.ID, "marker.cookie", "pairs the start and the end of an asynchronous operation");
        for (String path : List.of("tid", "tgid")) {
            b.field(Role.IGNORE, path, "numbers of tasks are others in every run");
        }
        for (String path : NUMBERS_OF_TASKS) {
            b.field(Role.IGNORE, path, "numbers of tasks are others in every run");
        }
        for (String path : TIMES) {
            b.field(Role.IGNORE, path, "a time or duration; timing is not compared as a value");
        }
        b.field(Role.IGNORE, "flags", "the state of interrupts and preemption when the event was written");
        b.field(Role.IGNORE, "period", "how many events a sample stands for");
        if (!byCpu) {
            b.field(Role.IGNORE, "comm", "names the lane");
            b.field(Role.IGNORE, "next", "who runs next is an event of that thread's own lane");
        }
        if (!choice(input, CPUS, "ignore", "compare")) {
            for (String path : CPU_NUMBERS) {
                b.field(Role.IGNORE, path, "the CPU; --with cpus=compare compares it");
            }
        }
        return b.build();
    }
}

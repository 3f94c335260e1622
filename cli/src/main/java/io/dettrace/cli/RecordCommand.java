package io.dettrace.cli;

import io.dettrace.replay.AgentJar;
import io.dettrace.replay.Outcome;
import io.dettrace.replay.RecordedRun;
import io.dettrace.replay.Recorder;
import io.dettrace.replay.RunResult;
import io.dettrace.replay.Target;
import io.dettrace.replay.TestRecorder;
import io.dettrace.replay.schedule.Schedule;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dettrace record}: one run of a program under control. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        description = "Runs a program with its threads under control and records what it does.",
        footer = {
            "",
            "Writes the events to FILE and the schedule, which is enough to replay the run, beside it; and",
            "what comes from outside (sockets, standard input, files, processes) as a .values file. With",
            "--scope tests each test method is a run of its own, in a folder.",
            "",
            "Examples:",
            "  dettrace record -- java -cp app.jar demo.Main",
            "  dettrace record --seed 7 --out bad.jsonl -- java -jar app.jar --port 0",
            "  dettrace record --seed 7 --scope method:demo.QueueTest#drains -- mvn -q test -Dtest=QueueTest",
            "  dettrace record --scope tests --out recorded -- mvn -q test",
            "",
            "Exit status: the program's own; 2 trouble, 3 step limit, 4 something could not be controlled,",
            "6 deadlock."
        })
final class RecordCommand implements Callable<Integer> {
    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the strategy. Without one no thread is interrupted before it blocks.")
    private Long seed;

    @Option(
            names = "--strategy",
            paramLabel = "S",
            defaultValue = "random:0.3",
            description = "What the seed decides: random:P, pct:D, pos or rr:K (default: random:0.3).")
    private String strategy;

    @Option(
            names = "--length",
            paramLabel = "N",
            description = "Expected number of decisions, for pct (default: 1000).")
    private Long length;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the events go (default: run.jsonl); with --scope tests a folder (default: recorded).")
    private Path out;

    @Option(
            names = "--values-limit",
            paramLabel = "BYTES",
            description = "Most bytes of what comes from outside that are kept (default: 268435456).")
    private Long valuesLimit;

    @Mixin
    private ReplaceArguments replace;

    @Mixin
    private ControlArguments control;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Target target = control.target(Map.of());
        return target.recordsTests() ? recordTests(target) : recordOne(target);
    }

    private int recordOne(Target target) throws IOException, InterruptedException {
        Path log = out == null ? Path.of("run" + RecordedRun.LOG) : out;
        if (!log.toString().endsWith(RecordedRun.LOG)) {
            throw new ParameterException(spec.commandLine(), "--out must end in " + RecordedRun.LOG + ", not " + log);
        }
        Path agent = AgentJar.find();
        replace.checkLog(log);
        RunResult run = Recorder.record(target, follow(), agent, log, replace.force());
        PrintWriter err = spec.commandLine().getErr();
        if (run.outcome().kind() == Outcome.Kind.LOST) {
            err.println("dettrace: nothing to replay was recorded: " + run.message());
            run.log().ifPresent(events -> err.println("dettrace: the events up to then are in " + events));
            return run.status() == 0 ? Main.TROUBLE : run.status();
        }
        err.println("dettrace: " + run.outcome().text() + "; " + run.events() + " events in " + log + ", "
                + run.differences().size() + " decisions in " + RecordedRun.beside(log, RecordedRun.SCHEDULE));
        return run.status();
    }

    private int recordTests(Target target) throws IOException, InterruptedException {
        Path folder = out == null ? Path.of("recorded") : out;
        if (folder.toString().endsWith(RecordedRun.LOG)) {
            throw new ParameterException(
                    spec.commandLine(), "--out must name a folder, as each test is a run of its own, not " + folder);
        }
        Path agent = AgentJar.find();
        replace.checkFolder(folder, RecordedRun.LOG);
        replace.checkFolder(folder, RecordedRun.SCHEDULE);
        TestRecorder.Recorded recorded = TestRecorder.record(target, follow(), agent, folder);
        PrintWriter err = spec.commandLine().getErr();
        recorded.runs()
                .forEach((name, run) -> err.println(
                        "dettrace: " + name + ": " + run.outcome().text() + "; " + run.events() + " events"));
        recorded.unfinished()
                .forEach(name -> err.println("dettrace: " + name + ": was not over when its JVM ended; no schedule"));
        if (!recorded.message().isEmpty()) {
            err.println("dettrace: nothing to replay was recorded: " + recorded.message());
            return recorded.status() == 0 ? Main.TROUBLE : recorded.status();
        }
        err.println("dettrace: " + recorded.runs().size() + " runs in " + folder);
        return recorded.status();
    }

    private Schedule follow() {
        Schedule.Builder follow = Schedule.builder();
        if (valuesLimit != null) {
            follow.header("values-limit", valuesLimit.toString());
        }
        if (seed == null) {
            return follow.header("policy", "base").build();
        }
        follow.header("policy", strategy).header("seed", Long.toString(seed));
        if (length != null) {
            follow.header("length", Long.toString(length));
        }
        return follow.build();
    }
}

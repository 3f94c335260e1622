package io.dettrace.cli;

import io.dettrace.replay.AgentJar;
import io.dettrace.replay.Outcome;
import io.dettrace.replay.RecordedRun;
import io.dettrace.replay.Recorder;
import io.dettrace.replay.RunResult;
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
            "Writes the events to FILE and the schedule, which is enough to replay the run, beside it.",
            "",
            "Examples:",
            "  dettrace record -- java -cp app.jar demo.Main",
            "  dettrace record --seed 7 --out bad.jsonl -- java -jar app.jar --port 0",
            "  dettrace record --seed 7 --scope method:demo.QueueTest#drains -- mvn -q test -Dtest=QueueTest",
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
            defaultValue = "run.jsonl",
            description = "Where the events go (default: run.jsonl).")
    private Path out;

    @Mixin
    private ControlArguments control;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!out.toString().endsWith(RecordedRun.LOG)) {
            throw new ParameterException(spec.commandLine(), "--out must end in " + RecordedRun.LOG + ", not " + out);
        }
        RunResult run = Recorder.record(control.target(Map.of()), follow(), AgentJar.find(), out);
        PrintWriter err = spec.commandLine().getErr();
        if (run.outcome().kind() == Outcome.Kind.LOST) {
            err.println("dettrace: nothing was recorded: the program ended with status " + run.status()
                    + " before its scope began, or without the agent");
            return run.status() == 0 ? Main.TROUBLE : run.status();
        }
        err.println("dettrace: " + run.outcome().text() + "; " + run.events() + " events in " + out + ", "
                + run.differences().size() + " decisions in " + RecordedRun.beside(out, RecordedRun.SCHEDULE));
        return run.status();
    }

    private Schedule follow() {
        Schedule.Builder follow = Schedule.builder();
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

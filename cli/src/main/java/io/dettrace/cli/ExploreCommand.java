package io.dettrace.cli;

import io.dettrace.replay.AgentJar;
import io.dettrace.replay.Exploration;
import io.dettrace.replay.ExplorationReport;
import io.dettrace.replay.ExploreOptions;
import io.dettrace.replay.Explorer;
import io.dettrace.replay.JudgedRunner;
import io.dettrace.replay.Oracles;
import io.dettrace.replay.RecordedRun;
import io.dettrace.replay.ResultFolder;
import io.dettrace.replay.Runner;
import io.dettrace.replay.SharedJvmRunner;
import io.dettrace.replay.Target;
import io.dettrace.replay.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dettrace explore}: many runs of a program, each under another schedule. */
@Command(
        name = "explore",
        mixinStandardHelpOptions = true,
        description = "Runs a program under many schedules and keeps those under which it fails.",
        footer = {
            "",
            "A run fails by an uncaught exception in any thread, a deadlock, the step limit, an exit status",
            "other than 0, or an oracle of yours. Failures of one cause are counted together. DIR gets the",
            "passing run as pass.jsonl, the failing ones as fail-1.jsonl and so on, a .schedule beside each,",
            "and summary.json.",
            "",
            "Examples:",
            "  dettrace explore -- java -cp app.jar demo.Main",
            "  dettrace explore --runs 5000 --strategy pct:2 --until-first -- java -cp app.jar demo.Main",
            "  dettrace explore --oracle ./check.sh --time 60 -- java -cp app.jar demo.Main",
            "  dettrace prove explored/fail-1.schedule",
            "",
            "Exit status: 0 no run failed, 1 failures were found, 2 trouble."
        })
final class ExploreCommand implements Callable<Integer> {
    private static final String SUMMARY = "summary.json";
    private static final ResultFolder RESULTS = new ResultFolder(
            SUMMARY, ExplorationReport.SCHEMA, Pattern.compile("(pass|fail-\\d+)\\.(jsonl|schedule)|summary\\.json"));

    /** Events after which a run is a livelock: many runs are made, and spinning for long says no more. */
    private static final int STEPS = 2_000_000;

    @Option(names = "--runs", paramLabel = "N", defaultValue = "1000", description = "Most seeds (default: 1000).")
    private int runs;

    @Option(
            names = "--strategy",
            paramLabel = "S",
            defaultValue = ExploreOptions.MIXED,
            description = "random:P, pct:D, pos, rr:K or mixed, mostly pct:3 (default: mixed).")
    private String strategy;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "The first seed (default: 1).")
    private long seed;

    @Option(names = "--time", paramLabel = "SECONDS", defaultValue = "0", description = "Begin no run after that time.")
    private int seconds;

    @Option(names = "--failures", paramLabel = "K", defaultValue = "0", description = "Stop after K failing runs.")
    private int failures;

    @Option(names = "--until-first", description = "Stop at the first failing run; the same as --failures 1.")
    private boolean untilFirst;

    @Option(
            names = "--oracle",
            paramLabel = "CMD",
            description = "A shell command that is given the event log's name; a status from 1 to 125 is a failure.")
    private String oracle;

    @Option(
            names = "--fail-if-output",
            paramLabel = "REGEX",
            description = "A match in what the program prints is a failure.")
    private String failIfOutput;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "explored",
            description = "Where the runs are kept (default: explored).")
    private Path out;

    @Mixin
    private RunsArguments common;

    @Mixin
    private Terminal terminal;

    @Mixin
    private ControlArguments control;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, String> more = new LinkedHashMap<>();
        more.put("steps", Integer.toString(STEPS));
        ControlArguments.put(more, "oracle", oracle);
        ControlArguments.put(more, "fail-if-output", failIfOutput);
        Target target = control.target(more);
        if (target.recordsTests()) {
            throw new ParameterException(
                    spec.commandLine(), "--scope tests is for record; name one test: --scope method:pkg.Class#name");
        }
        ExploreOptions options = options();
        Path agent = AgentJar.find();
        prepare();
        Exploration found;
        SharedJvmRunner shared = new SharedJvmRunner(target, agent, common.timeout());
        try (Runner runner = new JudgedRunner(shared, Oracles.of(target));
                RunProgress progress = terminal.runs(spec.commandLine().getErr())) {
            found = Explorer.explore(runner, options, progress::explored, System::nanoTime);
            keep(target, found);
        }
        pace(found, shared.whyProcesses());
        spec.commandLine()
                .getOut()
                .print(
                        common.json()
                                ? ExplorationReport.json(found)
                                : ExplorationReport.text(found, Optional.of(out.toString())));
        spec.commandLine().getOut().flush();
        if (!found.failures().isEmpty()) {
            return 1;
        }
        return found.pass().isPresent() ? 0 : Main.TROUBLE;
    }

    /** How fast it went, to standard error, as it is never the same twice. */
    private void pace(Exploration found, Optional<String> whyProcesses) {
        double seconds = found.nanos() / 1e9;
        String why = whyProcesses
                .map(text -> "; each run in a JVM of its own: " + text)
                .orElse("");
        spec.commandLine()
                .getErr()
                .println(String.format(
                        Locale.ROOT,
                        "dettrace: %.1f s, %.1f runs/s%s",
                        seconds,
                        (found.runs() + 1) / Math.max(seconds, 1e-3),
                        why));
    }

    private ExploreOptions options() {
        try {
            return new ExploreOptions(
                    strategy, runs, seed, Duration.ofSeconds(seconds).toNanos(), untilFirst ? 1 : failures);
        } catch (IllegalArgumentException outOfRange) {
            throw new ParameterException(spec.commandLine(), outOfRange.getMessage(), outOfRange);
        }
    }

    /** Takes away what an earlier exploration left in the folder, and nothing else. */
    private void prepare() throws IOException {
        for (Path file : RESULTS.prepare(out, common.force(), List.of())) {
            Files.delete(file);
        }
    }

    private void keep(Target target, Exploration found) throws IOException {
        if (found.pass().isPresent()) {
            RecordedRun.keep(target, found.pass().get(), out, "pass");
        }
        int number = 1;
        for (Exploration.Failure failure : found.failures()) {
            RecordedRun.keep(target, failure.first(), out, "fail-" + number++);
        }
        String summary = ExplorationReport.json(found);
        WholeFile.write(out.resolve(SUMMARY), writer -> writer.write(summary));
    }
}

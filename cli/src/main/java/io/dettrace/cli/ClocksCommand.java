package io.dettrace.cli;

import io.dettrace.formats.OpenedRun;
import io.dettrace.formats.Runs;
import io.dettrace.formats.merge.RunClocks;
import io.dettrace.report.ClockJsonReport;
import io.dettrace.report.ClockReport;
import io.dettrace.report.ClockTextReport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dettrace clocks}: how far the clocks of a run are apart. */
@Command(
        name = "clocks",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"dettrace clocks [OPTIONS] RUN...", ""},
        description = {
            "Tells how far the clocks of a run's lanes are apart and how their rates differ, from messages between them, each"
                    + " with its error.",
            "Several RUNs are files of one run: one a host, or a thread.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  dettrace clocks node1.jsonl node2.jsonl --lane host,thread",
            "  dettrace clocks 'logs/*.jsonl' --lane '$file' --message msg_id",
            "  dettrace clocks run.log --domain '^(.*)-thread-' --format json",
            "",
            "Exit status: 0 done, 1 clocks contradict the messages (one was set), 2 trouble."
        })
final class ClocksCommand implements Callable<Integer> {
    enum Format {
        TEXT,
        JSON
    }

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "What to read, as one run.")
    private List<String> inputs;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: text).")
    private Format format;

    @Mixin
    private ClockArguments clocks;

    @Mixin
    private ReadingArguments reading;

    @Mixin
    private Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        double maxSkew = clocks.maxSkewPpm();
        try (Runs runs = new Runs(reading.toOptions(Optional.empty()), System.in)) {
            OpenedRun run = runs.openOne(inputs);
            RunClocks found;
            try (Terminal.ProgressLine progress =
                    terminal.progress(spec.commandLine().getErr(), run.run().sizeHint(), 0)) {
                found = RunClocks.read(
                        run, clocks.domain(), maxSkew, (bytes, events) -> progress.update(bytes, 0, events));
            }
            ClockReport report = new ClockReport(
                    run.run().name(),
                    run.run().files(),
                    maxSkew,
                    found.counts(),
                    found.table(),
                    run.run().notes());
            spec.commandLine()
                    .getOut()
                    .print(format == Format.JSON ? ClockJsonReport.render(report) : ClockTextReport.render(report));
            return found.table().isContradictory() ? Main.DIVERGED : Main.EQUIVALENT;
        }
    }
}

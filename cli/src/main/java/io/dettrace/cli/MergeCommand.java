package io.dettrace.cli;

import io.dettrace.formats.OpenedRun;
import io.dettrace.formats.Runs;
import io.dettrace.formats.jsonl.JsonLinesWriter;
import io.dettrace.formats.jsonl.RunHeader;
import io.dettrace.formats.merge.MergedRecords;
import io.dettrace.formats.merge.RunClocks;
import io.dettrace.replay.WholeFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dettrace merge}: several files as one run, in the order of corrected times. */
@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"dettrace merge [OPTIONS] RUN... -o OUT", ""},
        description = {
            "Writes files of one run as one file of JSON lines, in the order in which the events happened: by times that are"
                    + " corrected by what the messages tell of the clocks, and no event before one that it depends on.",
            "Every event gets its lane ($lane), its corrected time ($time_ns) and the error of that ($error_ns); its fields"
                    + " stay. dettrace clocks shows the corrections.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  dettrace merge node1.jsonl node2.jsonl --lane host -o all.jsonl",
            "  dettrace merge 'logs/*.jsonl' --lane '$file,thread' --message msg_id -o - | less",
            "",
            "Exit status: 0 written, 1 written but clocks contradict the messages, 2 trouble."
        })
final class MergeCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "RUN", description = "What to read, as one run.")
    private List<String> inputs;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "OUT",
            description = "File to write, or - for standard output; .gz and .zst compress it.")
    private String out;

    @Option(names = "--force", description = "Replace OUT if it is there.")
    private boolean force;

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
        if (!out.equals("-")) {
            OutputFile.check(Path.of(out), inputs, force);
        }
        try (Runs runs = new Runs(reading.toOptions(Optional.empty()), System.in)) {
            OpenedRun run = runs.openOne(inputs);
            RunClocks found;
            PrintWriter err = spec.commandLine().getErr();
            try (Terminal.ProgressLine progress =
                    terminal.progress(err, run.run().sizeHint(), 0)) {
                found = RunClocks.read(
                        run, clocks.domain(), maxSkew, (bytes, events) -> progress.update(bytes, 0, events));
            }
            if (out.equals("-")) {
                OutputStream stdout = new BufferedOutputStream(System.out, 1 << 16);
                write(run, found, stdout);
                stdout.flush();
            } else {
                WholeFile.writeBytes(Path.of(out), stream -> {
                    try (OutputStream packed = OutputFile.compressed(out, stream)) {
                        write(run, found, packed);
                    }
                });
            }
            return found.table().isContradictory() ? Main.DIVERGED : Main.EQUIVALENT;
        }
    }

    private void write(OpenedRun run, RunClocks found, OutputStream to) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        RunHeader header = new RunHeader(run.format(), run.family(), MergedRecords.mapping(run.mapping()));
        try (MergedRecords merged = sorted(run, found, err)) {
            JsonLinesWriter.write(merged, Optional.of(header), to, (bytes, events) -> {});
            note(err, merged.moved(), "events were moved to come after what they depend on", merged.largestMove());
            note(err, merged.backwards(), "events are earlier than the one before them in their lane", 0);
            note(err, merged.broken(), "events depend on each other in a circle, and come as their times say", 0);
        }
        if (found.table().isContradictory()) {
            err.println("dettrace: note: clocks contradict the messages; dettrace clocks says where");
        }
    }

    private MergedRecords sorted(OpenedRun run, RunClocks found, PrintWriter err) throws IOException {
        try (Terminal.ProgressLine progress = terminal.progress(err, run.run().sizeHint(), 0)) {
            return new MergedRecords(run, found, (bytes, events) -> progress.update(bytes, 0, events));
        }
    }

    private static void note(PrintWriter err, long n, String what, long most) {
        if (n > 0) {
            err.printf(
                    Locale.ROOT, "dettrace: note: %,d %s%s%n", n, what, most > 0 ? ", by at most " + most + " ns" : "");
        }
    }
}

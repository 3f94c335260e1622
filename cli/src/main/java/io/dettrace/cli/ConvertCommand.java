package io.dettrace.cli;

import io.dettrace.event.InputNote;
import io.dettrace.formats.Formats;
import io.dettrace.formats.OpenedRun;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.Runs;
import io.dettrace.formats.jsonl.JsonLinesWriter;
import io.dettrace.formats.jsonl.RunHeader;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.formats.record.RecordWriter;
import io.dettrace.normalize.Mapping;
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
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dettrace convert}: any run as JSON lines, and back. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"dettrace convert [OPTIONS] INPUT... OUT", ""},
        description = {
            "Writes a run in another format, by default as DetTrace's own JSON lines: one object an event, behind a first"
                    + " line that says what the fields mean, so that it is compared as the original is.",
            "Several INPUTs are one run. OUT is a file, or - for standard output; .gz and .zst compress it.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  dettrace convert waves.vcd waves.jsonl",
            "  dettrace convert trace.json.gz trace.jsonl.zst",
            "  dettrace convert capture.sr - | grep NACK",
            "  dettrace convert waves.jsonl waves.vcd",
            "",
            "Exit status: 0 written, 2 trouble."
        })
final class ConvertCommand implements Callable<Integer> {
    private static final String JSON_LINES = "jsonl";

    @Parameters(arity = "2..*", paramLabel = "INPUT... OUT", description = "What to read, and where to write it.")
    private List<String> files;

    @Option(
            names = "--to",
            paramLabel = "FORMAT",
            description = "Format to write: jsonl, or one that the run's own family can be written in (default: by the"
                    + " ending of OUT, else jsonl).")
    private String to;

    @Option(names = "--force", description = "Replace OUT if it is there.")
    private boolean force;

    @Mixin
    private ReadingArguments reading;

    @Mixin
    private Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        String out = files.get(files.size() - 1);
        List<String> inputs = files.subList(0, files.size() - 1);
        Optional<RecordWriter> writer = writer(out);
        if (!out.equals("-")) {
            OutputFile.check(Path.of(out), inputs, force);
        }
        try (Runs runs = new Runs(reading.toOptions(Optional.empty()), System.in)) {
            OpenedRun run = runs.openOne(inputs);
            if (writer.isPresent() && !writer.get().takes(run.family())) {
                throw new ParameterException(
                        spec.commandLine(),
                        run.run().name() + " is a run of the family " + run.family() + ", which cannot be written as "
                                + writer.get().name() + "; convert it to .jsonl");
            }
            if (out.equals("-")) {
                OutputStream stdout = new BufferedOutputStream(System.out, 1 << 16);
                write(run, writer, stdout);
                stdout.flush();
            } else {
                WholeFile.writeBytes(Path.of(out), stream -> {
                    try (OutputStream packed = OutputFile.compressed(out, stream)) {
                        write(run, writer, packed);
                    }
                });
            }
        }
        return Main.EQUIVALENT;
    }

    private Optional<RecordWriter> writer(String out) {
        String wanted = to;
        if (wanted == null) {
            String name = out.replaceFirst("\\.(gz|zst)$", "");
            wanted = Formats.writers().stream()
                    .map(RecordWriter::name)
                    .filter(n -> name.endsWith("." + n))
                    .findFirst()
                    .orElse(JSON_LINES);
        }
        if (wanted.equals(JSON_LINES)) {
            return Optional.empty();
        }
        String chosen = wanted;
        return Optional.of(Formats.writers().stream()
                .filter(w -> w.name().equals(chosen))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--to " + chosen + ": runs are written as jsonl"
                                + Formats.writers().stream()
                                        .map(w -> ", " + w.name())
                                        .collect(Collectors.joining()))));
    }

    private void write(OpenedRun run, Optional<RecordWriter> writer, OutputStream out) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        ReadContext context = run.context();
        try (Terminal.ProgressLine progress = terminal.progress(err, run.run().sizeHint(), 0);
                RecordReader events = run.records(context)) {
            if (writer.isPresent()) {
                writer.get().write(events, run.mapping(), out);
            } else {
                JsonLinesWriter.write(events, header(run), out, (bytes, count) -> progress.update(bytes, 0, count));
            }
        }
        for (InputNote note : context.notes()) {
            err.printf(
                    Locale.ROOT,
                    "dettrace: note: %s (%s, %,d times, first at %s)%n",
                    note.message(),
                    note.code(),
                    note.count(),
                    note.first());
        }
    }

    /** What the fields mean, where that is more than their names say. */
    private static Optional<RunHeader> header(OpenedRun run) {
        Mapping mapping =
                run.declared().toBuilder().pattern(null).delimiter(null).build();
        boolean plain =
                run.family().equals("json") && mapping.equals(Mapping.builder().build());
        return plain ? Optional.empty() : Optional.of(new RunHeader(run.format(), run.family(), mapping));
    }
}

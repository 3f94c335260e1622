package io.dettrace.cli;

import io.dettrace.event.InputException;
import io.dettrace.formats.Formats;
import io.dettrace.formats.OpenedRun;
import io.dettrace.formats.Runs;
import io.dettrace.formats.inspect.Inspection;
import io.dettrace.formats.inspect.InspectionJson;
import io.dettrace.formats.inspect.InspectionText;
import io.dettrace.formats.inspect.Inspector;
import io.dettrace.formats.record.RecordFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dettrace inspect}: what a file is, and what is in it. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"dettrace inspect [OPTIONS] INPUT...", "       dettrace inspect --formats", ""},
        description = {
            "Tells what a file is: its format, lanes, kinds, counts, time range and problems.",
            "Each INPUT is a file, a folder, a pattern in quotes, or - for standard input; one that cannot be read does not"
                    + " keep the others from being looked at.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  dettrace inspect incident.json",
            "  dettrace inspect waves.vcd capture.sr",
            "  dettrace inspect --together node1.log node2.log",
            "  dettrace inspect --format json trace/ | jq '.[].lanes[].name'",
            "  dettrace inspect runs.log --run 'execution 2'",
            "  dettrace inspect kernel.txt --as ftrace --with lanes=cpu",
            "  dettrace inspect --formats",
            "",
            "Exit status: 0 all were read, 2 trouble."
        })
final class InspectCommand implements Callable<Integer> {
    enum Format {
        TEXT,
        JSON
    }

    @Parameters(arity = "0..*", paramLabel = "INPUT", description = "What to look at.")
    private List<String> inputs = List.of();

    @Option(names = "--together", description = "Read all inputs as one run: one file a host, or a thread.")
    private boolean together;

    @Option(names = "--formats", description = "List the formats that are read, with their options, and stop.")
    private boolean formats;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: text).")
    private Format format;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "20",
            description = "Lanes, kinds and fields listed in the text (default: 20).")
    private int top;

    @Mixin
    private ReadingArguments reading;

    @Mixin
    private Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (formats) {
            out.print(list());
            return Main.EQUIVALENT;
        }
        if (inputs.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "INPUT is missing; name a file, a folder or -");
        }
        if (top < 0) {
            throw new ParameterException(spec.commandLine(), "--top must be 0 or more, not " + top);
        }
        List<Inspection> all = new ArrayList<>();
        boolean trouble = false;
        try (Runs runs = new Runs(reading.toOptions(Optional.empty()), System.in)) {
            List<List<String>> groups =
                    together ? List.of(inputs) : inputs.stream().map(List::of).toList();
            for (List<String> group : groups) {
                try {
                    for (OpenedRun run : runs.openEach(group)) {
                        Inspection found = inspect(run);
                        all.add(found);
                        show(found, all.size() > 1);
                    }
                } catch (InputException unreadable) {
                    trouble = true;
                    spec.commandLine().getErr().println("dettrace: " + unreadable.getMessage());
                }
            }
        }
        if (format == Format.JSON) {
            out.print(InspectionJson.render(all));
        }
        return trouble ? Main.TROUBLE : Main.EQUIVALENT;
    }

    private void show(Inspection found, boolean further) {
        if (format == Format.TEXT) {
            PrintWriter out = spec.commandLine().getOut();
            out.print((further ? "\n" : "") + InspectionText.render(found, top));
            out.flush();
        }
    }

    private Inspection inspect(OpenedRun opened) throws IOException {
        try (Terminal.ProgressLine progress =
                terminal.progress(spec.commandLine().getErr(), opened.run().sizeHint(), 0)) {
            return Inspector.inspect(opened, (bytes, events) -> progress.update(bytes, 0, events));
        }
    }

    private String list() {
        TextTable table = TextTable.forColumns(
                spec.commandLine().getColorScheme(),
                new Column(12, 0, Column.Overflow.SPAN),
                new Column(88, 2, Column.Overflow.WRAP));
        table.addRowValues("jsonl", "JSON lines");
        table.addRowValues("json", "JSON document with an array of events");
        table.addRowValues("pattern", "text log, by --regex or a well-known layout with vector clocks");
        for (RecordFormat f : Formats.all()) {
            table.addRowValues(f.name(), f.title());
            for (RecordFormat.FormatOption o : f.options()) {
                table.addRowValues("", "--with " + o.name() + "=…: " + o.help());
            }
        }
        return table.toString();
    }
}

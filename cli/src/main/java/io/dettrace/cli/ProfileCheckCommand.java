package io.dettrace.cli;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.formats.OpenedRun;
import io.dettrace.formats.ReadOptions;
import io.dettrace.formats.RunTables;
import io.dettrace.formats.Runs;
import io.dettrace.learn.ProfileCheck;
import io.dettrace.learn.ProfileCheckReport;
import io.dettrace.learn.RunTable;
import io.dettrace.profile.Profile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dettrace profile check}: whether a profile still holds, and why it leaves out what it leaves out. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {
            "dettrace profile check [OPTIONS] FILE RUN...",
            "       dettrace profile check [OPTIONS] FILE --field=PATH [RUN...]",
            "       dettrace profile check [OPTIONS] FILE --event-at=RUN:LINE",
            ""
        },
        description = {
            "Checks whether passing runs meet every rule of a profile and are equivalent under it; or says how a field, or"
                    + " each field of an event, is compared and why.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  dettrace profile check noise.profile good21.jsonl good22.jsonl",
            "  dettrace profile check noise.profile --field latency",
            "  dettrace profile check noise.profile --event-at good21.jsonl:17",
            "",
            "Exit status: 0 the profile holds, 1 it does not, 2 trouble."
        })
final class ProfileCheckCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "The profile.")
    private Path file;

    @Parameters(index = "1..*", paramLabel = "RUN", description = "Passing runs.")
    private List<String> inputs = List.of();

    @Option(names = "--field", paramLabel = "PATH", description = "Say how this field is compared and why.")
    private String field;

    @Option(
            names = "--event-at",
            paramLabel = "RUN:LINE",
            description = "Say how each field of the event on this line is compared and why.")
    private String event;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: text).")
    private ProfileShowCommand.Format format;

    @Mixin
    private ReadingArguments reading;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (reading.hasProfile()) {
            throw new ParameterException(spec.commandLine(), "the profile is FILE, and --profile does not go with it");
        }
        if (inputs.isEmpty() && field == null && event == null) {
            throw new ParameterException(spec.commandLine(), "RUN is missing; or name a --field or an --event-at");
        }
        PrintWriter out = spec.commandLine().getOut();
        Profile profile = ReadingArguments.readProfile(file);
        if (event != null) {
            out.print(ProfileCheckReport.event(event, ProfileCheck.explain(profile, fields(profile))));
            return Main.EQUIVALENT;
        }
        List<RunTable> tables = tables(profile);
        if (field != null) {
            out.print(ProfileCheckReport.field(field, profile, tables));
            return Main.EQUIVALENT;
        }
        ProfileCheck check = ProfileCheck.of(profile, tables);
        String name = file.toString();
        out.print(
                format == ProfileShowCommand.Format.JSON
                        ? ProfileCheckReport.json(name, check, tables)
                        : ProfileCheckReport.text(name, check, tables));
        return check.holds() ? Main.EQUIVALENT : Main.DIVERGED;
    }

    private ReadOptions options(Profile profile) throws IOException {
        return reading.toOptions(Optional.empty()).withMapping(profile.ruled());
    }

    private List<RunTable> tables(Profile profile) throws IOException {
        List<RunTable> tables = new ArrayList<>();
        try (Runs runs = new Runs(options(profile), System.in)) {
            for (String input : inputs) {
                for (OpenedRun run : runs.openEach(List.of(input))) {
                    tables.add(RunTables.read(run));
                }
            }
        }
        return tables;
    }

    private List<Field> fields(Profile profile) throws IOException {
        int colon = event.lastIndexOf(':');
        long line;
        try {
            line = Long.parseLong(event.substring(colon + 1));
        } catch (NumberFormatException none) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--event-at is a run and a line, such as good.jsonl:17, and not " + event,
                    none);
        }
        if (colon < 1) {
            throw new ParameterException(spec.commandLine(), "--event-at lacks the run, such as in good.jsonl:17");
        }
        try (Runs runs = new Runs(options(profile), System.in)) {
            RunTable table = RunTables.read(runs.openOne(List.of(event.substring(0, colon))));
            return table.onLine(line)
                    .orElseThrow(() -> new InputException(
                            event + ": no event begins on this line; the run has " + table.size() + " events"));
        }
    }
}

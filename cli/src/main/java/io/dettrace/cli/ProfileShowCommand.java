package io.dettrace.cli;

import io.dettrace.profile.Profile;
import io.dettrace.profile.ProfileTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dettrace profile show}: a profile as a table. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows what a profile rests on, how it reads the fields, and its rules.",
        footer = {
            "",
            "Examples:",
            "  dettrace profile show noise.profile",
            "  dettrace profile show noise.profile --format json",
            "",
            "Exit status: 0 shown, 2 trouble."
        })
final class ProfileShowCommand implements Callable<Integer> {
    enum Format {
        TEXT,
        JSON
    }

    @Parameters(paramLabel = "FILE", description = "The profile.")
    private Path file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: text).")
    private Format format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Profile profile = ReadingArguments.readProfile(file);
        spec.commandLine()
                .getOut()
                .print(
                        format == Format.JSON
                                ? ProfileTable.json(file.toString(), profile)
                                : ProfileTable.text(file.toString(), profile));
        return Main.EQUIVALENT;
    }
}

package io.dettrace.cli;

import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What commands that make many runs have in common: the time for each, what they may replace, the form of the answer. */
final class RunsArguments {
    /** The forms of the answer. */
    private enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Time after which a run is ended (default: 60).")
    private int timeout;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: text).")
    private Format format;

    @Mixin
    private ReplaceArguments replace;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** The time after which a run is ended. */
    Duration timeout() {
        if (timeout <= 0) {
            throw new ParameterException(spec.commandLine(), "--timeout must be 1 second or more, not " + timeout);
        }
        return Duration.ofSeconds(timeout);
    }

    boolean json() {
        return format == Format.JSON;
    }

    boolean force() {
        return replace.force();
    }
}

package io.dettrace.cli;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What commands that look at clocks have in common. */
final class ClockArguments {
    @Option(
            names = "--domain",
            paramLabel = "PATTERN",
            description =
                    "Regular expression for what in a lane's name says which clock it has: its first group, or all of"
                            + " it (default: what is before the first slash if every lane has one, else the whole name).")
    private String domain;

    @Option(
            names = "--max-skew",
            paramLabel = "PPM",
            defaultValue = "1000",
            description = "How much the rates of two clocks may differ, in parts per million (default: 1000).")
    private double maxSkew;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    Optional<Pattern> domain() {
        try {
            return Optional.ofNullable(domain).map(Pattern::compile);
        } catch (PatternSyntaxException e) {
            throw new ParameterException(
                    spec.commandLine(), "--domain is no regular expression: " + e.getDescription() + ": " + domain, e);
        }
    }

    double maxSkewPpm() {
        if (!(maxSkew > 0) || maxSkew >= 1e6) {
            throw new ParameterException(
                    spec.commandLine(), "--max-skew must be above 0 and below 1000000, not " + maxSkew);
        }
        return maxSkew;
    }
}

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
    /** How much the rates of clocks differ at most, where nobody says it. */
    static final double MAX_SKEW_PPM = 1_000;

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
        return domain == null ? Optional.empty() : Optional.of(pattern(spec, "--domain", domain));
    }

    /** What an option says of the clocks of lanes. */
    static Pattern pattern(CommandSpec spec, String option, String domain) {
        try {
            return Pattern.compile(domain);
        } catch (PatternSyntaxException e) {
            throw new ParameterException(
                    spec.commandLine(), option + " is no regular expression: " + e.getDescription() + ": " + domain, e);
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

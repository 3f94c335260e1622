package io.dettrace.cli;

import io.dettrace.compare.CompareOptions;
import io.dettrace.event.InputException;
import io.dettrace.formats.ReadOptions;
import io.dettrace.formats.RunPair;
import io.dettrace.formats.Runs;
import io.dettrace.formats.merge.RunClocks;
import io.dettrace.report.Explanation;
import io.dettrace.timing.Budgets;
import io.dettrace.timing.DelayLearner;
import io.dettrace.timing.DelayRanges;
import io.dettrace.timing.DelayRules;
import io.dettrace.timing.TimingClocks;
import io.dettrace.timing.TimingOptions;
import io.dettrace.timing.TimingVerdict;
import io.dettrace.timing.Tolerance;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of the timing verdict. Each of them asks for it. */
final class TimingArguments {
    /** What beside a divergence makes the exit status tell of a failure. */
    enum FailOn {
        TIMING
    }

    @Option(
            names = "--timing",
            description = "Also say where the candidate is late or early, beside the verdict on its events.")
    private boolean timing;

    @Option(
            names = "--timing-tolerance",
            paramLabel = "DURATION[,PERCENT]",
            description =
                    "How far the time from an event's cause to the event may be off, such as 1ms,10%%; the greater"
                            + " counts (default: not at all).")
    private String tolerance;

    @Option(
            names = "--timing-baseline",
            paramLabel = "RUN",
            description = "A further good run: delays may be what the good runs show. Repeatable.")
    private List<String> more = List.of();

    @Option(
            names = "--timing-domain",
            paramLabel = "PATTERN",
            description =
                    "Lanes have several clocks: a regular expression for what in a lane's name says which it has, as"
                            + " --domain of dettrace clocks. Delays between clocks are then late only beyond the clocks' error.")
    private String domain;

    @Option(names = "--budgets", paramLabel = "FILE", description = "Hard limits: delays, answers, periods.")
    private Path budgets;

    @Option(
            names = "--fail-on",
            paramLabel = "WHAT",
            description = "timing: add 4 to the exit status if the candidate is off time.")
    private FailOn failOn;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * What the timing of a pair is held against; empty if nobody asked.
     *
     * @param others good runs beside the baseline
     * @param learnt what a profile says of delays, where no good runs say it
     */
    Optional<TimingOptions> toOptions(
            RunPair pair,
            String baseline,
            List<String> others,
            Optional<DelayRules> learnt,
            ReadOptions read,
            CompareOptions options)
            throws IOException {
        if (!timing && domain == null && tolerance == null && more.isEmpty() && budgets == null && failOn == null) {
            return Optional.empty();
        }
        Budgets limits = budgets == null ? Budgets.NONE : Budgets.parse(budgets.toString(), text(budgets));
        Optional<DelayRanges> good = ranges(pair, baseline, others, read, options);
        return Optional.of(new TimingOptions(tolerance(), good.isPresent() ? good : learnt, limits, clocks(pair)));
    }

    private Optional<TimingClocks> clocks(RunPair pair) throws IOException {
        if (domain == null) {
            return Optional.empty();
        }
        UnaryOperator<String> domains = RunClocks.named(ClockArguments.pattern(spec, "--timing-domain", domain));
        return Optional.of(new TimingClocks(
                domains,
                RunClocks.table(pair.baseline(), domains, ClockArguments.MAX_SKEW_PPM),
                RunClocks.table(pair.candidate(), domains, ClockArguments.MAX_SKEW_PPM)));
    }

    /** What the timing verdict adds to the exit status. */
    int status(Explanation explanation) {
        Optional<TimingVerdict> verdict = explanation.timing();
        if (failOn != FailOn.TIMING || verdict.isEmpty()) {
            return Main.EQUIVALENT;
        }
        return switch (verdict.get().outcome()) {
            case OFF_TIME -> Main.OFF_TIME;
            case ON_TIME -> Main.EQUIVALENT;
            case UNCLEAR, NO_TIMES -> Main.TROUBLE;
        };
    }

    private Optional<Tolerance> tolerance() {
        if (tolerance == null) {
            return Optional.empty();
        }
        long absolute = 0;
        double relative = 0;
        try {
            for (String part : tolerance.split(",", -1)) {
                String value = part.strip();
                if (value.endsWith("%")) {
                    relative = Double.parseDouble(
                                    value.substring(0, value.length() - 1).strip())
                            / 100;
                } else {
                    absolute = Budgets.nanos(value);
                }
            }
            return Optional.of(new Tolerance(absolute, relative));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--timing-tolerance must be a duration, a percentage or both, such as 1ms,10%, not " + tolerance,
                    wrong);
        }
    }

    private Optional<DelayRanges> ranges(
            RunPair pair, String baseline, List<String> others, ReadOptions read, CompareOptions options)
            throws IOException {
        List<String> good = new ArrayList<>(others);
        good.addAll(more);
        if (good.isEmpty()) {
            return Optional.empty();
        }
        if (baseline == null || baseline.equals("-")) {
            throw new ParameterException(
                    spec.commandLine(), "--timing-baseline needs a BASELINE that can be read more than once");
        }
        DelayLearner learner = new DelayLearner();
        boolean first = true;
        for (String run : good) {
            try (Runs runs = new Runs(read.withMapping(pair.mapping()), InputStream.nullInputStream());
                    RunPair pairOfGood = runs.open(baseline, run)) {
                learner.learn(pairOfGood.baseline(), pairOfGood.candidate(), first, options);
                first = false;
            }
        }
        return Optional.of(learner.ranges());
    }

    private static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + ": there is no such budgets file");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}

package io.dettrace.cli;

import io.dettrace.compare.CompareOptions;
import io.dettrace.compare.Comparison;
import io.dettrace.compare.DivergenceClass;
import io.dettrace.formats.DetTrace;
import io.dettrace.formats.ReadOptions;
import io.dettrace.formats.RunPair;
import io.dettrace.formats.Runs;
import io.dettrace.normalize.MappingFile;
import io.dettrace.replay.ProofArtifacts;
import io.dettrace.report.Explanation;
import io.dettrace.report.JsonReport;
import io.dettrace.report.MarkdownReport;
import io.dettrace.report.TextReport;
import io.dettrace.timing.TimingOptions;
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

/** {@code dettrace compare}: the first divergence between two runs, its roots and their effects. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {
            "dettrace compare [OPTIONS] BASELINE CANDIDATE",
            "       dettrace compare [OPTIONS] BASELINE... --candidate=CANDIDATE",
            "       dettrace compare [OPTIONS] INPUT_WITH_SEVERAL_RUNS",
            "       dettrace compare [OPTIONS] --pack=NAME",
            ""
        },
        description = {
            "Compares two runs and names the first incorrect event.",
            "Inputs are files, folders or patterns in quotes, of any format that dettrace inspect --formats lists, plain,"
                    + " gzip or zstd; - is standard input. One input alone is taken apart into the runs that it holds, and"
                    + " each pair is compared.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  dettrace compare good.jsonl bad.jsonl",
            "  dettrace compare good.jsonl.zst - --ignore message < bad.jsonl",
            "  dettrace compare good/ bad/ --lane host,thread --out artifacts",
            "  dettrace compare good.vcd bad.vcd",
            "  dettrace compare good.sr bad.sr --with decode=uart:rx=RX,baud=115200",
            "  dettrace compare good.txt bad.txt --as log",
            "  dettrace compare 'good/node*.log' 'bad/node*.log'",
            "  dettrace compare good1.jsonl good2.jsonl good3.jsonl --candidate bad.jsonl",
            "  dettrace compare good.jsonl bad.jsonl --profile noise.profile",
            "  dettrace compare incident.json --split trace_id --format markdown",
            "  dettrace compare runs.log --regex '(?<host>\\S+) (?<clock>\\{.*\\})\\n(?<event>.*)' \\",
            "                   --delimiter '^=== (?<trace>.*) ===$'",
            "  dettrace compare a.jsonl b.jsonl --explain-mapping > my.mapping",
            "  dettrace compare good.vcd bad.vcd --timing",
            "  dettrace compare good.jsonl bad.jsonl --timing-tolerance 1ms,10%% --fail-on timing",
            "  dettrace compare good.jsonl bad.jsonl --profile noise.profile --timing",
            "  dettrace compare good.jsonl bad.jsonl --budgets limits.txt --fail-on timing",
            "  dettrace compare --pack gpio-interrupt-race",
            "",
            "Exit status: 0 equivalent, 1 diverged, 2 trouble; with --fail-on timing plus 4 if off time."
        })
final class CompareCommand implements Callable<Integer> {
    enum Format {
        TEXT,
        JSON,
        MARKDOWN
    }

    @Parameters(
            arity = "0..*",
            paramLabel = "RUN",
            description = "The good run and the bad one; with --candidate any number of good runs.")
    private List<String> inputs = List.of();

    @Option(
            names = "--candidate",
            paramLabel = "RUN",
            description = "The bad run, where several good ones are given: what differs between those is noise, and the"
                    + " bad run is compared with the nearest of them.")
    private String bad;

    private String baseline;
    private String candidate;

    @Option(
            names = "--pack",
            paramLabel = "NAME",
            description = "Compare the runs of a bundled incident pack, or of the pack in a folder.")
    private String pack;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json or markdown (default: text).")
    private Format format;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write expected.jsonl, actual.jsonl and divergence_report.json to DIR.")
    private Path out;

    @Option(
            names = "--cause",
            paramLabel = "REPORT",
            description =
                    "Join the proof in REPORT, a divergence_report.json of dettrace prove, to the report in --out.")
    private Path cause;

    @Option(names = "--force", description = "Let --out replace files that DetTrace did not write.")
    private boolean force;

    @Mixin
    private ReadingArguments reading;

    @Option(
            names = "--explain-mapping",
            description = "Print how the fields are understood and why, as a mapping file, and stop.")
    private boolean explainMapping;

    @Option(
            names = "--context",
            paramLabel = "N",
            defaultValue = "3",
            description = "Agreeing events shown before a divergence, and events after it (default: 3).")
    private int context;

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "256",
            description = "Events looked at to find where a lane continues behind a difference (default: 256).")
    private int window;

    @Option(
            names = "--max-unmatched",
            paramLabel = "N",
            defaultValue = "8000000",
            description = "Events held unmatched before a lane is called undecided (default: 8000000).")
    private long maxUnmatched;

    @Mixin
    private TimingArguments timing;

    @Mixin
    private Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        CompareOptions options = options();
        name();
        Optional<Pack> chosen = pack == null ? Optional.empty() : Optional.of(Packs.find(pack));
        if (chosen.isPresent() && baseline != null) {
            throw new ParameterException(spec.commandLine(), "--pack and BASELINE exclude each other");
        }
        if (chosen.isEmpty() && baseline == null) {
            throw new ParameterException(spec.commandLine(), "BASELINE is missing; name two runs, or a --pack");
        }
        ReadOptions read = reading.toOptions(chosen.flatMap(Pack::mapping));
        if (bad != null && inputs.size() > 1) {
            SeveralBaselines several = SeveralBaselines.learn(inputs, bad, read);
            read = read.withMapping(several.ruled());
            baseline = several.nearest();
        }
        try (Runs runs = new Runs(read, System.in)) {
            List<RunPair> pairs = chosen.isPresent() ? chosen.get().open(runs) : open(runs);
            if (out != null && pairs.size() > 1) {
                throw new ParameterException(
                        spec.commandLine(), "--out takes one pair; choose it with --baseline-run and --candidate-run");
            }
            int status = Main.EQUIVALENT;
            for (RunPair pair : pairs) {
                status = Main.join(status, compare(pair, options, read));
            }
            return status;
        }
    }

    /** Which input is which. */
    private void name() {
        if (bad == null && inputs.size() > 2) {
            throw new ParameterException(
                    spec.commandLine(),
                    "there are " + inputs.size() + " runs, " + inputs.get(2) + " the third; name the bad one with"
                            + " --candidate, and the others are good");
        }
        if (bad != null && inputs.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--candidate needs one good run or more beside it");
        }
        baseline = inputs.isEmpty() ? null : inputs.get(0);
        candidate = bad != null ? bad : inputs.size() > 1 ? inputs.get(1) : null;
    }

    /** The good runs beside the one that the candidate is compared with. */
    private List<String> otherGoodRuns() {
        return bad == null
                ? List.of()
                : inputs.stream().filter(run -> !run.equals(baseline)).toList();
    }

    private CompareOptions options() {
        try {
            return CompareOptions.DEFAULT
                    .withContext(context)
                    .withWindow(window)
                    .withMaxQueued(maxUnmatched);
        } catch (IllegalArgumentException outOfRange) {
            String said = outOfRange.getMessage().replace("maxQueued", "max-unmatched");
            throw new ParameterException(spec.commandLine(), "--" + said, outOfRange);
        }
    }

    private List<RunPair> open(Runs runs) throws IOException {
        return candidate == null ? runs.openAll(baseline) : List.of(runs.open(baseline, candidate));
    }

    private int compare(RunPair pair, CompareOptions options, ReadOptions read) throws IOException {
        PrintWriter stdout = spec.commandLine().getOut();
        try (pair) {
            if (explainMapping) {
                stdout.print(MappingFile.write(pair.mapping()));
                return Main.EQUIVALENT;
            }
            Optional<Artifacts> artifacts = Optional.empty();
            Optional<String> proof = cause == null ? Optional.empty() : Optional.of(ProofArtifacts.cause(cause));
            if (out != null) {
                List<String> inputs = new ArrayList<>(pair.baseline().files());
                inputs.addAll(pair.candidate().files());
                artifacts = Optional.of(Artifacts.into(out, force, inputs));
            }
            Optional<TimingOptions> times = timing.toOptions(
                    pair, baseline, otherGoodRuns(), reading.delayRules(pair.mapping()), read, options);
            Explanation explanation;
            try (Terminal.ProgressLine progress = terminal.progress(
                    spec.commandLine().getErr(),
                    pair.baseline().sizeHint(),
                    pair.candidate().sizeHint())) {
                explanation = times.isPresent()
                        ? DetTrace.compare(pair, options, times.get(), progress)
                        : DetTrace.compare(pair, options, progress);
            }
            stdout.print(render(explanation));
            stdout.flush();
            if (artifacts.isPresent()) {
                artifacts.get().write(explanation, proof);
            }
            return Main.join(status(explanation.comparison()), timing.status(explanation));
        }
    }

    private String render(Explanation explanation) throws IOException {
        return switch (format) {
            case TEXT -> TextReport.render(explanation, terminal.colour());
            case JSON -> JsonReport.render(explanation);
            case MARKDOWN -> MarkdownReport.render(explanation);
        };
    }

    private static int status(Comparison comparison) {
        if (comparison.isEqual()) {
            return Main.EQUIVALENT;
        }
        boolean undecided = comparison.roots().stream().allMatch(r -> r.type() == DivergenceClass.UNDECIDED);
        return undecided ? Main.TROUBLE : Main.DIVERGED;
    }
}

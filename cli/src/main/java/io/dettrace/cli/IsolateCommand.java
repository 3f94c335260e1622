package io.dettrace.cli;

import io.dettrace.event.InputException;
import io.dettrace.formats.OpenedRun;
import io.dettrace.formats.ReadOptions;
import io.dettrace.formats.RunTables;
import io.dettrace.formats.Runs;
import io.dettrace.learn.Learner;
import io.dettrace.learn.RunTable;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.MappingInference;
import io.dettrace.population.PopulationJson;
import io.dettrace.population.PopulationStudy;
import io.dettrace.population.PopulationText;
import java.io.IOException;
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

/** {@code dettrace isolate}: what separates failing from passing runs. */
@Command(
        name = "isolate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"dettrace isolate [OPTIONS] GOOD... --bad BAD...", ""},
        description = {
            "Tells which events, orders and values separate failing runs from passing ones, and from where on along a failing"
                    + " run failure is probable.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  dettrace isolate pass/*.jsonl --bad fail/*.jsonl",
            "  dettrace isolate pass/*.jsonl --bad fail/*.jsonl --along fail/7.jsonl",
            "  dettrace isolate pass/*.jsonl --bad fail/*.jsonl --profile app.profile --format json",
            "",
            "Exit status: 0 nothing separates them beyond chance, 1 something does, 2 trouble."
        })
final class IsolateCommand implements Callable<Integer> {
    private static final int SAMPLE = 2_048;

    enum Format {
        TEXT,
        JSON
    }

    @Parameters(arity = "1..*", paramLabel = "GOOD", description = "Passing runs.")
    private List<String> good;

    @Option(
            names = "--bad",
            arity = "1..*",
            required = true,
            paramLabel = "BAD",
            description = "Failing runs; all arguments up to the next option.")
    private List<String> bad;

    @Option(
            names = "--along",
            paramLabel = "RUN",
            description = "The failing run along which P(fail) is shown (default: the one where it jumps most).")
    private String along;

    @Option(
            names = "--alpha",
            paramLabel = "P",
            defaultValue = "0.05",
            description = "Probability of any false statement among those that are said to separate (default: 0.05).")
    private double alpha;

    @Option(names = "--top", paramLabel = "N", defaultValue = "10", description = "Statements shown (default: 10).")
    private int top;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: text).")
    private Format format;

    @Mixin
    private ReadingArguments reading;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!(alpha > 0 && alpha < 1)) {
            throw new ParameterException(spec.commandLine(), "--alpha must be between 0 and 1, but is " + alpha);
        }
        if (top < 1) {
            throw new ParameterException(spec.commandLine(), "--top must be 1 or more, but is " + top);
        }
        int walked = along == null ? -1 : bad.indexOf(along);
        if (along != null && walked < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--along must be one of the failing runs, but is " + along);
        }
        ReadOptions options = reading.toOptions(Optional.empty());
        List<RunTable> passing = new ArrayList<>();
        List<RunTable> failing = new ArrayList<>();
        Mapping declared;
        try (Runs runs = new Runs(options, System.in).ofOneProgram()) {
            declared = read(runs, good, passing);
            read(runs, bad, failing);
        }
        for (RunTable full : passing.stream().filter(RunTable::isFull).toList()) {
            throw tooLong(full);
        }
        for (RunTable full : failing.stream().filter(RunTable::isFull).toList()) {
            throw tooLong(full);
        }
        Learner.Ruled known =
                known(passing, failing.get(0), declared, options.mapping().isPresent());
        PopulationStudy study = PopulationStudy.of(
                passing,
                failing,
                known.mapping(),
                passing.get(known.reference()),
                along == null ? Optional.empty() : Optional.of(walked));
        spec.commandLine()
                .getOut()
                .print(
                        format == Format.JSON
                                ? PopulationJson.of(study, alpha, top)
                                : PopulationText.of(study, alpha, top));
        return study.separating(alpha).isEmpty() ? Main.EQUIVALENT : Main.DIVERGED;
    }

    /** What is declared if that is complete, else what passing runs show; with one of them, what it and a failing one do. */
    private static Learner.Ruled known(List<RunTable> passing, RunTable failing, Mapping declared, boolean complete)
            throws IOException {
        if (complete) {
            return new Learner.Ruled(declared, 0);
        }
        if (passing.size() > 1) {
            return Learner.rules(passing, declared);
        }
        Mapping inferred = MappingInference.infer(
                        passing.get(0).sample(SAMPLE), failing.sample(SAMPLE), declared, false)
                .mapping();
        return new Learner.Ruled(inferred, 0);
    }

    private static InputException tooLong(RunTable run) {
        return new InputException(
                run.name() + ": has " + RunTable.MAX_EVENTS
                        + " events or more, which are not kept in memory for several runs; cut the runs to the part in question");
    }

    private static Mapping read(Runs runs, List<String> inputs, List<RunTable> tables) throws IOException {
        Mapping declared = null;
        for (String input : inputs) {
            for (OpenedRun run : runs.openEach(List.of(input))) {
                declared = declared == null ? run.declared() : declared;
                tables.add(RunTables.read(run));
            }
        }
        return declared;
    }
}

package io.dettrace.cli;

import io.dettrace.event.InputException;
import io.dettrace.formats.OpenedRun;
import io.dettrace.formats.ReadOptions;
import io.dettrace.formats.RunTables;
import io.dettrace.formats.Runs;
import io.dettrace.learn.LearnReport;
import io.dettrace.learn.Learner;
import io.dettrace.learn.Learnt;
import io.dettrace.learn.RunTable;
import io.dettrace.normalize.Mapping;
import io.dettrace.profile.Profile;
import io.dettrace.profile.ProfileFile;
import io.dettrace.replay.WholeFile;
import io.dettrace.timing.DelayRule;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

/** {@code dettrace learn}: noise from passing runs. */
@Command(
        name = "learn",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"dettrace learn [OPTIONS] RUN... -o FILE", ""},
        description = {
            "Learns from passing runs of one program what differs between them although nothing is wrong.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  dettrace learn good*.jsonl -o noise.profile",
            "  dettrace compare good1.jsonl bad.jsonl --profile noise.profile",
            "  dettrace learn 'good/*.log' --id request --ignore host -o noise.profile",
            "",
            "A FILE that is there is learnt again: its rules under [by hand] are kept.",
            "",
            "Exit status: 0 written, 1 not written as it hides too much, 2 trouble."
        })
final class LearnCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Passing runs, never failing ones.")
    private List<String> inputs;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "FILE",
            description = "The profile.")
    private Path output;

    @Option(
            names = "--max-blindness",
            paramLabel = "PERCENT",
            defaultValue = "5",
            description =
                    "Refuse a profile that hides a greater share of the faults put into passing runs (default: 5).")
    private double maxBlindness;

    @Mixin
    private ReadingArguments reading;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!(maxBlindness >= 0 && maxBlindness <= 100)) {
            throw new ParameterException(
                    spec.commandLine(), "--max-blindness must be a percentage from 0 to 100, but is " + maxBlindness);
        }
        OutputFile.check(output, inputs, true);
        Optional<Profile> before = before();
        List<Profile.Entry> byHand = before.map(Profile::byHand).orElse(List.of());
        ReadOptions options = reading.toOptions(Optional.empty());
        List<RunTable> tables = new ArrayList<>();
        Mapping declared = null;
        try (Runs runs = new Runs(options, System.in).ofOneProgram()) {
            for (String input : inputs) {
                for (OpenedRun run : runs.openEach(List.of(input))) {
                    declared = declared == null ? run.declared() : declared;
                    tables.add(RunTables.read(run));
                }
            }
        }
        if (tables.size() < 2) {
            throw new InputException("a profile is learnt from two passing runs or more, and there is one");
        }
        Learnt learnt = Learner.learn(tables, declared, options.mapping().isPresent(), byHand);
        long events = tables.stream().mapToLong(RunTable::size).sum();
        PrintWriter out = spec.commandLine().getOut();
        out.print(LearnReport.text(learnt, events, maxBlindness / 100));
        out.flush();
        if (learnt.blindness().share() > maxBlindness / 100) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(
                    "dettrace: " + output + " was not written: the profile hides more than --max-blindness allows; see"
                            + " by which rules, declare what you know of the fields, or allow more");
            return Main.DIVERGED;
        }
        List<DelayRule> delays = new ArrayList<>(learnt.delays().rules());
        before.ifPresent(p -> p.delays().stream().filter(DelayRule::byHand).forEach(delays::add));
        Profile profile = LearnReport.withEvidence(learnt, events).withDelays(delays);
        byte[] text = ProfileFile.write(profile).getBytes(StandardCharsets.UTF_8);
        WholeFile.writeBytes(output, stream -> stream.write(text));
        out.println();
        out.println("Written to " + output + "; use it with: dettrace compare GOOD BAD --profile " + output);
        return Main.EQUIVALENT;
    }

    /** The profile that is to be learnt again, for its rules by hand. */
    private Optional<Profile> before() throws IOException {
        if (!Files.exists(output)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ReadingArguments.readProfile(output));
        } catch (InputException wrong) {
            throw new InputException(
                    wrong.getMessage() + "; the file is there already, so mend it, delete it or choose another OUT");
        }
    }
}

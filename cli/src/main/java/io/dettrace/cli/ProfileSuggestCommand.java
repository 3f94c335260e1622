package io.dettrace.cli;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadOptions;
import io.dettrace.formats.RunPair;
import io.dettrace.formats.RunTables;
import io.dettrace.formats.Runs;
import io.dettrace.learn.RunTable;
import io.dettrace.learn.Suggestions;
import io.dettrace.learn.SuggestionsReport;
import io.dettrace.profile.Profile;
import io.dettrace.profile.ProfileFile;
import io.dettrace.replay.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dettrace profile edit-suggestions}: which single rule would make a divergence vanish. */
@Command(
        name = "edit-suggestions",
        aliases = "suggest",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {
            "dettrace profile edit-suggestions [OPTIONS] PROFILE BASELINE CANDIDATE",
            "       dettrace profile edit-suggestions [OPTIONS] none BASELINE CANDIDATE",
            ""
        },
        description = {
            "Says for each root divergence which single rule of a profile would make it vanish, those that give up least"
                    + " first. Each was tried: the runs were compared again with it.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  dettrace profile edit-suggestions none good.jsonl bad.jsonl",
            "  dettrace profile edit-suggestions noise.profile good.jsonl bad.jsonl --root 2",
            "  dettrace profile edit-suggestions noise.profile good.jsonl bad.jsonl --root 1 --choose 2 \\",
            "      --write noise.profile --reason 'the pool decides which worker runs'",
            "",
            "Exit status: 0 no divergence, 1 divergences, 2 trouble."
        })
final class ProfileSuggestCommand implements Callable<Integer> {
    private static final int SHOWN_ROOTS = 10;

    @Parameters(index = "0", paramLabel = "PROFILE", description = "The profile, or none.")
    private String file;

    @Parameters(index = "1", paramLabel = "BASELINE", description = "The good run.")
    private String baseline;

    @Parameters(index = "2", paramLabel = "CANDIDATE", description = "The run that should be as good.")
    private String candidate;

    @Option(names = "--root", paramLabel = "N", description = "Only this root, from 1 (default: the first 10).")
    private Integer root;

    @Option(
            names = "--choose",
            paramLabel = "M",
            defaultValue = "1",
            description = "The rule to write, by its number among those of the root (default: 1).")
    private int choice;

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description = "Add the chosen rule to the profile FILE, by hand: to PROFILE itself, or to a new file.")
    private Path write;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why it is noise; goes into the file with the rule.")
    private String reason;

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
        checkArguments();
        ReadOptions read = reading.toOptions(Optional.empty());
        Profile profile = file.equals("none") ? empty(read) : ReadingArguments.readProfile(Path.of(file));
        ReadOptions mapped = read.withMapping(profile.ruled());
        Suggestions suggestions =
                new Suggestions(profile, table(mapped, baseline), table(ofCandidate(mapped), candidate));
        int roots = suggestions.comparison().roots().size();
        if (root != null && (root < 1 || root > roots)) {
            throw new InputException("there is no root " + root + "; there are " + roots);
        }
        Map<Integer, List<Suggestions.Suggestion>> found = new TreeMap<>();
        for (int i = root == null ? 0 : root - 1; i < (root == null ? Math.min(roots, SHOWN_ROOTS) : root); i++) {
            found.put(i, suggestions.of(i));
        }
        PrintWriter out = spec.commandLine().getOut();
        SuggestionsReport report = new SuggestionsReport(file, suggestions, profile.ruled(), found);
        out.print(format == ProfileShowCommand.Format.JSON ? report.json() : report.text());
        out.flush();
        if (write != null) {
            write(profile, found);
        }
        return roots == 0 ? Main.EQUIVALENT : Main.DIVERGED;
    }

    private void checkArguments() throws IOException {
        if (reading.hasProfile()) {
            throw new ParameterException(
                    spec.commandLine(), "the profile is PROFILE, and --profile does not go with it");
        }
        if (write != null && (reason == null || reason.isBlank())) {
            throw new ParameterException(
                    spec.commandLine(), "--write needs a --reason, which is written down with the rule");
        }
        boolean own =
                !file.equals("none") && write != null && Files.exists(write) && Files.isSameFile(write, Path.of(file));
        if (write != null && Files.exists(write) && !own) {
            throw new InputException(write + ": is there already and is not PROFILE; choose another file");
        }
    }

    private Profile empty(ReadOptions read) throws IOException {
        try (Runs runs = new Runs(read, System.in);
                RunPair pair = runs.open(baseline, candidate)) {
            return new Profile(Map.of(), pair.mapping(), List.of(), List.of());
        }
    }

    private static ReadOptions ofCandidate(ReadOptions read) {
        return read.candidateRun().isEmpty() ? read : read.withBaselineRun(read.candidateRun());
    }

    private static RunTable table(ReadOptions read, String input) throws IOException {
        try (Runs runs = new Runs(read, System.in)) {
            return RunTables.read(runs.openOne(List.of(input)));
        }
    }

    private void write(Profile profile, Map<Integer, List<Suggestions.Suggestion>> found) throws IOException {
        int of = root == null ? 0 : root - 1;
        List<Suggestions.Suggestion> rules = found.getOrDefault(of, List.of());
        if (choice < 1 || choice > rules.size()) {
            throw new InputException(
                    "root " + (of + 1) + " has " + rules.size() + " rules to choose from, and not " + choice);
        }
        Profile.Entry entry = new Profile.Entry(rules.get(choice - 1).rule(), reason.strip());
        String before = file.equals("none")
                ? ProfileFile.write(profile)
                : Files.readString(Path.of(file), StandardCharsets.UTF_8);
        byte[] after = ProfileFile.withRule(before, entry).getBytes(StandardCharsets.UTF_8);
        WholeFile.writeBytes(write, stream -> stream.write(after));
        spec.commandLine().getErr().println("dettrace: wrote to " + write + ": " + ProfileFile.write(entry.rule()));
    }
}

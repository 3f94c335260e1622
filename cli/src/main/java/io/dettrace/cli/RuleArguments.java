package io.dettrace.cli;

import io.dettrace.event.InputException;
import io.dettrace.event.InputNote;
import io.dettrace.formats.OpenedRun;
import io.dettrace.formats.ReadProgress;
import io.dettrace.formats.oracle.ObservedRun;
import io.dettrace.oracle.rules.Rule;
import io.dettrace.oracle.rules.RuleChecker;
import io.dettrace.oracle.rules.RuleFile;
import io.dettrace.report.RuleReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which rules a run is checked against. */
final class RuleArguments {
    @Option(
            names = "--oracle",
            paramLabel = "FILE",
            split = ",",
            description = "Check the rules in FILE (state machines, invariants, deadlines) in place of linearizability;"
                    + " repeatable.")
    private List<Path> oracles = List.of();

    @Option(names = "--cut", description = "The run was cut: what rules wait for at its end is no violation.")
    private boolean cut;

    @Option(
            names = "--max-keys",
            paramLabel = "N",
            description = "Keys that all rules may hold open together before one is undecided (default: 500000).")
    private long maxKeys = RuleChecker.MAX_KEYS;

    boolean given() {
        return !oracles.isEmpty();
    }

    /** The rules of all files. */
    Rule.All read() throws IOException {
        if (maxKeys < 1) {
            throw new InputException("--max-keys must be 1 or more, not " + maxKeys);
        }
        List<Rule.Entry> entries = new ArrayList<>();
        List<String> kind = List.of();
        List<String> lane = List.of();
        Optional<String> time = Optional.empty();
        for (Path file : oracles) {
            if (!Files.isRegularFile(file)) {
                throw new InputException(file + ": there is no such rule file");
            }
            if (Files.size(file) > 4L * RuleFile.MAX_LENGTH) {
                throw new InputException(file + ": is no rule file: too large");
            }
            Rule.All all =
                    RuleFile.parse(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            if (all.entries().isEmpty()) {
                throw new InputException(file + ": has no rule in it, so there is nothing to check");
            }
            kind = one(file, "kind", kind, all.kind());
            lane = one(file, "lane", lane, all.lane());
            time = one(file, "time", time.stream().toList(), all.time().stream().toList()).stream()
                    .findFirst();
            entries.addAll(all.entries());
        }
        return new Rule.All(entries, kind, lane, time);
    }

    private static List<String> one(Path file, String what, List<String> before, List<String> now)
            throws InputException {
        if (!before.isEmpty() && !now.isEmpty() && !before.equals(now)) {
            throw new InputException(file + ": says " + what + " " + String.join(", ", now)
                    + " where the rules before say " + String.join(", ", before) + "; check them one after the other");
        }
        return now.isEmpty() ? before : now;
    }

    /** Checks a run. */
    RuleReport check(OpenedRun run, Rule.All rules, ReadProgress progress) throws IOException {
        ObservedRun observed = new ObservedRun(run, Optional.of(rules));
        RuleChecker checker = new RuleChecker(rules, maxKeys);
        boolean[] named = new boolean[1];
        List<InputNote> notes = observed.read(
                event -> {
                    named[0] |= !event.kind().isEmpty();
                    checker.take(event);
                },
                progress);
        if (!named[0] && !rules.kind().isEmpty()) {
            throw new InputException(run.run().name() + ": no event has the field " + String.join(", ", rules.kind())
                    + ", in which the rules look for the kind; are they about this run?");
        }
        return new RuleReport(
                run.run().name(),
                run.run().files(),
                oracles.stream().map(Path::toString).toList(),
                observed.kindFields(),
                observed.isMerged(),
                maxKeys,
                checker.end(cut),
                notes);
    }
}

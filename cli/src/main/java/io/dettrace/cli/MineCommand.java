package io.dettrace.cli;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.formats.OpenedRun;
import io.dettrace.formats.Runs;
import io.dettrace.formats.oracle.ObservedRun;
import io.dettrace.normalize.Role;
import io.dettrace.oracle.mine.KeyFields;
import io.dettrace.oracle.mine.Mined;
import io.dettrace.oracle.mine.Miner;
import io.dettrace.oracle.mine.SelfCheck;
import io.dettrace.oracle.rules.RuleChecker;
import io.dettrace.oracle.rules.Scope;
import io.dettrace.replay.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dettrace mine}: rules that hold in passing runs, as a file to be read, changed and checked. */
@Command(
        name = "mine",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"dettrace mine [OPTIONS] RUN... -o FILE", ""},
        description = {
            "Writes rules that hold in passing runs: what is always followed or preceded by what, what never comes after what,"
                    + " what happens once, what takes turns, counters and bounds.",
            "A rule holds in every RUN, with enough support in each; what follows from other rules is left out. They are offers:"
                    + " read them, delete what only happens to hold, and use the rest with dettrace check --oracle."
                    + " Deadlines are written as comments, to be chosen from.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  dettrace mine good1.jsonl good2.jsonl good3.jsonl -o service.rules",
            "  dettrace mine 'runs/*/trace.jsonl' --by order_id -o orders.rules",
            "  dettrace check run.jsonl --oracle service.rules",
            "",
            "Exit status: 0 written, 2 trouble."
        })
final class MineCommand implements Callable<Integer> {
    /** Rules that are written, unless all are asked for. */
    private static final int MOST = 100;

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Passing runs, each a run of its own.")
    private List<String> inputs;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "FILE",
            description = "File to write, or - for standard output.")
    private String out;

    @Option(names = "--force", description = "Replace FILE if it is there.")
    private boolean force;

    @Option(
            names = "--by",
            paramLabel = "FIELD[,FIELD]",
            description =
                    "Take events together that have the same value in FIELD (an order, a lock); repeatable. Told from"
                            + " the values by default.")
    private List<String> by = List.of();

    @Option(
            names = "--support",
            paramLabel = "N",
            description = "Times that a rule must have held in every run to be offered (default: 5).")
    private int support = Miner.SUPPORT;

    @Option(
            names = "--all",
            description = "Write all rules. By default the " + MOST
                    + " are written that were seen to hold most often in every run.")
    private boolean all;

    @Mixin
    private ReadingArguments reading;

    @Mixin
    private Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (support < 1) {
            throw new ParameterException(spec.commandLine(), "--support must be 1 or more, not " + support);
        }
        if (!out.equals("-")) {
            OutputFile.check(Path.of(out), inputs, force);
        }
        String file;
        try (Runs runs = new Runs(reading.toOptions(Optional.empty()), System.in)) {
            List<OpenedRun> opened = new ArrayList<>();
            for (String input : inputs) {
                opened.addAll(runs.openEach(List.of(input)));
            }
            file = mine(opened);
        }
        if (out.equals("-")) {
            spec.commandLine().getOut().print(file);
            spec.commandLine().getOut().flush();
        } else {
            WholeFile.writeBytes(Path.of(out), stream -> stream.write(file.getBytes(StandardCharsets.UTF_8)));
        }
        return Main.EQUIVALENT;
    }

    private String mine(List<OpenedRun> runs) throws IOException {
        List<ObservedRun> observed =
                runs.stream().map(r -> new ObservedRun(r, Optional.empty())).toList();
        List<String> kind = observed.get(0).kindFields();
        List<String> lane = observed.get(0).laneFields();
        if (kind.isEmpty()) {
            throw new InputException(runs.get(0).run().name() + ": no field says what happened; name it with --kind");
        }
        for (int i = 1; i < runs.size(); i++) {
            if (!observed.get(i).kindFields().equals(kind)
                    || !observed.get(i).laneFields().equals(lane)) {
                throw new InputException(runs.get(i).run().name() + ": is understood in another way than "
                        + runs.get(0).run().name() + " (kind " + observed.get(i).kindFields() + ", lane "
                        + observed.get(i).laneFields() + "; there " + kind + " and " + lane
                        + "): say it with --kind and --lane");
            }
        }
        Set<String> not = new HashSet<>(kind);
        for (OpenedRun run : runs) {
            for (Role role : List.of(Role.TIME, Role.CLOCK, Role.EVENT, Role.LINK)) {
                not.addAll(run.mapping().fields(role));
            }
        }
        observed.forEach(o -> not.addAll(o.timeFields()));
        List<Scope> scopes = scopes(runs, kind, lane, not);
        scopes.forEach(s -> not.addAll(s.fields()));
        not.addAll(lane);
        Miner miner = new Miner(scopes, not);
        long events = 0;
        for (int i = 0; i < runs.size(); i++) {
            Miner.Pass pass = miner.run();
            events += pass(observed.get(i), runs.get(i), event -> pass.take(event, event.fields()));
            pass.end();
        }
        Mined checked = check(runs, observed, miner);
        Mined mined = all ? checked : checked.strongest(MOST);
        summary(mined, scopes);
        return mined.write(
                List.of(
                        String.format(
                                Locale.ROOT,
                                "Mined from %d passing run%s, %,d events; each rule held at least %d times in every run.",
                                runs.size(),
                                runs.size() == 1 ? "" : "s",
                                events,
                                support),
                        "Rules are offers: delete what only happens to hold. "
                                + mined.implied().size() + " that follow from others are left out."),
                kind,
                observed.get(0).isMerged() ? List.of() : lane);
    }

    /** Checks what was mined on the same runs, in a second pass. */
    private Mined check(List<OpenedRun> runs, List<ObservedRun> observed, Miner miner) throws IOException {
        Mined mined = miner.mine(support);
        SelfCheck check = new SelfCheck(miner, mined, support, RuleChecker.MAX_KEYS);
        for (int i = 0; i < runs.size(); i++) {
            SelfCheck.Pass pass = check.run();
            pass(observed.get(i), runs.get(i), pass::take);
            pass.end();
        }
        return check.checked(mined);
    }

    private List<Scope> scopes(List<OpenedRun> runs, List<String> kind, List<String> lane, Set<String> not) {
        List<Scope> scopes = new ArrayList<>();
        if (by.isEmpty()) {
            Set<String> noKey = new HashSet<>(not);
            noKey.addAll(lane.size() == 1 ? lane : List.of());
            List<List<List<Field>>> samples =
                    runs.stream().map(OpenedRun::sample).toList();
            KeyFields.infer(samples, kind, noKey).forEach(f -> scopes.add(new Scope(List.of(f))));
        }
        for (String fields : by) {
            scopes.add(new Scope(List.of(fields.split("\\s*,\\s*"))));
        }
        if (!scopes.contains(Scope.EACH_LANE)) {
            scopes.add(Scope.EACH_LANE);
        }
        return scopes;
    }

    private long pass(ObservedRun observed, OpenedRun run, Consumer<ObservedRun> to) throws IOException {
        long[] events = {0};
        try (Terminal.ProgressLine progress =
                terminal.progress(spec.commandLine().getErr(), run.run().sizeHint(), 0)) {
            observed.read(
                    event -> {
                        to.accept(event);
                        events[0]++;
                    },
                    (bytes, n) -> progress.update(bytes, 0, n));
        }
        return events[0];
    }

    private void summary(Mined mined, List<Scope> scopes) {
        PrintWriter err = spec.commandLine().getErr();
        List<String> keys = scopes.stream()
                .map(s -> s.equals(Scope.EACH_LANE) ? "lane" : s.names())
                .toList();
        err.printf(
                Locale.ROOT,
                "dettrace: %d rule%s, events taken together by %s%n",
                mined.rules().size(),
                mined.rules().size() == 1 ? "" : "s",
                String.join("; ", keys));
        mined.notes().forEach(n -> err.println("dettrace: note: " + n));
    }
}

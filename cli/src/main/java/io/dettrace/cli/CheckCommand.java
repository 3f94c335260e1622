package io.dettrace.cli;

import io.dettrace.event.InputException;
import io.dettrace.formats.OpenedRun;
import io.dettrace.formats.Runs;
import io.dettrace.formats.history.HistoryReader;
import io.dettrace.oracle.history.Limits;
import io.dettrace.oracle.history.Linearizability;
import io.dettrace.oracle.history.LinearizabilityChecker;
import io.dettrace.oracle.history.ModelException;
import io.dettrace.oracle.history.Verdict;
import io.dettrace.oracle.history.model.Models;
import io.dettrace.oracle.rules.Rule;
import io.dettrace.oracle.rules.RuleResult;
import io.dettrace.report.HistoryJsonReport;
import io.dettrace.report.HistoryReport;
import io.dettrace.report.HistoryTextReport;
import io.dettrace.report.RuleJsonReport;
import io.dettrace.report.RuleReport;
import io.dettrace.report.RuleTextReport;
import java.io.IOException;
import java.io.PrintWriter;
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

/** {@code dettrace check}: what is wrong with a run, without one to compare it with. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"dettrace check [OPTIONS] RUN...", "       dettrace check --models", ""},
        description = {
            "Tells whether a history of concurrent calls is linearizable, and where it first is not; with --oracle whether a"
                    + " run keeps the rules in a file, and which event first violates one.",
            "Each RUN is a history of its own: a file, a folder, a pattern in quotes, or - for standard input.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  dettrace check history.edn",
            "  dettrace check 'jepsen/*.log' --brief",
            "  dettrace check calls.jsonl --model queue --phase event --op method --process client",
            "  dettrace check --together client1.jsonl client2.jsonl --time ts",
            "  dettrace check transfers.jsonl --model account.model",
            "  dettrace check run.edn --model com.acme.Ledger --model-path ledger.jar",
            "  dettrace check --models",
            "  dettrace check run.jsonl --oracle life-cycle.rules",
            "",
            "Exit status: 0 linearizable, or all rules hold, 1 not, 2 undecided or trouble."
        })
final class CheckCommand implements Callable<Integer> {
    enum Format {
        TEXT,
        JSON
    }

    @Parameters(arity = "0..*", paramLabel = "RUN", description = "What to check.")
    private List<String> inputs = List.of();

    @Option(names = "--together", description = "Read all RUNs as one history, in the order of times.")
    private boolean together;

    @Mixin
    private ModelArguments model;

    @Option(names = "--models", description = "List the built-in models, and stop.")
    private boolean models;

    @Option(
            names = "--max-states",
            paramLabel = "N",
            description =
                    "Configurations that may be held at a time before the answer is undecided (default: 1000000); steps"
                            + " may be 100 times as many.")
    private int maxStates = Limits.STATES;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: text).")
    private Format format;

    @Option(names = "--brief", description = "One line for each history.")
    private boolean brief;

    @Mixin
    private RuleArguments rules;

    @Mixin
    private HistoryArguments fields;

    @Mixin
    private ReadingArguments reading;

    @Mixin
    private Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (models) {
            Models.names().forEach((name, about) -> out.printf("%-14s  %s%n", name, about));
            return Main.EQUIVALENT;
        }
        if (inputs.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "RUN is missing; name a file, a folder or -");
        }
        if (maxStates < 1) {
            throw new ParameterException(spec.commandLine(), "--max-states must be 1 or more, not " + maxStates);
        }
        if (rules.given()) {
            return checkRules();
        }
        List<HistoryReport> all = new ArrayList<>();
        boolean trouble = false;
        try (Runs runs = new Runs(reading.toOptions(Optional.empty()), System.in)) {
            List<List<String>> groups =
                    together ? List.of(inputs) : inputs.stream().map(List::of).toList();
            for (List<String> group : groups) {
                try {
                    for (OpenedRun run : runs.openEach(group)) {
                        HistoryReport report = check(run);
                        show(report, !all.isEmpty());
                        all.add(report);
                    }
                } catch (InputException unreadable) {
                    trouble = true;
                    spec.commandLine().getErr().println("dettrace: " + unreadable.getMessage());
                }
            }
        }
        if (format == Format.JSON) {
            out.print(HistoryJsonReport.render(all));
        }
        boolean undecided = all.stream().anyMatch(r -> r.found().verdict() == Verdict.UNDECIDED);
        boolean violated = all.stream().anyMatch(r -> r.found().verdict() == Verdict.NOT_LINEARIZABLE);
        return trouble || undecided ? Main.TROUBLE : violated ? Main.DIVERGED : Main.EQUIVALENT;
    }

    private int checkRules() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Rule.All read = rules.read();
        List<RuleReport> all = new ArrayList<>();
        boolean trouble = false;
        try (Runs runs = new Runs(reading.toOptions(Optional.empty()), System.in)) {
            for (List<String> group :
                    together ? List.of(inputs) : inputs.stream().map(List::of).toList()) {
                try {
                    for (OpenedRun run : runs.openEach(group)) {
                        RuleReport report = check(run, read);
                        if (format == Format.TEXT) {
                            out.print(
                                    brief
                                            ? RuleTextReport.line(report) + "\n"
                                            : (all.isEmpty() ? "" : "\n")
                                                    + RuleTextReport.render(report, terminal.colour()));
                            out.flush();
                        }
                        all.add(report);
                    }
                } catch (InputException unreadable) {
                    trouble = true;
                    spec.commandLine().getErr().println("dettrace: " + unreadable.getMessage());
                }
            }
        }
        if (format == Format.JSON) {
            out.print(RuleJsonReport.render(all));
        }
        boolean undecided = all.stream().anyMatch(r -> r.found().verdict() == RuleResult.Verdict.UNDECIDED);
        boolean violated = all.stream().anyMatch(r -> r.found().verdict() == RuleResult.Verdict.VIOLATED);
        return trouble || undecided ? Main.TROUBLE : violated ? Main.DIVERGED : Main.EQUIVALENT;
    }

    private RuleReport check(OpenedRun run, Rule.All read) throws IOException {
        try (Terminal.ProgressLine progress =
                terminal.progress(spec.commandLine().getErr(), run.run().sizeHint(), 0)) {
            return rules.check(run, read, (bytes, events) -> progress.update(bytes, 0, events));
        }
    }

    private HistoryReport check(OpenedRun run) throws IOException {
        HistoryReader.Read read;
        try (Terminal.ProgressLine progress =
                terminal.progress(spec.commandLine().getErr(), run.run().sizeHint(), 0)) {
            read = HistoryReader.read(run, fields.toFields(), (bytes, events) -> progress.update(bytes, 0, events));
        }
        ModelArguments.Chosen chosen = model.choose(run.run().name(), read.history());
        Limits limits = new Limits(maxStates, maxStates * Limits.STEPS_A_STATE);
        Linearizability found;
        try {
            found = LinearizabilityChecker.check(read.history(), chosen.model(), limits);
        } catch (ModelException e) {
            throw new InputException(run.run().name() + ": " + e.getMessage(), e);
        }
        return new HistoryReport(
                run.run().name(),
                run.run().files(),
                run.run().hasLines(),
                chosen.why(),
                List.copyOf(HistoryReader.used(read.fields())),
                read.sorted(),
                limits,
                found,
                read.history().notes());
    }

    private void show(HistoryReport report, boolean further) {
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.TEXT) {
            out.print(
                    brief
                            ? HistoryTextReport.line(report) + "\n"
                            : (further ? "\n" : "") + HistoryTextReport.render(report, terminal.colour()));
            out.flush();
        }
    }
}

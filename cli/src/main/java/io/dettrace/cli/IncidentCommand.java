package io.dettrace.cli;

import io.dettrace.event.InputException;
import io.dettrace.formats.OpenedRun;
import io.dettrace.formats.Runs;
import io.dettrace.incident.WindowIncident;
import io.dettrace.incident.report.IncidentDiffJson;
import io.dettrace.incident.report.IncidentJson;
import io.dettrace.incident.report.IncidentMarkdown;
import io.dettrace.incident.report.IncidentText;
import io.dettrace.incident.report.WindowsJson;
import io.dettrace.incident.report.WindowsMarkdown;
import io.dettrace.incident.report.WindowsText;
import io.dettrace.incident.request.FirstIncorrect;
import io.dettrace.incident.request.IncidentDiff;
import io.dettrace.incident.request.Request;
import io.dettrace.incident.request.RequestEvent;
import io.dettrace.incident.request.RequestIncident;
import io.dettrace.replay.ResultFolder;
import io.dettrace.replay.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dettrace incident}: what failed first in a distributed incident, why, and how far it reached. */
@Command(
        name = "incident",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {
            "dettrace incident [OPTIONS] BASELINE INCIDENT",
            "       dettrace incident [OPTIONS] INCIDENT",
            "       dettrace incident [OPTIONS] --pack=NAME",
            ""
        },
        description = {
            "Names the first failing service of an incident, the chain from its cause to the symptom, its family and blast"
                    + " radius, and what to check next.",
            "Inputs are event logs of one request, or traces in OTLP, Jaeger's or Zipkin's format. BASELINE is the request when"
                    + " it went well, or an earlier incident to tell the difference from.",
            "Where both hold many traces, they are windows: BASELINE when all was well, INCIDENT when it was not, files or folders"
                    + " with traces, logs and metrics. All requests are compared with all, and the services to blame are ranked.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  dettrace incident good.jsonl bad.jsonl",
            "  dettrace incident bad-trace.json",
            "  dettrace incident otlp/monday-10h otlp/monday-11h --out reports",
            "  dettrace incident last-week.jsonl today.jsonl --out reports",
            "  dettrace incident traces.json --request 4bf92f35 --format markdown > postmortem.md",
            "  dettrace incident --pack retry-storm",
            "",
            "Exit status: 0 no incident found, 1 incident, 2 trouble."
        })
final class IncidentCommand implements Callable<Integer> {
    enum Format {
        TEXT,
        JSON,
        MARKDOWN
    }

    private static final String REPORT = "distributed_incident_report.json";
    private static final String DIFF = "distributed_semantic_diff.json";
    private static final String MARKDOWN = "distributed_incident_report.md";
    private static final ResultFolder RESULTS = new ResultFolder(
            REPORT,
            IncidentJson.SCHEMA,
            Pattern.compile("distributed_(incident_report\\.(json|md)|semantic_diff\\.json)"));

    @Parameters(arity = "0..2", paramLabel = "RUN", description = "The baseline, if there is one, and the incident.")
    private List<String> inputs = List.of();

    @Option(
            names = "--pack",
            paramLabel = "NAME",
            description = "The runs of a bundled incident pack, or of the pack in a folder.")
    private String pack;

    @Option(
            names = "--request",
            paramLabel = "ID",
            description =
                    "The request or trace to look at, by the beginning of its identifier, where INCIDENT holds several.")
    private String request;

    @Option(names = "--baseline-request", paramLabel = "ID", description = "The same for BASELINE.")
    private String baselineRequest;

    @Option(
            names = "--level",
            paramLabel = "SHARE",
            defaultValue = "0.05",
            description =
                    "Of windows: share of false ones among what is reported, above 0 and below 1 (default: 0.05).")
    private double level;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json or markdown (default: text).")
    private Format format;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write distributed_incident_report.json and .md, and with a baseline"
                    + " distributed_semantic_diff.json, to DIR.")
    private Path out;

    @Option(names = "--force", description = "Let --out replace files that DetTrace did not write.")
    private boolean force;

    @Mixin
    private ReadingArguments reading;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!(level > 0 && level < 1)) {
            throw new ParameterException(spec.commandLine(), "--level is above 0 and below 1, not " + level);
        }
        List<String> named = named();
        String candidate = named.get(named.size() - 1);
        Optional<String> baseline = named.size() > 1 ? Optional.of(named.get(0)) : Optional.empty();
        if (out != null) {
            RESULTS.prepare(out, force, named.stream().map(Path::of).toList());
        }
        if (baseline.isPresent() && request == null && baselineRequest == null) {
            Optional<WindowIncident> windows = new WindowRuns(
                            reading.toOptions(Optional.empty()),
                            System.in,
                            spec.commandLine().getErr())
                    .compare(baseline.get(), candidate, level);
            if (windows.isPresent()) {
                return many(windows.get());
            }
        }
        try (Runs runs = new Runs(reading.toOptions(Optional.empty()), System.in)) {
            RequestRuns requests = new RequestRuns(runs, spec.commandLine().getErr());
            Optional<OpenedRun> before =
                    baseline.isPresent() ? Optional.of(requests.open(baseline.get())) : Optional.empty();
            return one(requests, before, requests.open(candidate));
        }
    }

    private List<String> named() throws IOException {
        if (pack != null && !inputs.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--pack and RUN exclude each other");
        }
        if (pack != null) {
            Pack found = Packs.find(pack);
            if (found.input().isPresent()) {
                throw new InputException(
                        "the pack " + found.name() + " holds both runs in one file; name two files instead of --pack");
            }
            return List.of(
                    found.baseline().orElseThrow().toString(),
                    found.candidate().orElseThrow().toString());
        }
        if (inputs.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "INCIDENT is missing; name a run, two runs, or a --pack");
        }
        return inputs;
    }

    private int many(WindowIncident incident) throws IOException {
        String text = switch (format) {
            case TEXT -> WindowsText.of(incident);
            case JSON -> WindowsJson.of(incident);
            case MARKDOWN -> WindowsMarkdown.of(incident);
        };
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
        if (out != null) {
            Files.deleteIfExists(out.resolve(DIFF));
            String markdown = WindowsMarkdown.of(incident);
            WholeFile.write(out.resolve(MARKDOWN), w -> w.write(markdown));
            String report = WindowsJson.of(incident);
            WholeFile.write(out.resolve(REPORT), w -> w.write(report));
        }
        return incident.isIncident() ? Main.DIVERGED : Main.EQUIVALENT;
    }

    /** One request, against another or alone. */
    private int one(RequestRuns requests, Optional<OpenedRun> baseline, OpenedRun candidate) throws IOException {
        List<RequestEvent> events = requests.read(candidate);
        Request bad = RequestRuns.choose(candidate.run().name(), events, Optional.ofNullable(request));
        Optional<Request> before = Optional.empty();
        Optional<FirstIncorrect> first = Optional.empty();
        if (baseline.isPresent()) {
            List<RequestEvent> good = requests.read(baseline.get());
            Request chosen =
                    RequestRuns.choose(baseline.get().run().name(), good, Optional.ofNullable(baselineRequest));
            boolean whole = bad.events() == events.size() && chosen.events() == good.size();
            before = Optional.of(chosen);
            first = whole && chosen.bad().isEmpty() ? requests.compare(baseline.get(), candidate) : first;
        }
        RequestIncident incident = RequestIncident.of(bad, before, first);
        Optional<IncidentDiff> diff =
                before.map(b -> new IncidentDiff(RequestIncident.of(b, Optional.empty(), Optional.empty()), incident));
        spec.commandLine().getOut().print(rendered(incident, diff));
        spec.commandLine().getOut().flush();
        if (out != null) {
            write(incident, diff);
        }
        return incident.isIncident() ? Main.DIVERGED : Main.EQUIVALENT;
    }

    private String rendered(RequestIncident incident, Optional<IncidentDiff> diff) throws IOException {
        return switch (format) {
            case TEXT -> IncidentText.of(incident, diff);
            case JSON -> IncidentJson.of(incident);
            case MARKDOWN -> IncidentMarkdown.of(incident, diff);
        };
    }

    private void write(RequestIncident incident, Optional<IncidentDiff> diff) throws IOException {
        if (diff.isPresent()) {
            String json = IncidentDiffJson.of(diff.get());
            WholeFile.write(out.resolve(DIFF), w -> w.write(json));
        } else {
            Files.deleteIfExists(out.resolve(DIFF));
        }
        String markdown = IncidentMarkdown.of(incident, diff);
        WholeFile.write(out.resolve(MARKDOWN), w -> w.write(markdown));
        String report = IncidentJson.of(incident);
        WholeFile.write(out.resolve(REPORT), w -> w.write(report));
    }
}

package io.dettrace.cli;

import io.dettrace.compare.CompareOptions;
import io.dettrace.compare.Divergence;
import io.dettrace.compare.Progress;
import io.dettrace.event.EventBlock;
import io.dettrace.event.InputException;
import io.dettrace.event.InputNote;
import io.dettrace.event.Run;
import io.dettrace.formats.DetTrace;
import io.dettrace.formats.OpenedRun;
import io.dettrace.formats.RunPair;
import io.dettrace.formats.Runs;
import io.dettrace.formats.oracle.ObservedRun;
import io.dettrace.incident.request.FirstIncorrect;
import io.dettrace.incident.request.Request;
import io.dettrace.incident.request.RequestEvent;
import io.dettrace.incident.request.RequestReader;
import io.dettrace.report.Explanation;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads requests out of runs, and compares two of them by the comparison core. */
final class RequestRuns {
    /** Events of one input that are kept in memory to make requests of. */
    static final int MAX_EVENTS = 200_000;

    private static final int SHOWN_IDS = 5;

    private final Runs runs;
    private final PrintWriter err;

    /**
     * @param err takes notes on what was tolerated in the inputs
     */
    RequestRuns(Runs runs, PrintWriter err) {
        this.runs = runs;
        this.err = err;
    }

    /** Opens an input. */
    OpenedRun open(String input) throws IOException {
        return runs.openOne(List.of(input));
    }

    /** The events of an input. */
    List<RequestEvent> read(OpenedRun run) throws IOException {
        ObservedRun observed = new ObservedRun(run, Optional.empty());
        String unit = run.run().hasLines() ? "line " : "event ";
        boolean one = run.run().files().size() == 1;
        List<RequestEvent> events = new ArrayList<>();
        List<InputNote> tolerated = observed.read(
                e -> {
                    if (events.size() < MAX_EVENTS) {
                        String place = (one ? "" : e.place().file() + ", ")
                                + unit
                                + e.place().line();
                        long time = e.time() == ObservedRun.NO_TIME ? EventBlock.NO_TIME : e.time();
                        events.add(new RequestEvent(e.fields(), time, place));
                    }
                },
                (bytes, count) -> {});
        tolerated.forEach(n -> err.println("dettrace: note: " + run.run().name() + ": " + n.message() + ": " + n.count()
                + (n.first().isEmpty() ? "" : " (first: " + n.first() + ")")));
        if (events.size() == MAX_EVENTS) {
            throw new InputException(
                    run.run().name() + ": has " + MAX_EVENTS
                            + " events or more, which are not kept in memory for one request; cut it to the request in question");
        }
        return events;
    }

    /** The one request to look at. */
    static Request choose(String input, List<RequestEvent> events, Optional<String> wanted) throws InputException {
        List<String> all = RequestReader.ids(events);
        List<String> fitting = all.stream()
                .filter(id -> wanted.isEmpty() || id.startsWith(wanted.get()))
                .toList();
        if (fitting.size() == 1) {
            Request request = RequestReader.read(input, fitting.get(0), events);
            if (request.services().isEmpty()) {
                throw new InputException(input + ": no event names its service, expected a field such as service,"
                        + " service_name or component; is this an event log of a request, or a trace?");
            }
            return request;
        }
        List<String> known = all.stream().limit(SHOWN_IDS).toList();
        throw new InputException(input + ": expected one request"
                + wanted.map(w -> " " + w).orElse("") + ", found "
                + fitting.size() + " of " + all.size() + " (" + String.join(", ", known)
                + (all.size() > SHOWN_IDS ? ", ..." : "") + "); choose one with --request or --baseline-request");
    }

    /** Where a request departs from a good one, by the comparison of all their events; empty if it does not. */
    Optional<FirstIncorrect> compare(OpenedRun baseline, OpenedRun candidate) throws IOException {
        try (RunPair pair = runs.open(baseline, candidate)) {
            Explanation explanation = DetTrace.compare(pair, CompareOptions.DEFAULT, Progress.NONE);
            Optional<Divergence> first = explanation.comparison().first();
            return first.map(d -> new FirstIncorrect(
                    d.index(), d.type().key(), explanation.sentence().orElse(""), place(d, pair)));
        }
    }

    private static String place(Divergence d, RunPair pair) {
        boolean there = d.actual().isPresent();
        Run run = there ? pair.candidate() : pair.baseline();
        return d.actual()
                .or(d::expected)
                .map(e -> run.files().get(e.source().file())
                        + (run.hasLines() ? ", line " : ", event ")
                        + e.source().line())
                .orElse(run.name());
    }
}

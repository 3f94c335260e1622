package io.dettrace.replay;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dettrace.replay.Proof.Evidence;
import io.dettrace.replay.Proof.Held;
import io.dettrace.replay.Proof.Step;
import io.dettrace.replay.schedule.Decision;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A proof as JSON: the object that stands under {@code cause} in {@code divergence_report.json}. */
public final class ProofJson {
    /** Name and version of the object. */
    public static final String SCHEMA = "dettrace/cause/1";

    private final Proof proof;
    private final JsonGenerator json;

    private ProofJson(Proof proof, JsonGenerator json) {
        this.proof = proof;
        this.json = json;
    }

    /** Renders a proof. */
    public static String render(Proof proof) throws IOException {
        return Json.document(json -> new ProofJson(proof, json).all());
    }

    private void all() throws IOException {
        json.writeStringField("schema", SCHEMA);
        json.writeStringField("verdict", proof.verdict().words());
        json.writeStringField("failure", proof.failure().text());
        json.writeStringField("message", proof.message());
        json.writeStringField("summary", proof.steps().isEmpty() ? proof.detail() : ProofText.sentence(proof));
        json.writeNumberField("recorded_decisions", proof.recorded());
        json.writeArrayFieldStart("minimal");
        for (Step s : proof.steps()) {
            step(s);
        }
        json.writeEndArray();
        json.writeFieldName("window");
        window(proof.telling().flatMap(Step::window));
        deadlock();
        threads();
        json.writeObjectFieldStart("passes");
        json.writeStringField("summary", proof.steps().isEmpty() ? "" : ProofText.passing(proof));
        decisions("base", proof.base());
        decisions("schedule", proof.passing().map(RunResult::differences).orElse(List.of()));
        json.writeEndObject();
        decisions("fails", proof.failing().map(RunResult::differences).orElse(List.of()));
        evidence(proof.evidence());
    }

    private void decisions(String name, List<Decision> decisions) throws IOException {
        json.writeArrayFieldStart(name);
        for (Decision d : decisions) {
            json.writeString(d.line());
        }
        json.writeEndArray();
    }

    private void step(Step s) throws IOException {
        json.writeStartObject();
        json.writeStringField("decision", s.decision().line());
        json.writeBooleanField("made", s.made());
        json.writeStringField("without", s.without().text());
        json.writeFieldName("window");
        window(s.window());
        json.writeEndObject();
    }

    private void window(Optional<Window> window) throws IOException {
        if (window.isEmpty()) {
            json.writeNull();
            return;
        }
        Window w = window.get();
        json.writeStartObject();
        json.writeStringField("kind", w.kind().word());
        json.writeStringField("interrupted", w.interrupted());
        json.writeStringField("intruder", w.intruder());
        event("before", w.before());
        event("between", w.between());
        event("second", w.second());
        event("after", w.after());
        event("last", w.last());
        event("next", w.next());
        region("region", w.region(proof.paths()));
        region("intruding_region", w.intrudingRegion(proof.paths()));
        json.writeNumberField("events_between", w.ran());
        json.writeBooleanField("passes_if_later", w.passesLater());
        json.writeBooleanField("passes_if_earlier", w.passesEarlier());
        json.writeEndObject();
    }

    private void event(String name, Optional<LogEvent> event) throws IOException {
        if (event.isEmpty()) {
            json.writeNullField(name);
            return;
        }
        LogEvent e = event.get();
        json.writeObjectFieldStart(name);
        json.writeStringField("thread", e.thread());
        json.writeNumberField("n", e.n());
        json.writeStringField("op", e.op());
        if (e.res() != null) {
            json.writeStringField("res", e.res());
        }
        if (e.what() != null) {
            json.writeStringField("what", e.what());
        }
        if (e.index() >= 0) {
            json.writeNumberField("index", e.index());
        }
        if (e.at() != null) {
            json.writeStringField("at", e.at());
        }
        frames("path", proof.paths().of(e));
        json.writeEndObject();
    }

    private void frames(String name, List<String> path) throws IOException {
        json.writeArrayFieldStart(name);
        for (String frame : path) {
            json.writeString(frame);
        }
        json.writeEndArray();
    }

    private void region(String name, Optional<Region> region) throws IOException {
        if (region.isEmpty()) {
            json.writeNullField(name);
            return;
        }
        Region r = region.get();
        json.writeObjectFieldStart(name);
        json.writeStringField("method", r.method());
        json.writeStringField("file", r.file());
        json.writeNumberField("from", r.from());
        json.writeNumberField("to", r.to());
        json.writeEndObject();
    }

    private void deadlock() throws IOException {
        json.writeArrayFieldStart("deadlock");
        for (Held h : proof.deadlock()) {
            json.writeStartObject();
            json.writeStringField("thread", h.thread());
            json.writeStringField("waits_at", h.at());
            frames("waits_path", proof.paths().waiting(h));
            json.writeStringField("waits_for", h.waitsFor().orElse(null));
            json.writeStringField("held_by", h.holder().orElse(null));
            event("first_lock", h.holds().stream().findFirst());
            json.writeArrayFieldStart("holds");
            for (LogEvent e : h.holds()) {
                json.writeStartObject();
                json.writeStringField("res", e.res());
                frames("taken", proof.paths().of(e));
                json.writeEndObject();
            }
            json.writeEndArray();
            event("last_event", h.blocked());
            json.writeStringField("signal", h.signal().name().toLowerCase(Locale.ROOT));
            event("last_signal", h.lastSignal());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void threads() throws IOException {
        json.writeObjectFieldStart("threads");
        for (Map.Entry<String, String> e : proof.paths().names().entrySet()) {
            json.writeStringField(e.getKey(), e.getValue());
        }
        json.writeEndObject();
    }

    private void evidence(Evidence e) throws IOException {
        json.writeObjectFieldStart("evidence");
        json.writeNumberField("search_runs", e.searchRuns());
        json.writeNumberField("saved_runs", e.savedRuns());
        json.writeNumberField("repeats", e.repeats());
        json.writeNumberField("failed_again", e.failedAgain());
        json.writeNumberField("passed_again", e.passedAgain());
        json.writeNumberField("window_whole", e.whole());
        json.writeNumberField("window_whole_failing", e.wholeFailing());
        json.writeNumberField("window_broken", e.broken());
        json.writeNumberField("window_broken_failing", e.brokenFailing());
        json.writeEndObject();
    }
}

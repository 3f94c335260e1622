package io.dettrace.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dettrace.compare.Comparison;
import io.dettrace.compare.Divergence;
import io.dettrace.compare.DivergenceClass;
import io.dettrace.compare.EventPoint;
import io.dettrace.compare.MatchedPair;
import io.dettrace.compare.Side;
import io.dettrace.event.EventBlock;
import io.dettrace.event.InputNote;
import io.dettrace.event.Original;
import io.dettrace.event.Run;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.NoiseRules;
import io.dettrace.normalize.Role;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The artifact {@code divergence_report.json}. Keys stand in a fixed order, line ends are LF, indentation is two spaces:
 * the same comparison gives the same bytes.
 */
public final class JsonReport {
    /** Name and version of the artifact's schema. */
    public static final String SCHEMA = "dettrace/divergence_report/1";

    private final Explanation explanation;
    private final Optional<String> cause;
    private final JsonGenerator json;

    private JsonReport(Explanation explanation, Optional<String> cause, JsonGenerator json) {
        this.explanation = explanation;
        this.cause = cause;
        this.json = json;
    }

    /** Renders an explanation. */
    public static String render(Explanation explanation) throws IOException {
        return render(explanation, Optional.empty());
    }

    /**
     * Renders an explanation together with the cause that experiments have shown.
     *
     * @param cause a JSON object, which is written under {@code cause}
     */
    public static String render(Explanation explanation, String cause) throws IOException {
        return render(explanation, Optional.of(cause));
    }

    private static String render(Explanation explanation, Optional<String> cause) throws IOException {
        return Json.object(json -> new JsonReport(explanation, cause, json).all());
    }

    /**
     * The name that a class of divergence has under {@code divergence_type}: the earlier DetTrace's name where it had
     * one.
     */
    static String type(DivergenceClass c) {
        return switch (c) {
            case VALUE, SUBSTITUTED -> "event_mismatch";
            case MISSING -> "missing_event";
            case EXTRA -> "extra_event";
            case DUPLICATED -> "duplicate_event";
            case MOVED -> "moved_event";
            case LINK -> "cause_mismatch";
            default -> c.key();
        };
    }

    private void all() throws IOException {
        Comparison c = explanation.comparison();
        Optional<Divergence> first = c.first();
        json.writeStringField("schema", SCHEMA);
        boolean undecided = !c.isEqual() && c.roots().stream().allMatch(r -> r.type() == DivergenceClass.UNDECIDED);
        json.writeStringField("verdict", c.isEqual() ? "equivalent" : undecided ? "undecided" : "diverged");
        json.writeStringField("trace_a", explanation.baseline().name());
        json.writeStringField("trace_b", explanation.candidate().name());
        if (first.isPresent()) {
            json.writeNumberField("first_divergence_index", first.get().index());
            json.writeStringField("divergence_type", type(first.get().type()));
            json.writeStringField("summary", explanation.sentence(first.get()));
            events(first.get());
        } else {
            json.writeNullField("first_divergence_index");
            json.writeNullField("divergence_type");
            json.writeStringField("summary", "the runs are equivalent");
            json.writeNullField("expected");
            json.writeNullField("actual");
        }
        divergences("roots", c.roots(), Integer.MAX_VALUE);
        json.writeNumberField("effect_count", c.effectCount());
        json.writeObjectFieldStart("effects_by_lane");
        for (Map.Entry<String, Long> e : c.effectsByLane().entrySet()) {
            json.writeNumberField(e.getKey(), e.getValue());
        }
        json.writeEndObject();
        divergences("effects", c.effects(), Explanation.SHOWN_EFFECTS);
        counts(c);
        evidence(c);
        mapping(explanation.mapping());
        profile(explanation.mapping());
        new TimingJson(explanation, json).write();
        if (cause.isPresent()) {
            json.writeFieldName("cause");
            JsonCopy.value(cause.get(), json);
        }
        json.writeObjectFieldStart("inputs");
        input("baseline", explanation.baseline());
        input("candidate", explanation.candidate());
        json.writeEndObject();
    }

    private void profile(Mapping mapping) throws IOException {
        if (mapping.origin().isEmpty()) {
            json.writeNullField("profile");
            return;
        }
        NoiseRules.Origin origin = mapping.origin().get();
        json.writeObjectFieldStart("profile");
        json.writeStringField("name", origin.name());
        json.writeNumberField("runs", origin.runs());
        json.writeNumberField("rules", origin.rules());
        json.writeNumberField("by_hand", origin.byHand());
        text("note", origin.note());
        json.writeArrayFieldStart("kinds_not_met");
        for (String kind : explanation.kindsNotMet()) {
            json.writeString(kind);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void events(Divergence d) throws IOException {
        json.writeFieldName("expected");
        event(d.expected().map(explanation::expected));
        json.writeFieldName("actual");
        event(d.actual().map(explanation::actual));
        json.writeStringField(
                "expected_event",
                d.expected()
                        .map(explanation::expected)
                        .map(explanation::compared)
                        .orElse("<end_of_lane>"));
        json.writeStringField(
                "actual_event",
                d.actual().map(explanation::actual).map(explanation::compared).orElse("<end_of_lane>"));
        json.writeArrayFieldStart("differing_fields");
        for (FieldDiff.Difference f : explanation.differences(d)) {
            json.writeStartObject();
            json.writeStringField("field", f.path());
            text("expected", f.expected());
            text("actual", f.actual());
            if (f.allowed().isPresent()) {
                json.writeStringField("allowed", f.allowed().get());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void event(Optional<Original> event) throws IOException {
        if (event.isEmpty()) {
            json.writeNull();
        } else {
            JsonCopy.event(event.get(), json);
        }
    }

    private void text(String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        } else {
            json.writeNullField(name);
        }
    }

    private void divergences(String name, List<Divergence> divergences, int limit) throws IOException {
        json.writeArrayFieldStart(name);
        for (Divergence d : divergences.stream().limit(limit).toList()) {
            divergence(d);
        }
        json.writeEndArray();
    }

    private void divergence(Divergence d) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", d.id());
        json.writeStringField("class", d.type().key());
        json.writeStringField("lane", d.lane());
        json.writeNumberField("index", d.index());
        json.writeStringField("summary", explanation.sentence(d));
        point("expected_at", Side.BASELINE, d.expected());
        point("actual_at", Side.CANDIDATE, d.actual());
        events(d);
        json.writeNumberField("expected_count", d.expectedCount());
        json.writeNumberField("actual_count", d.actualCount());
        json.writeBooleanField("resynchronised", d.aligned());
        text("ended", d.endedSide().map(s -> s == Side.BASELINE ? "baseline" : "candidate"));
        json.writeNumberField("causal_depth", d.depth());
        if (!d.members().isEmpty()) {
            members(d);
        }
        if (d.isRoot()) {
            context(d);
        } else {
            explanationOf(d);
        }
        json.writeEndObject();
    }

    private void members(Divergence d) throws IOException {
        json.writeArrayFieldStart("members");
        for (Divergence.Member m : d.members()) {
            json.writeStartObject();
            json.writeStringField("lane", m.lane());
            point("expected_at", Side.BASELINE, m.expected());
            point("actual_at", Side.CANDIDATE, m.actual());
            json.writeFieldName("expected");
            event(m.expected().map(explanation::expected));
            json.writeFieldName("actual");
            event(m.actual().map(explanation::actual));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void context(Divergence d) throws IOException {
        json.writeArrayFieldStart("context");
        for (MatchedPair p : d.before()) {
            json.writeStartObject();
            json.writeNumberField("baseline_index", p.baseline().index());
            json.writeNumberField("candidate_index", p.candidate().index());
            json.writeFieldName("event");
            event(Optional.of(explanation.expected(p.baseline())));
            json.writeEndObject();
        }
        json.writeEndArray();
        following("expected_next", Side.BASELINE, d.expectedNext());
        following("actual_next", Side.CANDIDATE, d.actualNext());
    }

    private void following(String name, Side side, List<EventPoint> points) throws IOException {
        json.writeArrayFieldStart(name);
        for (EventPoint p : points) {
            event(Optional.of(explanation.original(side, p)));
        }
        json.writeEndArray();
    }

    private void explanationOf(Divergence d) throws IOException {
        json.writeArrayFieldStart("explained_by");
        for (int root : d.roots()) {
            json.writeNumber(root);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("causal_path");
        for (Divergence.PathStep s : d.path()) {
            json.writeStartObject();
            json.writeStringField("run", s.side() == Side.BASELINE ? "baseline" : "candidate");
            json.writeStringField("from_lane", s.fromLane());
            point("to", s.side(), Optional.of(s.event()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void point(String name, Side side, Optional<EventPoint> point) throws IOException {
        if (point.isEmpty()) {
            json.writeNullField(name);
            return;
        }
        EventPoint p = point.get();
        json.writeObjectFieldStart(name);
        json.writeStringField("lane", p.lane());
        json.writeNumberField("index", p.index());
        json.writeNumberField("lane_position", p.ordinal());
        json.writeStringField("file", explanation.original(side, p).file());
        json.writeNumberField("line", p.source().line());
        json.writeNumberField("byte_offset", p.source().offset());
        json.writeNumberField("byte_length", p.source().length());
        if (p.time() != EventBlock.NO_TIME) {
            json.writeNumberField("time_ns", p.time());
        }
        json.writeEndObject();
    }

    private void counts(Comparison c) throws IOException {
        if (explanation.identicalBytes().isPresent()) {
            json.writeNumberField(
                    "identical_bytes", explanation.identicalBytes().getAsLong());
            json.writeNullField("counts");
            return;
        }
        json.writeNullField("identical_bytes");
        json.writeObjectFieldStart("counts");
        json.writeNumberField("baseline_events", c.baselineEvents());
        json.writeNumberField("candidate_events", c.candidateEvents());
        json.writeNumberField("matched", c.matched());
        json.writeNumberField("lanes", c.lanes());
        json.writeNumberField("roots", c.roots().size());
        json.writeNumberField("effects", c.effectCount());
        json.writeNumberField("dangling_links", c.danglingLinks());
        json.writeNumberField("cyclic_links", c.cyclicLinks());
        json.writeNumberField("max_unmatched", c.maxQueued());
        json.writeBooleanField("complete", c.complete());
        json.writeEndObject();
    }

    private void evidence(Comparison c) throws IOException {
        String order = explanation.isOrderOnly() ? "recorded_order" : c.linked() ? "lanes_and_links" : "lanes";
        json.writeStringField("evidence", order);
    }

    private void mapping(Mapping m) throws IOException {
        json.writeObjectFieldStart("mapping");
        for (Role role : Role.values()) {
            json.writeArrayFieldStart(role.key());
            for (String path : m.fields(role)) {
                json.writeString(path);
            }
            json.writeEndArray();
        }
        json.writeStringField("time_unit", m.timeScale().key());
        text("split", m.split());
        text("pattern", m.pattern());
        text("delimiter", m.delimiter());
        json.writeObjectFieldStart("reasons");
        for (Map.Entry<String, String> e : m.reasons().entrySet()) {
            json.writeStringField(e.getKey(), e.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void input(String name, Run run) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("name", run.name());
        json.writeArrayFieldStart("files");
        List<String> files = run.files();
        for (int i = 0; i < files.size(); i++) {
            json.writeStartObject();
            json.writeStringField("name", files.get(i));
            json.writeStringField("sha256", run.digest(i));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("notes");
        for (InputNote n : run.notes()) {
            json.writeStartObject();
            json.writeStringField("code", n.code());
            json.writeStringField("message", n.message());
            json.writeNumberField("count", n.count());
            json.writeStringField("first", n.first());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}

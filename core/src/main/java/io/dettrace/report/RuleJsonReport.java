package io.dettrace.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dettrace.event.InputNote;
import io.dettrace.oracle.rules.Observation;
import io.dettrace.oracle.rules.RuleOutcome;
import io.dettrace.oracle.rules.RuleResult;
import io.dettrace.oracle.rules.Violation;
import io.dettrace.oracle.rules.Witness;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Checks of rules as JSON, by {@code docs/reference/rules.schema.json}. */
public final class RuleJsonReport {
    /** Name and version of the schema. */
    public static final String SCHEMA = "dettrace/rules/1";

    private final JsonGenerator json;

    private RuleJsonReport(JsonGenerator json) {
        this.json = json;
    }

    /** The JSON, two spaces an indentation, LF line ends, keys in fixed order. */
    public static String render(List<RuleReport> reports) throws IOException {
        return Json.object(json -> {
            RuleJsonReport it = new RuleJsonReport(json);
            json.writeStringField("schema", SCHEMA);
            json.writeArrayFieldStart("runs");
            for (RuleReport r : reports) {
                it.run(r);
            }
            json.writeEndArray();
        });
    }

    private void run(RuleReport r) throws IOException {
        RuleResult found = r.found();
        json.writeStartObject();
        json.writeStringField("name", r.name());
        strings("files", r.files());
        json.writeStringField("verdict", found.verdict().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("events", found.events());
        json.writeBooleanField("cut", found.cut());
        json.writeBooleanField("sorted_by_time", r.merged());
        json.writeNumberField("times_backwards", found.backwards());
        json.writeNumberField("max_keys", r.maxKeys());
        strings("kind_fields", r.kind());
        if (found.first().isPresent()) {
            json.writeFieldName("first_violation");
            violation(found.first().get());
            json.writeBooleanField("is_first", found.exact());
        }
        json.writeArrayFieldStart("rules");
        for (RuleOutcome o : found.rules()) {
            outcome(o);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("notes");
        for (InputNote n : r.notes()) {
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

    private void outcome(RuleOutcome o) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", o.rule().file());
        json.writeNumberField("line", o.rule().line());
        json.writeStringField("rule", o.rule().text());
        json.writeNumberField("events", o.events());
        json.writeNumberField("incomplete", o.incomplete());
        strings("absent_kinds", o.absent());
        json.writeNumberField("most_keys", o.keys());
        json.writeBooleanField("undecided", o.undecided());
        json.writeNumberField("violations", o.violations());
        if (o.first().isPresent()) {
            json.writeFieldName("first_violation");
            violation(o.first().get());
        }
        json.writeEndObject();
    }

    private void violation(Violation v) throws IOException {
        json.writeStartObject();
        json.writeStringField("rule_file", v.rule().file());
        json.writeNumberField("rule_line", v.rule().line());
        json.writeBooleanField("at_end", v.event().isEmpty());
        if (v.event().isPresent()) {
            json.writeFieldName("event");
            witness(v.event().get());
        }
        json.writeStringField("key", v.key());
        json.writeStringField("found", v.found());
        json.writeStringField("expected", v.expected());
        json.writeArrayFieldStart("witness");
        for (Witness w : v.witness()) {
            witness(w);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void witness(Witness w) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", w.at().file());
        json.writeNumberField("line", w.at().line());
        json.writeNumberField("number", w.number());
        json.writeStringField("lane", w.lane());
        json.writeStringField("what", w.what());
        if (w.time() != Observation.NO_TIME) {
            json.writeNumberField("time_ns", w.time());
        }
        json.writeEndObject();
    }

    private void strings(String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String s : values) {
            json.writeString(s);
        }
        json.writeEndArray();
    }
}

package io.dettrace.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dettrace.event.InputNote;
import io.dettrace.oracle.history.Linearizability;
import io.dettrace.oracle.history.Linearizability.Step;
import io.dettrace.oracle.history.Linearizability.Undecided;
import io.dettrace.oracle.history.Linearizability.Violation;
import io.dettrace.oracle.history.Operation;
import io.dettrace.oracle.history.Outcome;
import io.dettrace.oracle.history.Place;
import io.dettrace.oracle.history.Value;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Checks of histories as JSON, by {@code docs/reference/check.schema.json}. */
public final class HistoryJsonReport {
    /** Name and version of the schema. */
    public static final String SCHEMA = "dettrace/check/1";

    private final JsonGenerator json;

    private HistoryJsonReport(JsonGenerator json) {
        this.json = json;
    }

    /** The JSON, two spaces an indentation, LF line ends, keys in fixed order. */
    public static String render(List<HistoryReport> reports) throws IOException {
        return Json.object(json -> new HistoryJsonReport(json).all(reports));
    }

    private void all(List<HistoryReport> reports) throws IOException {
        json.writeStringField("schema", SCHEMA);
        json.writeArrayFieldStart("runs");
        for (HistoryReport r : reports) {
            run(r);
        }
        json.writeEndArray();
    }

    private void run(HistoryReport r) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", r.name());
        strings("files", r.files());
        json.writeFieldName("linearizability");
        linearizability(r);
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

    private void linearizability(HistoryReport r) throws IOException {
        Linearizability found = r.found();
        json.writeStartObject();
        json.writeStringField("verdict", found.verdict().name().toLowerCase(Locale.ROOT));
        json.writeStringField("model", found.model());
        json.writeStringField("model_reason", r.why());
        strings("fields", r.fields());
        json.writeBooleanField("sorted_by_time", r.sorted());
        json.writeObjectFieldStart("counts");
        json.writeNumberField("operations", found.operations());
        json.writeNumberField("unknown", found.unknown());
        json.writeNumberField("refused", found.refused());
        json.writeNumberField("left_out", found.leftOut());
        json.writeNumberField("parts", found.parts());
        json.writeNumberField("parts_by_values", found.byValues());
        json.writeNumberField("most_configurations", found.mostStates());
        json.writeNumberField("steps", found.steps());
        json.writeEndObject();
        json.writeObjectFieldStart("limits");
        json.writeNumberField("configurations", r.limits().states());
        json.writeNumberField("steps", r.limits().steps());
        json.writeEndObject();
        if (found.violation().isPresent()) {
            json.writeFieldName("violation");
            violation(found.violation().get());
        }
        json.writeArrayFieldStart("undecided");
        for (Undecided u : found.undecided()) {
            json.writeStartObject();
            value("part", u.part());
            place("explained_up_to", u.from().returnedAt().orElse(u.from().invokedAt()));
            json.writeNumberField("explained", u.explained());
            json.writeNumberField("operations", u.operations());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void violation(Violation v) throws IOException {
        json.writeStartObject();
        place("at", v.operation().returnedAt().orElse(v.operation().invokedAt()));
        json.writeBooleanField("is_first", v.exact());
        value("part", v.part());
        json.writeFieldName("operation");
        operation(v.operation(), true);
        json.writeArrayFieldStart("would_have_fit");
        for (Outcome o : v.wouldFit()) {
            json.writeStartObject();
            if (o.result() != null) {
                value("result", o.result());
            }
            json.writeBooleanField("failed", o.refused());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeBooleanField("would_have_fit_complete", v.allThatFit());
        json.writeObjectFieldStart("counterexample");
        json.writeBooleanField("minimal", v.counterexample().minimal());
        json.writeNumberField("of", v.counterexample().of());
        json.writeArrayFieldStart("operations");
        for (Operation o : v.counterexample().operations()) {
            operation(o, true);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeArrayFieldStart("witness");
        for (Step s : v.witness()) {
            json.writeStartObject();
            json.writeFieldName("operation");
            operation(s.operation(), s.operation() != v.operation());
            json.writeStringField("state", s.state());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void operation(Operation o, boolean withOutcome) throws IOException {
        json.writeStartObject();
        json.writeStringField("process", o.process());
        json.writeStringField("function", o.call().function());
        value("key", o.call().key());
        value("argument", o.call().argument());
        if (withOutcome) {
            json.writeStringField("ending", o.ending().name().toLowerCase(Locale.ROOT));
            value("result", o.result());
        }
        place("invoked", o.invokedAt());
        if (o.returnedAt().isPresent()) {
            place("returned", o.returnedAt().get());
        }
        json.writeEndObject();
    }

    private void place(String name, Place place) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("file", place.file());
        json.writeNumberField("line", place.line());
        json.writeEndObject();
    }

    private void value(String name, Value value) throws IOException {
        json.writeFieldName(name);
        json.writeRawValue(value.json());
    }

    private void strings(String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String s : values) {
            json.writeString(s);
        }
        json.writeEndArray();
    }
}

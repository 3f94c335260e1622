package io.dettrace.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dettrace.clocks.ClockCollector;
import io.dettrace.clocks.ClockConflict;
import io.dettrace.clocks.ClockEstimate;
import io.dettrace.clocks.ClockPair;
import io.dettrace.clocks.CorrectedTime;
import io.dettrace.clocks.MessageTimes;
import io.dettrace.event.InputNote;
import java.io.IOException;

/** Clocks as JSON, by {@code docs/reference/clocks.schema.json}. */
public final class ClockJsonReport {
    /** Name and version of the schema. */
    public static final String SCHEMA = "dettrace/clocks/1";

    private final ClockReport it;
    private final JsonGenerator json;

    private ClockJsonReport(ClockReport it, JsonGenerator json) {
        this.it = it;
        this.json = json;
    }

    /** The JSON, two spaces an indentation, LF line ends, keys in fixed order. */
    public static String render(ClockReport report) throws IOException {
        return Json.object(json -> new ClockJsonReport(report, json).all());
    }

    private void all() throws IOException {
        json.writeStringField("schema", SCHEMA);
        json.writeStringField("name", it.name());
        json.writeArrayFieldStart("files");
        for (String file : it.files()) {
            json.writeString(file);
        }
        json.writeEndArray();
        json.writeStringField("reference", it.table().reference());
        json.writeBooleanField("contradictory", it.table().isContradictory());
        number("max_skew_ppm", it.maxSkewPpm());
        json.writeArrayFieldStart("clocks");
        for (ClockEstimate c : it.table().estimates()) {
            clock(c);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("pairs");
        for (ClockPair p : it.table().pairs()) {
            pair(p);
        }
        json.writeEndArray();
        counts(it.counts());
        json.writeArrayFieldStart("notes");
        for (InputNote n : it.notes()) {
            json.writeStartObject();
            json.writeStringField("code", n.code());
            json.writeStringField("message", n.message());
            json.writeNumberField("count", n.count());
            json.writeStringField("first", n.first());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void clock(ClockEstimate c) throws IOException {
        json.writeStartObject();
        json.writeStringField("clock", c.domain());
        json.writeStringField("reference", c.reference());
        json.writeStringField("quality", c.quality().key());
        json.writeNumberField("at_ns", c.at());
        json.writeNumberField("offset_ns", c.offset());
        error("offset_error_ns", c.error());
        json.writeStringField("bound", c.bound().key());
        number("skew_ppm", c.skewPpm());
        number("skew_error_ppm", c.skewErrorPpm());
        json.writeNumberField("sent", c.sent());
        json.writeNumberField("received", c.received());
        json.writeNumberField("hops", c.hops());
        json.writeNumberField("resolution_ns", c.resolution());
        json.writeEndObject();
    }

    private void pair(ClockPair p) throws IOException {
        json.writeStartObject();
        json.writeStringField("first", p.first());
        json.writeStringField("second", p.second());
        json.writeStringField("quality", p.quality().key());
        json.writeNumberField("forward", p.forward());
        json.writeNumberField("backward", p.backward());
        json.writeNumberField("at_ns", p.at());
        json.writeNumberField("offset_ns", p.offset());
        error("offset_error_ns", p.error());
        number("skew_ppm", p.skewPpm());
        number("skew_error_ppm", p.skewErrorPpm());
        json.writeBooleanField("used", p.used());
        if (p.conflict().isPresent()) {
            conflict(p.conflict().get());
        }
        json.writeEndObject();
    }

    private void conflict(ClockConflict c) throws IOException {
        json.writeObjectFieldStart("conflict");
        json.writeNumberField("violation_ns", c.violation());
        number("needed_skew_ppm", c.neededSkewPpm());
        json.writeNumberField("steepest_after", c.from());
        json.writeArrayFieldStart("messages");
        for (MessageTimes m : c.messages()) {
            json.writeStartObject();
            json.writeStringField("sender", m.sender());
            json.writeNumberField("sent_ns", m.sent());
            json.writeStringField("receiver", m.receiver());
            json.writeNumberField("received_ns", m.received());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void counts(ClockCollector.Counts c) throws IOException {
        json.writeObjectFieldStart("counts");
        json.writeNumberField("events", c.events());
        json.writeNumberField("untimed", c.untimed());
        json.writeNumberField("links", c.links());
        json.writeNumberField("unresolved", c.unresolved());
        json.writeNumberField("beyond_pairs", c.beyondPairs());
        json.writeNumberField("out_of_range", c.outOfRange());
        json.writeEndObject();
    }

    private void error(String name, long error) throws IOException {
        if (error == CorrectedTime.UNKNOWN) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, error);
        }
    }

    /** JSON has no infinity: what is not known is null. */
    private void number(String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        } else {
            json.writeNullField(name);
        }
    }
}

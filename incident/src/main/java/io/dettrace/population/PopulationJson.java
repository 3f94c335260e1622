package io.dettrace.population;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dettrace.report.Json;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A study of runs as JSON, by {@code docs/reference/isolation.schema.json}. */
public final class PopulationJson {
    /** Name and version of the schema. */
    public static final String SCHEMA = "dettrace/isolation/1";

    private final JsonGenerator json;

    private PopulationJson(JsonGenerator json) {
        this.json = json;
    }

    /**
     * The JSON, two spaces an indentation, LF line ends, keys in fixed order.
     *
     * @param alpha probability of a false statement among those that are said to separate, 0 to 1
     * @param top statements written, 1 or more
     */
    public static String of(PopulationStudy study, double alpha, int top) throws IOException {
        return Json.object(json -> new PopulationJson(json).all(study, alpha, top));
    }

    private void all(PopulationStudy study, double alpha, int top) throws IOException {
        List<Separation> separating = study.separating(alpha);
        json.writeStringField("schema", SCHEMA);
        strings("passing", study.good());
        strings("failing", study.bad());
        json.writeNumberField("alpha", alpha);
        json.writeNumberField("statements", study.statements());
        json.writeNumberField("sets_of_runs", study.groups());
        json.writeNumberField("separating", separating.size());
        json.writeArrayFieldStart("ranked");
        for (Separation s : study.ranked().stream().limit(top).toList()) {
            separation(s, alpha);
        }
        json.writeEndArray();
        if (study.risk().isPresent()) {
            json.writeFieldName("risk");
            risk(study.risk().get());
        }
    }

    private void separation(Separation s, double alpha) throws IOException {
        json.writeStartObject();
        json.writeFieldName("statement");
        statement(s.statement());
        json.writeBooleanField("separates", s.adjusted() <= alpha);
        json.writeNumberField("failing", s.bad());
        json.writeNumberField("passing", s.good());
        json.writeNumberField("difference", s.difference());
        json.writeNumberField("difference_low", s.low());
        json.writeNumberField("difference_high", s.high());
        json.writeNumberField("p", s.p());
        json.writeNumberField("p_adjusted", s.adjusted());
        strings("places", s.places());
        json.writeArrayFieldStart("same_runs");
        for (Predicate p : s.others().stream().limit(20).toList()) {
            statement(p);
        }
        json.writeEndArray();
        json.writeNumberField("same_runs_count", s.others().size());
        json.writeEndObject();
    }

    private void statement(Predicate p) throws IOException {
        json.writeStartObject();
        json.writeStringField("form", p.form().name().toLowerCase(Locale.ROOT));
        json.writeStringField("text", p.text());
        json.writeStringField("first", p.first());
        json.writeStringField("second", p.second());
        json.writeStringField("value", p.value());
        json.writeEndObject();
    }

    private void risk(PrefixRisk risk) throws IOException {
        json.writeStartObject();
        json.writeStringField("along", risk.run());
        json.writeNumberField("passing", risk.good());
        json.writeNumberField("failing", risk.bad());
        json.writeNumberField("at_start", risk.riskAtStart());
        json.writeArrayFieldStart("steps");
        for (PrefixRisk.Step s : risk.steps()) {
            json.writeStartObject();
            json.writeNumberField("event", s.event());
            json.writeStringField("place", s.place());
            json.writeStringField("what", s.what());
            json.writeNumberField("passing", s.good());
            json.writeNumberField("failing", s.bad());
            if (s.risk().isPresent()) {
                json.writeNumberField("risk", s.risk().get());
            }
            json.writeNumberField("p", s.p());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (risk.jump().isPresent()) {
            json.writeNumberField("jump", risk.jump().get());
            json.writeNumberField("rise", risk.rise());
        }
        json.writeEndObject();
    }

    private void strings(String name, List<String> all) throws IOException {
        json.writeArrayFieldStart(name);
        for (String one : all) {
            json.writeString(one);
        }
        json.writeEndArray();
    }
}

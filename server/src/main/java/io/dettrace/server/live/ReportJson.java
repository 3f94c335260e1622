package io.dettrace.server.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.dettrace.incident.culprit.Culprit;
import io.dettrace.incident.culprit.Departure;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Reports of windows for programs: an object in one line for each window. */
public final class ReportJson {
    /** Departures of a culprit that are written. */
    private static final int EVIDENCE = 10;

    private ReportJson() {}

    /** A window's line, without its end. */
    public static String line(WindowReport r) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("window_start", r.start().toString());
            json.writeStringField("window_end", r.end().toString());
            json.writeStringField("state", r.state().name().toLowerCase(Locale.ROOT));
            json.writeStringField("since", r.since().toString());
            json.writeNumberField("requests", r.requests());
            json.writeNumberField("requests_sampled", r.sampled());
            json.writeNumberField("entry_points", r.entryPoints());
            json.writeNumberField("baseline_windows", r.baselineWindows());
            json.writeNumberField("shed", r.shed());
            json.writeArrayFieldStart("culprits");
            for (Culprit c : r.culprits()) {
                culprit(c, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private static void culprit(Culprit c, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("service", c.service());
        json.writeNumberField("score", c.score());
        json.writeArrayFieldStart("evidence");
        for (Departure d :
                c.evidence().subList(0, Math.min(EVIDENCE, c.evidence().size()))) {
            json.writeStartObject();
            json.writeStringField("kind", d.kind().name().toLowerCase(Locale.ROOT));
            json.writeStringField("subject", d.subject());
            json.writeStringField("from", d.from());
            json.writeStringField("expected", d.expected());
            json.writeStringField("instead", d.instead());
            json.writeNumberField("baseline", d.baseline());
            json.writeNumberField("baseline_hits", d.baselineHits());
            json.writeNumberField("incident", d.incident());
            json.writeNumberField("incident_hits", d.incidentHits());
            json.writeNumberField("change", d.change());
            json.writeNumberField("score", d.score());
            json.writeNumberField("p", d.p());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("requests");
        for (String trace : c.requests()) {
            json.writeString(trace);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}

package io.dettrace.incident.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dettrace.incident.WindowIncident;
import io.dettrace.incident.blast.BlastRadius;
import io.dettrace.incident.blast.ServiceEffect;
import io.dettrace.incident.blast.Shift;
import io.dettrace.incident.culprit.Culprit;
import io.dettrace.incident.culprit.Departure;
import io.dettrace.incident.runbook.RunbookStep;
import io.dettrace.incident.timeline.Placed;
import io.dettrace.incident.timeline.Timeline;
import io.dettrace.report.Json;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The report on an incident of many requests as JSON, by {@code docs/reference/incident_windows_report.schema.json}. */
public final class WindowsJson {
    /** Name and version of the schema. */
    public static final String SCHEMA = "dettrace/incident_windows_report/1";

    private final JsonGenerator json;
    private final WindowIncident incident;

    private WindowsJson(JsonGenerator json, WindowIncident incident) {
        this.json = json;
        this.incident = incident;
    }

    /** The JSON, keys in fixed order. */
    public static String of(WindowIncident incident) throws IOException {
        return Json.object(json -> new WindowsJson(json, incident).all());
    }

    private void all() throws IOException {
        json.writeStringField("schema", SCHEMA);
        json.writeStringField("scope", "windows");
        json.writeBooleanField("incident", incident.isIncident());
        traffic("baseline", incident.baseline());
        traffic("candidate", incident.incident());
        json.writeStringField(
                "incident_family", incident.family().map(f -> f.family().key()).orElse("unknown"));
        if (incident.family().isPresent()) {
            json.writeFieldName("family");
            IncidentJson.family(json, incident.family().get());
        }
        json.writeArrayFieldStart("culprits");
        for (Culprit culprit : incident.findings().culprits()) {
            culprit(culprit);
        }
        json.writeEndArray();
        if (incident.blast().isPresent()) {
            blast(incident.blast().get());
        }
        if (incident.timeline().isPresent()) {
            timeline(incident.timeline().get());
        }
        json.writeArrayFieldStart("runbook");
        for (RunbookStep step : incident.runbook()) {
            IncidentJson.step(json, step);
        }
        json.writeEndArray();
    }

    private void traffic(String name, WindowIncident.Traffic t) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("name", t.name());
        json.writeNumberField("requests", t.requests());
        json.writeNumberField("spans", t.spans());
        json.writeNumberField("logs", t.logs());
        json.writeNumberField("series", t.series());
        json.writeNumberField("start_unix_nano", t.start());
        json.writeNumberField("end_unix_nano", t.end());
        json.writeEndObject();
    }

    private void culprit(Culprit culprit) throws IOException {
        json.writeStartObject();
        json.writeStringField("service", culprit.service());
        json.writeNumberField("score", IncidentJson.rounded(culprit.score()));
        json.writeArrayFieldStart("evidence");
        for (Departure d : culprit.evidence()) {
            departure(d);
        }
        json.writeEndArray();
        strings("traces", culprit.requests());
        json.writeEndObject();
    }

    private void departure(Departure d) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", key(d.kind()));
        json.writeStringField("subject", d.subject());
        text("from", d.from());
        text("expected", d.expected());
        text("instead", d.instead());
        json.writeStringField("sentence", d.sentence());
        json.writeNumberField("score", IncidentJson.rounded(d.score()));
        json.writeNumberField("baseline", d.baseline());
        json.writeNumberField("baseline_hits", d.baselineHits());
        json.writeNumberField("incident", d.incident());
        json.writeNumberField("incident_hits", d.incidentHits());
        json.writeNumberField("change", d.change());
        json.writeNumberField("share_at_least", IncidentJson.rounded(d.low()));
        json.writeNumberField("relevance", IncidentJson.rounded(d.relevance()));
        json.writeNumberField("p", d.p());
        json.writeNumberField("explained", IncidentJson.rounded(d.explained()));
        if (d.by() != null) {
            json.writeStringField("explained_by", d.by().service());
        }
        json.writeEndObject();
    }

    private void blast(BlastRadius b) throws IOException {
        json.writeObjectFieldStart("blast_radius");
        json.writeStringField("root_service", b.root());
        strings("directly_impacted_services", b.direct());
        strings("upstream_services", b.upstream());
        strings("downstream_services", b.downstream());
        strings("elsewhere", b.elsewhere());
        json.writeNumberField("request_share", IncidentJson.rounded(b.requests()));
        json.writeNumberField("entry_point_share", IncidentJson.rounded(b.entryShare()));
        strings("entry_points", b.entries());
        effects("services", b.effects());
        effects("near", b.near());
        json.writeEndObject();
    }

    private void timeline(Timeline t) throws IOException {
        json.writeObjectFieldStart("timeline_correlation");
        if (t.onset() != null) {
            json.writeNumberField("onset_unix_nano", t.onset().time());
            json.writeNumberField("onset_low_unix_nano", t.onset().low());
            json.writeNumberField("onset_high_unix_nano", t.onset().high());
            json.writeBooleanField("onset_before_window", t.onset().beforeWindow());
        }
        json.writeArrayFieldStart("events");
        for (Placed e : t.events()) {
            json.writeStartObject();
            json.writeStringField("kind", key(e.happening().kind()));
            json.writeNumberField("time_unix_nano", e.happening().time());
            json.writeStringField("service", e.happening().service());
            json.writeStringField("instance", e.happening().instance());
            json.writeStringField("text", e.happening().text());
            json.writeStringField("order", key(e.order()));
            json.writeStringField("place", key(e.place()));
            json.writeNumberField("chance", IncidentJson.rounded(e.chance()));
            json.writeStringField("strength", e.strength());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField(
                "suspected_trigger",
                t.suspectedTrigger() == null
                        ? "none_recorded"
                        : t.suspectedTrigger().happening().text());
        json.writeEndObject();
    }

    private static String key(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private void effects(String name, List<ServiceEffect> effects) throws IOException {
        json.writeArrayFieldStart(name);
        for (ServiceEffect e : effects) {
            json.writeStartObject();
            json.writeStringField("service", e.service());
            json.writeNumberField("baseline_requests", e.baseline());
            json.writeNumberField("incident_requests", e.incident());
            shift("changed_share", e.changed());
            shift("median_ms", e.median());
            shift("p95_ms", e.high());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void shift(String name, Shift shift) throws IOException {
        json.writeArrayFieldStart(name);
        json.writeNumber(IncidentJson.rounded(shift.low()));
        json.writeNumber(IncidentJson.rounded(shift.estimate()));
        json.writeNumber(IncidentJson.rounded(shift.high()));
        json.writeEndArray();
    }

    private void text(String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }

    private void strings(String name, Collection<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}

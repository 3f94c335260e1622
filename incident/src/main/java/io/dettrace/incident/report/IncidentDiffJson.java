package io.dettrace.incident.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dettrace.incident.request.Act;
import io.dettrace.incident.request.IncidentDiff;
import io.dettrace.incident.request.Outcome;
import io.dettrace.incident.request.RequestIncident;
import io.dettrace.report.Json;
import java.io.IOException;
import java.util.Optional;

/** The difference of two incidents as JSON, by {@code docs/reference/distributed_semantic_diff.schema.json}. */
public final class IncidentDiffJson {
    /** Name and version of the schema. */
    public static final String SCHEMA = "dettrace/distributed_semantic_diff/1";

    private final JsonGenerator json;
    private final IncidentDiff diff;

    private IncidentDiffJson(JsonGenerator json, IncidentDiff diff) {
        this.json = json;
        this.diff = diff;
    }

    /** The JSON, keys in fixed order. */
    public static String of(IncidentDiff diff) throws IOException {
        return Json.object(json -> new IncidentDiffJson(json, diff).all());
    }

    private void all() throws IOException {
        RequestIncident baseline = diff.baseline();
        RequestIncident candidate = diff.candidate();
        json.writeStringField("schema", SCHEMA);
        json.writeStringField("baseline", baseline.request().name());
        json.writeStringField("candidate", candidate.request().name());
        text("baseline_first_failing_service", IncidentDiff.firstService(baseline));
        text("candidate_first_failing_service", IncidentDiff.firstService(candidate));
        text("baseline_first_failure_reason", IncidentDiff.firstReason(baseline));
        text("candidate_first_failure_reason", IncidentDiff.firstReason(candidate));
        json.writeNumberField("retry_delta", diff.delta(r -> r.count(Act.RETRY)));
        json.writeNumberField("timeout_delta", diff.delta(r -> r.count(Outcome.TIMEOUT)));
        json.writeNumberField("network_error_delta", diff.delta(r -> r.count(Outcome.NETWORK_ERROR)));
        json.writeNumberField("failover_delta", diff.delta(r -> r.count(Act.FAILOVER)));
        json.writeNumberField("error_delta", diff.delta(r -> r.count(Outcome.ERROR)));
        json.writeNumberField("cancelled_delta", diff.delta(r -> r.count(Outcome.CANCELLED)));
        json.writeNumberField("max_latency_delta_ms", IncidentJson.millis(diff.latencyDelta()));
        text("baseline_dominant_reason", IncidentDiff.dominantReason(baseline));
        text("candidate_dominant_reason", IncidentDiff.dominantReason(candidate));
        json.writeStringField("baseline_family", baseline.family().family().key());
        json.writeStringField("candidate_family", candidate.family().family().key());
        json.writeBooleanField(
                "family_changed",
                baseline.family().family() != candidate.family().family());
        json.writeArrayFieldStart("hop_latencies");
        for (IncidentDiff.EdgeLatency l : diff.latencies()) {
            json.writeStartObject();
            json.writeStringField("hop", l.edge());
            millis("baseline_ms", l.before());
            millis("candidate_ms", l.after());
            millis("delta_ms", l.before().flatMap(b -> l.after().map(a -> a - b)));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("summary", diff.summary());
    }

    private void text(String name, Optional<String> value) throws IOException {
        json.writeFieldName(name);
        if (value.isPresent()) {
            json.writeString(value.get());
        } else {
            json.writeNull();
        }
    }

    private void millis(String name, Optional<Long> nanos) throws IOException {
        json.writeFieldName(name);
        if (nanos.isPresent()) {
            json.writeNumber(IncidentJson.millis(nanos.get()));
        } else {
            json.writeNull();
        }
    }
}

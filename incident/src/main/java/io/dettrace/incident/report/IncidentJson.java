package io.dettrace.incident.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dettrace.incident.family.FamilyVerdict;
import io.dettrace.incident.request.Act;
import io.dettrace.incident.request.Causes;
import io.dettrace.incident.request.Correlation;
import io.dettrace.incident.request.FirstIncorrect;
import io.dettrace.incident.request.Hop;
import io.dettrace.incident.request.Outcome;
import io.dettrace.incident.request.Request;
import io.dettrace.incident.request.RequestBlast;
import io.dettrace.incident.request.RequestIncident;
import io.dettrace.incident.runbook.RunbookStep;
import io.dettrace.report.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The report on an incident as JSON, by {@code docs/reference/distributed_incident_report.schema.json}. */
public final class IncidentJson {
    /** Name and version of the schema. */
    public static final String SCHEMA = "dettrace/distributed_incident_report/1";

    private final JsonGenerator json;
    private final RequestIncident incident;

    private IncidentJson(JsonGenerator json, RequestIncident incident) {
        this.json = json;
        this.incident = incident;
    }

    /** The JSON, keys in fixed order. */
    public static String of(RequestIncident incident) throws IOException {
        return Json.object(json -> new IncidentJson(json, incident).all());
    }

    private void all() throws IOException {
        Request request = incident.request();
        json.writeStringField("schema", SCHEMA);
        json.writeStringField("scope", "request");
        json.writeBooleanField("incident", incident.isIncident());
        text("baseline", incident.baseline().map(Request::name));
        json.writeStringField("candidate", request.name());
        text("request", Optional.of(request.id()).filter(id -> !id.isEmpty()));
        json.writeFieldName("baseline_event_count");
        if (incident.baseline().isPresent()) {
            json.writeNumber(incident.baseline().get().events());
        } else {
            json.writeNull();
        }
        json.writeNumberField("candidate_event_count", request.events());
        json.writeStringField("incident_family", incident.family().family().key());
        json.writeFieldName("family");
        family(json, incident.family());
        json.writeNumberField("timeout_events", request.count(Outcome.TIMEOUT));
        json.writeNumberField("retry_events", request.count(Act.RETRY));
        json.writeNumberField("network_error_events", request.count(Outcome.NETWORK_ERROR));
        json.writeNumberField("failover_events", request.count(Act.FAILOVER));
        json.writeNumberField("error_events", request.count(Outcome.ERROR));
        json.writeNumberField("cancelled_events", request.count(Outcome.CANCELLED));
        json.writeNumberField("recovery_events", request.count(Act.RECOVERY));
        strings("annotations", incident.annotations());
        firstIncorrect();
        causes();
        json.writeFieldName("timeline_correlation");
        correlation(incident.correlation());
        json.writeFieldName("blast_radius");
        blast(incident.blast());
        json.writeStringField("summary", incident.summary());
        json.writeArrayFieldStart("runbook");
        for (RunbookStep step : incident.runbook()) {
            step(json, step);
        }
        json.writeEndArray();
    }

    static void family(JsonGenerator json, FamilyVerdict family) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", family.family().key());
        json.writeNumberField("fit", rounded(family.fit()));
        json.writeStringField("nearest", family.nearest().key());
        json.writeNumberField("nearest_fit", rounded(family.nearestFit()));
        json.writeArrayFieldStart("evidence");
        for (String sentence : family.evidence()) {
            json.writeString(sentence);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    static double rounded(double share) {
        return Math.round(share * 1_000) / 1_000.0;
    }

    private void firstIncorrect() throws IOException {
        json.writeFieldName("first_incorrect_hop");
        Optional<FirstIncorrect> first = incident.firstIncorrect();
        if (first.isEmpty()) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeNumberField("index", first.get().index());
        json.writeStringField("divergence", first.get().divergence());
        json.writeStringField("sentence", first.get().sentence());
        json.writeStringField("place", first.get().place());
        json.writeEndObject();
    }

    private void causes() throws IOException {
        json.writeFieldName("first_failing_hop");
        if (incident.causes().isPresent()) {
            hop(incident.causes().get().first());
        } else {
            json.writeNull();
        }
        json.writeArrayFieldStart("causal_chain");
        for (Causes.Link link : incident.causes().map(Causes::chain).orElse(List.of())) {
            json.writeStartObject();
            json.writeStringField("label", link.label());
            json.writeStringField("service", link.hop().service());
            json.writeStringField("downstream_service", link.hop().downstream());
            json.writeNumberField("event", link.hop().index());
            json.writeStringField("place", link.hop().place());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void hop(Hop hop) throws IOException {
        json.writeStartObject();
        json.writeNumberField("event", hop.index());
        json.writeStringField("place", hop.place());
        json.writeStringField("service", hop.service());
        json.writeStringField("downstream_service", hop.downstream());
        json.writeStringField("outcome", hop.outcome().key());
        json.writeStringField("failure_reason", hop.reason());
        json.writeNumberField("retry_attempt", hop.attempt());
        json.writeEndObject();
    }

    private void correlation(Correlation c) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("deploy_correlated", c.deploy());
        json.writeBooleanField("failover_observed", c.failover());
        json.writeNumberField("max_latency_ms", millis(c.maxLatency()));
        json.writeNumberField("error_burst_count", c.errors());
        time("window_start_ms", c.start());
        time("window_end_ms", c.end());
        json.writeStringField("suspected_trigger", c.trigger());
        strings("evidence", c.evidence());
        json.writeEndObject();
    }

    private void time(String name, Optional<Long> nanos) throws IOException {
        json.writeFieldName(name);
        if (nanos.isPresent()) {
            json.writeNumber(Math.floorDiv(nanos.get(), 1_000_000L));
        } else {
            json.writeNull();
        }
    }

    /** Milliseconds, rounded to the nearest. */
    static long millis(long nanos) {
        return Math.round(nanos / 1e6);
    }

    private void blast(RequestBlast blast) throws IOException {
        Request request = incident.request();
        json.writeStartObject();
        text("root_service", blast.root());
        strings("directly_impacted_services", blast.direct());
        strings("upstream_services", blast.upstream());
        strings("downstream_services", blast.downstream());
        strings("failing_services", blast.failing());
        strings("untouched_services", blast.untouched());
        json.writeNumberField("retry_events", request.count(Act.RETRY));
        json.writeNumberField("timeout_events", request.count(Outcome.TIMEOUT));
        json.writeNumberField("network_error_events", request.count(Outcome.NETWORK_ERROR));
        json.writeEndObject();
    }

    static void step(JsonGenerator json, RunbookStep step) throws IOException {
        json.writeStartObject();
        json.writeStringField("step", step.step());
        json.writeStringField("guidance", step.guidance());
        json.writeStringField("service", step.service());
        json.writeStringField("edge", step.edge());
        json.writeArrayFieldStart("queries");
        for (RunbookStep.Query query : step.queries()) {
            json.writeStartObject();
            json.writeStringField("tool", query.tool());
            json.writeStringField("query", query.text());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void text(String name, Optional<String> value) throws IOException {
        json.writeFieldName(name);
        if (value.isPresent()) {
            json.writeString(value.get());
        } else {
            json.writeNull();
        }
    }

    private void strings(String name, List<String> all) throws IOException {
        json.writeArrayFieldStart(name);
        for (String one : all) {
            json.writeString(one);
        }
        json.writeEndArray();
    }
}

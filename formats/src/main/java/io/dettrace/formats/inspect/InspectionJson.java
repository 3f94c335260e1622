package io.dettrace.formats.inspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.dettrace.event.EventBlock;
import io.dettrace.event.InputNote;
import io.dettrace.formats.inspect.Inspection.FieldUse;
import io.dettrace.formats.inspect.Inspection.Kind;
import io.dettrace.formats.inspect.Inspection.Lane;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

/** Inspections as JSON, by {@code docs/reference/inspection.schema.json}. */
public final class InspectionJson {
    private static final JsonFactory JSON = new JsonFactory();

    private InspectionJson() {}

    /** An array with an object for each. */
    public static String render(List<Inspection> inspections) throws IOException {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
            json.setPrettyPrinter(printer);
            json.writeStartArray();
            for (Inspection it : inspections) {
                write(it, json);
            }
            json.writeEndArray();
        }
        return out.append('\n').toString();
    }

    private static void write(Inspection it, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", it.name());
        json.writeArrayFieldStart("files");
        for (String file : it.files()) {
            json.writeString(file);
        }
        json.writeEndArray();
        json.writeStringField("format", it.format());
        json.writeStringField("title", it.title());
        json.writeNumberField("bytes", it.bytes());
        json.writeNumberField("events", it.events());
        json.writeNumberField("links", it.links());
        time(json, "first_time_ns", it.first());
        time(json, "last_time_ns", it.last());
        json.writeArrayFieldStart("lanes");
        for (Lane lane : it.lanes()) {
            json.writeStartObject();
            json.writeStringField("name", lane.name());
            json.writeNumberField("events", lane.events());
            time(json, "first_time_ns", lane.first());
            time(json, "last_time_ns", lane.last());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("kinds");
        for (Kind kind : it.kinds()) {
            json.writeStartObject();
            json.writeStringField("name", kind.name());
            json.writeNumberField("events", kind.events());
            json.writeStringField("first_file", kind.firstFile());
            json.writeNumberField("first_line", kind.firstLine());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("fields");
        for (FieldUse field : it.fields()) {
            field(field, json);
        }
        json.writeEndArray();
        notes(it.notes(), json);
        json.writeEndObject();
    }

    private static void field(FieldUse field, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("path", field.path());
        json.writeArrayFieldStart("roles");
        for (String role : field.roles()) {
            json.writeString(role);
        }
        json.writeEndArray();
        json.writeNumberField("share", Math.round(field.share() * 10_000) / 10_000.0);
        json.writeStringField("example", field.example());
        json.writeEndObject();
    }

    private static void notes(List<InputNote> notes, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("notes");
        for (InputNote note : notes) {
            json.writeStartObject();
            json.writeStringField("code", note.code());
            json.writeStringField("message", note.message());
            json.writeNumberField("count", note.count());
            json.writeStringField("first", note.first());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void time(JsonGenerator json, String name, long nanos) throws IOException {
        if (nanos == EventBlock.NO_TIME) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, nanos);
        }
    }
}

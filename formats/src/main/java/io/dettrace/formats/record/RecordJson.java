package io.dettrace.formats.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.dettrace.event.Field;
import java.io.IOException;
import java.io.StringWriter;

/** An event as a JSON object of its fields by dotted path, in order. */
public final class RecordJson {
    private static final JsonFactory JSON = new JsonFactory();

    private RecordJson() {}

    /** The object as one line, without a line end. */
    public static String write(EventRecord event) throws IOException {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            write(event, json);
        }
        return out.toString();
    }

    /** Writes the object. */
    public static void write(EventRecord event, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < event.size(); i++) {
            json.writeFieldName(event.pathOf(i));
            if (event.type(i) == Field.Type.STRING) {
                json.writeString(event.value(i));
            } else {
                json.writeRawValue(event.value(i));
            }
        }
        json.writeEndObject();
    }
}

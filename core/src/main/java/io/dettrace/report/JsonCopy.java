package io.dettrace.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.dettrace.event.Field;
import io.dettrace.event.Original;
import java.io.IOException;

/** Copies events into JSON output: JSON events token by token with numbers as they are spelt, others as text and fields. */
public final class JsonCopy {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNestingDepth(1_000)
                    .build())
            .build();

    private JsonCopy() {}

    /** Writes an event as one JSON value. */
    public static void event(Original event, JsonGenerator to) throws IOException {
        if (event.json() && isJson(event.text())) {
            value(event.text(), to);
            return;
        }
        to.writeStartObject();
        for (Field f : event.fields()) {
            to.writeFieldName(f.path());
            if (f.type() == Field.Type.COMPOSITE && isJson(f.text())) {
                value(f.text(), to);
            } else {
                to.writeString(f.text());
            }
        }
        to.writeStringField("text", event.text());
        to.writeEndObject();
    }

    /** False for what a text log calls a clock but is not JSON, and for JSON that only a lenient reader takes. */
    private static boolean isJson(String text) throws IOException {
        try (JsonParser p = JSON.createParser(text)) {
            while (p.nextToken() != null) {
                p.getText();
            }
            return true;
        } catch (JsonProcessingException broken) {
            return false;
        }
    }

    /** Writes a JSON text as it is, in the form of the output around it. */
    static void value(String text, JsonGenerator to) throws IOException {
        try (JsonParser p = JSON.createParser(text)) {
            for (JsonToken t = p.nextToken(); t != null; t = p.nextToken()) {
                switch (t) {
                    case START_OBJECT -> to.writeStartObject();
                    case END_OBJECT -> to.writeEndObject();
                    case START_ARRAY -> to.writeStartArray();
                    case END_ARRAY -> to.writeEndArray();
                    case FIELD_NAME -> to.writeFieldName(p.currentName());
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> to.writeNumber(p.getText());
                    case VALUE_TRUE -> to.writeBoolean(true);
                    case VALUE_FALSE -> to.writeBoolean(false);
                    case VALUE_NULL -> to.writeNull();
                    default -> to.writeString(p.getText());
                }
            }
        }
    }
}

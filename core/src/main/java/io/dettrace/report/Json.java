package io.dettrace.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;

/** JSON as all reports have it: LF, two spaces, keys in the order in which they are written. */
public final class Json {
    private Json() {}

    /** What a document holds. */
    public interface Content {
        /** Writes it. */
        void to(JsonGenerator json) throws IOException;
    }

    /** A document of one object. */
    public static String object(Content content) throws IOException {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n")));
            json.writeStartObject();
            content.to(json);
            json.writeEndObject();
        }
        return out.append('\n').toString();
    }
}

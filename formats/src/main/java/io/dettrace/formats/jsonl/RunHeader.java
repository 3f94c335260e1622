package io.dettrace.formats.jsonl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dettrace.event.InputException;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.json.JsonRecord;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.MappingFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first line of JSON lines that {@code dettrace convert} wrote: what the run was converted from, and what its fields
 * mean, so that it is compared as the original is.
 *
 * <p>Form: {@code {"$dettrace":{"version":1,"format":"vcd","family":"vcd","mapping":["lane = signal",...]}}}, where the
 * mapping is the lines of a mapping file without comments. Every other line is an event.
 *
 * @param format the format it was converted from
 * @param family runs of one family can be compared
 * @param mapping what that format says about its fields
 */
public record RunHeader(String format, String family, Mapping mapping) {
    /** What the line begins with. */
    static final String BEGINS = "{\"$dettrace\":";

    /** Version that is written, and the newest that is read. */
    public static final int VERSION = 1;

    /** Bytes that the line may have. */
    static final int MAX_BYTES = 1 << 20;

    private static final JsonFactory JSON = new JsonFactory();
    private static final String MAGIC = MappingFile.write(Mapping.builder().build());

    /** The line, without its end. */
    public String write() throws IOException {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeObjectFieldStart("$dettrace");
            json.writeNumberField("version", VERSION);
            json.writeStringField("format", format);
            json.writeStringField("family", family);
            json.writeArrayFieldStart("mapping");
            for (String line : MappingFile.write(mapping).lines().toList()) {
                if (!line.startsWith("#")) {
                    json.writeString(line);
                }
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        }
        return out.toString();
    }

    /**
     * The header of a file of JSON lines, if it has one.
     *
     * @throws InputException if it has one that cannot be read or is of a newer version
     */
    public static Optional<RunHeader> read(InputFile file) throws IOException {
        byte[] start;
        try (InputStream in = file.open()) {
            start = in.readNBytes(BEGINS.length() + InputFile.UTF8_BOM_LENGTH);
            int bom = InputFile.bomLength(start, start.length);
            if (!begins(start, bom, start.length)) {
                return Optional.empty();
            }
        }
        try (InputStream in = file.open();
                JsonParser p = JSON.createParser(in.readNBytes(MAX_BYTES))) {
            return Optional.of(parse(file, p));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw InputException.at(
                    file.name(),
                    1,
                    0,
                    0,
                    "the header of a converted run cannot be read: " + JsonRecord.plainWords(e.getOriginalMessage()));
        }
    }

    /** True if a file of JSON lines that begins so has a header. */
    public static boolean begins(byte[] start) {
        return begins(start, InputFile.bomLength(start, start.length), start.length);
    }

    static boolean begins(byte[] bytes, int from, int to) {
        for (int i = 0; i < BEGINS.length(); i++) {
            if (from + i >= to || bytes[from + i] != BEGINS.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static RunHeader parse(InputFile file, JsonParser p) throws IOException {
        p.nextToken();
        p.nextToken();
        List<String> mapping = new ArrayList<>();
        String format = "";
        String family = "";
        int version = 0;
        if (p.nextToken() == JsonToken.START_OBJECT) {
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                JsonToken value = p.nextToken();
                if (name.equals("mapping") && value == JsonToken.START_ARRAY) {
                    while (p.nextToken() == JsonToken.VALUE_STRING) {
                        mapping.add(p.getText());
                    }
                } else if (value == JsonToken.VALUE_STRING) {
                    format = name.equals("format") ? p.getText() : format;
                    family = name.equals("family") ? p.getText() : family;
                } else if (name.equals("version") && value == JsonToken.VALUE_NUMBER_INT) {
                    version = p.getValueAsInt();
                } else {
                    p.skipChildren();
                }
            }
        }
        if (version < 1 || version > VERSION || format.isEmpty() || family.isEmpty()) {
            throw InputException.at(
                    file.name(),
                    1,
                    0,
                    0,
                    "expected the header of a run converted by this version of DetTrace (version " + VERSION
                            + ", format, family, mapping); convert the original again");
        }
        String text = MAGIC + String.join("\n", mapping);
        return new RunHeader(format, family, MappingFile.parse(file.name() + ":1", text));
    }
}

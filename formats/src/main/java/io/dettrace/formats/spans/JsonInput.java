package io.dettrace.formats.spans;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.json.JsonRecord;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of a file of one or more JSON texts, with their places. A text that is no JSON ends in {@link Broken}; after
 * it reading may go on at the next line.
 */
final class JsonInput implements Closeable {
    /** Objects and arrays inside each other. */
    static final int MAX_DEPTH = 200;

    /** Values in one span, log record or resource. */
    static final int MAX_VALUES = 500_000;

    /** Characters of one string. */
    static final int MAX_STRING = 16 << 20;

    /** At least what the parser reads ahead. */
    private static final int AHEAD = 1 << 16;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .maxNumberLength(1_000)
                    .build())
            .build();

    private final String name;
    private final String hint;
    private final int number;
    private final ReadContext context;
    private final PushbackInputStream in;
    private JsonParser parser;
    private boolean lineEndRead;
    private long bytesBefore;
    private long linesBefore;
    private int values;

    /** A JSON text that ends in the middle or is none. */
    static final class Broken extends InputException {
        private static final long serialVersionUID = 1L;

        private final long line;

        Broken(String message, long line) {
            super(message);
            this.line = line;
        }
    }

    JsonInput(InputFile file, int number, ReadContext context) throws IOException {
        this(file.openBinary(), file.name(), number, context, "; --lenient leaves such lines out and counts them");
    }

    /**
     * @param hint what can be done where it is no JSON
     */
    JsonInput(InputStream bytes, String name, int number, ReadContext context, String hint) throws IOException {
        this.name = name;
        this.hint = hint;
        this.number = number;
        this.context = context;
        in = new PushbackInputStream(bytes, AHEAD);
        byte[] first = in.readNBytes(InputFile.UTF8_BOM_LENGTH);
        bytesBefore = InputFile.bomLength(first, first.length);
        if (bytesBefore == 0) {
            in.unread(first);
        }
        parser = JSON.createParser(in);
    }

    /** Reads all texts; {@code each} is called at the first token of every one. */
    void all(Walk each) throws IOException {
        while (true) {
            try {
                for (JsonToken t = next(); t != null; t = next()) {
                    each.at(t);
                }
                return;
            } catch (Broken e) {
                if (!context.lenient()) {
                    throw e;
                }
                context.note("broken_json", "JSON texts that end in the middle or are none", name + ":" + e.line);
                if (!skipLine()) {
                    return;
                }
            }
        }
    }

    /** Goes through a value. */
    interface Walk {
        /** Reads the value that starts with this token up to its last. */
        void at(JsonToken first) throws IOException;
    }

    /** The next token, or null behind the last text. */
    JsonToken next() throws IOException {
        try {
            return parser.nextToken();
        } catch (JsonProcessingException e) {
            throw broken(e.getOriginalMessage());
        }
    }

    /** Walks the members of the object whose first token was read. */
    void members(Member each) throws IOException {
        for (JsonToken t = next(); t != JsonToken.END_OBJECT; t = next()) {
            if (t == null) {
                throw broken("the text ends inside an object");
            }
            String member = parser.currentName();
            each.at(member, next());
        }
    }

    /** Takes a member of an object. */
    interface Member {
        /** Reads the member's value, which starts with this token. */
        void at(String name, JsonToken first) throws IOException;
    }

    /** Walks the elements of the array whose first token was read; anything else is one element. */
    void elements(JsonToken first, Walk each) throws IOException {
        if (first != JsonToken.START_ARRAY) {
            each.at(first);
            return;
        }
        for (JsonToken t = next(); t != JsonToken.END_ARRAY; t = next()) {
            if (t == null) {
                throw broken("the text ends inside an array");
            }
            each.at(t);
        }
    }

    /** Steps over the value that starts with this token. */
    void skip(JsonToken first) throws IOException {
        int depth = 0;
        for (JsonToken t = first; ; t = next()) {
            if (t == null) {
                throw broken("the text ends in the middle");
            }
            depth += t.isStructStart() ? 1 : t.isStructEnd() ? -1 : 0;
            if (depth == 0) {
                return;
            }
        }
    }

    /** The whole value that starts with this token. */
    Object value(JsonToken first) throws IOException {
        values = 0;
        return tree(first);
    }

    private Object tree(JsonToken first) throws IOException {
        if (++values > MAX_VALUES) {
            throw InputException.at(
                    name, line(), 0, offset(), "a span, log record or resource of more than " + MAX_VALUES + " values");
        }
        if (first == null) {
            throw broken("the text ends in the middle");
        }
        switch (first) {
            case START_OBJECT -> {
                JsonObject object = new JsonObject();
                long line = line();
                long offset = offset();
                for (JsonToken t = next(); t != JsonToken.END_OBJECT; t = next()) {
                    if (t == null) {
                        throw broken("the text ends inside an object");
                    }
                    String member = parser.currentName();
                    object.values.putIfAbsent(member, tree(next()));
                }
                object.place = placeFrom(line, offset);
                return object;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                for (JsonToken t = next(); t != JsonToken.END_ARRAY; t = next()) {
                    list.add(tree(t));
                }
                return list;
            }
            default -> {
                return leaf(first);
            }
        }
    }

    private Object leaf(JsonToken token) throws IOException {
        try {
            return switch (token) {
                case VALUE_STRING -> parser.getText();
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonObject.Literal(parser.getText());
                case VALUE_TRUE -> Boolean.TRUE;
                case VALUE_FALSE -> Boolean.FALSE;
                default -> null;
            };
        } catch (JsonProcessingException e) {
            throw broken(e.getOriginalMessage());
        }
    }

    /** The place from there to the end of the token last read. */
    Place placeFrom(long line, long offset) {
        return new Place(number, line, offset, (int) Math.min(Integer.MAX_VALUE, bytesRead() - offset), line());
    }

    /** First byte of the token last read. */
    long offset() {
        return bytesBefore + Math.max(0, parser.currentTokenLocation().getByteOffset());
    }

    /** Line of the token last read. */
    long line() {
        return linesBefore + parser.currentTokenLocation().getLineNr();
    }

    private Broken broken(String why) {
        lineEndRead = why.contains("CTRL-CHAR, code 10)");
        long line = linesBefore + parser.currentLocation().getLineNr();
        long column = Math.max(1, parser.currentLocation().getColumnNr());
        long offset = bytesBefore + Math.max(0, parser.currentLocation().getByteOffset());
        String at = InputException.at(
                        name, line, column, offset, "this is no whole JSON text: " + JsonRecord.plainWords(why) + hint)
                .getMessage();
        return new Broken(at, line);
    }

    /** Goes on behind the line that the parser is in; false if there is none. */
    private boolean skipLine() throws IOException {
        bytesBefore += Math.max(0, parser.currentLocation().getByteOffset());
        linesBefore += parser.currentLocation().getLineNr() - (lineEndRead ? 1 : 0);
        ByteArrayOutputStream ahead = new ByteArrayOutputStream();
        parser.releaseBuffered(ahead);
        in.unread(ahead.toByteArray());
        for (int b = lineEndRead ? '\n' : in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return false;
            }
            bytesBefore++;
        }
        bytesBefore += lineEndRead ? 0 : 1;
        lineEndRead = false;
        parser = JSON.createParser(in);
        return true;
    }

    /** Bytes behind the current token. */
    long bytesRead() {
        return bytesBefore + Math.max(0, parser.currentLocation().getByteOffset());
    }

    @Override
    public void close() throws IOException {
        parser.close();
        in.close();
    }
}

package io.dettrace.formats.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.dettrace.event.Field;
import io.dettrace.normalize.EventAssembler;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.ValueDigest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes JSON objects apart into fields, exactly and without haste; the plain path beside every faster scanner.
 *
 * <p>Nested objects become dotted paths. Arrays, empty objects and the vector clock stay whole, as canonical JSON: no
 * white space, keys sorted, one spelling for every number. Use: {@link #read} an object, then {@link #feed} its fields to
 * an assembler or list them with {@link #fields}. One instance serves many records one after the other; it is not
 * thread-safe. The parser's place is checked for nothing but the object itself.
 */
public final class JsonRecord {
    /** Objects and arrays inside each other, the record itself being the first. */
    public static final int MAX_DEPTH = 256;

    /** Characters of a string. */
    public static final int MAX_STRING_LENGTH = 256 << 20;

    /** Digits of a number. */
    public static final int MAX_NUMBER_LENGTH = 100_000;

    /** Characters of a field's name. */
    public static final int MAX_NAME_LENGTH = 64 << 10;

    /** Paths that are remembered with their plans from record to record. */
    private static final int MAX_PATHS = 100_000;

    private static final JsonFactory JSON = factory(MAX_STRING_LENGTH);

    /** What the parser's messages say about itself and not about the text, with what stands there instead. */
    private static final List<Map.Entry<Pattern, String>> PARSERS_OWN_WORDS = List.of(
            Map.entry(Pattern.compile("\n.*", Pattern.DOTALL), ""),
            Map.entry(Pattern.compile(" (a valid value )?\\(JSON String, Number[^)]*\\)"), " a value"),
            Map.entry(
                    Pattern.compile(
                            " \\((start marker at|for (Object|Array) starting at|not recognized as one since) .*"),
                    ""),
            Map.entry(Pattern.compile("(: enable|, from) `[^`]*`( to allow)?"), ""),
            Map.entry(Pattern.compile(" in VALUE_STRING"), " in a string"));

    private static final Field.Type[] TYPES = Field.Type.values();

    private final Mapping mapping;
    private final boolean lenient;
    private final boolean keepIgnored;
    private final JsonFactory json;
    private final ByteSink sink;
    private final CanonicalJson canonical;
    private PathNode root = PathNode.root();
    private int paths;
    private long objects;
    private int duplicates;

    private int count;
    private PathNode[] nodes = new PathNode[32];
    private byte[] types = new byte[32];
    private int[] starts = new int[32];
    private int[] ends = new int[32];

    /**
     * A reader of records.
     *
     * @param lenient true if the last of several values for one key counts, false if they are an error
     * @param keepIgnored true to keep fields that the mapping ignores, for showing; the assembler never gets them
     */
    public JsonRecord(Mapping mapping, boolean lenient, boolean keepIgnored) {
        this(mapping, lenient, keepIgnored, JSON, ByteSink.MAX_BYTES);
    }

    JsonRecord(Mapping mapping, boolean lenient, boolean keepIgnored, JsonFactory json, int maxBytes) {
        this.mapping = mapping;
        this.lenient = lenient;
        this.keepIgnored = keepIgnored;
        this.json = json;
        sink = new ByteSink(maxBytes);
        canonical = new CanonicalJson(this::duplicate, sink);
    }

    /** A parser with the limits of this class over {@code in}, which is closed with it. */
    static JsonParser parser(InputStream in) throws IOException {
        return JSON.createParser(in);
    }

    /** A parser with the limits of this class over a text. */
    static JsonParser parser(String text) throws IOException {
        return JSON.createParser(text);
    }

    static JsonFactory factory(int maxString) {
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxStringLength(maxString)
                .maxNumberLength(MAX_NUMBER_LENGTH)
                .maxNameLength(4 * MAX_NAME_LENGTH)
                .maxNestingDepth(2 * MAX_DEPTH)
                .build();
        return new JsonFactoryBuilder()
                .streamReadConstraints(limits)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .build();
    }

    /**
     * Reads a text that is one JSON object and nothing else but white space.
     *
     * @param end end of the text in {@code bytes}, exclusive
     * @throws Malformed if it is not, with the place from {@code start} on
     */
    public void read(byte[] bytes, int start, int end) throws Malformed {
        try (JsonParser p = json.createParser(bytes, start, end - start)) {
            try {
                JsonToken first = p.nextToken();
                if (first != JsonToken.START_OBJECT) {
                    throw malformed(p, "expected a JSON object, found " + describe(first));
                }
                readObject(p);
                if (p.nextToken() != null) {
                    throw malformed(p, "expected nothing after the JSON object, found " + describe(p.currentToken()));
                }
            } catch (JsonProcessingException e) {
                throw malformed(e, endsEarly(e, bytes, start, end));
            }
        } catch (IOException e) {
            throw new IllegalStateException("reading an array of bytes cannot fail", e);
        }
    }

    /**
     * Reads the object whose {@code START_OBJECT} is the parser's current token; afterwards that is its
     * {@code END_OBJECT}.
     *
     * @throws Malformed if it is no good, with the place from the start of the parser's input on
     */
    public void read(JsonParser p) throws IOException, Malformed {
        try {
            readObject(p);
        } catch (JsonProcessingException e) {
            throw malformed(e);
        }
    }

    private void readObject(JsonParser p) throws IOException, Malformed {
        count = 0;
        duplicates = 0;
        sink.clear();
        if (paths > MAX_PATHS) {
            root = PathNode.root();
            paths = 0;
        }
        try {
            object(p, root, 1);
        } catch (ByteSink.FullException e) {
            throw malformed(p, "the object is larger than the limit of " + ByteSink.MAX_BYTES + " bytes");
        }
    }

    /** How many keys stood more than once in the last record's objects; only a lenient reader gets that far. */
    public int duplicates() {
        return duplicates;
    }

    /** Gives the fields of the last record to {@code assembler}, between its begin and end. */
    public void feed(EventAssembler assembler) {
        for (int i = 0; i < count; i++) {
            PathNode node = nodes[i];
            if (node == null || node.plan(mapping).isIgnored()) {
                continue;
            }
            Field.Type type = TYPES[types[i]];
            int length = ends[i] - starts[i];
            long digest = type == Field.Type.NUMBER
                    ? ValueDigest.ofNumber(sink.bytes, starts[i], length)
                    : ValueDigest.of(sink.bytes, starts[i], length);
            assembler.field(node.plan(mapping), type, digest, sink.bytes, starts[i], length);
        }
    }

    /** The fields of the last record in the order of the source. */
    public List<Field> fields() {
        List<Field> fields = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            if (nodes[i] != null) {
                String text = new String(sink.bytes, starts[i], ends[i] - starts[i], StandardCharsets.UTF_8);
                fields.add(new Field(nodes[i].path(), TYPES[types[i]], text));
            }
        }
        return fields;
    }

    /** Reads the members of an object; true if there are none. */
    private boolean object(JsonParser p, PathNode parent, int depth) throws IOException, Malformed {
        checkDepth(p, depth);
        long number = ++objects;
        boolean empty = true;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = name(p);
            PathNode node = parent.child(name);
            if (node == null) {
                node = parent.addChild(name);
                paths++;
            } else if (node.seenIn == number) {
                duplicate(p, name);
                Arrays.fill(nodes, node.from, node.to, null);
            }
            node.seenIn = number;
            int from = count;
            p.nextToken();
            value(p, node, depth);
            node.from = from;
            node.to = count;
            empty = false;
        }
        return empty;
    }

    private void value(JsonParser p, PathNode node, int depth) throws IOException, Malformed {
        JsonToken token = p.currentToken();
        int start = sink.size;
        if (token == JsonToken.START_OBJECT && !node.plan(mapping).isWhole()) {
            if (object(p, node, depth + 1)) {
                start = sink.size;
                sink.ascii("{}");
                add(node, Field.Type.COMPOSITE, start);
            }
            return;
        }
        if (token.isStructStart()) {
            canonical.write(p, depth + 1);
        } else if (keepIgnored || !node.plan(mapping).isIgnored()) {
            sink.utf8(p.getTextCharacters(), p.getTextOffset(), p.getTextLength());
        }
        add(node, type(token), start);
    }

    private void add(PathNode node, Field.Type type, int start) {
        if (count == nodes.length) {
            nodes = Arrays.copyOf(nodes, count * 2);
            types = Arrays.copyOf(types, count * 2);
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
        }
        nodes[count] = node;
        types[count] = (byte) type.ordinal();
        starts[count] = start;
        ends[count] = sink.size;
        count++;
    }

    private static Field.Type type(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> Field.Type.STRING;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Field.Type.NUMBER;
            case VALUE_TRUE, VALUE_FALSE -> Field.Type.BOOLEAN;
            case VALUE_NULL -> Field.Type.NULL;
            default -> Field.Type.COMPOSITE;
        };
    }

    /** Counts a key that its object already has, or refuses it. */
    void duplicate(JsonParser p, String name) throws Malformed {
        if (!lenient) {
            throw malformed(p, "the key \"" + shorten(name) + "\" stands twice in one object, expected it once");
        }
        duplicates++;
    }

    static void checkDepth(JsonParser p, int depth) throws Malformed {
        if (depth > MAX_DEPTH) {
            throw malformed(p, "objects and arrays are nested deeper than the limit of " + MAX_DEPTH);
        }
    }

    /** The current name, which must not be too long. */
    static String name(JsonParser p) throws IOException, Malformed {
        String name = p.currentName();
        if (name.length() > MAX_NAME_LENGTH) {
            throw malformed(p, "a field's name is longer than the limit of " + MAX_NAME_LENGTH + " characters");
        }
        return name;
    }

    /** What kind of thing a token begins, for messages. */
    static String describe(JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a truth value";
            case VALUE_NULL -> "null";
            default -> token.asString();
        };
    }

    static Malformed malformed(JsonParser p, String message) {
        return new Malformed(message, p.hasCurrentToken() ? p.currentTokenLocation() : p.currentLocation(), false);
    }

    /** What the parser complained about, without its own words for the place. */
    public static Malformed malformed(JsonProcessingException e) {
        return malformed(e, isEndOfInput(e));
    }

    /** The parser has two exceptions for it, and one of them is the general one. */
    private static boolean isEndOfInput(JsonProcessingException e) {
        return e instanceof JsonEOFException
                || String.valueOf(e.getOriginalMessage()).startsWith("Unexpected end-of-input");
    }

    /** The JSON parser's message without what it says about itself. */
    public static String plainWords(String message) {
        String plain = message;
        for (Map.Entry<Pattern, String> words : PARSERS_OWN_WORDS) {
            plain = words.getKey().matcher(plain).replaceAll(words.getValue());
        }
        return plain;
    }

    private static Malformed malformed(JsonProcessingException e, boolean cut) {
        String message = plainWords(String.valueOf(e.getOriginalMessage()));
        JsonLocation at = e.getLocation() == null ? JsonLocation.NA : e.getLocation();
        return new Malformed("not valid JSON: " + message, at, cut);
    }

    /** True if the parser stopped at the end of the text, or at the start of a literal or a fraction that it cuts. */
    private static boolean endsEarly(JsonProcessingException e, byte[] bytes, int start, int end) {
        if (isEndOfInput(e) || e.getLocation() == null) {
            return isEndOfInput(e);
        }
        long at = start + Math.max(0, e.getLocation().getByteOffset());
        if (end - at > 4) {
            return false;
        }
        String rest = at >= end ? "" : new String(bytes, (int) at, (int) (end - at), StandardCharsets.ISO_8859_1);
        return Stream.of("true", "false", "null", ".").anyMatch(whole -> whole.startsWith(rest));
    }

    static String shorten(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }

    /** An object that cannot be read, with the place in the parser's input; the reader adds the file. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final long offset;
        private final int line;
        private final int column;
        private final boolean cut;

        Malformed(String message, JsonLocation at, boolean cut) {
            super(message, null, false, false);
            offset = Math.max(0, at.getByteOffset());
            line = Math.max(1, at.getLineNr());
            column = Math.max(1, at.getColumnNr());
            this.cut = cut;
        }

        /** Byte offset from 0. */
        public long offset() {
            return offset;
        }

        /** Line from 1. */
        public int line() {
            return line;
        }

        /** Column in bytes from 1. */
        public int column() {
            return column;
        }

        /** True if the text ended too early; what is there may be the start of a good record. */
        public boolean isCut() {
            return cut;
        }
    }
}

package io.dettrace.formats.ctf;

import io.dettrace.event.Field;
import io.dettrace.formats.record.EventRecord;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * A trace of one stream with random types and values: its metadata, its bytes, and the fields that its events have by
 * construction. The same seed makes the same trace.
 */
final class RandomTrace {
    /** Text of the metadata. */
    final String metadata;

    /** Bytes of the data stream. */
    final byte[] stream;

    /** The events' fields, without the lane. */
    final List<List<Field>> events = new ArrayList<>();

    private static final int[] FREQUENCIES = {1_000_000_000, 1_000_000, 32_768, 1_000};
    private static final String[] TEXTS = {"", "a", "hello world", "caf\u00e9 \u4e16", "quote \" and \\", "x".repeat(70)
    };

    private final Random random;
    private final boolean big;
    private final boolean restricted;
    private int names;
    private int insideArrays;

    /** How events begin. */
    private enum Header {
        NONE,
        PLAIN,
        COMPACT,
        LARGE
    }

    /** A type with what is needed to write values of it. */
    private interface Type {
        /** Declares a field. */
        String declare(String name);

        /** Writes a random value and adds the fields that it is shown as. */
        void write(BitWriter w, String path, EventRecord out);

        /** Writes a random value and gives it as JSON. */
        String json(BitWriter w);

        int align();
    }

    /**
     * Makes a trace.
     *
     * @param restricted true to use only what babeltrace2 reads too
     */
    RandomTrace(long seed, boolean restricted) {
        random = new Random(seed);
        this.restricted = restricted;
        big = random.nextBoolean();
        Header header = Header.values()[random.nextInt(4)];
        int classes = header == Header.NONE ? 1 : 1 + random.nextInt(40);
        int frequency = FREQUENCIES[random.nextInt(FREQUENCIES.length)];
        long offset = random.nextInt(2_000_000_000);
        UUID uuid = new UUID(random.nextLong(), random.nextLong());
        StructType context = random.nextBoolean() ? struct(1) : null;
        List<StructType> contexts = new ArrayList<>();
        List<StructType> payloads = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            contexts.add(random.nextInt(4) == 0 ? eventContext() : null);
            payloads.add(struct(0));
        }
        metadata = text(header, uuid, frequency, offset, context, contexts, payloads);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long clock = random.nextInt(1_000_000);
        for (int p = 1 + random.nextInt(4); p > 0; p--) {
            BitWriter w = new BitWriter();
            w.write(0xC1FC1FC1L, 32, big);
            for (int i = 0; i < 16; i++) {
                w.write(half(uuid, i / 8) >>> 56 - i % 8 * 8, 8, big);
            }
            w.write(7, 5, big);
            w.align(64);
            int sizes = w.position();
            w.write(0, 32, big);
            w.write(0, 64, big);
            w.align(64);
            w.write(clock, 64, big);
            w.write(3, 8, big);
            for (int e = random.nextInt(30); e > 0; e--) {
                int id = random.nextInt(classes);
                clock = header == Header.NONE ? clock : header(w, header, id, clock);
                event(w, id, clock, frequency, offset, context, contexts.get(id), payloads.get(id));
            }
            w.patch(sizes, w.position(), 32, big);
            for (int pad = random.nextInt(3); pad > 0; pad--) {
                w.write(0, 32, big);
            }
            w.align(8);
            w.patch(sizes + 32, w.position(), 64, big);
            w.appendTo(out);
        }
        stream = out.toByteArray();
    }

    private static long half(UUID uuid, int n) {
        return n == 0 ? uuid.getMostSignificantBits() : uuid.getLeastSignificantBits();
    }

    // ---- metadata --------------------------------------------------------------------------------------------------

    private String text(
            Header header,
            UUID uuid,
            int frequency,
            long offset,
            StructType context,
            List<StructType> contexts,
            List<StructType> payloads) {
        StringBuilder s = new StringBuilder("/* CTF 1.8 */\n");
        s.append("typealias integer { size = 5; align = 1; signed = false; } := uint5_t;\n");
        s.append("typealias integer { size = 8; align = 8; signed = false; } := uint8_t;\n");
        s.append("typealias integer { size = 32; align = 8; signed = 0; } := unsigned int;\n");
        s.append("typealias integer { size = 64; align = 8; signed = false; } := uint64_t;\n");
        s.append("trace { major = 1; minor = 8; uuid = \"").append(uuid).append("\"; byte_order = ");
        s.append(big ? "be" : "le").append("; packet.header := struct { unsigned int magic; uint8_t uuid[16];");
        s.append(" uint5_t stream_id; }; };\n");
        s.append("env { domain = \"test\"; number = 0x1F; /* a comment */ };\n");
        s.append("clock { name = c; freq = ")
                .append(frequency)
                .append("; offset_s = ")
                .append(offset)
                .append("; };\n");
        s.append("typealias integer { size = 27; align = 1; signed = false; map = clock.c.value; } := uint27_c;\n");
        s.append("typealias integer { size = 64; align = 8; signed = false; map = clock.c.value; } := uint64_c;\n");
        s.append("stream { id = 7; packet.context := struct { unsigned int content_size; uint64_t packet_size;");
        s.append(" integer { size = 64; align = 64; map = clock.c.value; } timestamp_begin; uint8_t cpu_id; };\n");
        s.append(
                switch (header) {
                    case NONE -> "";
                    case PLAIN ->
                        "event.header := struct { integer { size = 13; align = 4; } id; uint27_c timestamp; };\n";
                    case COMPACT ->
                        "event.header := struct { enum : uint5_t { compact = 0 ... 30, extended = 31 } id; variant <id>"
                                + " { struct { uint27_c timestamp; } compact; struct { unsigned int id; uint64_c timestamp; }"
                                + " extended; } v; } align(8);\n";
                    case LARGE ->
                        "event.header := struct { enum : integer { size = 16; align = 8; } { compact = 0 ... 65534,"
                                + " extended = 65535 } id; variant <id> { struct { integer { size = 32; align = 8; map ="
                                + " clock.c.value; } timestamp; } compact; struct { unsigned int id; uint64_c timestamp; } extended;"
                                + " } v; } align(8);\n";
                });
        if (context != null) {
            s.append("event.context := ").append(context.type()).append(";\n");
        }
        s.append("};\n");
        for (int i = 0; i < payloads.size(); i++) {
            s.append("event { name = \"event:")
                    .append(i)
                    .append("\"; id = ")
                    .append(i)
                    .append("; stream_id = 7;\n");
            if (contexts.get(i) != null) {
                s.append("context := ").append(contexts.get(i).type()).append(";\n");
            }
            s.append("fields := ").append(payloads.get(i).type()).append("; };\n");
        }
        return s.toString();
    }

    // ---- events ----------------------------------------------------------------------------------------------------

    /** Writes an event's header; gives its time. */
    private long header(BitWriter w, Header kind, int id, long before) {
        long now = before + random.nextInt(1 << 26);
        if (kind == Header.PLAIN) {
            w.align(4);
            w.write(id, 13, big);
            w.write(now, 27, big);
            return now;
        }
        boolean compact = kind == Header.COMPACT;
        boolean extended = compact && id > 30 || random.nextInt(5) == 0;
        w.align(8);
        w.write(extended ? -1 : id, compact ? 5 : 16, big);
        if (extended) {
            now += random.nextLong() & 0xFFFFFFFL;
            w.align(8);
            w.write(id, 32, big);
            w.write(now, 64, big);
        } else {
            w.align(compact ? 1 : 8);
            w.write(now, compact ? 27 : 32, big);
        }
        return now;
    }

    private void event(
            BitWriter w,
            int id,
            long clock,
            int frequency,
            long offset,
            StructType context,
            StructType own,
            StructType payload) {
        EventRecord out = new EventRecord();
        out.text("event", "event:" + id);
        out.decimal(
                out.path("time_ns"),
                BigInteger.valueOf(clock)
                        .multiply(BigInteger.valueOf(1_000_000_000))
                        .divide(BigInteger.valueOf(frequency))
                        .add(BigInteger.valueOf(offset).multiply(BigInteger.valueOf(1_000_000_000)))
                        .toString());
        out.number("packet.cpu_id", 3);
        if (context != null) {
            context.write(w, "ctx", out);
        }
        if (own != null) {
            own.write(w, "ctx", out);
        }
        payload.write(w, "args", out);
        events.add(out.fields());
    }

    // ---- types -----------------------------------------------------------------------------------------------------

    private StructType struct(int depth) {
        List<String> fields = new ArrayList<>();
        List<Type> types = new ArrayList<>();
        for (int n = 1 + random.nextInt(5); n > 0; n--) {
            String name = "f" + names++;
            types.add(type(depth));
            fields.add(random.nextInt(5) == 0 ? "_" + name : name);
        }
        return new StructType(fields, types, random.nextInt(3) == 0 ? 1 << random.nextInt(7) : 1);
    }

    private Type type(int depth) {
        return switch (random.nextInt(depth > 2 ? 6 : restricted && insideArrays > 0 ? 8 : 11)) {
            case 0, 1, 2 -> whole(restricted || random.nextInt(8) > 0 ? 64 : 200);
            case 3 -> new RealType(random.nextBoolean() ? 32 : 64, random.nextBoolean());
            case 4 -> new StringType(random.nextBoolean() ? 0 : 1 + random.nextInt(9));
            case 5 -> new EnumType(whole(16), 1 + random.nextInt(4));
            case 6 -> struct(depth + 1);
            case 7 -> new ArrayType(element(depth), random.nextInt(4), 1 + random.nextInt(2));
            case 8 -> new SequenceType(element(depth), "f" + names++, random.nextInt(6));
            case 9 -> new SequenceType(new StringType(0), "f" + names++, random.nextInt(3));
            default -> new VariantType("f" + names++, List.of(type(depth + 1), type(depth + 1), whole(64)));
        };
    }

    /** The context of an event class; babeltrace2 2.0.4 stops with an assertion if there are lengths or tags in it. */
    private StructType eventContext() {
        insideArrays++;
        StructType type = struct(1);
        insideArrays--;
        return type;
    }

    /** A type inside an array; babeltrace2 2.0.4 does not find lengths and tags there. */
    private Type element(int depth) {
        insideArrays++;
        Type type = type(depth + 1);
        insideArrays--;
        return type;
    }

    private WholeType whole(int most) {
        int size = most > 64
                ? 65 + random.nextInt(most - 65)
                : random.nextInt(3) == 0 ? Math.min(most, 8 << random.nextInt(4)) : 1 + random.nextInt(most);
        boolean other = random.nextInt(4) == 0 && size % 8 == 0;
        return new WholeType(size, other ? 8 : 1 << random.nextInt(6), random.nextBoolean(), other ? !big : big, other);
    }

    private final class WholeType implements Type {
        final int size;
        final int align;
        final boolean signed;
        final boolean bigEndian;
        final boolean explicit;

        WholeType(int size, int align, boolean signed, boolean bigEndian, boolean explicit) {
            this.size = size;
            this.align = align;
            this.signed = signed;
            this.bigEndian = bigEndian;
            this.explicit = explicit;
        }

        String type() {
            return "integer { size = " + size + "; align = " + align + "; signed = " + signed
                    + (explicit ? "; byte_order = " + (bigEndian ? "be" : "le") : "") + "; }";
        }

        @Override
        public String declare(String name) {
            return type() + " " + name + ";";
        }

        BigInteger value() {
            BigInteger bits = new BigInteger(size, random);
            if (random.nextInt(4) == 0) {
                bits = BigInteger.valueOf(random.nextInt(2)).mod(BigInteger.ONE.shiftLeft(size));
            }
            return signed && bits.testBit(size - 1) ? bits.subtract(BigInteger.ONE.shiftLeft(size)) : bits;
        }

        BigInteger put(BitWriter w, BigInteger value) {
            w.align(align);
            w.write(value, size, bigEndian);
            return value;
        }

        @Override
        public void write(BitWriter w, String path, EventRecord out) {
            out.decimal(out.path(path), json(w));
        }

        @Override
        public String json(BitWriter w) {
            return put(w, value()).toString();
        }

        @Override
        public int align() {
            return align;
        }
    }

    private final class RealType implements Type {
        private final int size;
        private final boolean little;

        RealType(int size, boolean little) {
            this.size = size;
            this.little = little;
        }

        @Override
        public String declare(String name) {
            return "floating_point { exp_dig = " + (size == 32 ? 8 : 11) + "; mant_dig = " + (size == 32 ? 24 : 53)
                    + "; align = 8; byte_order = " + (little ? "le" : "be") + "; } " + name + ";";
        }

        private double put(BitWriter w) {
            w.align(8);
            double value = random.nextInt(5) == 0 ? random.nextInt(100) : random.nextGaussian() * 1e6;
            if (size == 32) {
                w.write(Float.floatToRawIntBits((float) value), 32, !little);
                return (float) value;
            }
            w.write(Double.doubleToRawLongBits(value), 64, !little);
            return value;
        }

        @Override
        public void write(BitWriter w, String path, EventRecord out) {
            out.number(out.path(path), put(w));
        }

        @Override
        public String json(BitWriter w) {
            return Double.toString(put(w));
        }

        @Override
        public int align() {
            return 8;
        }
    }

    /** A string that ends with a zero byte, or {@code fixed} characters. */
    private final class StringType implements Type {
        private final int fixed;

        StringType(int fixed) {
            this.fixed = fixed;
        }

        @Override
        public String declare(String name) {
            return fixed == 0
                    ? "string { encoding = UTF8; } " + name + ";"
                    : "integer { size = 8; align = 8; encoding = UTF8; } " + name + "[" + fixed + "];";
        }

        private String put(BitWriter w) {
            w.align(8);
            String text = TEXTS[random.nextInt(fixed == 0 ? TEXTS.length : 2)];
            if (restricted && text.isEmpty()) {
                text = "a"; // babeltrace2 2.0.4 shows the field's last text for an empty one
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            w.bytes(bytes);
            w.bytes(new byte[fixed == 0 ? 1 : fixed - bytes.length]);
            return text;
        }

        @Override
        public void write(BitWriter w, String path, EventRecord out) {
            out.text(path, put(w));
        }

        @Override
        public String json(BitWriter w) {
            return "\"" + put(w).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        }

        @Override
        public int align() {
            return 8;
        }
    }

    /** Labels L0 to Ln for single values from 0, and REST for the ten values behind them. */
    private final class EnumType implements Type {
        private final WholeType container;
        private final int count;

        EnumType(WholeType container, int count) {
            this.container = container;
            this.count = count;
        }

        @Override
        public String declare(String name) {
            StringBuilder s = new StringBuilder("enum : " + container.type() + " { ");
            for (int i = 0; i < count; i++) {
                s.append(i % 2 == 0 ? "L" + i : "\"L" + i + "\"")
                        .append(i == 0 ? " = 0" : "")
                        .append(", ");
            }
            return s + "\"REST\" = " + count + " ... " + (count + 9) + " } " + name + ";";
        }

        private String label(BigInteger value) {
            int v = value.bitLength() > 20 ? -1 : value.intValue();
            return v < 0 || v >= count + 10 ? null : v < count ? "L" + v : "REST";
        }

        BigInteger pick(int most) {
            BigInteger value = BigInteger.valueOf(random.nextInt(most));
            int bits = container.size - (container.signed ? 1 : 0);
            return value.bitLength() <= bits ? value : BigInteger.ZERO;
        }

        @Override
        public void write(BitWriter w, String path, EventRecord out) {
            BigInteger value = container.put(w, random.nextBoolean() ? pick(count + 12) : container.value());
            String label = label(value);
            if (label != null) {
                out.text(path, label);
            }
            out.decimal(out.path(label == null ? path : path + ".number"), value.toString());
        }

        @Override
        public String json(BitWriter w) {
            BigInteger value = container.put(w, random.nextBoolean() ? pick(count + 12) : container.value());
            String label = label(value);
            return label == null ? value.toString() : "\"" + label + "(" + value + ")\"";
        }

        @Override
        public int align() {
            return container.align;
        }
    }

    private final class StructType implements Type {
        private final List<String> fields;
        private final List<Type> types;
        private final int minimum;

        StructType(List<String> fields, List<Type> types, int minimum) {
            this.fields = fields;
            this.types = types;
            this.minimum = minimum;
        }

        String type() {
            StringBuilder s = new StringBuilder("struct {\n");
            for (int i = 0; i < fields.size(); i++) {
                s.append("  ").append(types.get(i).declare(fields.get(i))).append('\n');
            }
            return s + "}" + (minimum > 1 ? " align(" + minimum + ")" : "");
        }

        @Override
        public String declare(String name) {
            return type() + " " + name + ";";
        }

        private String shown(int i) {
            return fields.get(i).startsWith("_") ? fields.get(i).substring(1) : fields.get(i);
        }

        @Override
        public void write(BitWriter w, String path, EventRecord out) {
            w.align(align());
            for (int i = 0; i < fields.size(); i++) {
                types.get(i).write(w, path + "." + shown(i), out);
            }
        }

        @Override
        public String json(BitWriter w) {
            w.align(align());
            StringBuilder s = new StringBuilder();
            for (int i = 0; i < fields.size(); i++) {
                int at = s.length();
                String value = types.get(i).json(w);
                s.append(at == 0 ? "{" : ",");
                if (types.get(i) instanceof WithHelper h) {
                    s.append('"')
                            .append(h.helper())
                            .append("\":")
                            .append(h.helperValue())
                            .append(',');
                }
                s.append('"').append(shown(i)).append("\":").append(value);
            }
            return s + "}";
        }

        @Override
        public int align() {
            int align = minimum;
            for (Type t : types) {
                align = Math.max(align, t.align());
            }
            return align;
        }
    }

    /** A type that needs another field before it: a length or a tag. */
    private interface WithHelper {
        String helper();

        String helperValue();
    }

    private final class ArrayType implements Type {
        private final Type element;
        private final int count;
        private final int dimensions;

        ArrayType(Type element, int count, int dimensions) {
            this.element = element instanceof WithHelper ? whole(64) : element;
            this.count = count;
            this.dimensions = dimensions;
        }

        @Override
        public String declare(String name) {
            StringBuilder suffix = new StringBuilder();
            for (int i = 0; i < dimensions; i++) {
                suffix.append('[').append(count + i).append(']');
            }
            String inner = element.declare(name);
            int at = inner.lastIndexOf(name) + name.length();
            return inner.substring(0, at) + suffix + inner.substring(at);
        }

        @Override
        public void write(BitWriter w, String path, EventRecord out) {
            out.json(out.path(path), json(w));
        }

        @Override
        public String json(BitWriter w) {
            return json(w, 0);
        }

        private String json(BitWriter w, int dimension) {
            if (dimension == dimensions) {
                return element.json(w);
            }
            w.align(element.align());
            StringBuilder s = new StringBuilder("[");
            for (int i = 0; i < count + dimension; i++) {
                s.append(i == 0 ? "" : ",").append(json(w, dimension + 1));
            }
            return s + "]";
        }

        @Override
        public int align() {
            return element.align();
        }
    }

    private final class SequenceType implements Type, WithHelper {
        private final Type element;
        private final String length;
        private final int most;
        private int last;

        SequenceType(Type element, String length, int most) {
            this.element = element instanceof WithHelper || element instanceof StringType s && s.fixed > 0
                    ? whole(64)
                    : element;
            this.length = length;
            this.most = most;
        }

        @Override
        public String declare(String name) {
            String inner = element.declare(name);
            int at = inner.lastIndexOf(name) + name.length();
            return "integer { size = 6; align = 1; } " + length + "; " + inner.substring(0, at) + "[" + length + "]"
                    + inner.substring(at);
        }

        @Override
        public void write(BitWriter w, String path, EventRecord out) {
            String value = json(w);
            out.number(path.substring(0, path.lastIndexOf('.') + 1) + length, last);
            out.json(out.path(path), value);
        }

        @Override
        public String json(BitWriter w) {
            int n = random.nextInt(most + 1);
            w.write(n, 6, big);
            w.align(element.align());
            StringBuilder s = new StringBuilder("[");
            for (int i = 0; i < n; i++) {
                s.append(i == 0 ? "" : ",").append(element.json(w));
            }
            last = n;
            return s + "]";
        }

        @Override
        public String helper() {
            return length;
        }

        @Override
        public String helperValue() {
            return Integer.toString(last);
        }

        @Override
        public int align() {
            return element.align();
        }
    }

    private final class VariantType implements Type, WithHelper {
        private final String tag;
        private final List<Type> options;
        private int last;

        VariantType(String tag, List<Type> options) {
            this.tag = tag;
            this.options = options.stream()
                    .map(o -> o instanceof WithHelper ? whole(64) : o)
                    .toList();
        }

        @Override
        public String declare(String name) {
            StringBuilder s = new StringBuilder("enum : integer { size = 8; align = 8; } { a, b = 3 ... 4, c } ")
                    .append(tag)
                    .append("; variant <")
                    .append(tag)
                    .append("> {\n");
            for (int i = 0; i < options.size(); i++) {
                s.append("    ").append(options.get(i).declare(option(i))).append('\n');
            }
            return s + "  } " + name + ";";
        }

        private static String option(int i) {
            return String.valueOf((char) ('a' + i));
        }

        private int choose(BitWriter w) {
            last = random.nextInt(options.size());
            w.align(8);
            w.write(number(), 8, big);
            return last;
        }

        private int number() {
            return last == 0 ? 0 : 2 + last + (last == 2 ? 1 : 0);
        }

        @Override
        public void write(BitWriter w, String path, EventRecord out) {
            int chosen = choose(w);
            String helper = path.substring(0, path.lastIndexOf('.') + 1) + tag;
            out.text(helper, option(chosen));
            out.number(helper + ".number", number());
            options.get(chosen).write(w, path + "." + option(chosen), out);
        }

        @Override
        public String json(BitWriter w) {
            int chosen = choose(w);
            int number = number();
            String value = options.get(chosen).json(w);
            last = chosen;
            return "{\"" + option(chosen) + "\":" + value + "}";
        }

        @Override
        public String helper() {
            return tag;
        }

        @Override
        public String helperValue() {
            return "\"" + option(last) + "(" + number() + ")\"";
        }

        @Override
        public int align() {
            return 8;
        }
    }
}

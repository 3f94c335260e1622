package io.dettrace.formats.ctf;

import io.dettrace.event.InputException;
import io.dettrace.formats.ctf.FieldType.Order;
import io.dettrace.formats.ctf.FieldType.Struct;
import io.dettrace.formats.ctf.TraceClass.EventClass;
import io.dettrace.formats.ctf.TraceClass.StreamClass;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Reads the blocks of TSDL: {@code trace}, {@code env}, {@code clock}, {@code stream}, {@code event}, {@code callsite}. */
final class TsdlParser extends TypeParser {
    /** Stream classes of a trace. */
    static final int MAX_STREAM_CLASSES = 4_096;

    /** Event classes of a trace. */
    static final int MAX_EVENT_CLASSES = 100_000;

    /** Clocks of a trace. */
    static final int MAX_CLOCKS = 1_024;

    /** Length of a field path on the left of an assignment. */
    private static final int MAX_PATH = 16;

    private final TraceClass trace = new TraceClass();
    private final Set<String> blocks = new HashSet<>();

    /** What a block assigns: values by {@code =}, and types by {@code :=}. */
    private record Block(Token at, Map<String, Value> values, Map<String, FieldType> types) {}

    /** A value as text, and as a number if it is one. */
    private record Value(Token at, String text, Long number) {}

    private TsdlParser(Lexer lexer) throws InputException {
        super(lexer);
    }

    /**
     * Reads metadata.
     *
     * @param file its name, for messages
     * @throws InputException where it is no TSDL of CTF 1.8, or beyond a limit
     */
    static TraceClass parse(String file, byte[] text) throws InputException {
        TsdlParser parser = new TsdlParser(new Lexer(file, text));
        parser.all();
        return parser.trace;
    }

    private void all() throws InputException {
        while (peek().kind() != Token.Kind.END) {
            if (takeIf(";")) {
                continue;
            }
            boolean block = peek().kind() == Token.Kind.WORD && peekSecond().is("{");
            if (block && isBlock(peek().text())) {
                topLevelBlock();
            } else if (startsDeclaration()) {
                declaration();
            } else {
                throw expected("a block (trace, env, clock, stream, event, callsite) or the declaration of a type");
            }
        }
        if (!blocks.contains("trace")) {
            throw error(peek(), "expected a trace block, found none in the whole metadata");
        }
    }

    private static boolean isBlock(String word) {
        return switch (word) {
            case "trace", "env", "clock", "stream", "event", "callsite" -> true;
            default -> false;
        };
    }

    private void topLevelBlock() throws InputException {
        String kind = peek().text();
        Block block = block();
        expect(";");
        switch (kind) {
            case "trace" -> trace(block);
            case "env" -> block.values.forEach((key, value) -> trace.env.put(key, value.text));
            case "clock" -> clock(block);
            case "stream" -> stream(block);
            case "event" -> event(block);
            default -> {
                // Callsites say where in the source an event is made; nothing is read from them.
            }
        }
    }

    // ---- assignments -----------------------------------------------------------------------------------------------

    private Block block() throws InputException {
        Block block = new Block(take(), new HashMap<>(), new HashMap<>());
        expect("{");
        Scope outside = scope;
        scope = new Scope(outside);
        while (!takeIf("}")) {
            if (startsDeclaration()) {
                declaration();
            } else {
                assignment(block);
            }
        }
        scope = outside;
        return block;
    }

    private void assignment(Block block) throws InputException {
        Token at = peek();
        StringBuilder name = new StringBuilder(expectWord("an assignment"));
        for (int i = 0; peek().is(".") || peek().is("->"); i++) {
            take();
            name.append('.').append(expectWord("a name"));
            if (i == MAX_PATH) {
                throw error(at, "a name has more than " + MAX_PATH + " parts");
            }
        }
        boolean twice;
        if (takeIf(":=")) {
            twice = block.types.put(name.toString(), abstractDeclarator(specifier())) != null;
        } else if (takeIf("=")) {
            twice = block.values.put(name.toString(), value()) != null;
        } else {
            throw expected("\"=\" or \":=\"");
        }
        if (twice) {
            throw error(at, "\"" + name + "\" is given twice in this block");
        }
        expect(";");
    }

    private Value value() throws InputException {
        Token at = peek();
        StringBuilder text = new StringBuilder();
        if (at.kind() == Token.Kind.STRING) {
            while (peek().kind() == Token.Kind.STRING) {
                text.append(take().text());
            }
            return new Value(at, text.toString(), null);
        }
        if (at.kind() == Token.Kind.NUMBER || at.is("-") || at.is("+")) {
            boolean negative = at.is("-");
            long number = integer();
            return new Value(at, negative ? Long.toString(number) : Long.toUnsignedString(number), number);
        }
        text.append(expectWord("a value"));
        while (!peek().is(";") && peek().kind() != Token.Kind.END && !peek().is("}")) {
            text.append(take().text());
            if (text.length() > Lexer.MAX_TOKEN) {
                throw error(at, "a value is longer than " + Lexer.MAX_TOKEN + " characters");
            }
        }
        return new Value(at, text.toString(), null);
    }

    private String text(Block block, String name) {
        Value v = block.values.get(name);
        return v == null ? null : v.text;
    }

    private long number(Block block, String name, long otherwise) throws InputException {
        Value v = block.values.get(name);
        if (v == null) {
            return otherwise;
        }
        if (v.number == null) {
            throw error(v.at, "expected " + name + " to be a whole number, found " + v.at.shown());
        }
        return v.number;
    }

    private Struct struct(Block block, String name) throws InputException {
        FieldType type = block.types.get(name);
        if (type == null || type instanceof Struct) {
            return (Struct) type;
        }
        throw error(block.at, "expected " + name + " to be a structure in this block");
    }

    // ---- blocks ----------------------------------------------------------------------------------------------------

    private void trace(Block block) throws InputException {
        if (!blocks.add("trace")) {
            throw error(block.at, "the metadata has two trace blocks");
        }
        long major = number(block, "major", 1);
        long minor = number(block, "minor", 8);
        if (major != 1 || minor != 8) {
            throw error(block.at, "expected version 1.8 of the Common Trace Format, found " + major + "." + minor);
        }
        Value order = block.values.get("byte_order");
        if (order == null) {
            throw error(block.at, "expected byte_order in the trace block");
        }
        trace.order = Attributes.order(this, order.at, order.text);
        if (trace.order == Order.NATIVE) {
            throw error(order.at, "expected le or be, found " + order.at.shown());
        }
        Value uuid = block.values.get("uuid");
        trace.uuid = uuid == null ? null : uuid(uuid);
        trace.packetHeader = struct(block, "packet.header");
    }

    private byte[] uuid(Value value) throws InputException {
        try {
            UUID uuid = UUID.fromString(value.text);
            byte[] bytes = new byte[16];
            for (int i = 0; i < 8; i++) {
                bytes[i] = (byte) (uuid.getMostSignificantBits() >>> 56 - 8 * i);
                bytes[8 + i] = (byte) (uuid.getLeastSignificantBits() >>> 56 - 8 * i);
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw error(value.at, "expected a UUID, found " + value.at.shown());
        }
    }

    private void clock(Block block) throws InputException {
        String name = text(block, "name");
        if (name == null) {
            throw error(block.at, "expected the clock's name in this block");
        }
        long frequency = number(block, "freq", 1_000_000_000L);
        if (frequency == 0) {
            throw error(block.at, "expected a frequency of at least 1 cycle a second, found 0");
        }
        if (trace.clock(name) != null) {
            throw error(block.at, "there are two clocks called \"" + name + "\"");
        }
        if (trace.clocks.size() == MAX_CLOCKS) {
            throw error(block.at, "there are more than " + MAX_CLOCKS + " clocks");
        }
        trace.clocks.add(new ClockClass(name, frequency, number(block, "offset_s", 0), number(block, "offset", 0)));
    }

    private void stream(Block block) throws InputException {
        long id = number(block, "id", 0);
        StreamClass stream = trace.streams.get(id);
        if (stream != null && blocks.contains("stream " + id)) {
            throw error(block.at, "there are two streams with the id " + Long.toUnsignedString(id));
        }
        blocks.add("stream " + id);
        stream = streamClass(block, id);
        stream.packetContext = struct(block, "packet.context");
        stream.eventHeader = struct(block, "event.header");
        stream.eventContext = struct(block, "event.context");
    }

    private StreamClass streamClass(Block block, long id) throws InputException {
        StreamClass stream = trace.streams.computeIfAbsent(id, StreamClass::new);
        if (trace.streams.size() > MAX_STREAM_CLASSES) {
            throw error(block.at, "there are more than " + MAX_STREAM_CLASSES + " stream classes");
        }
        return stream;
    }

    private void event(Block block) throws InputException {
        long id = number(block, "id", 0);
        StreamClass stream = streamClass(block, number(block, "stream_id", onlyStream()));
        String name = text(block, "name");
        EventClass event = new EventClass(
                id,
                name == null ? "event " + Long.toUnsignedString(id) : name,
                struct(block, "context"),
                struct(block, "fields"));
        if (stream.events.putIfAbsent(id, event) != null) {
            throw error(block.at, "there are two events with the id " + Long.toUnsignedString(id) + " in one stream");
        }
        if (++trace.eventClasses > MAX_EVENT_CLASSES) {
            throw error(block.at, "there are more than " + MAX_EVENT_CLASSES + " event classes");
        }
    }

    /** The stream of an event that names none. */
    private long onlyStream() {
        return trace.streams.size() == 1 ? trace.streams.keySet().iterator().next() : 0;
    }
}

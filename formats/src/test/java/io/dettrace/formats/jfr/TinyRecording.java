package io.dettrace.formats.jfr;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes recordings as small as may be, with one type of event: {@code test.Step} with a start, a thread and a number.
 * The layout is that of version 2.1, as the JDK's own parser takes it.
 */
final class TinyRecording {
    /** When chunks begin, and their clock of one tick a nanosecond. */
    static final long START = 1_700_000_000_000_000_000L;

    private static final int LONG = 10;
    private static final int STRING = 11;
    private static final int THREAD = 12;
    private static final int INT = 13;
    private static final int STEP = 100;

    private final List<String> threads = new ArrayList<>();
    private final List<long[]> steps = new ArrayList<>();
    private long constantsDelta;
    private int state;
    private String type = "test.Step";

    /** Calls the events otherwise. */
    TinyRecording type(String name) {
        type = name;
        return this;
    }

    /** Adds an event; times are nanoseconds since 1970, not before {@link #START}. */
    TinyRecording step(long time, String thread, int amount) {
        threads.add(thread);
        steps.add(new long[] {time - START, threads.indexOf(thread) + 1, amount});
        return this;
    }

    /** Adds an event of a thread of its own, whose name may be in use. */
    TinyRecording stepOfNew(long time, String thread, int amount) {
        threads.add(thread);
        steps.add(new long[] {time - START, threads.size(), amount});
        return this;
    }

    /** Makes the constants refer to others, which stand that far behind them. */
    TinyRecording constantsDelta(long delta) {
        constantsDelta = delta;
        return this;
    }

    /** Sets the state of the header: 0 for finished, 255 for being written. */
    TinyRecording state(int value) {
        state = value;
        return this;
    }

    /** One chunk. */
    byte[] bytes() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (long[] s : steps) {
            ByteArrayOutputStream e = new ByteArrayOutputStream();
            for (long v : new long[] {STEP, s[0], s[1], s[2]}) {
                number(e, v);
            }
            sized(body, e);
        }
        long constants = Chunk.HEADER_SIZE + body.size();
        sized(body, constants());
        long metadata = Chunk.HEADER_SIZE + body.size();
        sized(body, metadata());
        ByteBuffer out = ByteBuffer.allocate(Chunk.HEADER_SIZE + body.size());
        out.putInt(Chunk.MAGIC).putShort((short) 2).putShort((short) 1).putLong(out.capacity());
        out.putLong(constants).putLong(metadata);
        out.putLong(START).putLong(1_000_000_000L).putLong(0).putLong(1_000_000_000L);
        out.put((byte) state).put(new byte[] {0, 0, 1}).put(body.toByteArray());
        return out.array();
    }

    private ByteArrayOutputStream constants() {
        ByteArrayOutputStream e = new ByteArrayOutputStream();
        number(e, Chunk.CHECKPOINT_TYPE);
        number(e, 0);
        number(e, 0);
        number(e, constantsDelta);
        e.write(1);
        number(e, 1);
        number(e, THREAD);
        number(e, threads.size());
        for (int i = 0; i < threads.size(); i++) {
            number(e, i + 1);
            text(e, threads.get(i));
            number(e, 1000 + i);
            text(e, threads.get(i));
            number(e, 1 + i);
        }
        return e;
    }

    // ---- metadata --------------------------------------------------------------------------------------------------

    private record Element(String name, List<String> attributes, List<Element> children) {
        static Element of(String name, List<String> attributes, Element... children) {
            return new Element(name, attributes, List.of(children));
        }
    }

    private static Element field(String name, int type, String... more) {
        List<String> attributes = new ArrayList<>(List.of("name", name, "class", "" + type));
        attributes.addAll(List.of(more));
        return Element.of("field", attributes);
    }

    private ByteArrayOutputStream metadata() {
        Element types = Element.of(
                "metadata",
                List.of(),
                Element.of("class", List.of("name", "long", "id", "" + LONG)),
                Element.of("class", List.of("name", "int", "id", "" + INT)),
                Element.of("class", List.of("name", "java.lang.String", "id", "" + STRING)),
                Element.of(
                        "class",
                        List.of("name", "java.lang.Thread", "id", "" + THREAD),
                        field("osName", STRING),
                        field("osThreadId", LONG),
                        field("javaName", STRING),
                        field("javaThreadId", LONG)),
                Element.of(
                        "class",
                        List.of("name", type, "superType", "jdk.jfr.Event", "id", "" + STEP),
                        field("startTime", LONG),
                        field("eventThread", THREAD, "constantPool", "true"),
                        field("amount", INT)));
        Element root =
                Element.of("root", List.of(), types, Element.of("region", List.of("locale", "en", "gmtOffset", "0")));
        List<String> strings = new ArrayList<>();
        ByteArrayOutputStream tree = new ByteArrayOutputStream();
        element(tree, root, strings);
        ByteArrayOutputStream e = new ByteArrayOutputStream();
        for (long v : new long[] {Chunk.METADATA_TYPE, 0, 0, type.length(), strings.size()}) {
            number(e, v);
        }
        strings.forEach(s -> text(e, s));
        e.writeBytes(tree.toByteArray());
        return e;
    }

    private static void element(ByteArrayOutputStream out, Element element, List<String> strings) {
        number(out, index(strings, element.name));
        number(out, element.attributes.size() / 2);
        element.attributes.forEach(a -> number(out, index(strings, a)));
        number(out, element.children.size());
        element.children.forEach(c -> element(out, c, strings));
    }

    private static int index(List<String> strings, String text) {
        if (!strings.contains(text)) {
            strings.add(text);
        }
        return strings.indexOf(text);
    }

    // ---- values ----------------------------------------------------------------------------------------------------

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.write(3);
        number(out, utf8.length);
        out.writeBytes(utf8);
    }

    private static void number(ByteArrayOutputStream out, long value) {
        long left = value;
        for (int i = 0; i < 8; i++) {
            if ((left & ~0x7FL) == 0) {
                out.write((int) left);
                return;
            }
            out.write((int) (left & 0x7F | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }

    /** Adds an event with its size before it, which counts itself and takes four bytes. */
    private static void sized(ByteArrayOutputStream out, ByteArrayOutputStream event) {
        int size = event.size() + 4;
        for (int i = 0; i < 4; i++) {
            out.write(size >>> 7 * i & 0x7F | (i < 3 ? 0x80 : 0));
        }
        out.writeBytes(event.toByteArray());
    }
}

package io.dettrace.recorder;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names (kinds, keys, lanes) one thread uses, each with a number below {@link SegmentFormat#NAME_LIMIT}. Looking up a
 * constant of the program is a read of its cached hash and one comparison of references.
 */
final class NameTable {
    /** A table fuller than this is replaced before the next event; the rest is room for that event. */
    static final int REPLACE_AT = 3000;
    /** Fields of one event; more are an error of the program, and the event counts as oversized. */
    static final int MAX_FIELDS = 1000;

    /** A name, and the chunk of its thread (by its running number) that defines it already. */
    static final class Name {
        final String text;
        final int id;
        int chunk;

        /** For a kind: the keys of its last event in their order, and its lane, which the next event is likely to have. */
        @Nullable
        Name @Nullable [] likelyKeys;

        @Nullable
        Name likelyLane;

        Name(String text, int id) {
            this.text = text;
            this.id = id;
        }

        /** The text as it is written. */
        String shown() {
            return text.length() <= SegmentFormat.MAX_NAME_CHARS
                    ? text
                    : text.substring(0, SegmentFormat.MAX_NAME_CHARS);
        }
    }

    private static final int LIKELY_KEYS = 8;

    private @Nullable Name[] slots = new Name[64];
    private Name[] byId = new Name[32];
    private int size;

    boolean isFull() {
        return size > REPLACE_AT;
    }

    /** Whether numbers are left; they are not only if events with very many new keys are put together at once. */
    boolean hasRoom() {
        return size < SegmentFormat.NAME_LIMIT;
    }

    /** The name {@code text}, or null if it is not there yet. Another thread may get null for a name that is there. */
    @Nullable
    Name find(String text) {
        @Nullable Name[] in = slots;
        int hash = text.hashCode();
        int mask = in.length - 1;
        int i = (hash ^ hash >>> 16) & mask;
        while (true) {
            Name name = in[i];
            if (name == null) {
                return null;
            }
            if (name.text == text || name.text.equals(text)) {
                return name;
            }
            i = i + 1 & mask;
        }
    }

    /** The keys that the last event of this kind had, to be looked at first and corrected. */
    static @Nullable Name[] likelyKeys(Name kind) {
        @Nullable Name[] known = kind.likelyKeys;
        return known != null ? known : (kind.likelyKeys = new Name[LIKELY_KEYS]);
    }

    Name byId(int id) {
        return byId[id];
    }

    /** Adds a name that is not there yet; for the table's own thread. */
    Name add(String text) {
        if (size * 2 >= slots.length) {
            grow();
        }
        Name name = new Name(text, size);
        if (size == byId.length) {
            byId = Arrays.copyOf(byId, size * 2);
        }
        byId[size++] = name;
        put(slots, name);
        return name;
    }

    private void grow() {
        @Nullable Name[] larger = new Name[slots.length * 2];
        for (int i = 0; i < size; i++) {
            put(larger, byId[i]);
        }
        slots = larger;
    }

    private static void put(@Nullable Name[] slots, Name name) {
        int hash = name.text.hashCode();
        int mask = slots.length - 1;
        int i = (hash ^ hash >>> 16) & mask;
        while (slots[i] != null) {
            i = i + 1 & mask;
        }
        slots[i] = name;
    }
}

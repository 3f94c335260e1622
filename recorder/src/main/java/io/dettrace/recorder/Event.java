package io.dettrace.recorder;

import io.dettrace.recorder.NameTable.Name;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An event that is being put together: {@code lane.event("TAKEN").with("task", 1).record()}. It belongs to the thread that
 * asked for it and is used again for that thread's next event, so keep no reference after {@link #record}. Nothing is
 * written before {@link #record}; an event that is left half-way leaves no trace.
 *
 * <p>Nothing is allocated and nothing boxed. Fields keep their order. If a key is given twice, the last value counts.
 */
public final class Event {
    /** What {@link #record} returns for an event that was dropped, and counted. */
    public static final long DROPPED = -1;

    private static final long MAX_48 = (1L << 47) - 1;

    private static final @Nullable Name[] NO_NAMES = {};

    private final Recorder recorder;
    private ThreadWriter writer;
    /** The table the names in {@link #words} are numbered by. */
    NameTable names;

    /** The record as it will stand in the file, save length, number and checksum. */
    long[] words = new long[32];

    int length;
    /** Whether a name is not yet defined in chunk {@link #chunk} of the writer. */
    boolean undefined;

    int chunk;
    /** The kind of the last event, of table {@link #names}, or null. */
    private @Nullable Name likelyKind;
    /** What the keys probably are; names of table {@link #names}. */
    private @Nullable Name[] likelyKeys = NO_NAMES;

    private int fields;
    private boolean oversized;
    private boolean open;

    Event(Recorder recorder, ThreadWriter writer) {
        this.recorder = recorder;
        this.writer = writer;
        this.names = writer.names;
    }

    boolean isOpen() {
        return open;
    }

    Event begin(String lane, String kind) {
        NameTable now = writer.names;
        if (names != now) {
            // Storing a reference costs a fence with some garbage collectors: not for each event.
            names = now;
            likelyKind = null;
        }
        chunk = writer.chunkNumber();
        Name kindName = likelyKind;
        if (kindName == null || kindName.text != kind) {
            kindName = name(kind);
            likelyKind = kindName;
            likelyKeys = NameTable.likelyKeys(kindName);
        }
        Name laneName = kindName.likelyLane;
        if (laneName == null || laneName.text != lane) {
            laneName = name(lane);
            kindName.likelyLane = laneName;
        }
        undefined = kindName.chunk != chunk || laneName.chunk != chunk;
        words[0] = SegmentFormat.EVENT | (long) kindName.id << 4;
        words[1] = laneName.id;
        length = 2;
        fields = 0;
        oversized = false;
        open = true;
        return this;
    }

    /** Adds an integer. */
    public Event with(String key, long value) {
        if (value <= MAX_48 && value >= -MAX_48) {
            add(key, SegmentFormat.LONG_48, value << 16);
        } else if (add(key, SegmentFormat.LONG_64, 0)) {
            word(value);
        }
        return this;
    }

    /** Adds a floating-point number; infinities and NaN are texts in JSON. */
    public Event with(String key, double value) {
        if (add(key, SegmentFormat.DOUBLE, 0)) {
            word(Double.doubleToRawLongBits(value));
        }
        return this;
    }

    /** Adds a truth value. */
    public Event with(String key, boolean value) {
        add(key, value ? SegmentFormat.TRUE : SegmentFormat.FALSE, 0);
        return this;
    }

    /** Adds a text, or null, which is recorded as such. */
    public Event with(String key, @Nullable String value) {
        if (value == null) {
            add(key, SegmentFormat.NULL, 0);
            return this;
        }
        int coding = SegmentFormat.coding(value);
        int count = SegmentFormat.textWords(value, coding);
        if (count > SegmentFormat.MAX_EVENT_WORDS) {
            oversized = true;
        } else if (add(key, coding, (long) value.length() << 16)) {
            for (int i = 0; i < count; i++) {
                word(SegmentFormat.textWord(value, coding, i));
            }
        }
        return this;
    }

    /** Adds a link: this event comes after the event with that number, as {@link #record} returned it; -1 adds none. */
    public Event after(long event) {
        if (event >= 0 && countField()) {
            word(SegmentFormat.LINK | event << 12);
        }
        return this;
    }

    /** Adds a link to the event a context names, of this process or another; a context without one adds none. */
    public Event after(CausalContext context) {
        if (context.event() < 0) {
            return this;
        }
        if (context.recording().equals(recorder.id())) {
            return after(context.event());
        }
        if (countField()) {
            word(SegmentFormat.REMOTE_LINK);
            word(context.recording().high());
            word(context.recording().low());
            word(context.event());
        }
        return this;
    }

    /**
     * Records the event: when this returns, the event outlives the process.
     *
     * @return its number, which orders the events of all lanes: whatever happened before this call has a smaller one; or
     *     {@link #DROPPED}
     * @throws DivergenceError if the run is guarded or follows another, differs from it, and was asked to throw
     * @throws RecorderException if the event cannot be written and the recorder was asked to throw
     */
    public long record() {
        if (!open) {
            return DROPPED;
        }
        if (recorder.isPlain()) {
            open = false;
            return write();
        }
        if (recorder.stamps()) {
            with(recorder.stampKey(), recorder.stamp());
        }
        open = false;
        Check check = recorder.check();
        return check == null ? write() : recorder.checked(check, this);
    }

    /** Records without a check, for values. */
    long recordUnchecked() {
        open = false;
        return write();
    }

    long write() {
        ThreadWriter mine = writer;
        if (!isMine(mine) || mine.names != names) {
            mine = recorder.writer();
            renumber(mine);
        }
        if (mine.hasPending()) {
            mine.addPending(this);
        }
        return mine.commit(this, oversized || length > SegmentFormat.MAX_EVENT_WORDS);
    }

    private boolean add(String key, int type, long payload) {
        if (!countField()) {
            return false;
        }
        Name name = keyName(key);
        undefined |= name.chunk != chunk;
        word(type | (long) name.id << 4 | payload);
        return true;
    }

    /** The name of the field's key; the same kind mostly has the same keys, which one comparison of references shows. */
    private Name keyName(String key) {
        @Nullable Name[] likely = likelyKeys;
        int position = fields - 1;
        if (position >= likely.length) {
            return name(key);
        }
        Name guess = likely[position];
        if (guess != null && guess.text == key) {
            return guess;
        }
        Name name = name(key);
        if (likelyKeys == likely) {
            likely[position] = name;
        }
        return name;
    }

    private Name name(String text) {
        Name known = names.find(text);
        return known != null ? known : newName(text);
    }

    private Name newName(String text) {
        if (!isMine(writer)) {
            // Handed to another thread half-way: names are added to that thread's own table only.
            renumber(recorder.writer());
            Name known = names.find(text);
            if (known != null) {
                return known;
            }
        }
        if (!names.hasRoom()) {
            oversized = true;
            return names.byId(0);
        }
        return names.add(text);
    }

    private static boolean isMine(ThreadWriter writer) {
        return writer.owner() == Thread.currentThread();
    }

    boolean isOf(ThreadWriter of) {
        return writer == of;
    }

    private boolean countField() {
        if (fields == NameTable.MAX_FIELDS) {
            oversized = true;
            return false;
        }
        fields++;
        return true;
    }

    private void word(long word) {
        if (length == words.length) {
            if (length > SegmentFormat.MAX_EVENT_WORDS) {
                oversized = true;
                return;
            }
            words = Arrays.copyOf(words, length * 2);
        }
        words[length++] = word;
    }

    /** Gives all names the numbers of another table: another thread's, or this thread's new one. */
    private void renumber(ThreadWriter to) {
        NameTable old = names;
        to.replaceFullNames();
        words[0] = renumbered(words[0], old, to.names);
        int lane = (int) (words[1] & 0xFFF);
        words[1] = (words[1] & ~0xFFFL) | idIn(to.names, old.byId(lane).text);
        for (int i = 2; i < length; i += fieldWords(words[i])) {
            if (hasName(words[i])) {
                words[i] = renumbered(words[i], old, to.names);
            }
        }
        writer = to;
        names = to.names;
        likelyKind = null;
        likelyKeys = NO_NAMES;
        undefined = true;
    }

    private static long renumbered(long word, NameTable from, NameTable to) {
        String text = from.byId((int) (word >> 4 & 0xFFF)).text;
        return (word & ~0xFFF0L) | (long) idIn(to, text) << 4;
    }

    private static int idIn(NameTable table, String text) {
        Name known = table.find(text);
        return known != null ? known.id : table.add(text).id;
    }

    static boolean hasName(long word) {
        int type = (int) word & 0xF;
        return type != SegmentFormat.LINK && type != SegmentFormat.REMOTE_LINK;
    }

    /** Words of the field or link that begins with {@code word}; 0 if there is no such type. */
    static int fieldWords(long word) {
        int length = (int) (word >>> 16 & 0x7FFF_FFFF);
        return switch ((int) word & 0xF) {
            case SegmentFormat.LONG_48, SegmentFormat.FALSE, SegmentFormat.TRUE, SegmentFormat.NULL -> 1;
            case SegmentFormat.LINK -> 1;
            case SegmentFormat.LONG_64, SegmentFormat.DOUBLE -> 2;
            case SegmentFormat.LATIN1 -> 1 + (int) ((length + 7L) >>> 3);
            case SegmentFormat.UTF16 -> 1 + (int) ((length + 3L) >>> 2);
            case SegmentFormat.REMOTE_LINK -> 4;
            default -> 0;
        };
    }
}

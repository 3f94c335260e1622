package io.dettrace.recorder;

import io.dettrace.recorder.ControlFile.Counter;
import io.dettrace.recorder.NameTable.Name;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of one thread: its chunk, its names, its place in the causal order. When the thread has ended, another
 * takes all of it over, so that a program of many short threads fills its chunks.
 */
final class ThreadWriter {
    private static final int FIRST_CHUNK_BYTES = 1024;
    private static final int MAX_CHUNK_BYTES = 64 * 1024;

    private final Recorder recorder;
    private final @Nullable SegmentStore store;
    private final ControlFile control;
    private final int number;
    /** Whether segments may vanish under a writer. */
    private final boolean mayRetire;

    private volatile Thread owner;
    NameTable names = new NameTable();
    private @Nullable Chunk chunk;
    private int chunkNumber = 1;
    private int chunkBytes = FIRST_CHUNK_BYTES;
    private Event event;
    private boolean claimed;

    private Lane lane;
    private long lastEvent = Event.DROPPED;
    private CausalContext @Nullable [] pending;

    ThreadWriter(Recorder recorder, @Nullable SegmentStore store, ControlFile control, Thread owner) {
        this.recorder = recorder;
        this.store = store;
        this.control = control;
        this.number = store == null ? 0 : store.newWriter();
        this.mayRetire = store != null && store.whenFull != WhenFull.DROP_NEWEST;
        this.owner = owner;
        this.lane = new Lane(recorder, owner.getName());
        this.event = new Event(recorder, this);
    }

    /** Takes over what an ended thread has left. */
    void takeOver(Thread thread) {
        owner = thread;
        lane = new Lane(recorder, thread.getName());
        lastEvent = Event.DROPPED;
        pending = null;
        event = new Event(recorder, this);
    }

    Thread owner() {
        return owner;
    }

    int chunkNumber() {
        return chunkNumber;
    }

    Lane lane() {
        return lane;
    }

    void lane(Lane now) {
        lane = now;
    }

    long lastEvent() {
        return lastEvent;
    }

    void lastEvent(long now) {
        lastEvent = now;
    }

    boolean hasPending() {
        return pending != null;
    }

    CausalContext @Nullable [] pending() {
        return pending;
    }

    void pending(CausalContext @Nullable [] now) {
        pending = now;
    }

    /** The next event recorded by this thread comes after {@code context}. */
    void addPending(CausalContext context) {
        if (context.event() < 0) {
            return;
        }
        CausalContext[] old = pending;
        CausalContext[] more = new CausalContext[old == null ? 1 : old.length + 1];
        if (old != null) {
            System.arraycopy(old, 0, more, 0, old.length);
        }
        more[more.length - 1] = context;
        pending = more;
    }

    void addPending(Event to) {
        CausalContext[] links = pending;
        pending = null;
        if (links != null) {
            for (CausalContext link : links) {
                to.after(link);
            }
        }
    }

    Event begin(String inLane, String kind) {
        // Open: the event before is still being put together (its argument records events), was given up, or has
        // gone to another thread.
        if (event.isOpen() || !event.isOf(this)) {
            event = new Event(recorder, this);
        }
        replaceFullNames();
        return event.begin(inLane, kind);
    }

    /** Begins a new table when the old one has grown; events that are being put together keep theirs. */
    void replaceFullNames() {
        if (names.isFull()) {
            names = new NameTable();
            chunkNumber++;
        }
    }

    /** Writes {@code event} to the file, and returns its number. */
    long commit(Event event, boolean oversized) {
        long number = oversized ? dropped(Counter.DROPPED_OVERSIZED) : tryCommit(event);
        if (claimed) {
            // Only now: code of the program is called, and it may record events.
            claimed = false;
            recorder.reportProblems();
        }
        if (number < 0) {
            recorder.dropped();
        }
        return number;
    }

    private long tryCommit(Event event) {
        if (store == null) {
            DirectLines direct = recorder.direct();
            if (direct != null) {
                long number = direct.write(event, recorder);
                return number < 0 ? dropped(Counter.DROPPED_NEWEST) : written(number);
            }
            return recorder.isLost() ? dropped(Counter.DROPPED_FAILED) : written(recorder.nextNumber());
        }
        try {
            long seq = Event.DROPPED;
            while (true) {
                Chunk to = chunk;
                if (to == null
                        || event.undefined
                        || event.chunk != chunkNumber
                        || to.at + 8 * event.length > to.limit
                        || (mayRetire && to.segment.retired)) {
                    to = prepare(event);
                    if (to == null) {
                        return dropped(recorder.isClosed() ? Counter.DROPPED_FAILED : Counter.DROPPED_NEWEST);
                    }
                }
                if (seq < 0) {
                    seq = recorder.nextNumber();
                }
                write(event, seq, to);
                if (!mayRetire) {
                    return written(seq);
                }
                if (!to.segment.retired) {
                    to.countEvent();
                    return written(seq);
                }
            }
        } catch (InternalError e) {
            // A mapped page that the disk could not give (see SegmentFiles.create); the chunk is of no use any more.
            chunk = null;
            return dropped(Counter.DROPPED_FAILED);
        }
    }

    private static void write(Event event, long number, Chunk chunk) {
        ByteBuffer bytes = chunk.segment.bytes;
        int at = chunk.at;
        int length = event.length;
        long[] words = event.words;
        long first = words[0] | (long) length << 16;
        // Not by way of the array, where reading it back would wait for the store: the checksum needs it at once.
        long second = words[1] | number << 12;
        long state = SegmentFormat.checksumAdd(SegmentFormat.checksumStart(chunk.segment.salt, at), first);
        state = SegmentFormat.checksumAdd(state, second);
        bytes.putLong(at + 8, second);
        for (int i = 2; i < length; i++) {
            long word = words[i];
            state = SegmentFormat.checksumAdd(state, word);
            bytes.putLong(at + 8 * i, word);
        }
        SegmentFormat.WORD.setRelease(bytes, at, first | SegmentFormat.checksumEnd(state));
        chunk.at = at + 8 * length;
    }

    /** Sees to a chunk with room for {@code event} in which all its names are defined; null if there is none. */
    private @Nullable Chunk prepare(Event event) {
        SegmentStore files = store;
        if (files == null) {
            return null;
        }
        Chunk to = chunk;
        if (to == null || to.segment.retired || to.at + 8 * (event.length + definitions(event)) > to.limit) {
            chunkNumber++;
            int needed = 8 * (event.length + definitions(event));
            chunk = null;
            to = files.claim(number, needed, chunkBytes, to);
            claimed = true;
            if (to == null) {
                return null;
            }
            chunk = to;
            chunkBytes = Math.min(chunkBytes * 2, MAX_CHUNK_BYTES);
        }
        define(to, names.byId((int) (event.words[0] >> 4 & 0xFFF)));
        define(to, names.byId((int) (event.words[1] & 0xFFF)));
        for (int i = 2; i < event.length; i += Event.fieldWords(event.words[i])) {
            if (Event.hasName(event.words[i])) {
                define(to, names.byId((int) (event.words[i] >> 4 & 0xFFF)));
            }
        }
        event.undefined = false;
        event.chunk = chunkNumber;
        return to;
    }

    /** Words that the definitions missing for {@code event} take, at most: a name used twice counts twice. */
    private int definitions(Event event) {
        int sum = missing((int) (event.words[0] >> 4 & 0xFFF)) + missing((int) (event.words[1] & 0xFFF));
        for (int i = 2; i < event.length; i += Event.fieldWords(event.words[i])) {
            if (Event.hasName(event.words[i])) {
                sum += missing((int) (event.words[i] >> 4 & 0xFFF));
            }
        }
        return sum;
    }

    private int missing(int id) {
        Name name = names.byId(id);
        if (name.chunk == chunkNumber) {
            return 0;
        }
        String text = name.shown();
        return 2 + SegmentFormat.textWords(text, SegmentFormat.coding(text));
    }

    private void define(Chunk to, Name name) {
        if (name.chunk == chunkNumber) {
            return;
        }
        String text = name.shown();
        int coding = SegmentFormat.coding(text);
        int count = SegmentFormat.textWords(text, coding);
        ByteBuffer bytes = to.segment.bytes;
        bytes.putLong(to.at + 8, coding | (long) text.length() << 16);
        for (int i = 0; i < count; i++) {
            bytes.putLong(to.at + 16 + 8 * i, SegmentFormat.textWord(text, coding, i));
        }
        long first = SegmentFormat.firstWord(SegmentFormat.DEFINE, name.id, 2 + count);
        SegmentFormat.seal(bytes, to.segment.salt, to.at, first, 2 + count);
        to.at += 8 * (2 + count);
        name.chunk = chunkNumber;
    }

    private long written(long number) {
        lastEvent = number;
        return number;
    }

    private long dropped(Counter counter) {
        control.add(counter, 1);
        return Event.DROPPED;
    }

    /** Gives the chunk back: the recorder is closed. A thread in the middle of an event still finishes it. */
    void close() {
        Chunk last = chunk;
        chunk = null;
        if (store != null) {
            store.leave(last);
        }
    }
}

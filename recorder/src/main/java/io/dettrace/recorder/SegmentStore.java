package io.dettrace.recorder;

import io.dettrace.recorder.ControlFile.Counter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The files of a recording that is being written: hands out chunks, makes segments, keeps to the cap and applies the drop
 * policy. Its lock is held while a file is made and never while code of the program runs.
 *
 * <p>Deleting the oldest segment races with threads that write to it. Such a thread writes its event, then looks at {@link
 * Segment#retired}: if it is set, the event counts as not written and goes to a new chunk; if not, {@link Chunk#countEvent}
 * counts it. The deleter sets the flag first and reads the counts after it; what a thread counted too late for that is added
 * when the thread leaves the chunk. So each event is either in the files or counted once, whichever of the two is seen first.
 *
 * <p>No fence stands between writing the event and looking at the flag. One could only tell an event that was written just
 * before its segment was deleted from one written meanwhile; both went with the oldest segment, and both are counted.
 */
final class SegmentStore {
    /** Size of the first segment; each further one is twice as large, up to the size asked for. */
    static final int FIRST_SEGMENT_BYTES = 256 * 1024;
    /** After a failure this long nothing is tried: a full disk must not cost the program a system call an event. */
    private static final long RETRY_NANOS = 100_000_000L;
    /** How long a thread that waits for room sleeps between two looks. */
    private static final long WAIT_NANOS = 2_000_000L;

    final Path folder;
    final RecordingId id;
    final ControlFile control;
    final WhenFull whenFull;
    private final SegmentFiles files;
    private final int segmentBytes;
    private final long maxBytes;
    private final long keepFree;
    private final long created;

    private final Deque<Segment> segments = new ArrayDeque<>();
    private @Nullable Segment current;
    /** Dropped, and to be used again: nobody writes to it, and to readers it is deleted. */
    private @Nullable Segment spare;

    private int nextNumber;
    private int writers;
    private long totalBytes;
    private long failedAt;
    private boolean failing;
    private boolean cannotDelete;
    private boolean cannotRecycle;
    private boolean closed;
    private @Nullable String failure;
    private @Nullable String problem;
    private boolean problemIsNew;

    SegmentStore(Path folder, FileOptions options, RecordingId id, ControlFile control) {
        this.folder = folder;
        this.id = id;
        this.control = control;
        this.files = options.segments;
        this.whenFull = options.whenFull;
        this.segmentBytes = options.segmentBytes;
        this.maxBytes = options.maxBytes;
        this.keepFree = options.keepFree;
        this.created = options.wallClock.getAsLong();
    }

    synchronized int newWriter() {
        return ++writers;
    }

    /**
     * A chunk with room for {@code needed} bytes of records, or null if there is no room and the policy says to drop.
     *
     * @param wanted bytes of the whole chunk, if there is a choice
     */
    @Nullable
    Chunk claim(int writer, int needed, int wanted, @Nullable Chunk left) {
        while (true) {
            synchronized (this) {
                leave(left);
                Chunk chunk = tryClaim(writer, needed + SegmentFormat.CHUNK_HEADER_BYTES, wanted);
                if (chunk != null || closed || whenFull != WhenFull.BLOCK) {
                    return chunk;
                }
            }
            left = null;
            if (Thread.currentThread().isInterrupted()) {
                return null;
            }
            LockSupport.parkNanos(this, WAIT_NANOS);
        }
    }

    /** Counts the events of a chunk that its owner has done with. */
    synchronized void leave(@Nullable Chunk chunk) {
        if (chunk == null || !chunk.segment.open.remove(chunk)) {
            return;
        }
        if (chunk.segment.retired) {
            control.add(Counter.DROPPED_OLDEST, chunk.events() - chunk.counted);
        } else {
            chunk.segment.closedEvents += chunk.events();
        }
    }

    private @Nullable Chunk tryClaim(int writer, int needed, int wanted) {
        if (closed) {
            return null;
        }
        int least = roundUp(needed);
        if (current == null || current.free() < least) {
            current = nextSegment(least);
            if (current == null) {
                return null;
            }
        }
        Segment segment = current;
        int size = Math.min(Math.max(least, wanted), segment.free());
        int at = segment.claimed;
        segment.claimed += size;
        segment.bytes.putLong(at + 8, size);
        segment.bytes.putLong(at + 16, writer);
        SegmentFormat.seal(segment.bytes, segment.salt, at, SegmentFormat.firstWord(SegmentFormat.CHUNK, 0, 3), 3);
        Chunk chunk = new Chunk(segment, at + SegmentFormat.CHUNK_HEADER_BYTES, at + size);
        if (whenFull == WhenFull.DROP_OLDEST) {
            segment.open.add(chunk);
        }
        return chunk;
    }

    private static int roundUp(int bytes) {
        return bytes + SegmentFormat.CHUNK_UNIT - 1 & -SegmentFormat.CHUNK_UNIT;
    }

    private @Nullable Segment nextSegment(int least) {
        if (failing && whenFull != WhenFull.BLOCK && System.nanoTime() - failedAt < RETRY_NANOS) {
            return null;
        }
        int size = nextSize(least);
        if (whenFull == WhenFull.BLOCK) {
            forgetTakenAway();
        }
        while (totalBytes + size > maxBytes) {
            if (!dropOldest()) {
                fail("the recording has reached its cap of " + maxBytes + " bytes");
                return null;
            }
        }
        while (true) {
            try {
                return makeSegment(size);
            } catch (IOException | RuntimeException e) {
                if (!dropOldest()) {
                    fail("cannot make " + folder.resolve(SegmentFormat.segmentFile(nextNumber)) + ": " + e);
                    return null;
                }
            }
        }
    }

    /** Doubles from a small first segment, so that a short recording is small, but never beyond half of the cap. */
    private int nextSize(int least) {
        long grown = (long) FIRST_SEGMENT_BYTES << Math.min(nextNumber, 20);
        long size = Math.min(Math.min(grown, segmentBytes), Math.max(maxBytes / 2, SegmentFormat.CHUNK_UNIT * 4L));
        return (int) Math.max(size & -SegmentFormat.CHUNK_UNIT, least + SegmentFormat.CHUNK_UNIT);
    }

    private Segment makeSegment(int size) throws IOException {
        Segment again = spare;
        spare = null;
        if (again != null && again.bytes.capacity() != size) {
            files.delete(again.file);
            again = null;
        }
        if (again == null && keepFree > 0 && files.usableSpace(folder) - size < keepFree) {
            throw new IOException("the disk has " + files.usableSpace(folder) + " bytes left, of which " + keepFree
                    + " are not to be used");
        }
        Path file = folder.resolve(SegmentFormat.segmentFile(nextNumber));
        ByteBuffer bytes = again != null ? recycle(again, file) : files.create(file, size);
        SegmentFormat.writeHeader(bytes, SegmentFormat.KIND_SEGMENT, id, nextNumber, created);
        Segment segment = new Segment(file, bytes, SegmentFormat.salt(id.high(), id.low(), nextNumber));
        nextNumber++;
        totalBytes += size;
        segments.add(segment);
        failing = false;
        return segment;
    }

    private ByteBuffer recycle(Segment again, Path file) throws IOException {
        try {
            return files.recycle(again.file, file, again.bytes);
        } catch (IOException e) {
            cannotRecycle = true;
            throw e;
        }
    }

    /**
     * Deletes the oldest segment, or keeps its file for the next one. It is counted first: a process killed between the two
     * leaves a file that is known to be deleted, and readers pass over it.
     */
    private boolean dropOldest() {
        Segment oldest = segments.peek();
        if (oldest == null || whenFull != WhenFull.DROP_OLDEST || cannotDelete) {
            return false;
        }
        segments.remove();
        oldest.retired = true;
        long events = oldest.closedEvents;
        for (Chunk chunk : oldest.open) {
            chunk.counted = chunk.events();
            events += chunk.counted;
        }
        control.add(Counter.DROPPED_OLDEST, events);
        control.add(Counter.DELETED_SEGMENTS, 1);
        if (oldest == current) {
            current = null;
        }
        try {
            if (spare == null && !cannotRecycle && oldest.open.isEmpty() && oldest.bytes.capacity() == segmentBytes) {
                spare = oldest;
            } else {
                files.delete(oldest.file);
            }
        } catch (IOException e) {
            // Gives no room, so no other segment is to be lost in the same way.
            cannotDelete = true;
            return false;
        }
        totalBytes -= oldest.bytes.capacity();
        return true;
    }

    private void forgetTakenAway() {
        segments.removeIf(segment -> {
            if (Files.exists(segment.file)) {
                return false;
            }
            segment.retired = true;
            totalBytes -= segment.bytes.capacity();
            return true;
        });
    }

    private void fail(String what) {
        failing = true;
        failedAt = System.nanoTime();
        if (!what.equals(failure)) {
            failure = what;
            problem = what + "; events are " + (whenFull == WhenFull.BLOCK ? "waiting" : "dropped and counted");
            problemIsNew = true;
        }
    }

    /** What went wrong last, if anything did. */
    synchronized @Nullable String problem() {
        return problem;
    }

    /** What went wrong, once: null until something else does. */
    synchronized @Nullable String takeNewProblem() {
        if (!problemIsNew) {
            return null;
        }
        problemIsNew = false;
        return problem;
    }

    /** Writes everything to the disk, so that it outlives the machine too. */
    void force() {
        Segment[] all;
        synchronized (this) {
            all = segments.toArray(new Segment[0]);
        }
        for (Segment segment : all) {
            if (segment.bytes instanceof java.nio.MappedByteBuffer mapped) {
                mapped.force();
            }
        }
    }

    /** No chunk is handed out from now on. */
    synchronized void close() {
        if (!closed) {
            closed = true;
            control.add(Counter.CLOSED, 1);
            segments.clear();
            current = null;
        }
    }
}

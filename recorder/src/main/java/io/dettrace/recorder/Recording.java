package io.dettrace.recorder;

import io.dettrace.recorder.ControlFile.Counter;
import io.dettrace.recorder.SegmentReader.Span;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A recording on disk, read back: of a run that ended, was killed, or still goes on (then as far as it got).
 *
 * <p>Opening verifies every record. What a killed process left unfinished is cut, and a {@link #notes note} says how many
 * bytes; anything wrong in a recording that was closed is an error. Events come in the order of their numbers, merged
 * from all threads' chunks; memory is one chunk's names for each thread, not the events.
 */
public final class Recording {
    private final RecordingId id;
    private final List<RecordingNote> notes;
    private final List<Span> spans;
    private final long events;
    private final boolean closed;

    private Recording(RecordingId id, List<RecordingNote> notes, List<Span> spans, long events, boolean closed) {
        this.id = id;
        this.notes = List.copyOf(notes);
        this.spans = spans;
        this.events = events;
        this.closed = closed;
    }

    /**
     * Opens the recording in {@code folder}.
     *
     * @throws RecordingException if there is none, it is corrupt, too old or too new
     * @throws IOException if the files cannot be read
     */
    public static Recording open(Path folder) throws IOException {
        return new Opening(folder).open();
    }

    /** The recording's name. */
    public RecordingId id() {
        return id;
    }

    /** Whether the recorder was closed, and not killed. */
    public boolean isClosed() {
        return closed;
    }

    /** How many events there are. */
    public long size() {
        return events;
    }

    /** What was cut, dropped or missing; empty if nothing was. */
    public List<RecordingNote> notes() {
        return notes;
    }

    /** Gives all events, in the order of their numbers, to {@code consumer}. */
    public void forEach(Consumer<RecordedEvent> consumer) {
        List<Span> waiting = new ArrayList<>(spans);
        waiting.sort(Comparator.comparingLong(Span::firstEvent));
        PriorityQueue<SpanCursor> open = new PriorityQueue<>(Comparator.comparingLong(SpanCursor::number));
        int next = 0;
        while (next < waiting.size() || !open.isEmpty()) {
            SpanCursor first = open.peek();
            if (next < waiting.size() && (first == null || waiting.get(next).firstEvent() < first.number())) {
                SpanCursor cursor = new SpanCursor(waiting.get(next++), id);
                if (cursor.hasEvent()) {
                    open.add(cursor);
                }
            } else if (first != null) {
                open.remove();
                consumer.accept(first.event());
                if (first.advance()) {
                    open.add(first);
                }
            }
        }
    }

    /** All events, in the order of their numbers. */
    public List<RecordedEvent> events() {
        List<RecordedEvent> all = new ArrayList<>();
        forEach(all::add);
        return all;
    }

    /** Writes all events to {@code file} as JSON lines: lane, kind and fields. */
    public void exportJsonLines(Path file) throws IOException {
        exportJsonLines(file, JsonForm.PLAIN);
    }

    /** Writes all events to {@code file} as JSON lines of a form. */
    public void exportJsonLines(Path file, JsonForm form) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            exportJsonLines(out, form);
        }
    }

    /** Writes all events to {@code out} as JSON lines of a form; does not close it. */
    public void exportJsonLines(OutputStream out, JsonForm form) throws IOException {
        JsonLinesWriter writer = new JsonLinesWriter(out, form, id);
        forEach(writer::write);
        writer.finish();
    }

    /**
     * Walks the records of one span. Each record is verified once more: a recorder that still runs may use the file of its
     * oldest segment again, and the span then ends here.
     */
    private static final class SpanCursor {
        private final Span span;
        private final RecordingId id;
        private final @Nullable String[] names = new String[SegmentFormat.NAME_LIMIT];
        private final boolean hasEvent;
        private int at;

        SpanCursor(Span span, RecordingId id) {
            this.span = span;
            this.id = id;
            this.at = span.from();
            this.hasEvent = skipDefinitions();
        }

        boolean hasEvent() {
            return hasEvent;
        }

        long number() {
            return span.bytes().getLong(at + 8) >>> 12;
        }

        RecordedEvent event() {
            return RecordDecoder.decode(span.bytes(), at, words(), this::name, id);
        }

        boolean advance() {
            at += 8 * words();
            return skipDefinitions();
        }

        private boolean skipDefinitions() {
            ByteBuffer bytes = span.bytes();
            while (at < span.to() && isWhole() && (bytes.getLong(at) & 0xF) == SegmentFormat.DEFINE) {
                long second = bytes.getLong(at + 8);
                names[(int) (bytes.getLong(at) >> 4 & 0xFFF)] =
                        SegmentFormat.text(bytes, at + 16, (int) second & 0xF, (int) (second >>> 16));
                at += 8 * words();
            }
            return at < span.to() && isWhole();
        }

        private boolean isWhole() {
            long upper = span.bytes().getLong(at) & 0xFFFF_FFFF_0000_0000L;
            int words = words();
            return words >= 2
                    && at + 8 * words <= span.to()
                    && upper == SegmentFormat.checksumOf(span.bytes(), span.salt(), at, words);
        }

        private int words() {
            return (int) (span.bytes().getLong(at) >>> 16 & 0xFFFF);
        }

        private String name(int number) {
            String name = names[number];
            return name == null ? "" : name;
        }
    }

    /** The steps of opening. */
    private static final class Opening {
        private final Path folder;
        private final List<RecordingNote> notes = new ArrayList<>();
        private final List<Span> spans = new ArrayList<>();
        private @Nullable RecordingId id;
        private boolean closed;
        private long events;
        private long cut;
        private long damaged;
        private String place = "";

        Opening(Path folder) {
            this.folder = folder;
        }

        Recording open() throws IOException {
            List<Path> segments = segments();
            Path control = folder.resolve(SegmentFormat.CONTROL_FILE);
            if (segments.isEmpty() && !Files.exists(control)) {
                throw new RecordingException(
                        folder + ": no recording here (no file " + SegmentFormat.CONTROL_FILE + ")");
            }
            long deleted = readControl(control);
            long expected = deleted;
            for (Path segment : segments) {
                expected = readSegment(segment, expected);
            }
            if (cut > 0) {
                notes.add(new RecordingNote(
                        "cut_tail", cut, cut + " bytes of unfinished events cut off, the last at " + place));
            }
            if (damaged > 0) {
                notes.add(new RecordingNote(
                        "damaged", damaged, damaged + " damaged bytes left out, the last at " + place));
            }
            RecordingId name = id != null ? id : new RecordingId(0, 0);
            return new Recording(name, notes, spans, events, closed);
        }

        private List<Path> segments() throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(file -> number(file) >= 0)
                        .sorted(Comparator.comparingInt(Opening::number))
                        .toList();
            }
        }

        private static int number(Path file) {
            String name = file.getFileName().toString();
            if (!name.startsWith(SegmentFormat.SEGMENT_PREFIX) || !name.endsWith(SegmentFormat.SEGMENT_SUFFIX)) {
                return -1;
            }
            try {
                return Integer.parseInt(name.substring(
                        SegmentFormat.SEGMENT_PREFIX.length(), name.length() - SegmentFormat.SEGMENT_SUFFIX.length()));
            } catch (NumberFormatException other) {
                return -1;
            }
        }

        /** Returns how many segments the recorder itself has deleted. */
        private long readControl(Path file) throws IOException {
            if (!Files.exists(file)) {
                notes.add(new RecordingNote("no_counters", 1, file + " is missing: what was dropped is not known"));
                return 0;
            }
            ByteBuffer bytes = SegmentReader.map(file);
            if (SegmentReader.isUnfinished(bytes) || bytes.capacity() < ControlFile.SIZE) {
                notes.add(new RecordingNote("not_closed", 1, "the process ended while it began the recording"));
                return 0;
            }
            SegmentReader.verifyHeader(file, bytes, SegmentFormat.KIND_CONTROL);
            id = SegmentReader.id(bytes);
            ControlFile counters = new ControlFile(bytes);
            closed = counters.get(Counter.CLOSED) != 0;
            if (!closed) {
                notes.add(new RecordingNote(
                        "not_closed", 1, "the recorder was not closed: the process was killed, or still runs"));
            }
            note(counters, Counter.DROPPED_NEWEST, "dropped_newest", "events dropped, as there was no room");
            note(counters, Counter.DROPPED_OLDEST, "dropped_oldest", "events deleted with the oldest segments");
            note(counters, Counter.DROPPED_OVERSIZED, "dropped_oversized", "events dropped, as they were too large");
            note(counters, Counter.DROPPED_FAILED, "dropped_failed", "events dropped, as writing failed or had ended");
            return counters.get(Counter.DELETED_SEGMENTS);
        }

        private void note(ControlFile counters, Counter counter, String name, String what) {
            long count = counters.get(counter);
            if (count > 0) {
                notes.add(new RecordingNote(name, count, count + " " + what));
            }
        }

        private long readSegment(Path file, long expected) throws IOException {
            int number = number(file);
            if (number < expected) {
                // Counted as deleted, but the process ended, or could not, before it was.
                return expected;
            }
            if (number > expected) {
                long missing = number - expected;
                notes.add(new RecordingNote(
                        "missing_segments", missing, missing + " segments before " + file + " were taken away"));
            }
            ByteBuffer bytes = SegmentReader.map(file);
            if (!closed && SegmentReader.isUnfinished(bytes)) {
                notes.add(new RecordingNote("unfinished_segment", 1, file + " was being made when the process ended"));
                return number + 1L;
            }
            SegmentReader.verifyHeader(file, bytes, SegmentFormat.KIND_SEGMENT);
            RecordingId found = SegmentReader.id(bytes);
            if (id != null && !id.equals(found)) {
                throw new RecordingException.Corrupt(
                        file + ": belongs to recording " + found + ", the folder holds " + id);
            }
            if (bytes.getLong(32) != number) {
                throw new RecordingException.Corrupt(
                        file + ": holds segment " + bytes.getLong(32) + ", its name says " + number);
            }
            id = found;
            SegmentReader reader = SegmentReader.read(file, bytes, closed, spans);
            events += reader.events();
            cut += reader.cutBytes();
            damaged += reader.damagedBytes();
            place = reader.place().isEmpty() ? place : reader.place();
            return number + 1L;
        }
    }
}

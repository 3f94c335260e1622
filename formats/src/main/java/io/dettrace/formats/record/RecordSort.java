package io.dettrace.formats.record;

import io.dettrace.event.Field;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Puts events into the order of a number, such as their time; equal ones stay in the order in which they came. What does not
 * fit in memory goes to temporary files, which are merged (Knuth, The Art of Computer Programming, volume 3, section 5.4).
 *
 * <p>Use: {@link #add} for every event, then {@link #sorted} once. Memory is bounded by {@value #MEMORY} bytes and one event.
 */
public final class RecordSort implements Closeable {
    /** Bytes of events kept in memory. */
    public static final int MEMORY = 64 << 20;

    private static final int BUFFER = 1 << 16;

    /** Temporary files that are merged in one go. */
    private static final int MERGE = 64;

    private final int memory;
    private final List<String> paths = new ArrayList<>();
    private final EventRecord names = new EventRecord();
    private final PathNumbers numbers = new PathNumbers(names);
    private List<Packed> held = new ArrayList<>();
    private long heldBytes;
    private final List<Path> spilled = new ArrayList<>();
    private Merge merge;
    private long added;

    /** An event with its key; {@code path} numbers are those of {@link #names}. */
    private record Packed(
            long key,
            long order,
            int[] path,
            byte[] type,
            int[] end,
            byte[] bytes,
            int file,
            long line,
            long offset,
            int length) {
        static Packed of(EventRecord event, PathNumbers numbers, long key, long order) {
            int n = event.size();
            int[] path = new int[n];
            byte[] type = new byte[n];
            int[] end = new int[n];
            for (int i = 0; i < n; i++) {
                path[i] = numbers.of(event, event.path(i));
                type[i] = (byte) event.type(i).ordinal();
                end[i] = event.end(i);
            }
            byte[] bytes = Arrays.copyOf(event.bytes(), n == 0 ? 0 : end[n - 1]);
            return new Packed(
                    key, order, path, type, end, bytes, event.file(), event.line(), event.offset(), event.length());
        }

        int size() {
            return bytes.length + 9 * path.length + 96;
        }

        void write(DataOutputStream out) throws IOException {
            out.writeLong(key);
            out.writeLong(order);
            out.writeInt(path.length);
            for (int i = 0; i < path.length; i++) {
                out.writeInt(path[i]);
                out.writeByte(type[i]);
                out.writeInt(end[i]);
            }
            out.writeInt(bytes.length);
            out.write(bytes);
            out.writeInt(file);
            out.writeLong(line);
            out.writeLong(offset);
            out.writeInt(length);
        }

        /** The next one, or null at the end. */
        static Packed read(DataInputStream in) throws IOException {
            long key;
            try {
                key = in.readLong();
            } catch (EOFException end) {
                return null;
            }
            long order = in.readLong();
            int n = in.readInt();
            int[] path = new int[n];
            byte[] type = new byte[n];
            int[] end = new int[n];
            for (int i = 0; i < n; i++) {
                path[i] = in.readInt();
                type[i] = in.readByte();
                end[i] = in.readInt();
            }
            byte[] bytes = in.readNBytes(in.readInt());
            return new Packed(
                    key, order, path, type, end, bytes, in.readInt(), in.readLong(), in.readLong(), in.readInt());
        }
    }

    private static final Field.Type[] TYPES = Field.Type.values();
    private static final Comparator<Packed> ORDER =
            Comparator.comparingLong(Packed::key).thenComparingLong(Packed::order);

    /** An empty sort. */
    public RecordSort() {
        this(MEMORY);
    }

    RecordSort(int memory) {
        this.memory = memory;
    }

    /** Adds a copy of an event. */
    public void add(EventRecord event, long key) throws IOException {
        Packed packed = Packed.of(event, numbers, key, added++);
        held.add(packed);
        heldBytes += packed.size();
        if (heldBytes > memory) {
            spill();
        }
    }

    private void spill() throws IOException {
        held.sort(ORDER);
        spilled.add(write(held.iterator()));
        held = new ArrayList<>();
        heldBytes = 0;
        if (spilled.size() == MERGE) {
            List<Path> old = new ArrayList<>(spilled);
            spilled.clear();
            try (Merge merge = new Merge(old)) {
                spilled.add(write(merge));
            }
            delete(old);
        }
    }

    private static Path write(Iterator<Packed> events) throws IOException {
        Path file = Files.createTempFile("dettrace-", ".sort");
        file.toFile().deleteOnExit();
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
            while (events.hasNext()) {
                events.next().write(out);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return file;
    }

    private static void delete(List<Path> files) throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    /** The events in order. Closing the reader closes this. */
    public RecordReader sorted() throws IOException {
        held.sort(ORDER);
        if (spilled.isEmpty()) {
            return new Sorted(held.iterator());
        }
        spilled.add(write(held.iterator()));
        held = new ArrayList<>();
        merge = new Merge(spilled);
        return new Sorted(merge);
    }

    @Override
    public void close() throws IOException {
        if (merge != null) {
            merge.close();
        }
        delete(spilled);
        spilled.clear();
        held = new ArrayList<>();
    }

    /** Files in order made one sequence in order. */
    private static final class Merge implements Iterator<Packed>, Closeable {
        private final List<DataInputStream> streams = new ArrayList<>();
        private final PriorityQueue<Front> fronts = new PriorityQueue<>(Comparator.comparing(Front::event, ORDER));

        private record Front(Packed event, DataInputStream rest) {}

        Merge(List<Path> files) throws IOException {
            for (Path file : files) {
                DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
                streams.add(in);
                advance(in);
            }
        }

        private void advance(DataInputStream in) throws IOException {
            Packed event = Packed.read(in);
            if (event != null) {
                fronts.add(new Front(event, in));
            }
        }

        @Override
        public boolean hasNext() {
            return !fronts.isEmpty();
        }

        @Override
        public Packed next() {
            Front least = fronts.remove();
            try {
                advance(least.rest);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return least.event;
        }

        @Override
        public void close() throws IOException {
            for (Closeable in : streams) {
                in.close();
            }
        }
    }

    /** Unpacks the events. */
    private final class Sorted implements RecordReader {
        private final Iterator<Packed> events;
        private final EventRecord record = new EventRecord();
        private final PathNumbers own = new PathNumbers(record);
        private long bytes;

        Sorted(Iterator<Packed> events) {
            this.events = events;
        }

        @Override
        public EventRecord record() {
            return record;
        }

        @Override
        public boolean next() throws IOException {
            if (!events.hasNext()) {
                return false;
            }
            Packed p;
            try {
                p = events.next();
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            record.clear();
            for (int i = 0; i < p.path.length; i++) {
                int start = i == 0 ? 0 : p.end[i - 1];
                int path = own.of(names, p.path[i]);
                record.value(path, TYPES[p.type[i]], p.bytes, start, p.end[i] - start);
            }
            record.at(p.file, p.line, p.offset, p.length);
            bytes = Math.max(bytes, p.offset + p.length);
            return true;
        }

        @Override
        public long bytesRead() {
            return bytes;
        }

        @Override
        public void close() throws IOException {
            RecordSort.this.close();
        }
    }
}

package io.dettrace.formats.record;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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

    /** What an event takes in memory beside its packed form. */
    private static final int OVERHEAD = 24;

    private final int memory;
    private final EventRecord names = new EventRecord();
    private final PathNumbers numbers = new PathNumbers(names);
    private final PackedEvents held = new PackedEvents();
    private long[] keys = new long[64];
    private long[] places = new long[64];
    private int count;
    private boolean inOrder = true;
    private final List<Path> spilled = new ArrayList<>();
    private Merge merge;

    /** An empty sort. */
    public RecordSort() {
        this(MEMORY);
    }

    RecordSort(int memory) {
        this.memory = memory;
    }

    /** Adds a copy of an event. */
    public void add(EventRecord event, long key) throws IOException {
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, count * 2);
            places = Arrays.copyOf(places, count * 2);
        }
        inOrder &= count == 0 || key >= keys[count - 1];
        keys[count] = key;
        places[count++] = held.add(event, numbers, key);
        if (held.bytes() + (long) count * OVERHEAD > memory) {
            spill();
        }
    }

    private void spill() throws IOException {
        spilled.add(write(inMemory()));
        held.clear();
        count = 0;
        inOrder = true;
        if (spilled.size() == MERGE) {
            List<Path> old = new ArrayList<>(spilled);
            spilled.clear();
            try (Merge merge = new Merge(old)) {
                spilled.add(write(merge));
            }
            delete(old);
        }
    }

    private static Path write(Events events) throws IOException {
        Path file = Files.createTempFile("dettrace-", ".sort");
        file.toFile().deleteOnExit();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
            while (events.next()) {
                out.write(events.bytes(), events.start(), PackedEvents.length(events.bytes(), events.start()));
            }
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
        if (spilled.isEmpty()) {
            return new Sorted(inMemory());
        }
        if (count > 0) {
            spilled.add(write(inMemory()));
            held.release();
        }
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
        held.release();
    }

    /** Packed events in order. */
    private interface Events {
        boolean next() throws IOException;

        byte[] bytes();

        int start();
    }

    private Events inMemory() {
        Integer[] order = inOrder ? null : order();
        return new Events() {
            private int next;
            private long place;

            @Override
            public boolean next() {
                if (next == count) {
                    return false;
                }
                place = places[order == null ? next : order[next]];
                next++;
                return true;
            }

            @Override
            public byte[] bytes() {
                return held.chunk(place);
            }

            @Override
            public int start() {
                return (int) place;
            }
        };
    }

    private Integer[] order() {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingLong((Integer i) -> keys[i]));
        return order;
    }

    /** Files in order made one sequence in order; what is in an earlier file came earlier. */
    private static final class Merge implements Events, Closeable {
        private final List<Front> all = new ArrayList<>();
        private final PriorityQueue<Front> fronts = new PriorityQueue<>();
        private Front current;

        Merge(List<Path> files) throws IOException {
            for (Path file : files) {
                Front front = new Front(Files.newInputStream(file), all.size());
                all.add(front);
                if (front.next()) {
                    fronts.add(front);
                }
            }
        }

        @Override
        public boolean next() throws IOException {
            // The least stays the least for long where the files hardly overlap.
            if (current != null && current.next()) {
                Front other = fronts.peek();
                if (other == null || current.compareTo(other) < 0) {
                    return true;
                }
                fronts.add(current);
            }
            current = fronts.poll();
            return current != null;
        }

        @Override
        public byte[] bytes() {
            return current.bytes;
        }

        @Override
        public int start() {
            return current.at;
        }

        @Override
        public void close() throws IOException {
            for (Closeable front : all) {
                front.close();
            }
        }
    }

    /** The next event of a file. */
    private static final class Front implements Comparable<Front>, Closeable {
        private final InputStream in;
        private final int number;
        private byte[] bytes = new byte[BUFFER];
        private int at;
        private int limit;
        private int length;
        private long key;

        Front(InputStream in, int number) {
            this.in = in;
            this.number = number;
        }

        boolean next() throws IOException {
            at += length;
            length = 0;
            if (!has(PackedEvents.HEAD)) {
                return false;
            }
            length = PackedEvents.length(bytes, at);
            key = PackedEvents.key(bytes, at);
            return has(length);
        }

        private boolean has(int n) throws IOException {
            if (limit - at >= n) {
                return true;
            }
            byte[] from = bytes;
            if (n > bytes.length) {
                bytes = new byte[n];
            }
            System.arraycopy(from, at, bytes, 0, limit - at);
            limit -= at;
            at = 0;
            limit += in.readNBytes(bytes, limit, bytes.length - limit);
            return limit >= n;
        }

        @Override
        public int compareTo(Front o) {
            return key != o.key ? Long.compare(key, o.key) : Integer.compare(number, o.number);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** Unpacks the events. */
    private final class Sorted implements RecordReader {
        private final Events events;
        private final EventRecord record = new EventRecord();
        private final PathNumbers own = new PathNumbers(record);
        private long bytes;

        Sorted(Events events) {
            this.events = events;
        }

        @Override
        public EventRecord record() {
            return record;
        }

        @Override
        public boolean next() throws IOException {
            if (!events.next()) {
                return false;
            }
            PackedEvents.unpack(events.bytes(), events.start(), record, names, own);
            bytes = Math.max(bytes, record.offset() + record.length());
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

package io.dettrace.server.live;

import io.dettrace.event.Field;
import io.dettrace.telemetry.TelemetryMetric;
import io.dettrace.telemetry.TelemetryResource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.collections.LongHashSet;

/** The state of {@link Live} as bytes: a head with version and window length, then what it holds, then a checksum. */
final class StateFile {
    private static final long MAGIC = 0x44544c4956453031L;

    private StateFile() {}

    static byte[] write(Live live, long windowMillis) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(MAGIC);
        out.writeLong(windowMillis);
        out.writeLong(live.nextClose);
        out.writeLong(live.ticked);
        out.writeInt(live.departing);
        out.writeLong(live.departingSince);
        out.writeInt(live.sample);
        names(live.symbols.copy(), out);
        windows(live.baseline.windows(), live.baseline.size(), out);
        windows(live.closed, live.closed.size(), out);
        windows(live.windows.values(), live.windows.size(), out);
        out.writeInt(live.assembler.size());
        for (OpenRequest r : live.assembler.open()) {
            open(r, out);
        }
        for (LongHashSet set : live.assembler.closed()) {
            out.writeInt(set.size());
            for (long key : set) {
                out.writeLong(key);
            }
        }
        out.flush();
        out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
        return bytes.toByteArray();
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static void names(String[] names, DataOutputStream out) throws IOException {
        out.writeInt(names.length);
        for (String name : names) {
            out.writeBoolean(name != null);
            if (name != null) {
                out.writeUTF(name);
            }
        }
    }

    private static void windows(Iterable<WindowSample> windows, int n, DataOutputStream out) throws IOException {
        out.writeInt(n);
        for (WindowSample w : windows) {
            out.writeLong(w.start);
            out.writeInt(w.entries.size());
            for (var entry : w.entries.entrySet()) {
                out.writeInt(entry.getKey());
                out.writeLong(entry.getValue().seen());
                List<StoredRequest> requests = entry.getValue().sorted();
                out.writeInt(requests.size());
                for (StoredRequest r : requests) {
                    out.writeLong(r.traceHigh());
                    out.writeLong(r.traceLow());
                    out.writeInt(r.entry());
                    out.writeInt(r.items());
                    bytes(r.bytes(), out);
                }
            }
            out.writeInt(w.metrics.size());
            for (TelemetryMetric m : w.metrics) {
                metric(m, out);
            }
        }
    }

    private static void metric(TelemetryMetric m, DataOutputStream out) throws IOException {
        out.writeUTF(m.resource().service());
        out.writeUTF(m.resource().instance());
        out.writeUTF(m.resource().version());
        out.writeUTF(m.name());
        out.writeUTF(m.unit());
        out.writeLong(m.time());
        out.writeDouble(m.value());
        out.writeInt(m.attributes().size());
        for (Field f : m.attributes()) {
            out.writeUTF(f.path());
            out.writeByte(f.type().ordinal());
            out.writeUTF(f.text());
        }
    }

    private static void open(OpenRequest r, DataOutputStream out) throws IOException {
        out.writeLong(r.traceHigh);
        out.writeLong(r.traceLow);
        out.writeInt(r.spans);
        out.writeInt(r.logs);
        out.writeLong(r.last);
        out.writeLong(r.start);
        bytes(r.bytes.copy(), out);
    }

    private static void bytes(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    // ---- reading ---------------------------------------------------------------------------------------------------

    /**
     * Fills a state that is empty.
     *
     * @throws IOException if the bytes are damaged, or of another version or length of windows; the message says which
     */
    static void read(byte[] bytes, Live live, long windowMillis) throws IOException {
        if (bytes.length < 20 || ByteBuffer.wrap(bytes).getInt(bytes.length - 4) != checksum(bytes, bytes.length - 4)) {
            throw new IOException("its checksum is wrong");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        if (in.readLong() != MAGIC) {
            throw new IOException("it is of another version");
        }
        long length = in.readLong();
        if (length != windowMillis) {
            throw new IOException("its windows last " + length / 1000 + " s, not " + windowMillis / 1000 + " s");
        }
        live.nextClose = in.readLong();
        live.ticked = in.readLong();
        live.departing = in.readInt();
        live.departingSince = in.readLong();
        live.sample = Math.min(live.sample, in.readInt());
        live.symbols.restore(names(in));
        windows(in).forEach(w -> live.baseline.add(w, live.sample));
        live.closed.addAll(windows(in));
        windows(in).forEach(w -> live.windows.put(w.start, w));
        for (int n = in.readInt(); n > 0; n--) {
            live.assembler.restore(open(in));
        }
        live.assembler.restoreClosed(keys(in), keys(in));
        live.restored();
    }

    private static String[] names(DataInputStream in) throws IOException {
        String[] names = new String[in.readInt()];
        for (int i = 0; i < names.length; i++) {
            names[i] = in.readBoolean() ? in.readUTF() : null;
        }
        return names;
    }

    private static List<WindowSample> windows(DataInputStream in) throws IOException {
        List<WindowSample> windows = new ArrayList<>();
        for (int n = in.readInt(); n > 0; n--) {
            WindowSample w = new WindowSample(in.readLong());
            for (int entries = in.readInt(); entries > 0; entries--) {
                int entry = in.readInt();
                long seen = in.readLong();
                StoredRequest[] requests = new StoredRequest[in.readInt()];
                for (int i = 0; i < requests.length; i++) {
                    requests[i] = new StoredRequest(
                            in.readLong(), in.readLong(), in.readInt(), in.readInt(), in.readNBytes(in.readInt()));
                }
                EntrySample sample = new EntrySample();
                sample.restore(seen, Arrays.asList(requests));
                w.entries.put(entry, sample);
            }
            for (int points = in.readInt(); points > 0; points--) {
                w.add(metric(in));
            }
            windows.add(w);
        }
        return windows;
    }

    private static TelemetryMetric metric(DataInputStream in) throws IOException {
        TelemetryResource resource = new TelemetryResource(in.readUTF(), in.readUTF(), in.readUTF(), List.of());
        String name = in.readUTF();
        String unit = in.readUTF();
        long time = in.readLong();
        double value = in.readDouble();
        List<Field> attributes = new ArrayList<>();
        for (int n = in.readInt(); n > 0; n--) {
            attributes.add(new Field(in.readUTF(), Field.Type.values()[in.readByte()], in.readUTF()));
        }
        return new TelemetryMetric(resource, name, unit, time, value, attributes);
    }

    private static OpenRequest open(DataInputStream in) throws IOException {
        OpenRequest r = new OpenRequest(in.readLong(), in.readLong());
        r.spans = in.readInt();
        r.logs = in.readInt();
        r.last = in.readLong();
        r.start = in.readLong();
        r.bytes.add(in.readNBytes(in.readInt()));
        return r;
    }

    private static LongHashSet keys(DataInputStream in) throws IOException {
        LongHashSet keys = new LongHashSet();
        for (int n = in.readInt(); n > 0; n--) {
            keys.add(in.readLong());
        }
        return keys;
    }
}

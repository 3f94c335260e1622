import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Writes a CTF trace of two processors as LTTng lays them out: compact event headers, packets of 256 KiB, threads in the
 * events' context. Usage: {@code java CtfGenerator.java FOLDER MEGABYTES}
 */
final class CtfGenerator {
    private static final String METADATA =
            """
            /* CTF 1.8 */
            typealias integer { size = 8; align = 8; signed = false; } := uint8_t;
            typealias integer { size = 16; align = 8; signed = false; } := uint16_t;
            typealias integer { size = 32; align = 8; signed = false; } := uint32_t;
            typealias integer { size = 64; align = 8; signed = false; } := uint64_t;
            typealias integer { size = 5; align = 1; signed = false; } := uint5_t;
            trace { major = 1; minor = 8; byte_order = le; packet.header := struct { uint32_t magic; uint32_t stream_id; }; };
            env { domain = "ust"; hostname = "host"; };
            clock { name = "monotonic"; freq = 1000000000; offset = 1700000000000000000; };
            typealias integer { size = 27; align = 1; signed = false; map = clock.monotonic.value; } := uint27_clock;
            typealias integer { size = 64; align = 8; signed = false; map = clock.monotonic.value; } := uint64_clock;
            stream {
                id = 0;
                packet.context := struct { uint64_clock timestamp_begin; uint64_clock timestamp_end; uint64_t content_size;
                    uint64_t packet_size; uint64_t events_discarded; uint32_t cpu_id; };
                event.header := struct {
                    enum : uint5_t { compact = 0 ... 30, extended = 31 } id;
                    variant <id> {
                        struct { uint27_clock timestamp; } compact;
                        struct { uint32_t id; uint64_clock timestamp; } extended;
                    } v;
                } align(8);
                event.context := struct { integer { size = 32; align = 8; signed = true; } _vtid;
                    integer { size = 8; align = 8; encoding = UTF8; } _procname[17]; };
            };
            event { name = "app:request"; id = 0; stream_id = 0; fields := struct {
                integer { size = 32; align = 8; signed = true; } _id; string _path; uint64_t _bytes; }; };
            event { name = "app:reply"; id = 1; stream_id = 0; fields := struct {
                uint32_t _id; enum : uint8_t { "OK" = 0 ... 1, "NOT_FOUND" = 4, "FAILED" = 5 ... 9 } _status;
                floating_point { exp_dig = 11; mant_dig = 53; align = 8; } _seconds; }; };
            event { name = "app:chunk"; id = 40; stream_id = 0; fields := struct {
                uint16_t __data_length; uint8_t _data[ __data_length ]; }; };
            """;

    private static final int PACKET = 256 << 10;
    private static final int LARGEST_EVENT = 200;

    private CtfGenerator() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        Files.writeString(folder.resolve("metadata"), METADATA);
        long packets = Long.parseLong(args[1]) * 1_000_000 / PACKET / 2;
        long events = 0;
        for (int cpu = 0; cpu < 2; cpu++) {
            try (OutputStream out = Files.newOutputStream(folder.resolve("channel_" + cpu))) {
                events += stream(out, packets, cpu);
            }
        }
        if (args.length > 2 && args[2].equals("count")) {
            System.out.println(events);
        }
    }

    /** Writes one stream; returns how many events are in it. */
    private static long stream(OutputStream out, long packets, int cpu) throws IOException {
        Random random = new Random(cpu);
        ByteBuffer b = ByteBuffer.allocate(PACKET).order(ByteOrder.LITTLE_ENDIAN);
        long time = 1_000_000;
        long events = 0;
        for (long p = 0; p < packets; p++) {
            b.clear();
            b.putInt(0xC1FC1FC1).putInt(0).putLong(time).putLong(0).putLong(0).putLong(PACKET * 8L).putLong(0).putInt(cpu);
            while (b.remaining() > LARGEST_EVENT) {
                time += 1 + random.nextInt(3_000);
                event(b, random, time, cpu);
                events++;
            }
            b.putLong(16, time).putLong(24, b.position() * 8L);
            out.write(b.array());
        }
        return events;
    }

    private static void event(ByteBuffer b, Random random, long time, int cpu) {
        int kind = random.nextInt(3);
        if (kind == 2) {
            b.put((byte) 31).putInt(40).putLong(time);
        } else {
            b.putInt((int) (time << 5) | kind);
        }
        int thread = cpu * 4 + random.nextInt(4);
        b.putInt(1000 + thread);
        text(b, "worker-" + thread, 17);
        if (kind == 0) {
            b.putInt(random.nextInt(100_000));
            text(b, "/index/page-" + random.nextInt(100) + ".html", 0);
            b.putLong(random.nextInt(1 << 20));
        } else if (kind == 1) {
            b.putInt(random.nextInt(100_000)).put((byte) random.nextInt(10)).putDouble(random.nextInt(10_000) / 7.0);
        } else {
            int n = random.nextInt(60);
            b.putShort((short) n);
            for (int i = 0; i < n; i++) {
                b.put((byte) random.nextInt(256));
            }
        }
    }

    /** A text that ends with a zero byte, or is filled up to {@code size} with them. */
    private static void text(ByteBuffer b, String text, int size) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        b.put(bytes).put(new byte[size == 0 ? 1 : size - bytes.length]);
    }
}

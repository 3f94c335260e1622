package io.dettrace.formats.ctf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.InputException;
import io.dettrace.event.InputNote;
import io.dettrace.formats.DetTrace;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.input.Inputs;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordJson;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CtfFormatTest {
    /** Bytes as fields of 8 bits; an event is its id, its time and what its class adds. */
    private static final String TYPES = "/* CTF 1.8 */ typealias integer { size = 8; } := u8;"
            + " typealias integer { size = 32; base = 16; } := x32;"
            + " typealias integer { size = 8; encoding = UTF8; } := char;";

    private static final String BARE = TYPES + "trace { major = 1; minor = 8; byte_order = le; };"
            + "stream { event.header := struct { u8 id; u8 timestamp; }; };";

    @TempDir
    Path folder;

    private final List<InputNote> notes = new ArrayList<>();

    // ---- what is read ----------------------------------------------------------------------------------------------

    @Test
    void valuesOfTracesThatBarectfWroteAreRead() throws IOException {
        Path data = Files.createDirectory(folder.resolve("barectf"));
        for (String name : List.of("five-members", "uint-bit-fields", "nested-5-uint8")) {
            copy(data, name + ".data.expect");
            copy(data, name + ".metadata.expect");
        }
        assertThat(read(data.resolve("five-members.data.expect")).get(0)).contains("\"event\":\"ev\"");
        assertThat(read(data.resolve("uint-bit-fields.data.expect")).get(0)).contains("\"args.u1\":1,\"args.u3\":5,");
        assertThat(read(data.resolve("nested-5-uint8.data.expect")).get(0))
                .contains("\"args.array\":[[[[[1,2],[3,4]],[[5,6],[7,8]]],[[[9,10],[11,12]],");
    }

    private static void copy(Path to, String name) throws IOException {
        try (InputStream in = CtfFormatTest.class.getResourceAsStream("/ctf/barectf/" + name)) {
            Files.copy(in, to.resolve(name));
        }
    }

    @Test
    void aLowerTimeThanBeforeMeansThatTheClockWrapped() throws IOException {
        assertThat(read(trace(BARE + "event { name = a; };", 0, 250, 0, 3, 0, 2)))
                .extracting(e -> e.replaceAll(".*\"time_ns\":(\\d+).*", "$1"))
                .containsExactly("250", "259", "514");
    }

    @Test
    void aClockTellsNanosecondsSince1970() throws IOException {
        String clock = "clock { name = c; freq = 32768; offset_s = 1000; offset = 16384; };";
        String stream = "stream { event.header := struct { integer { size = 8; map = clock.c.value; } timestamp; }; };";
        String trace = TYPES + "trace { major = 1; minor = 8; byte_order = be; };" + clock + stream;
        assertThat(read(trace(trace + "event { name = a; };", 1)))
                .containsExactly("{\"event\":\"a\",\"time_ns\":1000500030517,\"lane\":\"stream 0\"}");
    }

    @Test
    void halfPrecisionAndOddSizesOfFloatingPointNumbersAreRead() throws IOException {
        String fields = "event { name = a; fields := struct { floating_point { exp_dig = 5; mant_dig = 11; } h;"
                + " floating_point { exp_dig = 15; mant_dig = 113; } q; }; };";
        int[] event = new int[20];
        event[3] = 0xC1; // 0xC100, -2.5
        event[19] = 0x40; // 0x4000 and zeros, 2.0
        assertThat(read(trace(BARE + fields, event)).get(0)).contains("\"args.h\":-2.5,\"args.q\":2,");
    }

    @Test
    void lengthsAndTagsAreFoundByAbsoluteAndByRelativePaths() throws IOException {
        String text = TYPES + "trace { major = 1; minor = 8; byte_order = le; };"
                + "stream { event.header := struct { u8 id; u8 n; }; event.context := struct { enum : u8 { A, B } t; }; };"
                + "event { name = a; context := struct { u8 m; }; fields := struct { u8 x[stream.event.header.n];"
                + " u8 y[m]; variant <stream.event.context.t> { u8 A; struct { u8 b1; u8 b2[event.context.m]; } B; } v;"
                + " }; };";
        assertThat(read(trace(text, 0, 2, 1, 1, 10, 11, 12, 13, 14)))
                .containsExactly("{\"event\":\"a\",\"header.n\":2,\"ctx.t\":\"B\",\"ctx.t.number\":1,\"ctx.m\":1,"
                        + "\"args.x\":[10,11],\"args.y\":[12],\"args.v.B.b1\":13,\"args.v.B.b2\":[14],"
                        + "\"lane\":\"stream 0\"}");
    }

    @Test
    void cTypeNamesTypedefsTagsAndImplicitEnumerationsAreUnderstood() throws IOException {
        String text = BARE + "typealias integer { size = 8; } := unsigned long int; typealias integer { size = 0x10; }"
                + " := int; typedef struct { u8 a; } pair[02]; struct s { u8 b; } align(8); enum e { X = 1, Y, Z = -3 };"
                + " variant v { u8 X; u8 Y; };"
                + "event { name = \"a\\x62\\n\"; fields := struct { unsigned long int n; pair p; struct s q; enum e e;"
                + " variant v <e> w; }; };";
        assertThat(read(trace(text, 0, 1, 7, 1, 2, 3, 2, 0, 9)))
                .containsExactly("{\"event\":\"ab\\n\",\"time_ns\":1,\"args.n\":7,\"args.p\":[{\"a\":1},{\"a\":2}],"
                        + "\"args.q.b\":3,\"args.e\":\"Y\",\"args.e.number\":2,\"args.w.Y\":9,\"lane\":\"stream 0\"}");
    }

    @Test
    void streamsAreMergedByTimeAndLanesDoNotDependOnIdentifiers() throws IOException {
        String text = BARE + "event { name = a; context := struct { u8 vtid; char procname[3]; }; };";
        Path trace = trace(text, 0, 1, 77, 'p', 0, 0, 0, 9, 77, 'p', 0, 0);
        Files.write(trace.resolve("zweiter"), bytes(0, 5, 12, 'p', 0, 0));
        Files.createDirectory(trace.resolve("index"));
        Files.write(trace.resolve("index/stream.idx"), bytes(1, 2, 3));
        assertThat(read(trace))
                .extracting(e -> e.replaceAll(".*\"time_ns\":(\\d+).*\"lane\":\"(.*)\"}", "$1 $2"))
                .containsExactly("1 p", "5 p#2", "9 p");
        Mapping mapping = new CtfFormat().mapping(input(trace));
        assertThat(mapping.fields(Role.IGNORE)).containsExactly("ctx.vtid");
    }

    @Test
    void withTheSchedulersEventsLanesAreThreadsAndWakeupsAreLinks() throws IOException {
        String text = BARE + "event { name = work; id = 0; };"
                + "event { name = sched_switch; id = 1; fields := struct { u8 prev_tid; u8 next_tid;"
                + " char prev_comm[2]; char next_comm[2]; }; };"
                + "event { name = sched_wakeup; id = 2; fields := struct { u8 tid; }; };";
        assertThat(read(trace(text, 0, 1, 1, 2, 5, 6, 'a', 0, 'b', 0, 2, 3, 5, 1, 4, 6, 5, 'b', 0, 'a', 0, 0, 5)))
                .extracting(e -> e.replaceAll("\\{\"event\":\"(\\w+)\".*?\"lane\":(.*)}", "$1 $2"))
                .containsExactly(
                        "work \"cpu0\"",
                        "sched_switch \"a\"",
                        "sched_wakeup \"b\",\"wakeup\":\"w1\"",
                        "sched_switch \"b\"",
                        "work \"a\",\"woken_by\":\"w1\"");
    }

    @Test
    void addressesAreIdentifiersAndFlagsAreValues() throws IOException {
        String text = BARE + "event { name = a; fields := struct { x32 ptr; x32 flags; u8 tid; }; };";
        Mapping mapping = new CtfFormat().mapping(input(trace(text, 0, 1)));
        assertThat(mapping.fields(Role.ID)).containsExactly("args.ptr", "args.tid");
    }

    @Test
    void metadataInPacketsOfEitherByteOrderIsRead() throws IOException {
        byte[] text = (BARE + "event { name = a; };").getBytes(StandardCharsets.UTF_8);
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            ByteArrayOutputStream packets = new ByteArrayOutputStream();
            for (int at = 0; at < text.length; at += 50) {
                int n = Math.min(50, text.length - at);
                ByteBuffer packet = ByteBuffer.allocate(37 + 50).order(order);
                packet.putInt(MetadataText.MAGIC).position(24);
                packet.putInt((37 + n) * 8).putInt((37 + 50) * 8).position(37);
                packet.put(text, at, n);
                packets.writeBytes(packet.array());
            }
            Path trace = trace("", 0, 4);
            Files.write(trace.resolve("metadata"), packets.toByteArray());
            assertThat(read(trace)).hasSize(1);
        }
    }

    // ---- what is tolerated and refused -----------------------------------------------------------------------------

    private static final String SIZED = TYPES + "trace { major = 1; minor = 8; byte_order = le; };"
            + "stream { packet.context := struct { u8 content_size; u8 packet_size; u8 events_discarded; };"
            + " event.header := struct { u8 id; }; }; event { name = a; fields := struct { u8 n; u8 x[n]; }; };";

    @Test
    void discardedEventsAreNoted() throws IOException {
        assertThat(read(trace(SIZED, 40, 48, 0, 0, 0, 0, 40, 40, 3, 0, 0))).hasSize(2);
        assertThat(notes).extracting(InputNote::code).containsExactly("discarded_events");
        assertThat(notes.get(0).message()).contains("discarded 3 events");
    }

    @Test
    void aLengthBeyondThePacketIsAnErrorWithItsByteAndLeavesTheNextPacketReadable() throws IOException {
        Path trace = trace(SIZED, 40, 40, 0, 0, 200, 40, 40, 0, 0, 0);
        assertThatThrownBy(() -> read(trace))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("stream:1: ")
                .hasMessageContaining("found 200")
                .hasMessageEndingWith("(byte 5)");
        assertThat(read(trace, true)).hasSize(1);
        assertThat(notes).extracting(InputNote::code).containsExactly("broken_packets");
    }

    @Test
    void aFileThatEndsInsideAPacketIsRefusedAndReadSoFarLeniently() throws IOException {
        Path trace = trace(SIZED, 80, 80, 0, 0, 1, 7, 0);
        assertThatThrownBy(() -> read(trace))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("end of the file");
        assertThat(read(trace, true)).hasSize(1);
    }

    @Test
    void eventsOfNoBitsAreRefused() throws IOException {
        String text = TYPES + "trace { major = 1; minor = 8; byte_order = le; }; stream { }; event { name = a; };";
        assertThatThrownBy(() -> read(trace(text, 1))).hasMessageContaining("of no bits");
    }

    @Test
    void elementsAreLimitedEvenIfTheyTakeNoBits() throws IOException {
        String event = "event { name = a; fields := struct { struct { } x[";
        assertThat(read(trace(BARE + event + Decoding.MAX_ELEMENTS + "]; }; };", 0, 0)))
                .hasSize(1);
        assertThatThrownBy(() -> read(trace(BARE + event + (Decoding.MAX_ELEMENTS + 1) + "]; }; };", 0, 0)))
                .hasMessageContaining("more than " + Decoding.MAX_ELEMENTS + " elements");
    }

    @Test
    void nestingIsLimited() throws IOException {
        for (int depth : List.of(TypeParser.MAX_DEPTH, TypeParser.MAX_DEPTH + 1)) {
            String text = BARE + "event { name = a; fields := " + "struct { ".repeat(depth - 1) + "struct { u8 v; }"
                    + " s; }".repeat(depth - 1) + "; };";
            if (depth < TypeParser.MAX_DEPTH) {
                assertThat(read(trace(text, 0, 0, 1))).hasSize(1);
            } else {
                assertThatThrownBy(() -> read(trace(text, 0, 0, 1))).hasMessageContaining("nested more than");
            }
        }
    }

    @Test
    void typesThatDoubleWithEachLevelAreRefusedQuickly() throws IOException {
        StringBuilder text = new StringBuilder(BARE + "struct s0 { u8 v; };");
        for (int i = 1; i < 40; i++) {
            text.append("struct s" + i + " { struct s" + (i - 1) + " a; struct s" + (i - 1) + " b; };");
        }
        text.append("event { name = a; fields := struct s39; };");
        assertThatThrownBy(() -> read(trace(text.toString(), 0, 0)))
                .hasMessageContaining("more than " + LayoutBuilder.MAX_NODES);
    }

    @Test
    void brokenMetadataIsRefusedWithItsLineAndColumn() throws IOException {
        assertThatThrownBy(() -> read(trace("/* CTF 1.8 */\ntrace { major = 1; minor = 8\n};", 0)))
                .hasMessageContaining("metadata:3:1: expected \";\", found \"}\"");
        assertThatThrownBy(() -> read(trace(BARE + "\nevent { name = a; fields := struct { u9 x; }; };", 0)))
                .hasMessageContaining("metadata:2:")
                .hasMessageContaining("found \"u9\"");
    }

    @Test
    void metadataWithoutDataAndDataWithoutMetadataAreRefused() throws IOException {
        Path alone = Files.writeString(folder.resolve("x.metadata"), BARE);
        assertThat(new CtfFormat().claims(Head.of(input(alone).files()))).isTrue();
        assertThatThrownBy(() -> read(alone)).hasMessageContaining("holds no events");
        Path data = Files.write(folder.resolve("alone"), bytes(0xC1, 0x1F, 0xFC, 0xC1));
        assertThat(new CtfFormat().claims(Head.of(input(data).files()))).isTrue();
        assertThatThrownBy(() -> read(data)).hasMessageContaining("no metadata beside it");
    }

    @Test
    void version2IsRefusedByName() throws IOException {
        Path trace = trace("\u001e{\"type\": \"preamble\", \"version\": 2}\n", 0);
        assertThatThrownBy(() -> read(trace)).hasMessageContaining("CTF 2");
    }

    @Test
    void oneFileIsReadWhetherItsStreamOrItsMetadataIsNamed() throws IOException {
        Path data = Files.write(folder.resolve("x.data.bin"), bytes(0, 1));
        Path metadata = Files.writeString(folder.resolve("x.metadata.bin"), BARE + "event { name = a; };");
        assertThat(new CtfFormat().claims(Head.of(input(data).files()))).isTrue();
        assertThat(read(data)).hasSize(1).isEqualTo(read(metadata));
    }

    @Test
    void runsWithTheSameMetadataNamedAreComparedByTheirStreams() throws IOException {
        Path one = trace(BARE + "event { name = a; }; event { name = b; id = 1; };", 0, 1, 0, 2);
        Path other = trace(BARE + "event { name = a; }; event { name = b; id = 1; };", 0, 1, 1, 2);
        assertThat(DetTrace.compare(one.resolve("metadata"), other.resolve("metadata"))
                        .comparison()
                        .first())
                .isPresent();
    }

    @Test
    void filesWithoutMetadataInAFolderOfTracesAreNoted() throws IOException {
        Path one = trace(BARE + "event { name = a; };", 0, 1);
        Path other = trace(BARE + "event { name = a; };", 0, 1);
        assertThat(read(folder)).hasSize(2);
        assertThat(notes).isEmpty();
        Files.delete(other.resolve("metadata"));
        assertThat(read(folder)).hasSize(1);
        assertThat(notes).singleElement().satisfies(n -> {
            assertThat(n.code()).isEqualTo("no_metadata");
            assertThat(n.first()).endsWith(other.getFileName() + "/stream");
        });
        assertThat(one).isDirectory();
    }

    // ---- inputs ----------------------------------------------------------------------------------------------------

    private Path trace(String metadata, int... stream) throws IOException {
        Path trace = Files.createTempDirectory(folder, "trace");
        Files.writeString(trace.resolve("metadata"), metadata);
        Files.write(trace.resolve("stream"), bytes(stream));
        return trace;
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static RecordInput input(Path path) throws IOException {
        try (Inputs inputs = new Inputs(InputStream.nullInputStream())) {
            List<InputFile> files = inputs.resolve(path.toString());
            return new RecordInput(path.toString(), files, Map.of());
        }
    }

    private List<String> read(Path path) throws IOException {
        return read(path, false);
    }

    private List<String> read(Path path, boolean lenient) throws IOException {
        List<String> events = new ArrayList<>();
        ReadContext context = new ReadContext(lenient, -1);
        try (RecordReader reader = new CtfFormat().open(input(path), context)) {
            while (reader.next()) {
                events.add(RecordJson.write(reader.record()));
            }
        }
        notes.clear();
        notes.addAll(context.notes());
        return events;
    }
}

package io.dettrace.formats.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.dettrace.event.EventBlock;
import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.event.LaneTable;
import io.dettrace.event.SourceRef;
import io.dettrace.formats.EventFormat;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.Rows;
import io.dettrace.formats.Rows.Row;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.jsonl.JsonLinesFormat;
import io.dettrace.normalize.EventAssembler;
import io.dettrace.normalize.Mapping;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link RecordFormat} keeps. A new format passes this before it has tests of its own. */
public abstract class RecordFormatContract {
    private static final int DAMAGES = 200;

    @TempDir
    protected Path folder;

    /** The format. */
    protected abstract RecordFormat format();

    /** Bytes of a file of the format with at least 20 events, as small as may be. */
    protected abstract byte[] bytes() throws IOException;

    /** The format's options for that file. */
    protected Map<String, String> options() {
        return Map.of();
    }

    /** An input of one file with these bytes; a format that needs further files puts them beside it. */
    protected RecordInput input(byte[] bytes) throws IOException {
        Path path = Files.createTempFile(folder, "run", ".bin");
        Files.write(path, bytes);
        return new RecordInput("run.bin", List.of(new InputFile(path, "run.bin")), options());
    }

    private List<Row> rows(RecordInput input, boolean lenient) throws IOException {
        Mapping mapping = format().mapping(input);
        LaneTable lanes = new LaneTable();
        EventAssembler assembler = new EventAssembler(mapping, lanes, Map.of(), Optional.empty());
        ReadContext context = new ReadContext(lenient, -1);
        List<Row> rows = new ArrayList<>();
        EventBlock block = new EventBlock();
        try (EventFormat.FileReader reader =
                new RecordAssembler(format().open(input, context), input, mapping, assembler, context)) {
            for (boolean more = true; more; block.clear()) {
                more = reader.fill(block);
                rows.addAll(Rows.of(block, 0, lanes));
            }
        }
        for (boolean more = true; more; block.clear()) {
            more = assembler.flush(block);
            rows.addAll(Rows.of(block, 0, lanes));
        }
        return rows;
    }

    /** All events of an input by their fields. */
    protected final List<List<Field>> events(RecordInput input) throws IOException {
        List<List<Field>> events = new ArrayList<>();
        try (RecordReader reader = format().open(input, new ReadContext(false, -1))) {
            while (reader.next()) {
                events.add(reader.record().fields());
            }
        }
        return events;
    }

    @Test
    void itsFileIsTakenForIt() throws IOException {
        assertThat(format().claims(Head.of(input(bytes()).files()))).isTrue();
    }

    @Test
    void otherFilesAreNotTakenForIt() throws IOException {
        for (String other : List.of(
                "",
                "\n",
                "hello world\nthis is text\n",
                "{}",
                "[]",
                "[{\"a\":1}]",
                "{\"ts\":1,\"thread\":\"a\",\"event\":\"x\"}\n{\"ts\":2,\"thread\":\"a\",\"event\":\"y\"}\n",
                "{\"events\":[{\"a\":1},{\"a\":2}]}",
                "a,b",
                "n1 {\"n1\":1}\nstarted\n",
                "\0\0\0\0\0\0\0\0")) {
            assertThat(format().claims(Head.of(
                            input(other.getBytes(StandardCharsets.UTF_8)).files())))
                    .as(other)
                    .isFalse();
        }
    }

    @Test
    void readsTheSameEachTimeAndEveryEventHasAPlaceOfItsOwn() throws IOException {
        RecordInput input = input(bytes());
        List<Row> rows = rows(input, false);
        assertThat(rows).hasSizeGreaterThanOrEqualTo(20);
        assertThat(rows(input, false)).isEqualTo(rows);
        assertThat(rows(input, true)).isEqualTo(rows);
        assertThat(new HashSet<>(rows.stream()
                        .map(r -> new SourceRef(r.file(), r.line(), r.offset(), r.length()))
                        .toList()))
                .hasSameSizeAs(rows);
        assertThat(rows).allSatisfy(r -> assertThat(r.offset()).isNotNegative());
    }

    @Test
    void noPathStandsTwiceInAnEvent() throws IOException {
        for (List<Field> event : events(input(bytes()))) {
            assertThat(event.stream().map(Field::path)).doesNotHaveDuplicates();
        }
    }

    @Test
    void compressionMakesNoDifference() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes());
        }
        RecordInput gzip = input(packed.toByteArray());
        assertThat(format().claims(Head.of(gzip.files()))).isTrue();
        assertThat(rows(gzip, false)).isEqualTo(rows(input(bytes()), false));
    }

    /** What {@code dettrace convert} writes is compared as the original is. */
    @Test
    void asJsonLinesItIsTheSameRun() throws IOException {
        RecordInput input = input(bytes());
        StringBuilder lines = new StringBuilder();
        try (RecordReader reader = format().open(input, new ReadContext(false, -1))) {
            while (reader.next()) {
                lines.append(RecordJson.write(reader.record())).append('\n');
            }
        }
        Path path = folder.resolve("converted.jsonl");
        Files.writeString(path, lines);
        Mapping mapping = format().mapping(input);
        List<Row> converted = Rows.read(
                new JsonLinesFormat(), new InputFile(path, "converted.jsonl"), mapping, new ReadContext(false, -1));
        assertThat(converted.stream().map(RecordFormatContract::compared).toList())
                .isEqualTo(rows(input, false).stream()
                        .map(RecordFormatContract::compared)
                        .toList());
    }

    private static List<Object> compared(Row r) {
        return List.of(r.lane(), r.label(), r.kind(), r.time(), r.clock(), r.defines(), r.links());
    }

    @Test
    void aFileThatIsCutIsReadOrRefusedWithItsName() throws IOException {
        byte[] bytes = bytes();
        Random random = new Random(7);
        for (int i = 0; i < DAMAGES; i++) {
            readOrRefuse(Arrays.copyOf(bytes, random.nextInt(bytes.length)));
        }
    }

    @Test
    void aFileThatIsDamagedIsReadOrRefusedWithItsName() throws IOException {
        byte[] bytes = bytes();
        Random random = new Random(8);
        for (int i = 0; i < DAMAGES; i++) {
            byte[] damaged = bytes.clone();
            for (int k = random.nextInt(4); k >= 0; k--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            readOrRefuse(damaged);
        }
    }

    private void readOrRefuse(byte[] bytes) throws IOException {
        RecordInput input = input(bytes);
        format().claims(Head.of(input.files()));
        for (boolean lenient : new boolean[] {false, true}) {
            try {
                rows(input, lenient);
            } catch (InputException refused) {
                assertThat(refused.getMessage()).startsWith("run.bin");
            } catch (RuntimeException | IOException crash) {
                fail("a damaged file ends in " + crash, crash);
            }
        }
        for (InputFile file : input.files()) {
            Files.deleteIfExists(file.path());
        }
    }

    @Test
    void closingEarlyIsFine() throws IOException {
        RecordInput input = input(bytes());
        format().open(input, new ReadContext(false, -1)).close();
        RecordReader reader = format().open(input, new ReadContext(false, -1));
        reader.next();
        reader.close();
        reader.close();
    }
}

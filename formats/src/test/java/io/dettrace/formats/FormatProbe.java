package io.dettrace.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.event.EventBlock;
import io.dettrace.event.Field;
import io.dettrace.event.LaneTable;
import io.dettrace.event.SourceRef;
import io.dettrace.formats.input.InputFile;
import io.dettrace.normalize.EventAssembler;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.ValueDigest;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads files through a format as a run does, for tests. */
public final class FormatProbe {
    private FormatProbe() {}

    /** A row of a block, with the lane by name. */
    public record Row(String lane, long label, int kind, long time, long clock, int links, SourceRef ref) {
        Row without(SourceRef other) {
            return new Row(lane, label, kind, time, clock, links, other);
        }
    }

    public static InputFile file(Path folder, String name, String text) throws IOException {
        return file(folder, name, text.getBytes(StandardCharsets.UTF_8));
    }

    public static InputFile file(Path folder, String name, byte[] bytes) throws IOException {
        return new InputFile(Files.write(folder.resolve(name), bytes), name);
    }

    public static InputFile resource(String name) {
        try {
            return new InputFile(
                    Path.of(FormatProbe.class.getResource("/" + name).toURI()), name);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    public static ReadContext strict() {
        return new ReadContext(false, -1);
    }

    public static ReadContext lenient() {
        return new ReadContext(true, -1);
    }

    public static List<Row> read(EventFormat format, InputFile file, Mapping mapping, ReadContext context)
            throws IOException {
        List<Row> rows = new ArrayList<>();
        LaneTable lanes = new LaneTable();
        EventAssembler assembler = new EventAssembler(mapping, lanes, Map.of(), Optional.empty());
        try (EventFormat.FileReader reader = format.open(file, 0, mapping, assembler, context)) {
            EventBlock block = new EventBlock();
            boolean more = true;
            while (more) {
                block.clear();
                more = reader.fill(block);
                rows(block, lanes, rows);
            }
        }
        return rows;
    }

    /** The original text of every event. */
    public static List<String> texts(InputFile file, List<Row> rows) throws IOException {
        return file.readAll(rows.stream().map(Row::ref).toList()).stream()
                .map(b -> new String(b, StandardCharsets.UTF_8))
                .toList();
    }

    /** Checks that the source bytes of every event give the fields that made its row, and those of the sample. */
    public static void assertRoundTrip(EventFormat format, InputFile file, Mapping mapping, ReadContext context)
            throws IOException {
        List<Row> rows = read(format, file, mapping, context);
        List<List<Field>> sample = format.sample(file, mapping, Integer.MAX_VALUE, context);
        List<byte[]> texts = file.readAll(rows.stream().map(Row::ref).toList());
        LaneTable lanes = new LaneTable();
        EventAssembler assembler = new EventAssembler(mapping, lanes, Map.of(), Optional.empty());
        assertThat(sample).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) {
            List<Field> fields = format.fields(texts.get(i), mapping);
            assertThat(fields).isEqualTo(sample.get(i));
            assertThat(assemble(fields, mapping, lanes, assembler))
                    .isEqualTo(rows.get(i).without(null));
        }
    }

    private static Row assemble(List<Field> fields, Mapping mapping, LaneTable lanes, EventAssembler assembler) {
        assembler.begin();
        for (Field f : fields) {
            byte[] bytes = f.text().getBytes(StandardCharsets.UTF_8);
            long digest = f.type() == Field.Type.NUMBER
                    ? ValueDigest.ofNumber(bytes, 0, bytes.length)
                    : ValueDigest.of(bytes, 0, bytes.length);
            if (!mapping.plan(f.path()).isIgnored()) {
                assembler.field(mapping.plan(f.path()), f.type(), digest, bytes, 0, bytes.length);
            }
        }
        EventBlock block = new EventBlock();
        try {
            assembler.end(block, 0, 0, 0, 0);
        } catch (EventAssembler.ClockException e) {
            throw new AssertionError(e);
        }
        List<Row> rows = new ArrayList<>();
        rows(block, lanes, rows);
        return rows.get(0).without(null);
    }

    private static void rows(EventBlock b, LaneTable lanes, List<Row> rows) {
        for (int i = 0; i < b.size; i++) {
            SourceRef ref = new SourceRef(b.file[i], b.line[i], b.offset[i], b.length[i]);
            int links = b.linkStart[i + 1] - b.linkStart[i];
            rows.add(new Row(lanes.name(b.lane[i]), b.label[i], b.kind[i], b.time[i], b.clock[i], links, ref));
        }
    }
}

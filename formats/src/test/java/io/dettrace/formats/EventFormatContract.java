package io.dettrace.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.event.EventBlock;
import io.dettrace.event.Field;
import io.dettrace.event.LaneTable;
import io.dettrace.event.SourceRef;
import io.dettrace.formats.Rows.Row;
import io.dettrace.formats.input.InputFile;
import io.dettrace.normalize.EventAssembler;
import io.dettrace.normalize.FieldPlan;
import io.dettrace.normalize.Mapping;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link EventFormat} keeps. A new format passes this before it has tests of its own. */
public abstract class EventFormatContract {
    /** Events of the file, more than fill a block. */
    protected static final int EVENTS = EventBlock.CAPACITY + 777;

    @TempDir
    Path folder;

    private InputFile file;
    private Mapping mapping;

    /** The format. */
    protected abstract EventFormat format();

    /** A text with {@link #EVENTS} events of several lanes, with links, blanks and characters of several bytes. */
    protected abstract String text(Random random);

    /** How {@link #text} is to be read, with at least a lane and an ignored field. */
    protected abstract Mapping mapping();

    @BeforeEach
    void write() throws IOException {
        mapping = mapping();
        file = write(text(new Random(11)).getBytes(StandardCharsets.UTF_8));
    }

    private InputFile write(byte[] bytes) throws IOException {
        Path path = Files.createTempFile(folder, "run", ".log");
        Files.write(path, bytes);
        return new InputFile(path, "run.log");
    }

    private List<Row> read(InputFile from, LaneTable lanes, int... room) throws IOException {
        return Rows.read(format(), from, mapping, new ReadContext(false, -1), lanes, room);
    }

    private List<Row> read() throws IOException {
        return read(file, new LaneTable(), EventBlock.CAPACITY);
    }

    private static List<SourceRef> refs(List<Row> rows) {
        return rows.stream()
                .map(r -> new SourceRef(r.file(), r.line(), r.offset(), r.length()))
                .toList();
    }

    @Test
    void readsEveryEventOnce() throws IOException {
        List<Row> rows = read();
        assertThat(rows).hasSize(EVENTS);
        assertThat(new HashSet<>(refs(rows))).hasSize(EVENTS);
        assertThat(rows).extracting(Row::file).containsOnly(3);
    }

    @Test
    void readingTwiceGivesTheSame() throws IOException {
        assertThat(read()).isEqualTo(read());
    }

    @Test
    void whereBlocksEndMakesNoDifference() throws IOException {
        List<Row> whole = read();
        assertThat(read(file, new LaneTable(), 1)).isEqualTo(whole);
        assertThat(read(file, new LaneTable(), 2, 3, 1000, 1, 4095)).isEqualTo(whole);
        assertThat(read(file, new LaneTable(), EVENTS % EventBlock.CAPACITY)).isEqualTo(whole);
    }

    @Test
    void aFullBlockIsLeftAlone() throws IOException {
        EventAssembler assembler = new EventAssembler(mapping, new LaneTable(), Map.of(), Optional.empty());
        EventBlock block = new EventBlock();
        while (!block.isFull()) {
            block.commit(0);
        }
        try (EventFormat.FileReader reader = format().open(file, 0, mapping, assembler, new ReadContext(false, -1))) {
            assertThat(reader.fill(block)).isTrue();
            assertThat(block.size).isEqualTo(EventBlock.CAPACITY);
            block.clear();
            reader.fill(block);
            assertThat(block.offset[0]).isEqualTo(read().get(0).offset());
        }
    }

    @Test
    void howLanesAreNumberedMakesNoDifference() throws IOException {
        LaneTable shuffled = new LaneTable();
        List<Row> rows = read();
        List<String> names =
                new ArrayList<>(Set.copyOf(rows.stream().map(Row::lane).toList()));
        assertThat(names).hasSizeGreaterThan(1);
        shuffled.number("some other lane");
        for (int i = names.size() - 1; i >= 0; i--) {
            shuffled.number(names.get(i));
        }
        assertThat(read(file, shuffled, EventBlock.CAPACITY)).isEqualTo(rows);
    }

    @Test
    void everyEventIsShownBackFromItsPlace() throws IOException {
        List<Row> rows = read();
        byte[] all = Files.readAllBytes(file.path());
        List<byte[]> texts = file.readAll(refs(rows));
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            String text = new String(texts.get(i), StandardCharsets.UTF_8);
            assertThat(text).isEqualTo(text.strip()).isNotEmpty();
            long line = 1;
            if (i % 500 == 0) {
                for (int b = 0; b < row.offset(); b++) {
                    line += all[b] == '\n' ? 1 : 0;
                }
                assertThat(row.line()).as(text).isEqualTo(line);
            }
        }
    }

    @Test
    void compressionAndLineEndsAndByteOrderMarkMakeNoDifferenceToWhatIsRead() throws IOException {
        List<Row> plain = read();
        String text = text(new Random(11));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        InputFile gzip = write(packed.toByteArray());
        assertThat(read(gzip, new LaneTable(), EventBlock.CAPACITY)).isEqualTo(plain);
        List<SourceRef> some = refs(plain).subList(100, 120);
        assertThat(gzip.readAll(some)).containsExactlyElementsOf(file.readAll(some));

        byte[] windows = ("\uFEFF" + text.replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8);
        List<Row> marked = read(write(windows), new LaneTable(), EventBlock.CAPACITY);
        assertThat(marked)
                .extracting(Row::label)
                .isEqualTo(plain.stream().map(Row::label).toList());
        assertThat(marked)
                .extracting(Row::lane)
                .isEqualTo(plain.stream().map(Row::lane).toList());
        assertThat(marked)
                .extracting(Row::line)
                .isEqualTo(plain.stream().map(Row::line).toList());
    }

    @Test
    void sampleAndFieldsAgreeWithWhatTheReaderFeeds() throws IOException {
        int limit = 1_000;
        Fed fed = new Fed(mapping);
        EventBlock block = new EventBlock();
        List<Row> rows = new ArrayList<>();
        try (EventFormat.FileReader reader = format().open(file, 0, mapping, fed, new ReadContext(false, -1))) {
            while (rows.size() < limit && reader.fill(block)) {
                rows.addAll(Rows.of(block, 0, fed.lanes));
                block.clear();
            }
        }
        List<List<Field>> sample = format().sample(file, mapping, limit, new ReadContext(false, -1));
        assertThat(sample).hasSize(limit);
        for (int i = 0; i < limit; i++) {
            assertThat(used(sample.get(i))).isEqualTo(fed.events.get(i));
        }
        Map<SourceRef, Integer> order = fed.order;
        List<SourceRef> refs = refs(rows).subList(0, limit);
        List<byte[]> texts = file.readAll(refs);
        for (int i = 0; i < limit; i++) {
            Integer at = order.get(new SourceRef(
                    0, refs.get(i).line(), refs.get(i).offset(), refs.get(i).length()));
            List<Field> fields = format().fields(texts.get(i), mapping);
            assertThat(used(fields)).isEqualTo(fed.events.get(at));
            if (at < limit) {
                assertThat(fields).isEqualTo(sample.get(at));
            }
        }
    }

    @Test
    void aSampleIsNoLargerThanAskedForAndTheWholeFileIfThatIsLess() throws IOException {
        ReadContext context = new ReadContext(false, -1);
        assertThat(format().sample(file, mapping, 0, context)).isEmpty();
        assertThat(format().sample(file, mapping, 1, context)).hasSize(1);
        assertThat(format().sample(file, mapping, Integer.MAX_VALUE, context)).hasSize(EVENTS);
    }

    private List<Field> used(List<Field> fields) {
        return fields.stream().filter(f -> !mapping.plan(f.path()).isIgnored()).toList();
    }

    @Test
    void closingEarlyIsFine() throws IOException {
        EventAssembler assembler = new EventAssembler(mapping, new LaneTable(), Map.of(), Optional.empty());
        format().open(file, 0, mapping, assembler, new ReadContext(false, -1)).close();
        EventFormat.FileReader reader = format().open(file, 0, mapping, assembler, new ReadContext(false, -1));
        reader.fill(new EventBlock());
        reader.close();
        reader.close();
        Files.delete(file.path());
    }

    @Test
    void bytesReadGrowToTheFilesSize() throws IOException {
        EventAssembler assembler = new EventAssembler(mapping, new LaneTable(), Map.of(), Optional.empty());
        EventBlock block = new EventBlock();
        long before = 0;
        try (EventFormat.FileReader reader = format().open(file, 0, mapping, assembler, new ReadContext(false, -1))) {
            for (boolean more = true; more; block.clear()) {
                more = reader.fill(block);
                assertThat(reader.bytesRead()).isGreaterThanOrEqualTo(before);
                before = reader.bytesRead();
            }
        }
        assertThat(before).isBetween(Files.size(file.path()) - 100, Files.size(file.path()));
    }

    @Test
    void lastEventMayLackItsLineEnd() throws IOException {
        byte[] stripped = text(new Random(11)).stripTrailing().getBytes(StandardCharsets.UTF_8);
        assertThat(read(write(stripped), new LaneTable(), EventBlock.CAPACITY)).isEqualTo(read());
    }

    /** Remembers what the reader feeds, event by event. */
    private static final class Fed extends EventAssembler {
        final LaneTable lanes;
        final List<List<Field>> events = new ArrayList<>();
        final Map<SourceRef, Integer> order = new HashMap<>();
        private List<Field> fields = List.of();

        Fed(Mapping mapping) {
            this(mapping, new LaneTable());
        }

        private Fed(Mapping mapping, LaneTable lanes) {
            super(mapping, lanes, Map.of(), Optional.empty());
            this.lanes = lanes;
        }

        @Override
        public void begin() {
            super.begin();
            fields = new ArrayList<>();
        }

        @Override
        public void field(FieldPlan plan, Field.Type type, long digest, byte[] bytes, int offset, int length) {
            super.field(plan, type, digest, bytes, offset, length);
            fields.add(new Field(plan.path(), type, new String(bytes, offset, length, StandardCharsets.UTF_8)));
        }

        @Override
        public void end(EventBlock block, int file, long line, long offset, int length) throws ClockException {
            super.end(block, file, line, offset, length);
            order.put(new SourceRef(0, line, offset, length), events.size());
            events.add(fields);
        }
    }
}

package io.dettrace.formats.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.event.EventBlock;
import io.dettrace.event.LaneTable;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.normalize.EventAssembler;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FileByFileTest {
    /** One event, whose fields stand in the order of their names as given. */
    private static RecordReader one(int file, String... fields) {
        EventRecord record = new EventRecord();
        return new RecordReader() {
            private boolean ended;

            @Override
            public EventRecord record() {
                return record;
            }

            @Override
            public boolean next() {
                if (ended) {
                    return false;
                }
                ended = true;
                record.clear();
                for (int i = 0; i < fields.length; i += 2) {
                    record.text(fields[i], fields[i + 1]);
                }
                record.at(file, 1, 0, 1);
                return true;
            }

            @Override
            public long bytesRead() {
                return 1;
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void aFieldMeansTheSameInEveryFileWhateverTheOrderOfFields() throws IOException {
        RecordInput input = new RecordInput(
                "two", List.of(new InputFile(Path.of("a"), "a"), new InputFile(Path.of("b"), "b")), Map.of());
        RecordReader files = FileByFile.open(
                input,
                (file, number) -> number == 0
                        ? one(number, "lane", "x", "kind", "start", "noise", "1")
                        : one(number, "noise", "2", "kind", "start", "lane", "x"));
        Mapping mapping = Mapping.builder()
                .field(Role.LANE, "lane")
                .field(Role.KIND, "kind")
                .field(Role.IGNORE, "noise")
                .field(Role.IGNORE, "$file")
                .build();
        LaneTable lanes = new LaneTable();
        EventAssembler assembler = new EventAssembler(mapping, lanes, Map.of(), Optional.empty());
        EventBlock block = new EventBlock();
        try (RecordAssembler reader =
                new RecordAssembler(files, input, mapping, assembler, new ReadContext(false, -1))) {
            while (reader.fill(block)) {
                // Until the last file ends.
            }
        }
        assertThat(block.size).isEqualTo(2);
        assertThat(block.label[1]).isEqualTo(block.label[0]);
        assertThat(lanes.size()).isEqualTo(1);
        assertThat(lanes.name(0)).isEqualTo("x");
    }
}

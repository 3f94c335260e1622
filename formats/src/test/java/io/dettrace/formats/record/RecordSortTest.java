package io.dettrace.formats.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.event.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordSortTest {
    private record Event(long key, List<Field> fields) {}

    @ParameterizedTest
    @ValueSource(ints = {1 << 30, 100_000, 10_000, 1})
    void sortsByKeyAndKeepsTheOrderOfEqualsWhateverTheMemory(int memory) throws IOException {
        Random random = new Random(5);
        EventRecord record = new EventRecord();
        List<Event> expected = new ArrayList<>();
        try (RecordSort sort = new RecordSort(memory)) {
            for (int i = 0; i < 500; i++) {
                record.clear();
                record.number("n", i);
                if (i % 3 == 0) {
                    record.text("text", "x".repeat(random.nextInt(20)) + "é");
                }
                record.flag(record.path("f" + i % 7), i % 2 == 0);
                record.at(1, i + 1, 10L * i, 5);
                long key = random.nextInt(40) - 20;
                expected.add(new Event(key, record.fields()));
                sort.add(record, key);
            }
            expected.sort(Comparator.comparingLong(Event::key));
            try (RecordReader reader = sort.sorted()) {
                for (Event e : expected) {
                    assertThat(reader.next()).isTrue();
                    assertThat(reader.record().fields()).isEqualTo(e.fields());
                    assertThat(reader.record().line())
                            .isEqualTo(Long.parseLong(reader.record().value("n")) + 1);
                }
                assertThat(reader.next()).isFalse();
            }
        }
    }
}

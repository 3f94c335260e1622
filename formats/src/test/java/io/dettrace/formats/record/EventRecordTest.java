package io.dettrace.formats.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.event.Field;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventRecordTest {
    private final EventRecord record = new EventRecord();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 9, 10, -10, 99, 100, 1234567890123456789L, Long.MAX_VALUE, Long.MIN_VALUE})
    void wholeNumbersAreWrittenAsJavaDoes(long value) {
        record.number("n", value);
        assertThat(record.value("n")).isEqualTo(Long.toString(value));
        assertThat(record.type(0)).isEqualTo(Field.Type.NUMBER);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, 1.5, 1e300, 3, -7e14, 4.9e-324, 1e15})
    void doublesComeBack(double value) {
        record.number(record.path("d"), value);
        assertThat(Double.parseDouble(record.value("d"))).isEqualTo(value);
        assertThat(record.type(0)).isEqualTo(Field.Type.NUMBER);
    }

    @Test
    void whatJsonHasNoNumberForIsItsName() {
        record.number(record.path("d"), Double.NaN);
        assertThat(record.fields()).containsExactly(new Field("d", Field.Type.STRING, "NaN"));
    }

    @Test
    void valuesKeepTheirOrderAndTypeAlsoWhenTheEventIsUsedAgain() throws IOException {
        for (int round = 0; round < 2; round++) {
            record.clear();
            record.text("a.b", "é\"\n");
            record.flag(record.path("c"), true);
            record.nothing(record.path("d"));
            record.json(record.path("e"), "[1,2]");
            record.decimal(record.path("f"), "1.10");
            assertThat(RecordJson.write(record))
                    .isEqualTo("{\"a.b\":\"é\\\"\\n\",\"c\":true,\"d\":null,\"e\":[1,2],\"f\":1.10}");
        }
    }
}

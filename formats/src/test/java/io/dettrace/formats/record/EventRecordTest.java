package io.dettrace.formats.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.event.Field;
import io.dettrace.formats.json.JsonRecord;
import io.dettrace.normalize.Mapping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    /** What {@code dettrace convert} writes is read as JSON lines and compared with the original's values. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "[1,-2,\"a{}:\",null,true]",
                "[3.14,2.99792458E8,-0.0,1.0E-300,123456789012345678901234567890]",
                "[{\"b\":1,\"a!\":2,\"a\":[1.50]}]",
                "[\"\\u0008\\u000c\\/\\u00e9\"]",
                "{ \"z\" : [ 1 , 2 ] , \"a\" : {} }"
            })
    void anArrayHasTheSpellingThatItHasInAFileOfJson(String value) throws JsonRecord.Malformed {
        record.json(record.path("v"), value);
        byte[] line = ("{\"v\":[" + value + "]}").getBytes(StandardCharsets.UTF_8);
        JsonRecord read = new JsonRecord(Mapping.builder().build(), false, true);
        read.read(line, 0, line.length);
        assertThat("[" + record.value("v") + "]").isEqualTo(read.fields().get(0).text());
    }

    @Test
    void aTextThatIsNoJsonStays() {
        record.json(record.path("v"), "[1.5,");
        assertThat(record.value("v")).isEqualTo("[1.5,");
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

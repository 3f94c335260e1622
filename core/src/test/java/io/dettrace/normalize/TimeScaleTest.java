package io.dettrace.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.event.EventBlock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeScaleTest {
    private static long nanos(TimeScale scale, String text, boolean number) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return scale.nanos(bytes, 0, bytes.length, number);
    }

    @Test
    void everyNumberOfNanosecondsIsReadExactly() {
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            long value = random.nextLong() >>> 5 + random.nextInt(58);
            assertThat(nanos(TimeScale.NS, Long.toString(value), true)).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MS, 1700000000123, 1700000000123000000",
        "S, 1.5, 1500000000",
        "US, -2, -2000",
        "AUTO, 1700000000, 1700000000000000000",
        "AUTO, 1700000000123, 1700000000123000000",
        "AUTO, 1700000000123456, 1700000000123456000",
        "AUTO, 1700000000123456789, 1700000000123456789"
    })
    void unitsAreAppliedAndGuessedBySize(TimeScale scale, String text, long expected) {
        assertThat(nanos(scale, text, true)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"start_ms, MS", "timeUnixNano, NS", "ts_us, US", "elapsed_s, S", "timestamp, AUTO"})
    void namesTellTheUnit(String path, TimeScale expected) {
        assertThat(TimeScale.AUTO.resolve(path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-04-24T12:40:00+00:00",
                "2026-04-24T12:40:00Z",
                "2026-04-24 12:40:00",
                "2026-04-24T14:40:00+02:00"
            })
    void isoTimesAreReadWithTheirOffset(String text) {
        long expected = Instant.parse("2026-04-24T12:40:00Z").getEpochSecond() * 1_000_000_000L;
        assertThat(nanos(TimeScale.AUTO, text, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-13-41T00:00:00Z", "99999999999999999999999"})
    void whatIsNoTimeIsNone(String text) {
        assertThat(nanos(TimeScale.S, text, false)).isEqualTo(EventBlock.NO_TIME);
    }
}

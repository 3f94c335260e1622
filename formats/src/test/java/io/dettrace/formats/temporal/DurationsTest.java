package io.dettrace.formats.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
    /** The lower half is a signed number of 32 bits, as JavaScript's libraries write it. */
    @ParameterizedTest
    @CsvSource({"0, 7, 7", "0, -1294967296, 3000000000", "1, 1, 4294967297", "-1, -1, -1", "1, -1, 8589934591"})
    void aNumberInTwoHalvesIsOne(String high, String low, long number) {
        Map<String, Object> halves = Map.of("high", new JsonNumber(high), "low", new JsonNumber(low));
        assertThat(Durations.whole(halves)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"10s, 10s", "1h2m3.5s, 3723.5s", "5m, 300s", "2h, 7200s", "0s, ''", "'', ''"})
    void durationsInGosSpellingAreSeconds(String written, String seconds) {
        assertThat(Durations.of(written)).isEqualTo(seconds);
    }
}

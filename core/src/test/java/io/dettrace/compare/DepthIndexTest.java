package io.dettrace.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Depths of late pairs are exact whatever was forgotten; those of early ones are never too small and never fall. */
class DepthIndexTest {
    @ParameterizedTest
    @CsvSource({"1, 4000", "2000, 200", "1000000, 30"})
    void latePairsKeepTheirDepth(int lanes, int late) {
        DepthIndex index = new DepthIndex();
        int pairs = 100_000;
        for (int i = 0; i < pairs; i++) {
            index.raise(i, 3L * i, lanes);
        }
        for (int i = 0; i < pairs; i++) {
            assertThat(index.of(i)).isGreaterThanOrEqualTo(3L * i).isGreaterThan(i == 0 ? -1 : index.of(i - 1));
        }
        for (int i = pairs - late; i < pairs; i++) {
            assertThat(index.of(i)).isEqualTo(3L * i);
        }
        assertThat(index.of(pairs + 7)).isEqualTo(3L * (pairs - 1) + 8);
    }
}

package io.dettrace.formats.ctf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockClassTest {
    /** Section 8: a lower value than before means one wrap, and an equal one that no time passed. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 8, 0",
        "261, 5, 8, 261",
        "261, 6, 8, 262",
        "261, 4, 8, 516",
        "511, 0, 8, 512",
        "4294967295, 4294967295, 32, 4294967295",
        "4294967295, 0, 32, 4294967296",
        "7, 3, 64, 3"
    })
    void aFieldOfFewBitsHoldsTheClocksLowBits(long before, long value, int size, long after) {
        assertThat(ClockClass.update(before, value, size)).isEqualTo(after);
    }
}

package io.dettrace.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueDigestTest {
    private static long number(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return ValueDigest.ofNumber(bytes, 0, bytes.length);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1.0",
        "1, 10e-1",
        "0, -0",
        "0, -0.0",
        "100, 1e2",
        "100000000000000000000, 1e20",
        "12345678901234567890123, 1.2345678901234567890123E+22",
        "0.5, 5e-1",
        "-7, -7.00",
        "9223372036854775808, 9.223372036854775808e18",
        "1e400, 10e399"
    })
    void numbersThatAreEqualHaveEqualDigests(String a, String b) {
        assertThat(number(a)).isEqualTo(number(b));
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "1, -1", "9007199254740993, 9007199254740992", "1e400, 1e401", "0.1, 0.10000000000000001"})
    void numbersThatDifferHaveDifferentDigestsHoweverClose(String a, String b) {
        assertThat(number(a)).isNotEqualTo(number(b));
    }

    @ParameterizedTest
    @CsvSource({
        "3.140, 3.14",
        "314e-2, 3.14",
        "-0.05, -0.05",
        "5E-2, 0.05",
        "1e-20, 0.00000000000000000001",
        "1e-21, 1e-21",
        "2.99792458E8, 299792458",
        "1.5e300, 15e299",
        "-0.0, 0"
    })
    void aReadableNumberHasItsPointWhereThatIsShort(String number, String readable) {
        assertThat(ValueDigest.readableNumber(number)).isEqualTo(readable);
        assertThat(number(readable)).isEqualTo(number(number));
    }

    @Test
    void aDecimalHasTheDigestOfItsOneSpelling() {
        Random random = new Random(11);
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
            text.append(random.nextInt(4) == 0 ? 0 : 1 + (random.nextLong() >>> 1 + random.nextInt(62)));
            text.append(random.nextInt(3) == 0 ? "0".repeat(random.nextInt(5)) : "");
            if (random.nextInt(4) > 0) {
                text.append('.').append("0".repeat(random.nextInt(4))).append(random.nextInt(1 + random.nextInt(1000)));
            }
            String number = text.toString().replaceFirst("^(-?)00+", "$10");
            byte[] canonical = ValueDigest.canonicalNumber(number).getBytes(StandardCharsets.US_ASCII);
            assertThat(number(number)).as(number).isEqualTo(ValueDigest.of(canonical, 0, canonical.length));
        }
    }

    @Test
    void aNumberOfAHundredThousandDigitsIsNoBurden() {
        String zeros = "0".repeat(100_000);
        assertThat(number("1" + zeros)).isEqualTo(number("1e100000"));
        assertThat(number("7".repeat(100_000))).isNotEqualTo(number("7".repeat(99_999) + "8"));
        assertThat(number("0." + zeros + "1")).isEqualTo(number("1e-100001"));
    }

    @Test
    void textsOfAllShortLengthsAreToldApart() {
        Random random = new Random(7);
        Set<String> texts = new HashSet<>();
        Set<Long> digests = new HashSet<>();
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(20); n > 0; n--) {
                text.append((char) ('a' + random.nextInt(3)));
            }
            texts.add(text.toString());
        }
        for (String text : texts) {
            byte[] bytes = ("xx" + text).getBytes(StandardCharsets.US_ASCII);
            digests.add(ValueDigest.of(bytes, 2, bytes.length - 2));
        }
        assertThat(digests).hasSameSizeAs(texts);
    }
}

package io.dettrace.formats.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.dettrace.event.LaneTable;
import io.dettrace.normalize.EventAssembler;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The fast path gives what the exact path gives, or declines. {@code -Ddettrace.seed=N} runs the random tests with one seed,
 * {@code -Ddettrace.seeds=N} with so many.
 */
class FastScannerTest {
    private static final int SEEDS = Integer.getInteger("dettrace.seeds", 40);
    private static final int LINES = 100;
    private static final Mapping PLAIN = Mapping.builder().build();

    private interface Property {
        void check(Random random);
    }

    private static void forAllSeeds(Property property) {
        Long only = Long.getLong("dettrace.seed");
        for (long seed = only == null ? 1 : only; seed <= (only == null ? SEEDS : only); seed++) {
            try {
                property.check(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("with -Ddettrace.seed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }

    @Test
    void readsGeneratedLinesAsTheExactPathDoes() {
        forAllSeeds(random -> {
            ScanAgreement agreement = agreement(random);
            JsonTexts texts = new JsonTexts(random, false);
            for (int i = 0; i < LINES; i++) {
                line(agreement, random, JsonTexts.bytes(texts.object()));
            }
            assertThat(agreement.accepted()).isPositive();
        });
    }

    @Test
    void readsMutatedLinesAsTheExactPathDoesOrDeclines() {
        forAllSeeds(random -> {
            ScanAgreement agreement = agreement(random);
            JsonTexts texts = new JsonTexts(random, random.nextBoolean());
            for (int i = 0; i < LINES; i++) {
                byte[] good = JsonTexts.bytes(texts.object());
                line(agreement, random, good);
                for (int k = 0; k < 4; k++) {
                    line(agreement, random, texts.mutate(good));
                }
            }
            assertThat(agreement.rejected()).isPositive();
        });
    }

    @Test
    void declinesNothingThatIsPlain() {
        forAllSeeds(random -> {
            ScanAgreement agreement = new ScanAgreement(PLAIN, Optional.empty());
            JsonTexts texts = new JsonTexts(random, true);
            for (int i = 0; i < LINES; i++) {
                line(agreement, random, JsonTexts.bytes(texts.object()));
            }
            assertThat(agreement.declined()).isZero();
            assertThat(agreement.accepted()).isEqualTo(LINES);
        });
    }

    @Test
    void everyCutOfALineIsDeclined() {
        forAllSeeds(random -> {
            ScanAgreement agreement = agreement(random);
            byte[] line = JsonTexts.bytes(new JsonTexts(random, true).object().strip());
            for (int end = 0; end <= line.length; end++) {
                agreement.line(line, 0, end);
            }
            assertThat(agreement.accepted()).isLessThanOrEqualTo(1);
        });
    }

    private static ScanAgreement agreement(Random random) {
        Mapping.Builder b = Mapping.builder();
        List<Role> roles = List.of(
                Role.LANE,
                Role.KIND,
                Role.TIME,
                Role.ID,
                Role.EVENT,
                Role.LINK,
                Role.MESSAGE,
                Role.RESOURCE,
                Role.CLOCK,
                Role.COMPARE,
                Role.IGNORE);
        for (String key : JsonTexts.KEYS) {
            for (int n = random.nextInt(3); n > 0; n--) {
                String path = random.nextInt(3) > 0
                        ? key
                        : random.nextBoolean()
                                ? "*" + key
                                : key + "." + JsonTexts.KEYS.get(random.nextInt(JsonTexts.KEYS.size()));
                boolean rare = random.nextInt(5) > 0;
                Role role = roles.get(random.nextInt(roles.size()));
                b.field(rare && (role == Role.COMPARE || role == Role.CLOCK) ? Role.IGNORE : role, path);
            }
        }
        boolean split = random.nextInt(4) == 0;
        if (split) {
            b.split(JsonTexts.KEYS.get(random.nextInt(JsonTexts.KEYS.size())));
        }
        return new ScanAgreement(b.build(), split ? Optional.of("worker-1") : Optional.empty());
    }

    /** The line somewhere in a buffer, with bytes around it that would be taken by a scanner that reads too far. */
    private static void line(ScanAgreement agreement, Random random, byte[] line) {
        int before = random.nextInt(10);
        byte[] around = "{\"x\":1}\"}],0123456789".getBytes(StandardCharsets.US_ASCII);
        byte[] buffer = new byte[before + line.length + random.nextInt(10)];
        for (int i = 0; i < buffer.length; i++) {
            buffer[i] = around[random.nextInt(around.length)];
        }
        System.arraycopy(line, 0, buffer, before, line.length);
        agreement.line(buffer, before, before + line.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[]",
                "[1]",
                "1",
                "\"a\"",
                "null",
                "{}{}",
                "{} {}",
                "{},",
                "{}x",
                "{}\u0000",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,\"a\":1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\" 1}",
                "{\"a\"::1}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":'x'}",
                "{\"a\":01}",
                "{\"a\":-}",
                "{\"a\":+1}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":1e}",
                "{\"a\":1e+}",
                "{\"a\":-01}",
                "{\"a\":0x1}",
                "{\"a\":1 2}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-Infinity}",
                "{\"a\":True}",
                "{\"a\":tru}",
                "{\"a\":truee}",
                "{\"a\":nul}",
                "{\"a\":undefined}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "{\"a\":1,\"b\":2,\"a\":{}}",
                "{\"a\":[1,2}",
                "{\"a\":[1,2]",
                "{\"a\":[1,]}",
                "{\"a\":[,1]}",
                "{\"a\":[1 2]}",
                "{\"a\":[01]}",
                "{\"a\":{}",
                "{\"a\":{]}",
                "{\"a\":[}]",
                "{\"a\":1}}",
                "{\"a\":1]",
                "{\"a\":\"x}",
                "{\"a\":\"x\u0001y\"}",
                "{\"a\":\"x\ty\"}",
                "{\"a\u0001\":1}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\\\"}",
                "{\"a\":1}//c",
                "/**/{\"a\":1}",
                "{\"a\":1/**/}",
                "{\"a\":1;\"b\":2}",
                "\uFEFF{\"a\":1}",
                "{\"a\":[\"x\ty\"]}",
                "{\"a\":[\"\\x\"]}",
                "{\"a\":[-]}",
                "{\"a\":[1.]}",
                "{\"a\":\"\u001F\"}",
                "{\"abcdefg\":\"0123456789\u0000\"}",
                "{\u00A0\"a\":1}",
                "{\"a\":1\u000B}",
                "{\"a\":1\f}",
                "{\"a\":1}\u0085",
                "{\"a\":(1)}",
                "{\"a\":1e5.5}",
                "{\"a\":--1}",
                "{\"a\":1-}"
            })
    void neitherPathTakesWhatIsNotAnObject(String text) {
        ScanAgreement agreement = new ScanAgreement(PLAIN, Optional.empty());
        byte[] line = JsonTexts.bytes(text);
        agreement.line(line, 0, line.length);
        agreement.line(line, 0, line.length);
        assertThat(agreement.rejected()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C080",
                "C1BF",
                "E08080",
                "E09FBF",
                "EDA080",
                "EDBFBF",
                "F0808080",
                "F08FBFBF",
                "F4908080",
                "F5808080",
                "FF",
                "80",
                "BF",
                "C3",
                "E282",
                "F09F98",
                "C341",
                "E28241",
                "FE",
                "E2822282",
                "31C0",
                "3132333435363738C0"
            })
    void declinesInvalidUtf8InKeysAndValues(String hex) {
        byte[] invalid = new byte[hex.length() / 2];
        for (int i = 0; i < invalid.length; i++) {
            invalid[i] = (byte) Integer.parseInt(hex, i * 2, i * 2 + 2, 16);
        }
        for (String around :
                List.of("{\"a\":\"~\"}", "{\"~\":1}", "{\"a\":[\"~\"]}", "{\"a\":\"12345678~12345678\"}")) {
            String latin = around.replace("~", new String(invalid, StandardCharsets.ISO_8859_1));
            byte[] line = latin.getBytes(StandardCharsets.ISO_8859_1);
            FastScanner scanner = new FastScanner(PLAIN, assembler());
            assertThat(scanner.scan(line, 0, line.length)).as(around).isFalse();
            assertThat(Utf8.isValid(line, 0, line.length)).isFalse();
        }
    }

    @Test
    void goesOnWhenKeySequencesNeverRepeat() {
        ScanAgreement agreement = new ScanAgreement(PLAIN, Optional.empty());
        int lines = FastScanner.MAX_NODES / 2 + 2_000;
        for (int i = 0; i < lines; i++) {
            byte[] line =
                    JsonTexts.bytes("{\"k" + i % 60 + "\":1,\"m" + i % 3_600 / 60 + "\":2,\"n" + i + "\":{\"x\":[]}}");
            agreement.line(line, 0, line.length);
        }
        assertThat(agreement.accepted()).isBetween(FastScanner.MAX_NEXT, FastScanner.MAX_NODES);
        assertThat(agreement.declined()).isPositive();
        assertThat(agreement.accepted() + agreement.declined()).isEqualTo(lines);
    }

    @Test
    void remembersOnlySoManyKeysBehindOne() {
        ScanAgreement agreement = new ScanAgreement(PLAIN, Optional.empty());
        for (int i = 0; i < FastScanner.MAX_NEXT + 10; i++) {
            byte[] line = JsonTexts.bytes("{\"k" + i + "\":1}");
            agreement.line(line, 0, line.length);
        }
        assertThat(agreement.accepted()).isEqualTo(FastScanner.MAX_NEXT);
    }

    @Test
    void limitsHoldAtTheLimitAndOnePastIt() {
        assertThat(accepts(nested(FastScanner.MAX_DEPTH))).isTrue();
        assertThat(accepts(nested(FastScanner.MAX_DEPTH + 1))).isFalse();
        assertThat(accepts("{\"" + "k".repeat(FastScanner.MAX_KEY - 2) + "\":1}"))
                .isTrue();
        assertThat(accepts("{\"" + "k".repeat(FastScanner.MAX_KEY - 1) + "\":1}"))
                .isFalse();
        assertThat(accepts("{\"a\":" + "7".repeat(FastScanner.MAX_NUMBER) + "}"))
                .isTrue();
        assertThat(accepts("{\"a\":" + "7".repeat(FastScanner.MAX_NUMBER + 1) + "}"))
                .isFalse();
    }

    private static String nested(int objects) {
        return "{\"a\":".repeat(objects) + "{}" + "}".repeat(objects);
    }

    private static boolean accepts(String text) {
        ScanAgreement agreement = new ScanAgreement(PLAIN, Optional.empty());
        byte[] line = JsonTexts.bytes(text);
        agreement.line(line, 0, line.length);
        if (agreement.rejected() > 0) {
            fail("rejected: " + text);
        }
        return agreement.accepted() == 1;
    }

    @Test
    void findsEveryStopInAStringWhereverItStands() {
        for (int length = 0; length < 40; length++) {
            String fill = "é0".repeat(length).substring(0, length);
            for (int at : IntStream.rangeClosed(0, length).toArray()) {
                assertThat(accepts("{\"a\":\"" + fill + "\",\"b\":\"" + fill.substring(at) + "\"}"))
                        .isTrue();
                ScanAgreement agreement = new ScanAgreement(PLAIN, Optional.empty());
                for (String stop : List.of("\u0000", "\u001F", "\\q", "\u0009")) {
                    byte[] line =
                            JsonTexts.bytes("{\"a\":\"" + fill.substring(0, at) + stop + fill.substring(at) + "\"}");
                    agreement.line(line, 0, line.length);
                }
                assertThat(agreement.rejected()).isEqualTo(4);
            }
        }
    }

    private static EventAssembler assembler() {
        return new EventAssembler(PLAIN, new LaneTable(), Map.of(), Optional.empty());
    }
}

package io.dettrace.formats.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.Field;
import io.dettrace.event.Field.Type;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import io.dettrace.testkit.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRecordTest {
    private static final Mapping ANY = Mapping.builder().build();

    private static List<Field> fields(JsonRecord record, String json) throws JsonRecord.Malformed {
        byte[] bytes = ("##" + json + "##").getBytes(UTF_8);
        record.read(bytes, 2, bytes.length - 2);
        return record.fields();
    }

    private static List<Field> fields(String json) throws JsonRecord.Malformed {
        return fields(new JsonRecord(ANY, false, true), json);
    }

    private static JsonRecord.Malformed malformed(String json) {
        try {
            fields(json);
        } catch (JsonRecord.Malformed e) {
            return e;
        }
        throw new AssertionError("expected it to be malformed");
    }

    @Test
    void nestedObjectsBecomeDottedPaths() throws JsonRecord.Malformed {
        assertThat(fields(" {\"a\":{\"b\":{\"c\":\"x\"},\"d\":1.50},\"e\":true,\"f\":null,\"\":false,\"g\":{}} "))
                .containsExactly(
                        new Field("a.b.c", Type.STRING, "x"),
                        new Field("a.d", Type.NUMBER, "1.50"),
                        new Field("e", Type.BOOLEAN, "true"),
                        new Field("f", Type.NULL, "null"),
                        new Field("", Type.BOOLEAN, "false"),
                        new Field("g", Type.COMPOSITE, "{}"));
        assertThat(fields("{}")).isEmpty();
    }

    @Test
    void arraysStayWholeInCanonicalForm() throws JsonRecord.Malformed {
        assertThat(
                        fields(
                                "{\"a\":[ 1.0 , 10e-1, -0, 1E30, {\"b\":[],\"a\":{\"z\":1,\"y\":\"\\u00e9\\/\\n\\u0001\"}}, null, \"é\"]}"))
                .containsExactly(new Field(
                        "a",
                        Type.COMPOSITE,
                        "[1,1,0,1e30,{\"a\":{\"y\":\"é/\\n\\u0001\",\"z\":1},\"b\":[]},null,\"é\"]"));
    }

    @Test
    void theClockStaysWhole() throws JsonRecord.Malformed {
        Mapping mapping = Mapping.builder().field(Role.CLOCK, "meta.clock").build();
        assertThat(fields(
                        new JsonRecord(mapping, false, true),
                        "{\"meta\":{\"clock\":{\"b\":2,\"a\":1},\"x\":{\"y\":1}}}"))
                .containsExactly(
                        new Field("meta.clock", Type.COMPOSITE, "{\"a\":1,\"b\":2}"),
                        new Field("meta.x.y", Type.NUMBER, "1"));
    }

    @Test
    void stringsAreUnescaped() throws JsonRecord.Malformed {
        assertThat(fields("{\"a\":\"\\ud83d\\ude00 \\\"\\\\ \\u20ac ä\"}"))
                .containsExactly(new Field("a", Type.STRING, "😀 \"\\ € ä"));
    }

    @Test
    void oneInstanceServesManyRecords() throws JsonRecord.Malformed {
        JsonRecord record = new JsonRecord(ANY, false, true);
        for (int i = 0; i < 100; i++) {
            assertThat(fields(record, "{\"k" + i + "\":{\"v\":" + i + "},\"same\":\"" + "x".repeat(i) + "\"}"))
                    .containsExactly(
                            new Field("k" + i + ".v", Type.NUMBER, "" + i),
                            new Field("same", Type.STRING, "x".repeat(i)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"a\":2}|7",
                "{\"é\":{\"b\":1,\"b\":1}}|13",
                "{\"a\":[{\"b\":1,\"b\":1}]}|13",
                "{\"a\":1,\"\\u0061\":2}|7"
            })
    void aKeyThatStandsTwiceIsAnErrorWithItsPlace(String json, int offset) {
        JsonRecord.Malformed e = malformed(json);
        assertThat(e).hasMessageContaining("stands twice in one object");
        assertThat(e.offset()).isEqualTo(offset);
        assertThat(e.line()).isEqualTo(1);
        assertThat(e.column()).isEqualTo(offset + 1);
        assertThat(e.isCut()).isFalse();
    }

    @Test
    void ofKeysThatStandTwiceTheLastCountsIfLenient() throws JsonRecord.Malformed {
        JsonRecord record = new JsonRecord(ANY, true, true);
        assertThat(fields(
                        record, "{\"a\":{\"x\":1,\"y\":2},\"b\":[{\"c\":1,\"d\":2,\"c\":3}],\"a\":{\"x\":3},\"e\":1}"))
                .containsExactly(
                        new Field("b", Type.COMPOSITE, "[{\"c\":3,\"d\":2}]"),
                        new Field("a.x", Type.NUMBER, "3"),
                        new Field("e", Type.NUMBER, "1"));
        assertThat(record.duplicates()).isEqualTo(2);
        fields(record, "{\"a\":{\"x\":1},\"b\":{\"x\":1}}");
        assertThat(record.duplicates()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1]",
                "1",
                "\"x\"",
                "",
                " ",
                "{} {}",
                "{}x",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{'a':1}",
                "{\"a\" 1}",
                "{\"a\":\"\t\"}",
                "{\"a\":1,}",
                "nul",
                "{\"a\":+1}"
            })
    void whatIsNotOneObjectIsAnError(String json) {
        assertThat(malformed(json).getMessage()).doesNotContain("Source").doesNotContain("\n");
    }

    @Test
    void everyCutIsKnownAsOne() {
        String json = "{\"a\":\"x\\u00e9é😀\",\"b\":[1.5e3,true,null,{\"c\":-1}],\"d\":{\"e\":false}}";
        byte[] bytes = json.getBytes(UTF_8);
        for (int length = 1; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            int end = length;
            assertThatThrownBy(() -> new JsonRecord(ANY, false, true).read(cut, 0, end))
                    .as("cut at %d", length)
                    .isInstanceOfSatisfying(
                            JsonRecord.Malformed.class,
                            e -> assertThat(e.isCut()).isTrue());
        }
        assertThat(malformed("{\"a\":tru}").isCut()).isFalse();
        assertThat(malformed("{\"a\":1 \"b\":2}").isCut()).isFalse();
    }

    @Test
    void bytesThatAreNotUtf8AreAnErrorWithTheirPlace() {
        byte[] bytes = "{\"a\":\"é?\"}".getBytes(UTF_8);
        bytes[8] = (byte) 0xFF;
        assertThatThrownBy(() -> new JsonRecord(ANY, true, true).read(bytes, 0, bytes.length))
                .isInstanceOfSatisfying(
                        JsonRecord.Malformed.class, e -> assertThat(e.offset()).isBetween(8L, 9L));
    }

    @Test
    void nestingIsAllowedToTheLimit() throws JsonRecord.Malformed {
        int inner = JsonRecord.MAX_DEPTH - 1;
        assertThat(fields("{\"a\":" + "[".repeat(inner) + "]".repeat(inner) + "}"))
                .hasSize(1);
        assertThat(malformed("{\"a\":" + "[".repeat(inner + 1) + "]".repeat(inner + 1) + "}"))
                .hasMessageContaining("deeper than the limit of 256");
        assertThat(fields("{\"a\":".repeat(inner) + "{}" + "}".repeat(inner))).hasSize(1);
        assertThat(malformed("{\"a\":".repeat(inner + 1) + "{}" + "}".repeat(inner + 1)))
                .hasMessageContaining("deeper than the limit of 256");
        assertThat(malformed("{\"a\":" + "[{\"a\":".repeat(50_000))).hasMessageContaining("nest");
    }

    @Test
    void namesAreAllowedToTheLimit() throws JsonRecord.Malformed {
        String atLimit = "é" + "n".repeat(JsonRecord.MAX_NAME_LENGTH - 1);
        assertThat(fields("{\"" + atLimit + "\":1}")).hasSize(1);
        assertThat(malformed("{\"" + atLimit + "n\":1}")).hasMessageContaining("longer than the limit of 65536");
        assertThat(malformed("{\"a\":[{\"" + atLimit + "n\":1}]}")).hasMessageContaining("longer than the limit");
        assertThat(malformed("{\"" + "n".repeat(1 << 20) + "\":1}")).isNotNull();
    }

    @Test
    void numbersAreAllowedToTheLimit() throws JsonRecord.Malformed {
        String atLimit = "7".repeat(JsonRecord.MAX_NUMBER_LENGTH);
        assertThat(fields("{\"a\":" + atLimit + "}")).containsExactly(new Field("a", Type.NUMBER, atLimit));
        assertThat(malformed("{\"a\":" + atLimit + "7}")).hasMessageContaining("100000");
        assertThat(fields("{\"a\":[1e999999999,18446744073709551616]}"))
                .containsExactly(new Field("a", Type.COMPOSITE, "[1e999999999,18446744073709551616e0]"));
    }

    @Test
    void stringsAreAllowedToTheLimit() throws JsonRecord.Malformed {
        JsonRecord small = new JsonRecord(ANY, false, true, JsonRecord.factory(100_000), 1 << 30);
        assertThat(fields(small, "{\"a\":\"" + "é".repeat(100_000) + "\"}")).hasSize(1);
        assertThatThrownBy(() -> fields(small, "{\"a\":\"" + "é".repeat(100_001) + "\"}"))
                .isInstanceOf(JsonRecord.Malformed.class)
                .hasMessageContaining("100000");
        assertThat(JsonRecord.MAX_STRING_LENGTH).isEqualTo(268_435_456);
    }

    @Test
    void aRecordIsAllowedToTheLimit() throws JsonRecord.Malformed {
        JsonRecord small = new JsonRecord(ANY, false, true, JsonRecord.factory(100_000), 10_000);
        assertThat(fields(small, "{\"a\":\"" + "é".repeat(4_000) + "\",\"b\":\"" + "x".repeat(2_000) + "\"}"))
                .hasSize(2);
        assertThatThrownBy(() ->
                        fields(small, "{\"a\":\"" + "é".repeat(4_000) + "\",\"b\":\"" + "x".repeat(2_001) + "\"}"))
                .isInstanceOf(JsonRecord.Malformed.class)
                .hasMessageContaining("larger than the limit");
    }

    @Test
    void aMillionCharactersAreNoTrouble() throws JsonRecord.Malformed {
        String text = "ab\"é\\".repeat(200_000);
        String json = text.replace("\\", "\\\\").replace("\"", "\\\"");
        assertThat(fields("{\"a\":\"" + json + "\"}").get(0).text()).isEqualTo(text);
        assertThat(fields("{\"a\":[\"" + json + "\"]}").get(0).text()).isEqualTo("[\"" + json + "\"]");
    }

    @Test
    void theCanonicalFormDependsOnTheValueOnly() {
        Seeds.each(200, this::theCanonicalFormDependsOnTheValueOnly);
    }

    private void theCanonicalFormDependsOnTheValueOnly(long seed) throws JsonRecord.Malformed {
        String one = value(new Random(seed), new Random(1), 3);
        String two = value(new Random(seed), new Random(2), 3);
        String canonical = fields("{\"a\":[" + one + "]}").get(0).text();
        assertThat(fields("{\"a\":[" + two + "]}").get(0).text()).isEqualTo(canonical);
        assertThat(fields("{\"a\":" + canonical + "}").get(0).text()).isEqualTo(canonical);
    }

    /** A random value, written with the order, white space and spellings that {@code style} says. */
    private static String value(Random random, Random style, int depth) {
        String space = " ".repeat(style.nextInt(2));
        switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> {
                int n = random.nextInt(2000) - 1000;
                return space + List.of("" + n, n + ".0", n + "0e-1").get(style.nextInt(3)) + space;
            }
            case 1 -> {
                return style.nextBoolean() ? "\"é/\"" : "\"\\u00E9\\/\"";
            }
            case 2 -> {
                return "null";
            }
            case 3 -> {
                return space + "\"\\u20ac" + random.nextInt(9) + "\"";
            }
            case 4 -> {
                List<String> members = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    members.add(space + "\"k" + (char) ('a' + i) + "\":" + value(random, style, depth - 1));
                }
                Collections.shuffle(members, style);
                return "{" + String.join(",", members) + space + "}";
            }
            default -> {
                List<String> elements = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(value(random, style, depth - 1));
                }
                return "[" + String.join(space + ",", elements) + "]";
            }
        }
    }
}

package io.dettrace.formats.json;

import static io.dettrace.formats.FormatProbe.assertRoundTrip;
import static io.dettrace.formats.FormatProbe.file;
import static io.dettrace.formats.FormatProbe.lenient;
import static io.dettrace.formats.FormatProbe.read;
import static io.dettrace.formats.FormatProbe.resource;
import static io.dettrace.formats.FormatProbe.strict;
import static io.dettrace.formats.FormatProbe.texts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.event.InputNote;
import io.dettrace.formats.FormatProbe.Row;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentFormatTest {
    private static final Mapping ANY = Mapping.builder().build();

    @TempDir
    Path folder;

    private final JsonDocumentFormat format = new JsonDocumentFormat();

    private InputFile json(String text) throws IOException {
        return file(folder, "a.json", text);
    }

    private List<String> events(String text) throws IOException {
        InputFile file = json(text);
        return texts(file, read(format, file, ANY, strict()));
    }

    @Test
    void readsARealCaseStudy() throws IOException {
        InputFile file = resource("seed/gpio_interrupt_race.json");
        Mapping mapping = Mapping.builder()
                .field(Role.LANE, "service")
                .field(Role.TIME, "timestamp")
                .build();
        List<Row> rows = read(format, file, mapping, strict());
        assertThat(rows).hasSize(10).extracting(Row::lane).contains("gpio-controller", "firmware");
        assertThat(rows.get(0).ref().line()).isEqualTo(5);
        assertThat(texts(file, rows)).allMatch(t -> t.startsWith("{\n") && t.endsWith("}"));
        assertThat(format.sample(file, mapping, 1, strict()).get(0))
                .contains(new Field("metadata.pin", Field.Type.STRING, "GPIO17"));
        assertRoundTrip(format, file, mapping, strict());
    }

    @Test
    void placesAreExactWithMultiByteText() throws IOException {
        String one = "{\"ä€😀\": \"ö\",\r\n \"x\": [\"é\"]}";
        String two = "{ }";
        InputFile file =
                json("\uFEFF\r\n{\"ü\": \"😀\", \"events\":\n [" + one + " ,\n\n  " + two + "], \"z\": \"€\"}\n");
        List<Row> rows = read(format, file, ANY, strict());
        assertThat(texts(file, rows)).containsExactly(one, two);
        assertThat(rows).extracting(r -> r.ref().line()).containsExactly(3L, 6L);
        assertRoundTrip(format, file, ANY, strict());
    }

    @Test
    void placesAreExactAcrossManyBuffers() throws IOException {
        Random random = new Random(5);
        List<String> objects = new ArrayList<>();
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < 6000; i++) {
            objects.add(
                    "{\"n\":" + i + ",\"t\":\"" + "é€😀x".repeat(random.nextInt(20)) + "\",\"o\":{\"a\":[" + i + "]}}");
            text.append(i == 0 ? "" : ",").append(i % 7 == 0 ? "\n" : " ").append(objects.get(i));
        }
        InputFile file = json(text + "]");
        assertThat(texts(file, read(format, file, ANY, strict()))).isEqualTo(objects);
        assertRoundTrip(format, file, ANY, strict());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{\"a\":1},{\"a\":2}]|2",
                "[]|0",
                "{\"events\":[]}|0",
                "{\"x\":[1,2],\"y\":[{},{}]}|2",
                "{\"x\":[{}],\"y\":[{},{}]}|2",
                "{\"x\":[{},{}],\"y\":[{},{\"k\":1}]}|2",
                "{\"x\":[{},{}],\"events\":[{}]}|1",
                "{\"run\":{\"x\":[{}],\"log\":[{},{},{}]},\"y\":[{},{}]}|3",
                "{\"events\":{\"events\":[{}]}}|1",
                "{\"events\":[],\"y\":[{}]}|1",
                "[[1],{\"a\":1}]|-1",
                "{\"a\":{\"b\":{\"c\":[{}]}}}|-1"
            })
    void theArrayOfEventsIsFound(String text, int count) throws IOException {
        if (count < 0) {
            assertThatThrownBy(() -> events(text)).isInstanceOf(InputException.class);
        } else {
            assertThat(events(text)).hasSize(count);
        }
    }

    @Test
    void otherArraysOfObjectsAreNoted() throws IOException {
        ReadContext context = strict();
        read(format, json("{\"x\":[{}],\"n\":{\"y\":[{}]},\"z\":[{},{}],\"w\":[1]}"), ANY, context);
        assertThat(context.notes())
                .containsExactly(new InputNote(
                        "other_arrays", "the events are those of \"z\"; not read are x, n.y", 1, "a.json:1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{\"a\":1}`|1:1|no array of objects",
                "`{\"a\":[1]}`|1|no array of objects",
                "`\n\n 3`|3:2|found a number",
                "``|1:1|found nothing",
                "`\n \n`|3:1|found nothing",
                "`[{}] x`|1:|not valid JSON",
                "`[{}] {}`|1:6|end of the file",
                "`{\"events\":[{}]}\n{\"events\":[{}]}`|2:1|each on a line",
                "`[{},\n1]`|2:1|found a number",
                "`[{}\n`|2|cut off",
                "`[{\"a\":1,\n \"a\":2}]`|2:2|stands twice",
                "`{\"events\":[{}],\n \"events\":[{}]}`|2|stands twice",
                "`{\"events\":[{}], \"z\":`|1|cut off",
                "`{\"events\":[{}], z}`|1:|not valid JSON",
                "`[{\"a\":\"é`|1|cut off"
            })
    void brokenDocumentsAreErrorsWithTheirPlace(String text, String place, String what) throws IOException {
        InputFile file = json(text);
        assertThatThrownBy(() -> read(format, file, ANY, strict()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("a.json:" + place)
                .hasMessageContaining(what)
                .hasMessageMatching("(?s).*\\(byte \\d+\\)");
    }

    @Test
    void everyCutOfARealDocumentIsAnError() throws IOException {
        byte[] bytes = resource("seed/gpio_interrupt_race.json").open().readAllBytes();
        int document = bytes.length;
        while (bytes[document - 1] != '}') {
            document--;
        }
        for (int length = 0; length < document; length += 13) {
            InputFile file = file(folder, "cut.json", Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> read(format, file, ANY, lenient()))
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith("cut.json:");
        }
    }

    @Test
    void lenientLeavesOutWhatIsNoObjectAndCounts() throws IOException {
        ReadContext context = lenient();
        InputFile file = json("[{\"a\":1,\"a\":2},3,[{}],{\"b\":{\"x\":1,\"x\":1}}]");
        assertThat(read(format, file, ANY, context)).hasSize(2);
        assertThat(context.notes())
                .extracting(n -> n.code() + " " + n.count() + " " + n.first())
                .containsExactly("broken_events 2 a.json:1", "duplicate_keys 2 a.json:1");
        assertRoundTrip(format, file, ANY, lenient());
    }

    @Test
    void aBrokenClockIsAnErrorOrCounted() throws IOException {
        Mapping mapping =
                Mapping.builder().field(Role.LANE, "h").field(Role.CLOCK, "c").build();
        InputFile file =
                json("[{\"h\":\"a\",\"c\":{\"a\":1}},\n {\"h\":\"a\",\"c\":{\"b\":1}},{\"h\":\"a\",\"c\":{\"a\":2}}]");
        assertThatThrownBy(() -> read(format, file, mapping, strict()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("a.json:2: the vector clock lacks");
        ReadContext context = lenient();
        assertThat(read(format, file, mapping, context)).hasSize(2);
        assertThat(context.notes()).extracting(InputNote::code).containsExactly("broken_events");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FF", "C080", "EDA080", "E08080", "F5808080", "F4908080", "80", "C3", "E282"})
    void bytesThatAreNotUtf8AreAnErrorWithTheirPlace(String hex) throws IOException {
        byte[] before = "\uFEFF[{\"a\":\"\uD7FF\uE000\u07FF\u0800\"},\n{\"é\":\"x".getBytes(UTF_8);
        byte[] bad = HexFormat.of().parseHex(hex);
        byte[] after = "\"}]".getBytes(UTF_8);
        byte[] all = Arrays.copyOf(before, before.length + bad.length + after.length);
        System.arraycopy(bad, 0, all, before.length, bad.length);
        System.arraycopy(after, 0, all, before.length + bad.length, after.length);
        InputFile file = file(folder, "a.json", all);
        assertThatThrownBy(() -> read(format, file, ANY, strict()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("a.json:2:9: the byte is not UTF-8")
                .hasMessageEndingWith("(byte " + before.length + ")");
    }

    @Test
    void theSampleStopsAtTheLimit() throws IOException {
        InputFile file = json("[{\"a\":1},{\"a\":2},{\"a\":3}]");
        assertThat(format.sample(file, ANY, 2, strict())).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{}{}"})
    void aTextThatIsNoEventIsAnError(String text) {
        assertThatThrownBy(() -> format.fields(text.getBytes(UTF_8), ANY)).isInstanceOf(InputException.class);
    }
}

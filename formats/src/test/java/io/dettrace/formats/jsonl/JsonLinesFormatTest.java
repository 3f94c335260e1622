package io.dettrace.formats.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import io.dettrace.event.InputException;
import io.dettrace.event.InputNote;
import io.dettrace.event.SourceRef;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.Rows;
import io.dettrace.formats.Rows.Row;
import io.dettrace.formats.input.InputFile;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JsonLinesFormatTest {
    private static final Mapping MAPPING =
            Mapping.builder().field(Role.LANE, "lane").build();
    private static final String GOOD = "{\"lane\":\"a\",\"n\":1}\n";

    @TempDir
    private Path folder;

    enum Packing {
        PLAIN,
        GZIP,
        ZSTD;

        byte[] pack(byte[] bytes) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (OutputStream packed = switch (this) {
                case PLAIN -> out;
                case GZIP -> new GZIPOutputStream(out);
                case ZSTD -> new ZstdOutputStream(out);
            }) {
                packed.write(bytes);
            }
            return out.toByteArray();
        }
    }

    private InputFile file(byte[] bytes) throws IOException {
        Path path = Files.createTempFile(folder, "run", ".jsonl");
        Files.write(path, bytes);
        return new InputFile(path, "run.jsonl");
    }

    private InputFile file(String text) throws IOException {
        return file(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Row> strict(InputFile file) throws IOException {
        return Rows.read(new JsonLinesFormat(), file, MAPPING, new ReadContext(false, -1));
    }

    @ParameterizedTest
    @EnumSource(Packing.class)
    void everyEventIsShownBackAsItsLine(Packing packing) throws IOException {
        Random random = new Random(5);
        for (boolean bom : new boolean[] {false, true}) {
            StringBuilder text = new StringBuilder(bom ? "\uFEFF" : "");
            List<String> events = new ArrayList<>();
            JsonTexts texts = new JsonTexts(random, true);
            for (int i = 0; i < 3_000; i++) {
                String line = texts.object().replace('\r', ' ');
                if (i % 500 == 0) {
                    line = "{\"big\":\"" + "é".repeat(100_000) + "\"}";
                }
                events.add(line);
                text.append(line)
                        .append(random.nextBoolean() ? "\n" : "\r\n")
                        .append(random.nextInt(9) == 0 ? " \n" : "");
            }
            InputFile file = file(packing.pack(text.toString().getBytes(StandardCharsets.UTF_8)));
            List<SourceRef> refs = strict(file).stream()
                    .map(r -> new SourceRef(r.file(), r.line(), r.offset(), r.length()))
                    .toList();
            List<byte[]> back = file.readAll(refs);
            assertThat(back.stream()
                            .map(b -> new String(b, StandardCharsets.UTF_8))
                            .toList())
                    .isEqualTo(events);
        }
    }

    @Test
    void everyCutOfTheLastLineIsLeftOutAndCounted() throws IOException {
        String last =
                "{\"läne\" : \"b\\u00e4\\n\", \"n\":-12.5e+10,\"t\":true,\"f\":false,\"z\":null,\"o\":{\"x\":[1,{}]},\"s\":\"😀\"}";
        byte[] whole = (GOOD + last).getBytes(StandardCharsets.UTF_8);
        for (int end = GOOD.length() + 1; end < whole.length; end++) {
            InputFile file = file(Arrays.copyOf(whole, end));
            ReadContext context = new ReadContext(false, -1);
            String cut = new String(whole, 0, end, StandardCharsets.UTF_8);
            assertThat(Rows.read(new JsonLinesFormat(), file, MAPPING, context))
                    .as(cut)
                    .hasSize(1);
            assertThat(context.notes())
                    .as(cut)
                    .containsExactly(new InputNote(
                            "cut_last_line", "the last line is cut off and was left out", 1, "run.jsonl:2"));
            ReadContext sampled = new ReadContext(false, -1);
            assertThat(new JsonLinesFormat().sample(file, MAPPING, 10, sampled)).hasSize(1);
            assertThat(sampled.notes()).isEqualTo(context.notes());
        }
        assertThat(strict(file(whole))).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"a\":1,}|2:8|byte 26", "{\"a\":'x'}|2:6|byte 24", "{\"a\":01}|2:7|", "{\"a\":NaN}|2:|", "[1]|2:1|",
                        "12|2:1|",
                "nul|2:|", "tru|2:|", "\"x|2:|", "{\"a\":1,\"a\":2}|2:8|byte 26", "{\"a\":1}}|2:8|",
                        "{\"a\":1} {\"b\":2}|2:9|",
                "{\"a\":1 \"b\":2}|2:|", "x|2:1|", "{\"a\":1]|2:|", "{\"a\":tru}|2:|", "{\"a\":1.}|2:|", "{}x|2:3|",
                "{\"a\":nulx|2:|", "{'a|2:2|"
            })
    void aLastLineThatNoContinuationMendsIsAnError(String last, String place, String offset) throws IOException {
        for (String end : List.of("", "\n")) {
            assertThatThrownBy(() -> strict(file(GOOD + last + end)))
                    .as(last)
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith("run.jsonl:" + place)
                    .hasMessageContaining(offset == null ? "byte" : offset)
                    .hasMessageContaining("--lenient");
        }
    }

    @Test
    void aCutLineThatIsNotTheLastIsAnError() {
        assertThatThrownBy(() -> strict(file("{\"a\":1,\"b\":\"x\n" + GOOD)))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("run.jsonl:1:");
        assertThatThrownBy(() -> strict(file("{\"a\":1,\"b\":\"x\n")))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("run.jsonl:1:");
    }

    @Test
    void lenientLeavesBrokenLinesOutAndCountsThem() throws IOException {
        ReadContext context = new ReadContext(true, -1);
        InputFile file = file(GOOD + "oops\n" + GOOD + "{\"a\":1,\"a\":2}\n[]\n" + GOOD + "{\"a");
        assertThat(Rows.read(new JsonLinesFormat(), file, MAPPING, context))
                .extracting(Row::line)
                .containsExactly(1L, 3L, 4L, 6L);
        assertThat(context.notes())
                .extracting(n -> n.code() + " " + n.count() + " " + n.first())
                .containsExactly(
                        "broken_lines 2 run.jsonl:2", "cut_last_line 1 run.jsonl:7", "duplicate_keys 1 run.jsonl:4");
    }

    @ParameterizedTest
    @CsvSource({"C080", "EDA080", "FF", "F4908080", "C3", "80"})
    void invalidUtf8IsAnErrorWithItsByte(String hex) throws IOException {
        byte[] bad = new BigInteger("00" + hex, 16).toByteArray();
        byte[] invalid = Arrays.copyOfRange(bad, bad.length - hex.length() / 2, bad.length);
        for (String around :
                List.of("{\"a\":\"~\"}\n", "{\"~\":1}\n", "{\"a\":[[\"~\"]]}\n", "{\"a\":1}~\n", "{\"\\n\":\"~\"}\n")) {
            String latin = GOOD + around.replace("~", new String(invalid, StandardCharsets.ISO_8859_1)) + GOOD;
            InputFile file = file(latin.getBytes(StandardCharsets.ISO_8859_1));
            assertThatThrownBy(() -> strict(file))
                    .as(around)
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith("run.jsonl:2:" + (around.indexOf('~') + 1));
            ReadContext context = new ReadContext(true, -1);
            assertThat(Rows.read(new JsonLinesFormat(), file, MAPPING, context)).hasSize(2);
            assertThat(context.notes()).extracting(InputNote::count).containsExactly(1L);
        }
    }

    @Test
    void aLineInAnotherEncodingIsAnErrorEvenIfItWouldBeJsonThere() throws IOException {
        byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(GOOD.repeat(600).getBytes(StandardCharsets.UTF_8));
        all.writeBytes(utf16);
        all.write('\n');
        InputFile file = file(all.toByteArray());
        assertThatThrownBy(() -> strict(file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("run.jsonl:601:");
    }

    @Test
    void aBrokenClockIsAnErrorOrCounted() throws IOException {
        Mapping clocks = MAPPING.toBuilder().field(Role.CLOCK, "vc").build();
        String text =
                "{\"lane\":\"a\",\"vc\":{\"a\":1}}\n{\"lane\":\"a\",\"vc\":{\"a\":-2}}\n{\"lane\":\"a\",\"vc\":{\"a\":2}}\n";
        assertThatThrownBy(() -> Rows.read(new JsonLinesFormat(), file(text), clocks, new ReadContext(false, -1)))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("run.jsonl:2:")
                .hasMessageContaining("--lenient");
        ReadContext context = new ReadContext(true, -1);
        assertThat(Rows.read(new JsonLinesFormat(), file(text), clocks, context))
                .hasSize(2);
        assertThat(context.notes())
                .extracting(n -> n.code() + " " + n.count() + " " + n.first())
                .containsExactly("broken_events 1 run.jsonl:2");
    }
}

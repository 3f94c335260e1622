package io.dettrace.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.formats.Sniffer.Kind;
import io.dettrace.formats.input.InputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnifferTest {
    @TempDir
    private Path folder;

    private Kind sniff(String text) throws IOException {
        Path path = folder.resolve("f");
        Files.write(path, text.getBytes(StandardCharsets.UTF_8));
        return Sniffer.sniff(new InputFile(path, "f"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}",
                "{\"a\":1}\n",
                "{}\n{}\n",
                "\uFEFF{\"a\":1}\n{\"a\":2}\n",
                "\n\n {\"a\":1}\n",
                "{\"a\":1}\r\n\r\n{\"a\":2}",
                "{\"a\":[1,2]}",
                "{\"a\":[{\"b\":1}]}\n{\"a\":[]}\n",
                "{\"a\":1} {\"b\":1}",
                "{\"a\":1\n{\"b\":2}\n",
                "{\"a\":\"x\n{\"b\":2}\n",
                "{\"a\":\n{\"b\":2}\n{\"b\":3}\n",
                "{\"a\":1,\n{\"b\":2}\n",
                "{\"a\":1}x",
                "{'a':1}\n{'a':2}\n",
                "{\"a",
                "{",
                "{\"a\":\"[{\"}",
                "{\"a\":\"\\\"[{\"}",
                "{\"a\":{\"b\":{\"c\":{\"d\":[{}]}}}}",
                "{\"a\":[[{}]]}",
                "{\"a\":{\"b\":1}}{\"c\":[{}]}"
            })
    void jsonLines(String text) throws IOException {
        assertThat(sniff(text)).isEqualTo(Kind.JSON_LINES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"a\":1}]",
                "[]",
                "[\n{\"a\":1},\n{\"a\":2}\n]",
                "{\"events\":[{\"a\":1}]}",
                "{\"x\":{\"events\":[{\"a\":1}]}}",
                "{\n\"a\":1}",
                "{\n\"events\":[]}",
                "{\"events\":[\n{\"a\":1},\n{\"a\":2}\n]}\n",
                "{ \"events\": [\n{\"a\":1}\n]}",
                "{\"about\":{},\n\"events\":[\n{\"a\":1},\n{\"a\":2}",
                "{\"events\":[{\"a\":1},{\"a",
                "\uFEFF[{}]",
                "{\"a\":{\n\"b\":1},\"events\":[{}]}",
                "{\n\"a\":1}\n{\n\"a\":2}",
                "{\"events\":[\n{\"b\":2}\n{\"b\":3}]}"
            })
    void jsonDocument(String text) throws IOException {
        assertThat(sniff(text)).isEqualTo(Kind.JSON_DOCUMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "[INFO] a", "[10/13/2014] x", "[", "12", "\"a\"", "a {\"a\":1}", "(\n{}"})
    void text(String text) throws IOException {
        assertThat(sniff(text)).isEqualTo(Kind.TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n", "\uFEFF", "\uFEFF \r\n\t"})
    void empty(String text) throws IOException {
        assertThat(sniff(text)).isEqualTo(Kind.EMPTY);
    }

    @Test
    void aFirstLineMayBeLongerThanWhatIsLookedAtOtherwise() throws IOException {
        String filler = "\"x\":\"" + "y".repeat(200_000) + "\"";
        assertThat(sniff("{" + filler + "}\n{\"a\":1}\n")).isEqualTo(Kind.JSON_LINES);
        assertThat(sniff("{" + filler + ",\"a\":[{}]}\n{\"a\":1}\n")).isEqualTo(Kind.JSON_LINES);
        assertThat(sniff("{" + filler + "}")).isEqualTo(Kind.JSON_LINES);
        assertThat(sniff("{" + filler + ",\"events\":[{},{}]}")).isEqualTo(Kind.JSON_DOCUMENT);
        assertThat(sniff("{\"events\":[{" + filler + "},{\"z\":1}]}\n")).isEqualTo(Kind.JSON_DOCUMENT);
        assertThat(sniff(" ".repeat(100_000) + "\n{" + filler + "}\n")).isEqualTo(Kind.JSON_LINES);
        assertThat(sniff("{\n\"events\":[{" + filler + "}\n{}")).isEqualTo(Kind.JSON_DOCUMENT);
        assertThat(sniff("{\"a\":" + "[".repeat(200_000))).isEqualTo(Kind.JSON_LINES);
    }
}

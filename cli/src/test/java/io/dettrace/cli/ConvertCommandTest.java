package io.dettrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertCommandTest {
    private static final String CLOCKS =
            "n1 {\"n1\":1}\nstart\nn2 {\"n2\":1}\nstart\nn1 {\"n1\":2}\nsend\nn2 {\"n1\":2,\"n2\":2}\nreceive\n";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    private Path log() throws IOException {
        return Files.writeString(folder.resolve("run.log"), CLOCKS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.jsonl", "run.jsonl.gz", "run.jsonl.zst"})
    void whatIsConvertedIsTheSameRunAsTheOriginal(String name) throws IOException {
        Path log = log();
        Path converted = folder.resolve(name);
        assertThat(run("convert", log.toString(), converted.toString()))
                .as(err.toString())
                .isZero();
        assertThat(run("compare", log.toString(), converted.toString()))
                .as(err.toString())
                .isZero();
        assertThat(run("compare", converted.toString(), log.toString()))
                .as(err.toString())
                .isZero();
    }

    /** The events of a converted history of operations look like a history that is written as JSON. */
    @Test
    void aConvertedRunIsNotTakenForAFileOfTheFormatThatItsEventsLookLike() throws IOException {
        Path history = Files.writeString(
                folder.resolve("history.edn"),
                "{:process 0, :type :invoke, :f :write, :value [1 2.50]}\n{:process 0, :type :ok, :f :write, :value [1 2.50]}\n");
        Path converted = folder.resolve("history.jsonl");
        assertThat(run("convert", history.toString(), converted.toString()))
                .as(err.toString())
                .isZero();
        assertThat(run("compare", history.toString(), converted.toString()))
                .as(err.toString())
                .isZero();
    }

    @Test
    void aDifferenceIsStillFoundBetweenAConvertedRunAndAnOriginal() throws IOException {
        Path converted = folder.resolve("run.jsonl");
        run("convert", log().toString(), converted.toString());
        Path other = Files.writeString(folder.resolve("other.log"), CLOCKS.replace("send", "sent"));
        assertThat(run("compare", converted.toString(), other.toString()))
                .as(err.toString())
                .isEqualTo(1);
        assertThat(out.toString()).contains("sent");
    }

    @Test
    void jsonLinesComeOutAsTheyWentIn() throws IOException {
        String text = "{\"ts\":1,\"thread\":\"a\",\"o.p\":null,\"list\":[1,2]}\n{\"ts\":2,\"thread\":\"b\"}\n";
        Path in = Files.writeString(folder.resolve("in.jsonl"), text);
        Path converted = folder.resolve("out.jsonl");
        assertThat(run("convert", in.toString(), converted.toString()))
                .as(err.toString())
                .isZero();
        assertThat(converted).hasContent(text);
    }

    @Test
    void whatIsThereIsNotOverwritten() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine.jsonl"), "mine");
        assertThat(run("convert", log().toString(), mine.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("is there already");
        assertThat(mine).hasContent("mine");
        assertThat(run("convert", "--force", log().toString(), mine.toString())).isZero();
        assertThat(mine).content().startsWith("{\"$dettrace\"");
    }

    @Test
    void anInputIsNeverItsOwnOutput() throws IOException {
        Path log = log();
        assertThat(run("convert", "--force", log.toString(), log.toString())).isEqualTo(2);
        assertThat(log).hasContent(CLOCKS);
    }

    @Test
    void aBrokenInputLeavesNoFileBehind() throws IOException {
        Path in = Files.writeString(folder.resolve("in.jsonl"), "{\"a\":1}\n{\"a\":\n{\"a\":2}\n");
        assertThat(run("convert", in.toString(), folder.resolve("out.jsonl").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("in.jsonl:2");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(in);
        }
    }

    @Test
    void severalInputsBecomeOneRunThatKeepsTheirNames() throws IOException {
        Path a = Files.writeString(folder.resolve("a.jsonl"), "{\"event\":\"x\"}\n");
        Path b = Files.writeString(folder.resolve("b.jsonl"), "{\"event\":\"y\"}\n");
        Path converted = folder.resolve("out.jsonl");
        assertThat(run("convert", a.toString(), b.toString(), converted.toString()))
                .as(err.toString())
                .isZero();
        assertThat(Files.readAllLines(converted))
                .containsExactly("{\"event\":\"x\",\"$file\":\"a.jsonl\"}", "{\"event\":\"y\",\"$file\":\"b.jsonl\"}");
    }

    @Test
    void aHeaderOfANewerVersionIsRefused() throws IOException {
        Path in = Files.writeString(
                folder.resolve("in.jsonl"),
                "{\"$dettrace\":{\"version\":99,\"format\":\"x\",\"family\":\"x\",\"mapping\":[]}}\n{\"a\":1}\n");
        assertThat(run("inspect", in.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("in.jsonl:1").contains("version");
    }
}

package io.dettrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.io.TempDir;

/**
 * What tests of broken and odd inputs have in common: each input gives exit status 2 and a message with its place, or is
 * tolerated as documented with a count. Nothing ever hangs, shows a stack trace or prints a half result.
 */
abstract class BadInputs {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    static final int EVENTS = 40;
    static final String GOOD = jsonLines();
    static final String GOOD_DOCUMENT = "{\"events\":[" + GOOD.strip().replace("\n", ",\n") + "]}\n";
    static final String GOOD_LOG = clockLog();

    @TempDir
    private Path root;

    final List<DynamicTest> tests = new ArrayList<>();

    private static String jsonLines() {
        StringBuilder out = new StringBuilder();
        for (int i = 1; i <= EVENTS; i++) {
            out.append(event(i)).append('\n');
        }
        return out.toString();
    }

    static String event(int i) {
        return "{\"ts\":" + (1000 + i) + ",\"worker\":\"w" + i % 2 + "\",\"event\":\"step" + i % 5 + "\",\"value\":"
                + i * i + "}";
    }

    /** A log of two hosts that send each other a message by turns. */
    private static String clockLog() {
        StringBuilder out = new StringBuilder();
        for (int i = 1; i <= EVENTS / 2; i++) {
            out.append("a {\"a\":")
                    .append(i)
                    .append(i > 1 ? ", \"b\":" + (i - 1) : "")
                    .append("}\nsend ")
                    .append(i);
            out.append("\nb {\"b\":")
                    .append(i)
                    .append(", \"a\":")
                    .append(i)
                    .append("}\nreceive ")
                    .append(i)
                    .append('\n');
        }
        return out.toString();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes given as characters up to U+00FF. */
    static byte[] raw(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    static byte[] zstd(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZstdOutputStream zstd = new ZstdOutputStream(out)) {
            zstd.setChecksum(true);
            zstd.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    static byte[] cut(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, length);
    }

    static byte[] flip(byte[] bytes, int at) {
        byte[] out = bytes.clone();
        out[at] ^= 0x55;
        return out;
    }

    static byte[] join(byte[] a, byte[] b) {
        byte[] out = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, out, a.length, b.length);
        return out;
    }

    /** The good lines with line {@code number}, from 1, replaced. */
    static String withLine(int number, String line) {
        List<String> lines = new ArrayList<>(GOOD.lines().toList());
        lines.set(number - 1, line);
        return String.join("\n", lines) + "\n";
    }

    /** What a call of the command line gave. */
    record Result(int status, String out, String err) {
        Result check() {
            String words = err.replace("found null", "");
            assertThat(words)
                    .doesNotContain("Exception", "null", "internal error", "\tat ", "`", "JSON String")
                    .doesNotContainPattern("at [a-z.]+\\.[A-Z]\\w+\\.");
            assertThat(out).doesNotContain("Exception", "internal error");
            if (status == Main.TROUBLE) {
                assertThat(out).as("output beside an error").isEmpty();
                assertThat(err).isNotBlank();
            }
            return this;
        }
    }

    private static Result run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = assertTimeoutPreemptively(
                LIMIT, () -> Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args));
        return new Result(status, out.toString(), err.toString()).check();
    }

    static void trouble(String[] says, String... args) {
        Result result = run(args);
        assertThat(result.status).as(result.err + result.out).isEqualTo(Main.TROUBLE);
        assertThat(result.err).contains(says);
        assertThat(result.err.lines()).as("one line, or the usage behind it").isNotEmpty();
    }

    static void noted(int status, String[] says, String... args) {
        Result result = run(args);
        assertThat(result.status).as(result.err + result.out).isEqualTo(status);
        assertThat(List.of(says)).allSatisfy(s -> assertThat(result.out).contains(s));
        assertThat(result.err).isEmpty();
    }

    interface Body {
        void run(Path folder) throws Exception;
    }

    void test(String name, Body body) {
        tests.add(DynamicTest.dynamicTest(name, () -> body.run(Files.createTempDirectory(root, "case"))));
    }

    static String write(Path folder, String name, byte[] bytes) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.write(path, bytes).toString();
    }

    static String write(Path folder, String name, String text) throws IOException {
        return write(folder, name, utf8(text));
    }

    /** A broken file on either side, or on both, is trouble. */
    void broken(String name, String good, byte[] bad, String... says) {
        test(name, folder -> {
            String baseline = write(folder, "good.log", good);
            String candidate = write(folder, "bad.log", bad);
            String[] all = Stream.concat(Stream.of("bad.log"), Stream.of(says)).toArray(String[]::new);
            trouble(all, "compare", baseline, candidate);
            trouble(all, "compare", candidate, baseline);
            trouble(all, "compare", candidate, candidate);
        });
    }

    void broken(String name, String bad, String... says) {
        broken(name, GOOD, utf8(bad), says);
    }

    /** What can be tolerated with {@code --lenient} and gives {@code status} and a note then. */
    void brokenButLenient(String name, String good, byte[] bad, String place, int status, String note) {
        broken(name, good, bad, place);
        test(name + ", lenient", folder -> {
            String baseline = write(folder, "good.log", good);
            String candidate = write(folder, "bad.log", bad);
            noted(status, new String[] {note, "bad.log:"}, "compare", baseline, candidate, "--lenient");
            noted(Main.EQUIVALENT, new String[] {note}, "compare", candidate, candidate, "--lenient");
        });
    }

    /** A broken line 20 of the good ones; leaving it out makes a divergence. */
    void brokenLine(String name, byte[] line, String place) {
        String[] around = withLine(20, "~").split("~", -1);
        byte[] bad = join(join(utf8(around[0]), line), utf8(around[1]));
        String left = "lines that are not JSON objects were left out: 1";
        brokenButLenient(name, GOOD, bad, "bad.log:20:" + place, Main.DIVERGED, left);
    }

    void brokenLine(String name, String line, String place) {
        brokenLine(name, utf8(line), place);
    }

    /** What is tolerated without being asked. */
    void tolerated(String name, String good, byte[] odd, int status, String... says) {
        test(name, folder -> {
            String baseline = write(folder, "good.log", good);
            String candidate = write(folder, "odd.log", odd);
            noted(status, says, "compare", baseline, candidate);
            noted(Main.EQUIVALENT, new String[] {}, "compare", candidate, candidate);
        });
    }

    /** Nothing in it is compared with anything: other arguments than two files. */
    void call(String name, Body body) {
        test(name, body);
    }

    static String[] says(String... words) {
        return words;
    }
}

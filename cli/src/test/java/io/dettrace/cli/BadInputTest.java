package io.dettrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broken and odd inputs: each gives exit status 2 and a message with its place, or is tolerated as documented with a count.
 * Nothing ever hangs, shows a stack trace or prints a half result.
 */
class BadInputTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int EVENTS = 40;
    private static final String GOOD = jsonLines();
    private static final String GOOD_DOCUMENT = "{\"events\":[" + GOOD.strip().replace("\n", ",\n") + "]}\n";
    private static final String GOOD_LOG = clockLog();

    @TempDir
    private Path root;

    private final List<DynamicTest> tests = new ArrayList<>();

    private static String jsonLines() {
        StringBuilder out = new StringBuilder();
        for (int i = 1; i <= EVENTS; i++) {
            out.append(event(i)).append('\n');
        }
        return out.toString();
    }

    private static String event(int i) {
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

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes given as characters up to U+00FF. */
    private static byte[] raw(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static byte[] zstd(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZstdOutputStream zstd = new ZstdOutputStream(out)) {
            zstd.setChecksum(true);
            zstd.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static byte[] cut(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, length);
    }

    private static byte[] flip(byte[] bytes, int at) {
        byte[] out = bytes.clone();
        out[at] ^= 0x55;
        return out;
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] out = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, out, a.length, b.length);
        return out;
    }

    /** The good lines with line {@code number}, from 1, replaced. */
    private static String withLine(int number, String line) {
        List<String> lines = new ArrayList<>(GOOD.lines().toList());
        lines.set(number - 1, line);
        return String.join("\n", lines) + "\n";
    }

    // ---- running ---------------------------------------------------------------------------------------------------

    /** What a call of the command line gave. */
    private record Result(int status, String out, String err) {
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

    private static void trouble(String[] says, String... args) {
        Result result = run(args);
        assertThat(result.status).as(result.err + result.out).isEqualTo(Main.TROUBLE);
        assertThat(result.err).contains(says);
        assertThat(result.err.lines()).as("one line, or the usage behind it").isNotEmpty();
    }

    private static void noted(int status, String[] says, String... args) {
        Result result = run(args);
        assertThat(result.status).as(result.err + result.out).isEqualTo(status);
        assertThat(List.of(says)).allSatisfy(s -> assertThat(result.out).contains(s));
        assertThat(result.err).isEmpty();
    }

    private interface Body {
        void run(Path folder) throws Exception;
    }

    private void test(String name, Body body) {
        tests.add(DynamicTest.dynamicTest(name, () -> body.run(Files.createTempDirectory(root, "case"))));
    }

    private static String write(Path folder, String name, byte[] bytes) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.write(path, bytes).toString();
    }

    private static String write(Path folder, String name, String text) throws IOException {
        return write(folder, name, utf8(text));
    }

    /** A broken file on either side, or on both, is trouble. */
    private void broken(String name, String good, byte[] bad, String... says) {
        test(name, folder -> {
            String baseline = write(folder, "good.log", good);
            String candidate = write(folder, "bad.log", bad);
            String[] all = Stream.concat(Stream.of("bad.log"), Stream.of(says)).toArray(String[]::new);
            trouble(all, "compare", baseline, candidate);
            trouble(all, "compare", candidate, baseline);
            trouble(all, "compare", candidate, candidate);
        });
    }

    private void broken(String name, String bad, String... says) {
        broken(name, GOOD, utf8(bad), says);
    }

    /** What can be tolerated with {@code --lenient} and gives {@code status} and a note then. */
    private void brokenButLenient(String name, String good, byte[] bad, String place, int status, String note) {
        broken(name, good, bad, place);
        test(name + ", lenient", folder -> {
            String baseline = write(folder, "good.log", good);
            String candidate = write(folder, "bad.log", bad);
            noted(status, new String[] {note, "bad.log:"}, "compare", baseline, candidate, "--lenient");
            noted(Main.EQUIVALENT, new String[] {note}, "compare", candidate, candidate, "--lenient");
        });
    }

    /** A broken line 20 of the good ones; leaving it out makes a divergence. */
    private void brokenLine(String name, byte[] line, String place) {
        String[] around = withLine(20, "~").split("~", -1);
        byte[] bad = join(join(utf8(around[0]), line), utf8(around[1]));
        String left = "lines that are not JSON objects were left out: 1";
        brokenButLenient(name, GOOD, bad, "bad.log:20:" + place, Main.DIVERGED, left);
    }

    private void brokenLine(String name, String line, String place) {
        brokenLine(name, utf8(line), place);
    }

    /** What is tolerated without being asked. */
    private void tolerated(String name, String good, byte[] odd, int status, String... says) {
        test(name, folder -> {
            String baseline = write(folder, "good.log", good);
            String candidate = write(folder, "odd.log", odd);
            noted(status, says, "compare", baseline, candidate);
            noted(Main.EQUIVALENT, new String[] {}, "compare", candidate, candidate);
        });
    }

    /** Nothing in it is compared with anything: other arguments than two files. */
    private void call(String name, Body body) {
        test(name, body);
    }

    private static String[] says(String... words) {
        return words;
    }

    // ---- what is broken --------------------------------------------------------------------------------------------

    @TestFactory
    Stream<DynamicTest> emptyAndForeignFiles() {
        broken("empty file", "", "is empty");
        broken("only blanks", " \n\t\r\n  \n", "is empty");
        broken("only a byte order mark", "\uFEFF", "is empty");
        broken("only NUL bytes", "\0".repeat(100), "NUL");
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);
        noise[0] = 'x';
        broken("binary", GOOD, noise, "does not look like a text log");
        for (String name : List.of("UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE")) {
            broken(name, GOOD, GOOD.getBytes(Charset.forName(name)), name.startsWith("UTF-16") ? "UTF-16" : "UTF");
        }
        broken("UTF-16LE with mark", GOOD, ("\uFEFF" + GOOD).getBytes(StandardCharsets.UTF_16LE), "UTF-16", "iconv");
        broken("UTF-32 with mark", GOOD, ("\uFEFF" + GOOD).getBytes(Charset.forName("UTF-32LE")), "UTF-32");
        broken("prose", "It was a dark and stormy night.\nThe rain fell.\n");
        broken("a picture", GOOD, raw("\u0089PNG\r\n\u001A\n\0\0\0\rIHDR"), "NUL");
        broken("zip", GOOD, raw("PK\u0003\u0004\u0014\0\0\0"), "zip");
        broken("xz", GOOD, raw("\u00FD7zXZ\0\0\u0004"), "xz");
        broken("lz4", GOOD, raw("\u0004\"M\u0018d@"), "lz4");
        broken("a number alone", "42\n");
        broken("a text with brackets", "[INFO] started\n[INFO] ended\n");
        call("prose on both sides", folder -> {
            String prose = write(folder, "prose.txt", "It was a dark and stormy night.\n");
            trouble(says("prose.txt", "neither JSON nor a text log", "--regex"), "compare", prose, prose);
        });
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> compressedFiles() {
        byte[] gz = gzip(utf8(GOOD));
        for (int length :
                new int[] {2, 5, 9, 10, 11, gz.length / 2, gz.length - 9, gz.length - 8, gz.length - 4, gz.length - 1
                }) {
            broken("gzip cut off after " + length + " of its bytes", GOOD, cut(gz, length), "cut off");
        }
        broken("gzip with a wrong checksum", GOOD, flip(gz, gz.length - 6), "damaged", "checksum");
        broken("gzip with a wrong length", GOOD, flip(gz, gz.length - 2), "damaged", "length");
        broken("gzip damaged in the middle", GOOD, flip(gz, gz.length / 2), "damaged");
        broken("gzip with an unknown method", GOOD, flip(gz, 2), "damaged");
        broken(
                "gzip with other bytes behind it",
                GOOD,
                join(gz, utf8("trailing")),
                "followed by bytes that are not gzip");
        broken("gzip whose second member is cut off", GOOD, join(gz, cut(gz, gz.length - 20)), "cut off");
        broken("gzip of nothing", GOOD, gzip(new byte[0]), "is empty");
        broken("gzip in gzip", GOOD, gzip(gz), "compressed twice");
        broken("gzip of UTF-16", GOOD, gzip(GOOD.getBytes(StandardCharsets.UTF_16LE)), "UTF-16");
        broken("gzip with a broken line", GOOD, gzip(utf8(withLine(20, "oops"))), "bad.log:20:1", "oops");
        tolerated("gzip with zeros behind it", GOOD, join(gz, new byte[100]), Main.EQUIVALENT);
        byte[] zs = zstd(utf8(GOOD));
        for (int length : new int[] {5, 8, zs.length / 2, zs.length - 1}) {
            broken("zstd cut off after " + length + " of its bytes", GOOD, cut(zs, length), "cut off");
        }
        broken("zstd damaged in the middle", GOOD, flip(zs, zs.length / 2), "damaged");
        broken("zstd with a wrong checksum", GOOD, flip(zs, zs.length - 2), "damaged");
        broken("zstd with other bytes behind it", GOOD, join(zs, utf8("trailing")), "zstd");
        byte[] large = gzip(utf8(GOOD.repeat(3_000)));
        broken("long gzip cut off near its end", GOOD, cut(large, large.length - 100), "cut off", "byte");
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> brokenLines() {
        String whole = event(20);
        brokenLine("cut line", whole.substring(0, 30), "");
        brokenLine("two objects on a line", whole + whole, String.valueOf(whole.length() + 1));
        brokenLine("an array", "[1,2,3]", "1: expected a JSON object, found an array");
        brokenLine("a number", "12", "1: expected a JSON object, found a number");
        brokenLine("a string", "\"text\"", "1: expected a JSON object, found a string");
        brokenLine("nothing but null", "null", "1: expected a JSON object, found null");
        brokenLine("keys without quotes", "{ts:20}", "2");
        brokenLine("single quotes", "{'ts':20}", "2");
        brokenLine("no closing quote", "{\"ts\":20,\"event\":\"step}", "");
        brokenLine("NaN", "{\"ts\":NaN}", "");
        brokenLine("Infinity", "{\"ts\":-Infinity}", "");
        brokenLine("a comment", "{\"ts\":20} // twenty", "11");
        brokenLine("a comment before", "# twenty", "1");
        brokenLine("a trailing comma", "{\"ts\":20,}", "10");
        brokenLine("a missing comma", "{\"ts\":20 \"event\":\"e\"}", "10");
        brokenLine("a missing colon", "{\"ts\" 20}", "7");
        brokenLine("a missing value", "{\"ts\":}", "7");
        brokenLine("a leading zero", "{\"ts\":020}", "");
        brokenLine("a plus sign", "{\"ts\":+20}", "");
        brokenLine("a hexadecimal number", "{\"ts\":0x14}", "");
        brokenLine("a Python literal", "{\"ts\":None}", "");
        brokenLine("a closing brace too many", whole + "}", "");
        brokenLine("a bracket for a brace", "{\"ts\":20]", "9");
        brokenLine("an unclosed list", "{\"ts\":[1,2}", "11");
        brokenLine("a control character in a string", "{\"event\":\"a\u0001b\"}", "");
        brokenLine("a tab in a string", "{\"event\":\"a\tb\"}", "");
        brokenLine("an unknown escape", "{\"event\":\"a\\x41\"}", "");
        brokenLine("a short unicode escape", "{\"event\":\"\\u12\"}", "");
        brokenLine("invalid UTF-8 in a value", raw("{\"event\":\"a\u00FFb\"}"), "12: expected UTF-8");
        brokenLine("invalid UTF-8 in a key", raw("{\"ev\u00C3ent\":1}"), "5: expected UTF-8");
        brokenLine("invalid UTF-8 outside of strings", raw("{\"event\":1}\u0080"), "12: expected UTF-8");
        brokenLine("an overlong form", raw("{\"event\":\"\u00C0\u00AF\"}"), "11: expected UTF-8");
        brokenLine("a surrogate in UTF-8", raw("{\"event\":\"\u00ED\u00A0\u0080\"}"), "11: expected UTF-8");
        brokenLine("a byte order mark in the middle", "\uFEFF" + whole, "");
        brokenLine("257 nested objects", "{\"a\":".repeat(257) + "1" + "}".repeat(257), "");
        brokenLine("100,000 nested lists", "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}", "");
        brokenLine("100,000 nested lists that stay open", "{\"a\":" + "[".repeat(100_000), "");
        brokenLine("a name of 100,000 characters", "{\"" + "a".repeat(100_000) + "\":1}", "");
        brokenLine("a number of 200,000 digits", "{\"a\":" + "9".repeat(200_000) + "}", "");
        brokenLine("a stack trace of another program", "    at some.Class.method(Class.java:3)", "5");
        broken("NUL bytes beyond the start", GOOD, utf8(GOOD.repeat(500) + "\0\0\0\0\n" + GOOD), "bad.log:20001:");
        broken(
                "UTF-16 beyond the start",
                GOOD,
                join(utf8(GOOD.repeat(500)), GOOD.getBytes(StandardCharsets.UTF_16LE)),
                "bad.log:20001:");
        broken("cut in the middle of the first line", withLine(1, "{\"ts\":1001,\"wor"), "bad.log:1:");
        broken("cut within a string of the first line", withLine(1, "{\"ts\":1001,\"worker\":\"w"), "bad.log:1:");
        broken("a line end in a string", withLine(7, "{\"event\":\"a\nb\"}"), "bad.log:7:");
        broken("one line that is not JSON", "{oops}\n", "bad.log:1:2");
        broken("nothing but a line that is cut off", "{\"ts\":1", "no event");
        brokenButLenient(
                "a key twice",
                GOOD,
                utf8(withLine(20, whole.replace("{", "{\"ts\":7,"))),
                "bad.log:20:9: the key \"ts\" stands twice",
                Main.EQUIVALENT,
                "the last value counts: 1");
        test("nothing but broken lines, lenient", folder -> {
            String good = write(folder, "good.log", GOOD);
            String bad = write(folder, "bad.log", "{oops}\n{oops}\n");
            trouble(says("bad.log", "no event"), "compare", good, bad, "--lenient");
        });
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> oddLinesThatAreFine() {
        tolerated(
                "cut in the middle of the last line",
                GOOD,
                utf8(GOOD.substring(0, GOOD.length() - 12)),
                Main.DIVERGED,
                "the last line is cut off and was left out: 1",
                "odd.log:40");
        tolerated("no line end at the end", GOOD, utf8(GOOD.strip()), Main.EQUIVALENT);
        tolerated("CR LF", GOOD, utf8(GOOD.replace("\n", "\r\n")), Main.EQUIVALENT);
        tolerated(
                "byte order mark and blank lines",
                GOOD,
                utf8("\uFEFF\n" + GOOD.replace("\n", "\n\n \t\n")),
                Main.EQUIVALENT);
        tolerated("white space everywhere", GOOD, utf8(GOOD.replace(":", " : ").replace(",", "\t, ")), Main.EQUIVALENT);
        tolerated(
                "other spelling of numbers",
                GOOD,
                utf8(GOOD.replace("\"value\":1,", "\"value\":1.0e0,")),
                Main.EQUIVALENT);
        tolerated("escapes that need not be", GOOD, utf8(GOOD.replace("step", "\\u0073tep")), Main.EQUIVALENT);
        String huge = "9".repeat(5_000);
        tolerated("huge numbers", withNumber(huge), utf8(withNumber(huge + ".0")), Main.EQUIVALENT);
        tolerated("numbers beyond doubles", withNumber("1e400"), utf8(withNumber("1e401")), Main.DIVERGED, "1e401");
        tolerated(
                "numbers that differ beyond 64 bits",
                withNumber(huge + "1"),
                utf8(withNumber(huge + "2")),
                Main.DIVERGED);
        tolerated("enormous exponents", withNumber("1e999999999"), utf8(withNumber("1e999999998")), Main.DIVERGED);
        tolerated(
                "a lone surrogate as an escape",
                GOOD,
                utf8(withLine(20, event(20).replace("step0", "\\ud800"))),
                Main.DIVERGED);
        tolerated(
                "a NUL as an escape", GOOD, utf8(withLine(20, event(20).replace("step0", "a\\u0000"))), Main.DIVERGED);
        tolerated(
                "256 nested objects",
                GOOD,
                utf8(withLine(20, "{\"a\":".repeat(255) + "{}" + "}".repeat(255))),
                Main.DIVERGED);
        tolerated("an empty object", GOOD, utf8(withLine(20, "{}")), Main.DIVERGED);
        tolerated(
                "empty and dotted keys",
                GOOD,
                utf8(withLine(20, "{\"\":1,\".\":{\"\":2},\"a.b\":3,\"a\":{\"b\":4}}")),
                Main.DIVERGED);
        tolerated(
                "a line of a megabyte",
                GOOD,
                utf8(withLine(20, event(20).replace("step0", "x".repeat(1 << 20)))),
                Main.DIVERGED);
        tolerated(
                "terminal escapes in a value",
                GOOD,
                utf8(withLine(20, event(20).replace("step0", "\\u001b[2J"))),
                Main.DIVERGED);
        return tests.stream();
    }

    private static String withNumber(String number) {
        return withLine(20, event(20).replace("\"value\":400", "\"value\":" + number));
    }

    @TestFactory
    Stream<DynamicTest> documents() {
        String good = GOOD_DOCUMENT;
        broken("document without events", "{\"name\":\"x\",\n\"numbers\":[1,2]}\n", "bad.log:1", "no array of objects");
        broken("empty array", "[]\n", "no event");
        broken("empty array of events", "{\n\"events\": []\n}\n", "no event");
        broken("array of numbers", good, utf8("{\"a\":\n[1,2]}"), "no array of objects");
        broken(
                "document cut off in an event",
                good,
                utf8(good.substring(0, good.length() - 30)),
                "bad.log:40:",
                "cut off");
        broken(
                "document cut off behind an event",
                good,
                utf8(good.substring(0, good.indexOf("}") + 2)),
                "bad.log:1",
                "cut off");
        broken("document cut off at its end", good, utf8(good.substring(0, good.length() - 2)), "bad.log:", "cut off");
        broken("document with bytes behind it", good, utf8(good + "x"), "bad.log:41:1");
        broken("two documents", good, utf8(good + good), "bad.log:41:1");
        broken("array with bytes behind it", good, utf8("[{\"a\":1}]]"), "bad.log:1:");
        broken("missing comma between events", good, utf8(good.replaceFirst("\\},", "}")), "bad.log:2:1");
        broken("trailing comma behind the last event", good, utf8(good.replace("}]}", "},]}")), "bad.log:40:");
        broken("broken event", good, utf8(good.replace("\"value\":400", "\"value\":4OO")), "bad.log:20:");
        broken("invalid UTF-8 in a document", good, raw(good.replace("step3", "st\u00FFp")), "bad.log:3:");
        broken("control character in a document", good, utf8(good.replace("step3", "st\u0001p")), "bad.log:3:");
        broken("NaN in a document", good, utf8(good.replace("\"value\":400", "\"value\":NaN")), "bad.log:20:");
        broken(
                "events nested too deep",
                good,
                utf8("{\"events\":[\n" + "{\"a\":".repeat(300) + "1" + "}".repeat(300) + "]}"),
                "bad.log:2:");
        broken("document nested without end", good, utf8("{\n\"events\":" + "[".repeat(200_000)), "bad.log:");
        broken("two arrays of events", good, utf8("{\"events\":[{\"a\":1}],\n\"events\":[{\"a\":1}]}"), "twice");
        brokenButLenient(
                "event that is no object",
                good,
                utf8(good.replace("[{", "[7,\n{")),
                "expected an object as the next event, found a number",
                Main.EQUIVALENT,
                "elements of the array of events that are not objects were left out: 1");
        brokenButLenient(
                "key twice in an event",
                good,
                utf8(good.replace("{\"ts\":1020,", "{\"ts\":7,\"ts\":1020,")),
                "the key \"ts\" stands twice",
                Main.EQUIVALENT,
                "the last value counts: 1");
        tolerated("document with a byte order mark", good, utf8("\uFEFF" + good), Main.EQUIVALENT);
        tolerated("lines against the same as a document", GOOD, utf8(good), Main.EQUIVALENT);
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> clocks() {
        String good = GOOD_LOG;
        String out = "left out: 1";
        String clock = "{\"b\":10, \"a\":10}";
        for (String[] broken : new String[][] {
            {"negative own clock", "{\"b\":-10, \"a\":10}", "negative"},
            {"negative other clock", "{\"b\":10, \"a\":-10}", "negative"},
            {"huge clock", "{\"b\":99999999999999999999, \"a\":10}", "not a count"},
            {"clock with a fraction", "{\"b\":10.5, \"a\":10}", "not a count"},
            {"clock as a string", "{\"b\":\"10\", \"a\":10}", "not a count"},
            {"missing own clock", "{\"a\":10}", "lacks the event's own lane \"b\""},
            {"empty clock", "{}", "lacks the event's own lane \"b\""},
            {"own clock zero", "{\"b\":0, \"a\":10}", "lacks the event's own lane"},
            {"clock that is not JSON", "{b:10, a:10}", "not valid JSON"},
            {"clock with a trailing comma", "{\"b\":10,}", "not valid JSON"},
            {"clock that stands twice", "{\"b\":9, \"a\":10}", "does not grow"}
        }) {
            String bad = good.replace(clock, broken[1]);
            brokenButLenient(broken[0], good, utf8(bad), "bad.log:39", Main.DIVERGED, broken[2]);
        }
        tolerated(
                "a clock that is cut off",
                good,
                utf8(good.replace(clock, "{\"b\":10, \"a\"")),
                Main.DIVERGED,
                "left out: 2");
        tolerated("a gap in a clock", good, utf8(good.replace("\"b\":20", "\"b\":21")), Main.EQUIVALENT);
        tolerated(
                "foreign lines",
                good,
                utf8(good.replace("receive 9\n", "receive 9\nsome remark\n")),
                Main.EQUIVALENT,
                "left out: 1");
        broken("log without clocks", good, utf8(good.replaceAll("\\{.*\\}", "")), "bad.log");
        brokenButLenient(
                "invalid UTF-8 in a log",
                good,
                raw(good.replace("receive 9", "receive \u00FF9")),
                "bad.log:36:",
                Main.DIVERGED,
                "U+FFFD: 1");
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> expressions() {
        Object[][] calls = {
            {"expression that does not compile", "(?<host>\\S+", "not a valid regular expression"},
            {"expression with a dangling star", "*", "not a valid regular expression"},
            {"expression without groups", "\\S+", "no named group"},
            {"expression with numbered groups only", "(\\S+) (\\S+)", "no named group"},
            {"expression with a group twice", "(?<host>\\S+) (?<host>.*)", "twice"},
            {"empty expression", "", "pattern"},
            {"expression that matches nothing", "^(?<host>\\S+) never (?<event>.*)$", "matches nothing"},
            {"expression that matches emptiness only", "(?<host>)", "matches nothing"},
            {"expression without end", "^(?<event>(a|b|ab|[^x])*)*y$", "takes too long"},
            {"expression with nested repetition", "(?<event>([a-z ]+)+)!", "t"},
            {"expression nested too deep", "(".repeat(20_000) + ")".repeat(20_000), "not a valid regular expression"}
        };
        for (Object[] call : calls) {
            call((String) call[0], folder -> {
                String good = write(folder, "good.log", GOOD_LOG);
                String bad = write(folder, "bad.log", "ab".repeat(20_000) + "\n" + GOOD_LOG);
                trouble(says((String) call[2]), "compare", good, bad, "--regex", (String) call[1]);
            });
        }
        call("delimiter that never matches", folder -> {
            String good = write(folder, "good.log", GOOD_LOG);
            noted(Main.EQUIVALENT, says(), "compare", good, good, "--delimiter", "^=== never ===$");
            trouble(says("holds one run"), "compare", good, "--delimiter", "^=== never ===$");
        });
        call("delimiter that does not compile", folder -> {
            String good = write(folder, "good.log", GOOD_LOG);
            trouble(says("the delimiter is not a valid"), "compare", good, good, "--delimiter", "(");
        });
        call("delimiter that parts what is compared whole", folder -> {
            String two = write(folder, "two.log", "=== one ===\n" + GOOD_LOG + "=== two ===\n" + GOOD_LOG);
            trouble(
                    says("two.log", "one, two", "--baseline-run"),
                    "compare",
                    two,
                    two,
                    "--delimiter",
                    "^=== (?<trace>.*) ===$");
        });
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> filesAndFolders() {
        call("missing file", folder -> {
            String good = write(folder, "good.log", GOOD);
            String missing = folder.resolve("missing.log").toString();
            trouble(says("missing.log", "no such file"), "compare", good, missing);
            trouble(says("missing.log", "no such file"), "compare", missing, good);
            trouble(says("missing.log", "no such file"), "compare", missing);
        });
        call("name of a file that is empty", folder -> {
            String good = write(folder, "good.log", GOOD);
            trouble(says("empty"), "compare", good, "");
        });
        call("empty folder", folder -> {
            String good = write(folder, "good.log", GOOD);
            String empty = Files.createDirectory(folder.resolve("empty")).toString();
            trouble(says("empty", "holds no files"), "compare", good, empty);
        });
        call("folder with an empty file first", folder -> {
            String good = write(folder, "good.log", GOOD);
            write(folder, "in/1.log", "");
            write(folder, "in/2.log", GOOD);
            trouble(
                    says("1.log", "is empty"),
                    "compare",
                    good,
                    folder.resolve("in").toString());
        });
        call("folder with lines and a document", folder -> {
            String good = write(folder, "good.log", GOOD);
            write(folder, "in/1.jsonl", GOOD);
            write(folder, "in/2.json", "{\n \"events\": [\n {\"ts\": 1}\n ]\n}\n");
            trouble(says("2.json"), "compare", good, folder.resolve("in").toString());
        });
        call("folder with lines and prose", folder -> {
            String good = write(folder, "good.log", GOOD);
            write(folder, "in/1.jsonl", GOOD);
            write(folder, "in/readme.txt", "These are the logs.\n");
            trouble(
                    says("readme.txt:1:1"),
                    "compare",
                    good,
                    folder.resolve("in").toString());
        });
        call("folder with a binary file", folder -> {
            String good = write(folder, "good.log", GOOD);
            write(folder, "in/1.jsonl", GOOD);
            write(folder, "in/2.class", raw("\u00CA\u00FE\u00BA\u00BE\0\0\0"));
            trouble(
                    says("2.class", "NUL"),
                    "compare",
                    good,
                    folder.resolve("in").toString());
        });
        call("folder that leads back to itself", folder -> {
            String good = write(folder, "good.log", GOOD);
            write(folder, "in/1.jsonl", GOOD);
            Files.createSymbolicLink(folder.resolve("in/again"), folder.resolve("in"));
            trouble(
                    says("again", "symbolic link"),
                    "compare",
                    good,
                    folder.resolve("in").toString());
        });
        call("link that leads nowhere", folder -> {
            String good = write(folder, "good.log", GOOD);
            Path link = Files.createSymbolicLink(folder.resolve("link.log"), folder.resolve("nowhere"));
            trouble(says("link.log"), "compare", good, link.toString());
        });
        call("file that may not be read", folder -> {
            String good = write(folder, "good.log", GOOD);
            Path secret = Path.of(write(folder, "secret.log", GOOD));
            assumeTrue(secret.toFile().setReadable(false) && !Files.isReadable(secret), "root reads everything");
            trouble(says("secret.log", "may not be read"), "compare", good, secret.toString());
        });
        call("device", folder -> {
            assumeTrue(Files.exists(Path.of("/dev/zero")));
            trouble(says("/dev/zero", "device"), "compare", write(folder, "good.log", GOOD), "/dev/zero");
        });
        call("standard input twice", folder -> {
            withInput(GOOD, () -> trouble(says("standard input", "twice"), "compare", "-", "-"));
        });
        call("empty standard input", folder -> {
            String good = write(folder, "good.log", GOOD);
            withInput("", () -> trouble(says("standard input", "is empty"), "compare", good, "-"));
        });
        call("broken standard input", folder -> {
            String good = write(folder, "good.log", GOOD);
            withInput(withLine(3, "oops"), () -> trouble(says("(standard input):3:1"), "compare", good, "-"));
        });
        return tests.stream();
    }

    private static void withInput(String text, Runnable body) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(utf8(text)));
        try {
            body.run();
        } finally {
            System.setIn(before);
        }
    }

    @TestFactory
    Stream<DynamicTest> mappings() {
        String magic = "# dettrace mapping 1\n";
        String[][] calls = {
            {"empty mapping", "", "my.mapping:1"},
            {"mapping without its first line", "lane = worker\n", "my.mapping:1", "# dettrace mapping 1"},
            {"mapping of another version", "# dettrace mapping 2\nlane = worker\n", "my.mapping:1"},
            {"mapping with an unknown key", magic + "\nlanes = worker\n", "my.mapping:3", "lanes"},
            {"mapping without a value", magic + "lane =\n", "my.mapping:2"},
            {"mapping without an equals sign", magic + "lane worker\n", "my.mapping:2"},
            {"mapping with an unknown unit", magic + "time_unit = weeks\n", "my.mapping:2", "weeks"},
            {
                "mapping with a broken expression",
                magic + "pattern = (?<host>\n",
                "not a valid regular expression",
                "(?<host>"
            },
            {"mapping with a lane that no event has", magic + "lane = nosuch\n", "nosuch"},
            {"mapping that is a log", GOOD, "my.mapping:1"},
            {"mapping that is binary", "\0\0\0\0", "my.mapping:1"}
        };
        for (String[] call : calls) {
            call(call[0], folder -> {
                String good = write(folder, "good.log", GOOD);
                String mapping = write(folder, "my.mapping", call[1]);
                trouble(Arrays.copyOfRange(call, 2, call.length), "compare", good, good, "--mapping", mapping);
            });
        }
        call("missing mapping", folder -> {
            String good = write(folder, "good.log", GOOD);
            trouble(
                    says("missing.mapping"),
                    "compare",
                    good,
                    good,
                    "--mapping",
                    folder.resolve("missing.mapping").toString());
        });
        call("folder as mapping", folder -> {
            String good = write(folder, "good.log", GOOD);
            trouble(says(folder.getFileName().toString()), "compare", good, good, "--mapping", folder.toString());
        });
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> arguments() {
        String[][] calls = {
            {"lane that no event has", "nosuch", "--lane", "nosuch"},
            {"clock that no event has", "nosuch", "--clock", "nosuch"},
            {"key that no event has", "nosuch", "--key", "nosuch"},
            {"clock that is a number", "good.log:1", "--clock", "value", "--lane", "worker"},
            {"context below its range", "context", "--context", "-1"},
            {"context above its range", "context", "--context", "1000001"},
            {"context that is no number", "--context", "--context", "many"},
            {"context beyond 32 bits", "--context", "--context", "99999999999"},
            {"window below its range", "window", "--window", "-1"},
            {"queue below its range", "", "--max-unmatched", "-5"},
            {"unknown option", "--nonsense", "--nonsense"},
            {"unknown format", "--format", "--format", "xml"},
            {"unknown order", "--order", "--order", "random"},
            {"unknown time unit", "--time-unit", "--time-unit", "weeks"},
            {"run that is not in the file", "nosuch", "--split", "worker", "--baseline-run", "nosuch"},
            {"too many inputs", "third.log", "third.log"},
            {"option without its value", "--lane", "--lane"}
        };
        for (String[] call : calls) {
            call(call[0], folder -> {
                String good = write(folder, "good.log", GOOD);
                List<String> args = new ArrayList<>(List.of("compare", good, good));
                args.addAll(List.of(call).subList(2, call.length));
                trouble(says(call[1]), args.toArray(String[]::new));
            });
        }
        call("no inputs", folder -> trouble(says("BASELINE"), "compare"));
        call("no command", folder -> trouble(says("command"), new String[0]));
        call("unknown command", folder -> trouble(says("compre"), "compre", "a", "b"));
        call("one input that holds one run", folder -> {
            trouble(says("good.log", "holds one run"), "compare", write(folder, "good.log", GOOD));
        });
        call("field to split by that no event has", folder -> {
            trouble(says("good.log"), "compare", write(folder, "good.log", GOOD), "--split", "nosuch");
        });
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> packs() {
        String[][] calls = {
            {"pack with an empty manifest", "", "pack.properties"},
            {"pack that names one run", "baseline = good.log\n", "pack.properties"},
            {"pack that names three", "baseline = good.log\ncandidate = good.log\ninput = good.log\n", "pack.properties"
            },
            {"pack with a broken escape", "title = \\u12\nbaseline = good.log\n", "pack.properties"},
            {"pack whose run is missing", "baseline = good.log\ncandidate = missing.log\n", "missing.log"},
            {
                "pack whose mapping is missing",
                "baseline = good.log\ncandidate = good.log\nmapping = missing\n",
                "missing"
            },
            {"pack that leads out of its folder", "baseline = good.log\ncandidate = ../good.log\n", "leads out"},
            {"pack with a name that no file can have", "baseline = good.log\ncandidate = a\\u0000b\n", "pack"}
        };
        for (String[] call : calls) {
            call(call[0], folder -> {
                write(folder, "good.log", GOOD);
                write(folder, "pack/good.log", GOOD);
                write(folder, "pack/pack.properties", call[1]);
                trouble(
                        says(call[2]),
                        "compare",
                        "--pack",
                        folder.resolve("pack").toString());
            });
        }
        call("unknown pack", folder -> trouble(says("nosuch", "dettrace packs"), "compare", "--pack", "nosuch"));
        call("folder that is no pack", folder -> {
            trouble(says("pack.properties"), "compare", "--pack", folder.toString());
        });
        call("pack and inputs", folder -> {
            String good = write(folder, "good.log", GOOD);
            write(folder, "pack/pack.properties", "input = good.log\n");
            trouble(says("--pack"), "compare", "--pack", folder.resolve("pack").toString(), good, good);
        });
        call("pack with a manifest that is not UTF-8", folder -> {
            write(folder, "pack/pack.properties", raw("title = \u00FF\n"));
            trouble(
                    says("pack.properties"),
                    "compare",
                    "--pack",
                    folder.resolve("pack").toString());
        });
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> artifacts() {
        call("artifacts onto an input", folder -> {
            String good = write(folder, "expected.jsonl", GOOD);
            trouble(says("expected.jsonl", "input"), "compare", good, good, "--out", folder.toString());
            trouble(says("expected.jsonl", "input"), "compare", good, good, "--force", "--out", folder.toString());
            assertThat(folder.resolve("expected.jsonl")).hasContent(GOOD);
        });
        call("artifacts onto foreign files", folder -> {
            String good = write(folder, "good.log", GOOD);
            write(folder, "out/divergence_report.json", "{\"mine\":1}");
            trouble(
                    says("divergence_report.json", "--force"),
                    "compare",
                    good,
                    good,
                    "--out",
                    folder.resolve("out").toString());
            assertThat(folder.resolve("out/divergence_report.json")).hasContent("{\"mine\":1}");
        });
        call("artifacts onto a file", folder -> {
            String good = write(folder, "good.log", GOOD);
            trouble(says("good.log", "--out"), "compare", good, good, "--out", good);
            assertThat(Path.of(good)).hasContent(GOOD);
        });
        call("artifacts below a file", folder -> {
            String good = write(folder, "good.log", GOOD);
            trouble(says("good.log"), "compare", good, good, "--out", good + "/out");
        });
        call("artifacts of broken input", folder -> {
            String good = write(folder, "good.log", GOOD);
            String bad = write(folder, "bad.log", withLine(30, "oops"));
            trouble(
                    says("bad.log:30:1"),
                    "compare",
                    good,
                    bad,
                    "--out",
                    folder.resolve("out").toString());
            try (Stream<Path> files = Files.walk(folder)) {
                assertThat(files.filter(Files::isRegularFile)).hasSize(2);
            }
        });
        call("artifacts into a folder that may not be written", folder -> {
            String good = write(folder, "good.log", GOOD);
            Path out = Files.createDirectory(folder.resolve("out"));
            assumeTrue(out.toFile().setWritable(false) && !Files.isWritable(out), "root writes everywhere");
            trouble(says("out"), "compare", good, good, "--out", out.toString());
        });
        return tests.stream();
    }
}

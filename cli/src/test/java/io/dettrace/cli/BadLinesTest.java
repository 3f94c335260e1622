package io.dettrace.cli;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Lines that are not JSON objects, and odd ones that are. */
class BadLinesTest extends BadInputs {
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
}

package io.dettrace.cli;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Broken JSON documents, vector clocks and logs read by an expression. */
class BadFormatsTest extends BadInputs {
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
}

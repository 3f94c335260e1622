package io.dettrace.formats.pattern;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.normalize.Mapping;
import io.dettrace.testkit.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The streaming search finds what a plain matcher finds in the whole text, wherever the chunks end. */
class PatternStreamingPropertyTest {
    private static final List<String> PATTERNS = List.of(
            "(?<host>\\S*) (?<clock>\\{.*\\})\\n(?<event>.*)",
            "(?<event>.*)\\n(?<host>\\S*) (?<clock>\\{.*\\})",
            "^(?<host>\\S+) (?<clock>\\{[^{}\\n]*\\})$",
            "(?<a>[a-z]+)(?=\\n)",
            "(?<=\\n)(?<a>\\w+)\\b(?!\\n\\n)",
            "(?<a>a[^b]*?b)",
            "(?<a>\\w+(?:\\n\\w+){2,3})",
            "e(?<a>(?:.|\\n){0,40}\\})");

    private static String text(Random random, int lines, String end) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            String host = "h" + random.nextInt(3);
            switch (random.nextInt(8)) {
                case 0 ->
                    out.append(host)
                            .append(" {\"")
                            .append(host)
                            .append("\":")
                            .append(i)
                            .append("}");
                case 1 -> out.append("ab e").append("ä€😀".repeat(random.nextInt(3)));
                case 2 -> out.append("x".repeat(random.nextInt(200)));
                case 3 -> out.append("word");
                case 4 -> out.append(host).append(" {}").append(end).append("text a b");
                case 5 -> out.append("=== ").append(i).append(" ===");
                default -> out.append("line of text ").append(random.nextInt(10));
            }
            out.append(random.nextInt(30) == 0 ? end + end : end);
        }
        return out.toString();
    }

    @Test
    void sameMatchesAsInTheWholeText() {
        Seeds.each(60, this::sameMatchesAsInTheWholeText);
    }

    private void sameMatchesAsInTheWholeText(long seed) throws IOException {
        Random random = new Random(seed);
        int which = random.nextInt(8);
        String end = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
        String text = text(random, 2500 + random.nextInt(4000), end);
        assertThat(streamed(text, PATTERNS.get(which), null)).isEqualTo(whole(text, end, PATTERNS.get(which)));
    }

    @Test
    void delimitersPartTheTextAsIfItWereCutThere() {
        Seeds.each(30, this::delimitersPartTheTextAsIfItWereCutThere);
    }

    private void delimitersPartTheTextAsIfItWereCutThere(long seed) throws IOException {
        Random random = new Random(seed);
        int which = random.nextInt(4);
        String text = text(random, 6000, "\n");
        String delimiter = "^=== (?<trace>\\d+) ===$";
        List<String> expected = new ArrayList<>();
        for (String part : Pattern.compile(delimiter, Pattern.MULTILINE).split(text)) {
            for (String event : whole(part, "\n", PATTERNS.get(which))) {
                expected.add(event.substring(event.indexOf(' ') + 1));
            }
        }
        assertThat(streamed(text, PATTERNS.get(which), delimiter))
                .extracting(e -> e.substring(e.indexOf(' ') + 1))
                .isEqualTo(expected);
    }

    /** The oracle: byte offset and text of every match, found in memory. */
    private static List<String> whole(String text, String end, String pattern) {
        Matcher m =
                Pattern.compile(pattern, Pattern.MULTILINE | Pattern.UNIX_LINES).matcher(text.replace(end, "\n"));
        List<String> out = new ArrayList<>();
        String normal = text.replace(end, "\n");
        int at = 0;
        int last = 0;
        while (m.find()) {
            int stop = m.end();
            while (stop > m.start() && normal.charAt(stop - 1) == '\n') {
                stop--;
            }
            if (stop > m.start()) {
                at += normal.substring(last, m.start()).replace("\n", end).getBytes(UTF_8).length;
                last = m.start();
                out.add(at + " " + normal.substring(m.start(), stop).replace("\n", end));
            }
        }
        return out;
    }

    private static List<String> streamed(String text, String pattern, String delimiter) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        Mapping mapping =
                Mapping.builder().pattern(pattern).delimiter(delimiter).build();
        List<String> out = new ArrayList<>();
        InputFile file = new InputFile(Path.of("none"), "none");
        try (EventScanner scanner =
                new EventScanner(file, new ByteArrayInputStream(bytes), mapping, new ReadContext(true, -1), 1 << 20)) {
            while (scanner.next()) {
                int at = (int) scanner.offset();
                out.add(at + " " + new String(bytes, at, scanner.length(), UTF_8));
            }
        }
        return out;
    }
}

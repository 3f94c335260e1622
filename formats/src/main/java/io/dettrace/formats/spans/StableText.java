package io.dettrace.formats.spans;

import java.util.regex.Pattern;

/**
 * Texts without what changes from run to run: names, paths, statements and messages as they are compared. The text itself
 * stays in the event beside it.
 */
final class StableText {
    /** Characters of a text that are compared. */
    static final int MAX_COMPARED = 4_096;

    /** Characters of a name that are compared. */
    static final int MAX_NAME = 300;

    private static final String UUID = "[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}";
    private static final String HEX = "(?:0x)?(?=[0-9a-fA-F]*[0-9])[0-9a-fA-F]{8,}";
    private static final Pattern SEGMENT = Pattern.compile("[0-9]+|" + UUID + "|" + HEX);
    private static final Pattern IN_NAME =
            Pattern.compile("(?<![0-9A-Za-z])(?:" + UUID + "|" + HEX + "|[0-9]{2,})(?![0-9A-Za-z])");
    private static final String RANDOM =
            "0x[0-9a-fA-F]{8,}" + "|(?=[0-9a-fA-F]*[0-9])(?=[0-9a-fA-F]*[a-fA-F])[0-9a-fA-F]{8,}";

    /** Ports from 32768, which a system gives to one connection only. */
    private static final String PORT = "(?<=[0-9\\]]:|localhost:|[Pp]ort[ =:]|[Pp]ort: )"
            + "(?:3276[89]|327[7-9]\\d|32[89]\\d\\d|3[3-9]\\d{3}|[45]\\d{4}|6[0-5]\\d{3})";

    private static final Pattern IN_MESSAGE = Pattern.compile("(?<![0-9A-Za-z.])(?:"
            + UUID
            + "|\\d{4}-\\d\\d-\\d\\d[T ][0-9:.,]+(?:Z|[+-]\\d\\d:?\\d\\d)?"
            + "|\\d{1,3}(?:\\.\\d{1,3}){3}"
            + "|" + RANDOM
            + "|" + PORT
            + "|-?\\d+(?:\\.\\d+)?\\s?(?:ns|us|µs|ms|s|sec|secs|seconds|millis|min|minutes|[KMG]i?B|bytes)"
            + "|-?\\d{10,}"
            + ")(?![0-9A-Za-z])");
    private static final Pattern HASH_CODE = Pattern.compile("@[0-9a-f]{4,}\\b");
    private static final Pattern LITERAL =
            Pattern.compile("'(?:[^']|'')*'|(?<![0-9A-Za-z_$.])-?[0-9]+(?:\\.[0-9]+)?(?![0-9A-Za-z_])");
    private static final Pattern LIST = Pattern.compile("\\?(?:\\s*,\\s*\\?)+");

    private StableText() {}

    /** A span's name; numbers of two digits and more, and random parts, become {@code {}}. */
    static String name(String name) {
        String cut = name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "…";
        int query = cut.indexOf('?');
        return IN_NAME.matcher(query > 0 ? cut.substring(0, query) : cut)
                .replaceAll("{}")
                .strip();
    }

    /** A URL's path: no host, query or fragment; segments that are numbers or random become {@code {}}. */
    static String path(String url) {
        String cut = cut(url);
        int scheme = cut.indexOf("://");
        int start = scheme < 0 ? 0 : cut.indexOf('/', scheme + 3);
        if (start < 0) {
            return "/";
        }
        int end = cut.length();
        for (char mark : new char[] {'?', '#', ';'}) {
            int at = cut.indexOf(mark, start);
            end = at < 0 ? end : Math.min(end, at);
        }
        StringBuilder out = new StringBuilder();
        for (String segment : cut.substring(start, end).split("/", -1)) {
            out.append(out.length() == 0 && segment.isEmpty() ? "" : "/")
                    .append(SEGMENT.matcher(segment).matches() ? "{}" : segment);
        }
        String path = out.toString();
        return path.startsWith("//") ? path.substring(1) : path.isEmpty() ? "/" : path;
    }

    /**
     * A message: times, durations, sizes, addresses, random parts, ports for one connection and numbers of ten digits and more
     * become {@code #}. Other numbers stay: that 5003 rows came and not 5004 is what a comparison is for.
     */
    static String message(String text) {
        return HASH_CODE.matcher(IN_MESSAGE.matcher(cut(text)).replaceAll("#")).replaceAll("@#");
    }

    /** A database statement: literals become {@code ?}, lists of them one, white space single. */
    static String statement(String sql) {
        String one = LITERAL.matcher(cut(sql)).replaceAll("?").replaceAll("\\s+", " ");
        return LIST.matcher(one).replaceAll("?").strip();
    }

    private static String cut(String text) {
        return text.length() <= MAX_COMPARED ? text : text.substring(0, MAX_COMPARED);
    }
}

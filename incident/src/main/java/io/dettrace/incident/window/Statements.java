package io.dettrace.incident.window;

/**
 * The pattern of a log text whose statement is not told: words that hold a digit are parameters, and so is what stands in quotes or
 * behind an equals sign. It is cut after {@link #MAX} characters, since what tells statements apart stands in front.
 */
public final class Statements {
    /** Characters of a pattern. */
    static final int MAX = 120;

    private Statements() {}

    /** The pattern of a text. */
    public static String of(String body) {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < body.length() && out.length() < MAX) {
            char c = body.charAt(i);
            if (c == '"' || c == '\'') {
                int end = body.indexOf(c, i + 1);
                if (end > i) {
                    out.append('*');
                    i = end + 1;
                    continue;
                }
            }
            if (!isWord(c)) {
                out.append(c == '\n' ? ' ' : c);
                i++;
                continue;
            }
            int end = i;
            boolean digit = false;
            while (end < body.length() && isWord(body.charAt(end))) {
                digit |= Character.isDigit(body.charAt(end));
                end++;
            }
            boolean value = i > 0 && body.charAt(i - 1) == '=';
            out.append(digit || value ? "*" : body.substring(i, end));
            i = end;
        }
        return out.toString();
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-';
    }
}

package io.dettrace.formats.log;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** The last word of a message that was no parameter; it names the parameter behind it. Not thread-safe. */
final class WordBefore {
    private static final int MAX_NAME = 30;
    private static final Set<String> NAMED = Set.of("user", "username", "login", "account", "hostname", "ruser");
    private static final Set<String> NO_NAMES = Set.of(
            "is",
            "was",
            "has",
            "not",
            "in",
            "from",
            "logged",
            "with",
            "for",
            "and",
            "or",
            "to",
            "by",
            "on",
            "at",
            "unknown",
            "name",
            "does",
            "did",
            "can",
            "cannot",
            "the",
            "a",
            "an",
            "of",
            "id",
            "key",
            "added",
            "removed",
            "created",
            "deleted",
            "request",
            "session",
            "data",
            "connected",
            "disconnected",
            "authenticated",
            "authentication",
            "set",
            "changed",
            "failed",
            "failure",
            "accepted",
            "rejected",
            "expired",
            "locked",
            "disabled",
            "enabled",
            "attempt",
            "attempts");

    private byte[] b;
    private int wordFrom = -1;
    private int wordTo;

    /** Begins a message. */
    void of(byte[] bytes) {
        b = bytes;
        wordFrom = -1;
    }

    /** Forgets the word. */
    void forget() {
        wordFrom = -1;
    }

    /** True if the word says that {@code b[i, k)} behind it is a name, which is a parameter whatever it looks like. */
    boolean announces(int i, int k) {
        String before = lastWord();
        return before != null
                && NAMED.contains(before)
                && !NO_NAMES.contains(text(i, k).toLowerCase(Locale.ROOT));
    }

    /** Remembers a word, after which a parameter may be named. */
    void remember(int i, int stop) {
        wordFrom = i;
        wordTo = stop;
    }

    private String lastWord() {
        return wordFrom < 0 || wordTo - wordFrom > MAX_NAME
                ? null
                : text(wordFrom, wordTo).toLowerCase(Locale.ROOT);
    }

    /** A name for a parameter from the word before it, or null. */
    String name() {
        if (wordFrom < 0) {
            return null;
        }
        int i = wordFrom;
        int k = wordTo;
        while (i < k && !Ascii.isLetter(b[i])) {
            i++;
        }
        while (k > i && !Ascii.isLetter(b[k - 1])) {
            k--;
        }
        if (k - i < 2 || k - i > MAX_NAME) {
            return null;
        }
        StringBuilder name = new StringBuilder(k - i);
        for (int q = i; q < k; q++) {
            int c = b[q];
            if (!Ascii.isLetter(c) && !Ascii.isDigit(c) && c != '_' && c != '-') {
                return null;
            }
            name.append(c == '-' ? '_' : (char) c);
        }
        return name.toString();
    }

    private String text(int i, int k) {
        return new String(b, i, k - i, StandardCharsets.UTF_8);
    }
}

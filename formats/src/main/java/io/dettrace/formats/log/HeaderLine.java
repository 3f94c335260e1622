package io.dettrace.formats.log;

import io.dettrace.normalize.TimeText;
import java.util.Arrays;
import java.util.Set;

/**
 * How far a line's header has been read, and what was found: time and parts. What knows the layouts goes through the line with
 * it. Not thread-safe; allocates nothing but for words that may be levels.
 */
final class HeaderLine {
    private static final int MAX_BRACKET = 300;

    /** Bytes of one word of a header. */
    static final int MAX_WORD = 120;

    private static final Set<String> LEVELS = Set.of(
            "TRACE",
            "DEBUG",
            "INFO",
            "NOTICE",
            "WARN",
            "WARNING",
            "ERROR",
            "ERR",
            "CRITICAL",
            "CRIT",
            "FATAL",
            "SEVERE",
            "FINE",
            "FINER",
            "FINEST",
            "CONFIG",
            "ALERT",
            "EMERG",
            "EMERGENCY",
            "PANIC",
            "VERBOSE",
            "FAILURE",
            "DPANIC");

    final TimeText time = new TimeText();
    final int[] from = new int[Header.NAMES.length];
    final int[] to = new int[Header.NAMES.length];
    byte[] b;
    int end;

    /** Where the rest begins. */
    int p;

    boolean timed;
    boolean dated;
    long nanos;

    /** True if all that stands behind is the message. */
    boolean done;

    /** True if a collector of logs put this header before the line of a program. */
    boolean collected;

    private final int[] keptFrom = new int[Header.NAMES.length];
    private final int[] keptTo = new int[Header.NAMES.length];
    private int keptP;
    private long keptNanos;
    private boolean keptDated;

    /** Begins a line. */
    void start(byte[] bytes, int start, int stop) {
        b = bytes;
        end = stop;
        p = start;
        timed = false;
        dated = false;
        done = false;
        collected = false;
        Arrays.fill(from, -1);
    }

    /** Begins the header that a program wrote itself, behind a collector's. */
    void startInner() {
        System.arraycopy(from, 0, keptFrom, 0, from.length);
        System.arraycopy(to, 0, keptTo, 0, to.length);
        keptP = p;
        keptNanos = nanos;
        keptDated = dated;
        from[Header.COMPONENT] = -1;
        timed = false;
        done = false;
    }

    /** Ends the inner header. The collector's time stays; its name of the program is the source if the program names a part. */
    void endInner(boolean found) {
        timed = true;
        done = true;
        nanos = keptNanos;
        dated = keptDated;
        if (!found) {
            System.arraycopy(keptFrom, 0, from, 0, from.length);
            System.arraycopy(keptTo, 0, to, 0, to.length);
            p = keptP;
            return;
        }
        boolean same = from[Header.PID] >= 0
                && Arrays.equals(
                        b,
                        from[Header.PID],
                        to[Header.PID],
                        b,
                        Math.max(0, from[Header.TID]),
                        Math.max(0, to[Header.TID]));
        if (same) {
            // klog of Go writes the process where glog has the thread.
            from[Header.TID] = -1;
        }
        if (keptFrom[Header.COMPONENT] >= 0) {
            set(
                    from[Header.COMPONENT] < 0 ? Header.COMPONENT : Header.SOURCE,
                    keptFrom[Header.COMPONENT],
                    keptTo[Header.COMPONENT]);
        }
    }

    /** Notes where a part stands; the first one counts. */
    void set(int part, int start, int stop) {
        if (from[part] < 0 && stop > start) {
            from[part] = start;
            to[part] = stop;
        }
    }

    /** The byte there, or 0 behind the end. */
    int at(int i) {
        return i < end ? b[i] : 0;
    }

    /** True for 0 to 9. */
    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** True for an ASCII letter. */
    static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** True for a space, a tab and the end. */
    static boolean isBlank(int c) {
        return c == ' ' || c == '\t' || c == 0;
    }

    /** Where the digits end that begin there. */
    int digitsEnd(int i) {
        int q = i;
        while (isDigit(at(q))) {
            q++;
        }
        return q;
    }

    /** Where the word ends that begins there. */
    int wordEnd(int i) {
        int q = i;
        while (q < end && !isBlank(b[q]) && q - i < MAX_WORD) {
            q++;
        }
        return q;
    }

    /** Where the blanks end that begin there. */
    int skipBlanks(int i) {
        int q = i;
        while (q < end && isBlank(b[q])) {
            q++;
        }
        return q;
    }

    /** Takes the time that begins there, if it is the first and ends as one in a header does. */
    boolean takeTime(int at) {
        if (timed || !time.at(b, at, end)) {
            return false;
        }
        int stop = time.end();
        if (!isBlank(at(stop)) && "],;|:)-".indexOf(at(stop)) < 0) {
            return false;
        }
        timed = true;
        dated = time.hasDate();
        nanos = time.nanos();
        p = stop;
        return true;
    }

    /** True if the word is the name of a level, in capitals or anyhow. */
    boolean isLevel(int start, int stop, boolean anyCase) {
        int n = stop - start;
        if (n < 3 || n > 9) {
            return false;
        }
        boolean upper = true;
        for (int i = start; i < stop; i++) {
            if (!isLetter(b[i])) {
                return false;
            }
            upper &= b[i] <= 'Z';
        }
        if (!upper && !anyCase) {
            return false;
        }
        char[] word = new char[n];
        for (int i = 0; i < n; i++) {
            word[i] = (char) (b[start + i] & ~0x20);
        }
        return LEVELS.contains(new String(word));
    }

    /** The bracket that closes the one at {@code open}, or -1. */
    int closing(int open) {
        int opener = b[open];
        int closer = opener == '[' ? ']' : ')';
        int depth = 0;
        for (int q = open; q < end && q - open < MAX_BRACKET; q++) {
            depth += b[q] == opener ? 1 : b[q] == closer ? -1 : 0;
            if (depth == 0) {
                return q;
            }
        }
        return -1;
    }

    /** True if the word begins there. */
    boolean startsWith(int at, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at(at + i) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}

package io.dettrace.formats.log;

import io.dettrace.formats.log.Masker.Sort;
import io.dettrace.normalize.TimeText;
import java.util.Locale;
import java.util.Set;

/** Tells by its shape what a word of a message is: number, identifier, address, time, duration, or text. Not thread-safe. */
final class ValueShape {
    private static final int ID_DIGITS = 10;
    private static final int LONG_NUMBER = 15;

    /** The first port that systems give to one connection only. */
    private static final int EPHEMERAL_PORT = 32_768;

    /** Characters of {@code 0x} and the eight digits of an error's code, which are also an address of 32 bits. */
    private static final int CODE = 10;

    /** Words that say of eight hexadecimal digits that they are a code, and no address. */
    private static final Set<String> CODES = Set.of(
            "hresult",
            "result",
            "error",
            "err",
            "errno",
            "code",
            "status",
            "ntstatus",
            "ret",
            "rc",
            "rv",
            "reason",
            "exception",
            "flag",
            "flags",
            "mask",
            "type",
            "version",
            "opcode",
            "crc",
            "checksum",
            "value");

    /** Words that say of a number that it names a process or a thread. */
    private static final Set<String> PROCESSES = Set.of("pid", "ppid", "tid", "lwp", "pgid");

    private final TimeText time;
    private final DurationShape durations = new DurationShape();
    private byte[] b;
    private int to;

    ValueShape(TimeText time) {
        this.time = time;
    }

    /** Sets the bytes that are asked about. */
    void of(byte[] bytes, int stop) {
        b = bytes;
        to = stop;
        durations.of(bytes, stop);
    }

    /** True if the time that was found in {@code b[i, stop)} is one where it stands, and no part of something else. */
    boolean isTime(int i, int stop) {
        boolean bare = true;
        for (int q = i; q < stop; q++) {
            bare &= Ascii.isDigit(b[q]);
        }
        boolean ends = stop == to
                || !Ascii.isWord(b[stop]) && b[stop] != '.' && b[stop] != '-'
                || stop + 1 == to
                || b[stop + 1] == ' ';
        return ends && !(bare && stop - i < 13) && !(time.hasDate() && !bare && stop - i < 12);
    }

    /** What {@code b[i, k)} behind the word {@code name} is, or null if it looks like a word. */
    Sort sort(int i, int k, String name) {
        Sort sort = isErlangProcess(i, k) || isMarkedAddress(i, k) ? Sort.ID : sort(i, k);
        if (name == null || sort == null || sort == Sort.DURATION || sort == Sort.TIME) {
            return sort;
        }
        String word = name.toLowerCase(Locale.ROOT);
        if (sort == Sort.ID) {
            boolean code = k - i == CODE && b[i] == '0' && b[i + 1] == 'x' && CODES.contains(lastPart(word));
            return code ? Sort.VALUE : sort;
        }
        boolean port = lastPart(word).endsWith("port") || word.equals("localhost");
        boolean named = PROCESSES.contains(word) || port && isEphemeralPort(i, k);
        return named && isDigits(i, k) ? Sort.ID : sort;
    }

    private static String lastPart(String word) {
        return word.substring(Math.max(word.lastIndexOf('.'), word.lastIndexOf('_')) + 1);
    }

    /** True for the number of a port that a system gives to one connection only. */
    boolean isEphemeralPort(int i, int k) {
        return k - i == 5 && isDigits(i, k) && number(i, k) >= EPHEMERAL_PORT && number(i, k) <= 0xFFFF;
    }

    private boolean isDigits(int i, int k) {
        for (int q = i; q < k; q++) {
            if (!Ascii.isDigit(b[q])) {
                return false;
            }
        }
        return k > i;
    }

    /** The process of Erlang in {@code <0.600.0>}. */
    private boolean isErlangProcess(int i, int k) {
        int dots = 0;
        for (int q = i; q < k; q++) {
            dots += b[q] == '.' ? 1 : 0;
            if (b[q] != '.' && !Ascii.isDigit(b[q])) {
                return false;
            }
        }
        return dots >= 2 && i > 0 && b[i - 1] == '<' && k < to && b[k] == '>';
    }

    /** {@code @0x7fed806eb5d}, an address however short it is. */
    private boolean isMarkedAddress(int i, int k) {
        return k - i > 3 && b[i] == '@' && b[i + 1] == '0' && b[i + 2] == 'x' && allHex(i + 3, k);
    }

    /** Where the port's colon stands if {@code b[i, k)} is a host's name and a port for one connection, else 0. */
    int ephemeralPortOf(int i, int k) {
        int colon = k - 6;
        if (colon <= i || b[colon] != ':' || !isEphemeralPort(colon + 1, k)) {
            return 0;
        }
        boolean letter = false;
        for (int q = i; q < colon; q++) {
            letter |= Ascii.isLetter(b[q]);
            if (!Ascii.isWord(b[q]) && b[q] != '.' && b[q] != '-') {
                return 0;
            }
        }
        return letter ? colon : 0;
    }

    /** Where the time begins in {@code 00000001@2016/9/27:20:30:31.455}, else 0. */
    int timeBehindMark(int i, int k) {
        for (int q = i + 1; q < k - 8; q++) {
            if (b[q] == '@' && Ascii.isDigit(b[q + 1])) {
                return time.at(b, q + 1, k) && time.end() == k ? q + 1 : 0;
            }
        }
        return 0;
    }

    /** The number that the digits {@code b[i, k)} are. */
    int number(int i, int k) {
        int value = 0;
        for (int q = i; q < k; q++) {
            value = value * 10 + b[q] - '0';
        }
        return value;
    }

    /** Where an address of IPv4 ends that {@code b[i, k)} is, alone or with a port; 0 if it is none. */
    int isAddress(int i, int k) {
        int dots = 0;
        int digits = 0;
        int q = i;
        for (; q < k && (Ascii.isDigit(b[q]) || b[q] == '.'); q++) {
            dots += b[q] == '.' ? 1 : 0;
            digits = b[q] == '.' ? 0 : digits + 1;
            if (digits > 3) {
                return 0;
            }
        }
        if (dots != 3 || digits == 0 || b[i] == '.') {
            return 0;
        }
        if (q == k) {
            return k;
        }
        int port = q;
        for (q++; q < k; q++) {
            if (!Ascii.isDigit(b[q])) {
                return 0;
            }
        }
        return b[port] == ':' && k > port + 1 ? port : 0;
    }

    /** What {@code b[i, k)} is as a parameter, or null if it looks like a word. */
    Sort sort(int i, int k) {
        int digits = 0;
        int run = 0;
        int longest = 0;
        int hex = 0;
        boolean slash = false;
        int mark = -1;
        for (int q = i; q < k; q++) {
            int c = b[q];
            boolean digit = Ascii.isDigit(c);
            digits += digit ? 1 : 0;
            run = digit ? run + 1 : 0;
            longest = Math.max(longest, run);
            hex += Ascii.isHex(c) ? 1 : 0;
            slash |= c == '/' || c == '\\';
            mark = c == '@' ? q : mark;
        }
        int n = k - i;
        if (digits > 0) {
            return withDigits(i, k, n, digits, longest, hex, mark);
        }
        boolean path = slash
                && n > 1
                && (b[i] == '/' || b[i] == '~' || b[i] == '.' || contains(i, k, "://") || contains(i, k, ":\\"));
        boolean mail = mark > i && mark < k - 1 && Ascii.isLetter(b[mark - 1]) && Ascii.isLetter(b[mark + 1]);
        return path || mail ? Sort.VALUE : null;
    }

    private Sort withDigits(int i, int k, int n, int digits, int longest, int hex, int mark) {
        int sign = b[i] == '-' || b[i] == '+' ? 1 : 0;
        if (digits == n - sign) {
            boolean epoch = (n == 13 || n == 16 || n == 19) && time.at(b, i, k) && time.end() == k;
            return epoch
                    ? Sort.TIME
                    : digits >= LONG_NUMBER ? Sort.ID : durations.isUnit(k) ? Sort.DURATION : Sort.VALUE;
        }
        if (n > 2 && b[i] == '0' && b[i + 1] == 'x' && hex == n - 1) {
            return n >= 10 ? Sort.ID : Sort.VALUE;
        }
        if (isUuid(i, k, n) || hex == n && n >= 12 && digits < n) {
            return Sort.ID;
        }
        if (durations.isDuration(i + sign, k)) {
            return Sort.DURATION;
        }
        boolean hash = mark > i && k - mark > 4 && allHex(mark + 1, k);
        return longest >= ID_DIGITS || hash ? Sort.ID : Sort.VALUE;
    }

    private boolean allHex(int i, int k) {
        for (int q = i; q < k; q++) {
            if (!Ascii.isHex(b[q])) {
                return false;
            }
        }
        return true;
    }

    private boolean isUuid(int i, int k, int n) {
        if (n != 36) {
            return false;
        }
        for (int q = 0; q < n; q++) {
            boolean dash = q == 8 || q == 13 || q == 18 || q == 23;
            if (dash ? b[i + q] != '-' : !Ascii.isHex(b[i + q])) {
                return false;
            }
        }
        return k > i;
    }

    private boolean contains(int i, int k, String word) {
        for (int q = i; q + word.length() <= k; q++) {
            int n = 0;
            while (n < word.length() && b[q + n] == word.charAt(n)) {
                n++;
            }
            if (n == word.length()) {
                return true;
            }
        }
        return false;
    }
}

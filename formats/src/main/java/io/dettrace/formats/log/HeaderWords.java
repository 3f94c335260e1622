package io.dettrace.formats.log;

/** Parts of a header that stand without brackets: numbers of process and thread, names of loggers, classes and programs. */
final class HeaderWords {
    private static final ByteSet NAME = new ByteSet("._$/@#-:<>");

    private final HeaderLine h;
    private final FixedHeaders fixed;

    HeaderWords(HeaderLine line, FixedHeaders fixed) {
        h = line;
        this.fixed = fixed;
    }

    /** A name of a logger, class or program that a colon, a dash or a bar parts from the message. */
    boolean component() {
        if (h.from[Header.COMPONENT] >= 0 || !HeaderLine.isLetter(h.b[h.p]) && h.b[h.p] != '_' && h.b[h.p] != '$') {
            return false;
        }
        int q = h.p;
        boolean dotted = false;
        while (q < h.end && isNamePart(h.b[q]) && q - h.p < HeaderLine.MAX_WORD) {
            dotted |= h.b[q] == '.' || h.b[q] == ':';
            q++;
        }
        int next = h.skipBlanks(q);
        if (h.at(q) == '['
                && h.digitsEnd(q + 1) > q + 1
                && h.at(h.digitsEnd(q + 1)) == ']'
                && h.at(h.digitsEnd(q + 1) + 1) == ':') {
            h.set(Header.COMPONENT, h.p, q);
            h.set(Header.PID, q + 1, h.digitsEnd(q + 1));
            h.p = h.digitsEnd(q + 1) + 2;
            h.done = true;
            return true;
        }
        if (q > h.p + 1 && h.b[q - 1] == ':' && HeaderLine.isBlank(h.at(q))) {
            h.set(Header.COMPONENT, h.p, q - 1);
            h.p = q;
            h.done = true;
            return true;
        }
        if (h.at(q) == '|') {
            h.set(Header.COMPONENT, h.p, q);
            h.p = q + 1;
            return true;
        }
        int c = h.at(next);
        boolean separated = (c == '-' || c == ':' || c == '|') && HeaderLine.isBlank(h.at(next + 1)) && next > q;
        if (separated && q > h.p) {
            h.set(Header.COMPONENT, h.p, q);
            h.p = next + 1;
            h.done = h.from[Header.LEVEL] >= 0;
            return true;
        }
        boolean column =
                next >= q + 2 && h.b[h.p - 1] == ' ' && h.b[h.p - 2] == ' ' && h.from[Header.LEVEL] >= 0 && h.timed;
        if (column && next < h.end) {
            h.set(Header.COMPONENT, h.p, q);
            h.p = next;
            h.done = true;
            return true;
        }
        if (dotted && c == '[' && next > q && h.from[Header.LEVEL] >= 0) {
            h.set(Header.COMPONENT, h.p, q);
            h.p = next;
            return true;
        }
        return false;
    }

    private static boolean isNamePart(int c) {
        return HeaderLine.isLetter(c) || HeaderLine.isDigit(c) || NAME.has(c);
    }

    /** Numbers of process and thread behind the time. */
    boolean numbers() {
        int q = h.digitsEnd(h.p);
        int next = h.skipBlanks(q);
        if (h.at(q) == '#' && h.digitsEnd(q + 1) > q + 1 && h.at(h.digitsEnd(q + 1)) == ':') {
            h.set(Header.PID, h.p, q);
            h.set(Header.TID, q + 1, h.digitsEnd(q + 1));
            h.p = h.digitsEnd(q + 1) + 1;
            h.done = true;
            return true;
        }
        if (h.at(q) == '|') {
            h.set(Header.PID, h.p, q);
            h.p = q + 1;
            return true;
        }
        if (next == q) {
            return false;
        }
        int q2 = h.digitsEnd(next);
        int letter = h.skipBlanks(q2);
        if (q2 > next && letter > q2 && fixed.isAndroidLevel(letter)) {
            h.set(Header.PID, h.p, q);
            h.set(Header.TID, next, q2);
            h.p = letter;
            return fixed.android();
        }
        if (fixed.isAndroidLevel(next)) {
            h.set(Header.PID, h.p, q);
            h.p = next;
            return fixed.android();
        }
        int word = next;
        while (HeaderLine.isLetter(h.at(word))) {
            word++;
        }
        if (h.at(next) == '[' || h.at(next) == '-' && h.at(next + 1) == '-' || h.isLevel(next, word, false)) {
            h.set(Header.PID, h.p, q);
            h.p = next;
            return true;
        }
        return false;
    }
}

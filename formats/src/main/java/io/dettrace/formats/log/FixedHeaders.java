package io.dettrace.formats.log;

/**
 * Headers whose layout is fixed as a whole: syslog (RFC 3164, RFC 5424), glog and klog, Python's default, the logs of clusters,
 * Android. Each method takes what it knows from the line, or leaves the line as it was.
 */
final class FixedHeaders {
    private static final ByteSet BEHIND_TAG = new ByteSet("[]:\"'=");

    private final HeaderLine h;

    FixedHeaders(HeaderLine line) {
        h = line;
    }

    /** {@code <34>} and the version that RFC 5424 puts behind it. */
    boolean priority() {
        int q = h.digitsEnd(h.p + 1);
        if (h.at(h.p) != '<' || q == h.p + 1 || q > h.p + 4 || h.at(q) != '>') {
            return false;
        }
        h.p = q + 1;
        if (h.at(h.p) == '1' && h.at(h.p + 1) == ' ') {
            h.p += 2;
            if (h.takeTime(h.p)) {
                rfc5424();
            }
        }
        return true;
    }

    private void rfc5424() {
        int[] parts = {Header.HOST, Header.COMPONENT, Header.PID, -1};
        for (int part : parts) {
            int start = h.skipBlanks(h.p);
            int stop = h.wordEnd(start);
            if (part >= 0 && !(stop == start + 1 && h.b[start] == '-')) {
                h.set(part, start, stop);
            }
            h.p = stop;
        }
        h.collected = true;
        h.p = h.skipBlanks(h.p);
        if (h.at(h.p) == '-') {
            h.p++;
        } else if (h.at(h.p) == '[') {
            while (h.at(h.p) == '[' && h.closing(h.p) > 0) {
                h.p = h.closing(h.p) + 1;
            }
        }
        h.done = true;
    }

    /** {@code I0102 15:04:05.678901   12345 file.cc:123] }. */
    boolean glog() {
        if ("IWEFD".indexOf(h.at(h.p)) < 0
                || h.digitsEnd(h.p + 1) != h.p + 5
                || h.at(h.p + 5) != ' '
                || h.at(h.p + 8) != ':') {
            return false;
        }
        int start = h.p;
        if (!h.time.at(h.b, h.p + 6, h.end) || h.time.hasDate()) {
            return false;
        }
        int threadFrom = h.skipBlanks(h.time.end());
        int threadTo = h.digitsEnd(threadFrom);
        int source = h.skipBlanks(threadTo);
        int stop = source;
        while (stop < h.end && h.b[stop] != ']' && stop - source < HeaderLine.MAX_WORD) {
            stop++;
        }
        int month = (h.b[start + 1] - '0') * 10 + h.b[start + 2] - '0';
        int day = (h.b[start + 3] - '0') * 10 + h.b[start + 4] - '0';
        if (h.at(stop) != ']' || threadTo == threadFrom || month < 1 || month > 12 || day < 1 || day > 31) {
            return false;
        }
        h.timed = true;
        h.dated = true;
        h.nanos = h.time.nanos() + ((month - 1) * 31L + day - 1) * 86_400_000_000_000L;
        h.set(Header.LEVEL, start, start + 1);
        h.set(Header.TID, threadFrom, threadTo);
        h.set(Header.COMPONENT, source, stop);
        h.p = h.skipBlanks(stop + 1);
        return true;
    }

    /** {@code WARNING:root:text}, as Python's logging writes by default. */
    boolean levelAndLogger() {
        int q = h.p;
        while (HeaderLine.isLetter(h.at(q))) {
            q++;
        }
        if (h.at(q) != ':' || !h.isLevel(h.p, q, false)) {
            return false;
        }
        int stop = q + 1;
        while (stop < h.end && h.b[stop] != ':' && !HeaderLine.isBlank(h.b[stop]) && stop - q < HeaderLine.MAX_WORD) {
            stop++;
        }
        if (h.at(stop) != ':' || stop == q + 1) {
            return false;
        }
        h.set(Header.LEVEL, h.p, q);
        h.set(Header.COMPONENT, q + 1, stop);
        h.p = stop + 1;
        return true;
    }

    /** The logs of clusters in the Computer Failure Data Repository: alert, seconds, date, node, time, node. */
    boolean cluster() {
        return hpc() || blueGene();
    }

    /** {@code 437276 node-7 unix.hw net.niff.up 1096995297 1 text}: number, node, component, state, seconds, flag. */
    private boolean hpc() {
        int node = h.skipBlanks(h.digitsEnd(h.p));
        int component = h.skipBlanks(h.wordEnd(node));
        int state = h.skipBlanks(h.wordEnd(component));
        int seconds = h.skipBlanks(h.wordEnd(state));
        int secondsEnd = h.digitsEnd(seconds);
        int flag = h.skipBlanks(secondsEnd);
        int flagEnd = h.digitsEnd(flag);
        boolean columns = h.digitsEnd(h.p) > h.p && h.at(node - 1) == ' ' && HeaderLine.isLetter(h.at(node));
        if (!columns || secondsEnd != seconds + 10 || flagEnd == flag || h.at(flagEnd) != ' ') {
            return false;
        }
        if (!h.takeTime(seconds)) {
            return false;
        }
        h.set(Header.HOST, node, h.wordEnd(node));
        h.set(Header.COMPONENT, component, h.wordEnd(state));
        h.p = h.skipBlanks(flagEnd);
        return true;
    }

    private boolean blueGene() {
        int start = h.skipBlanks(h.wordEnd(h.p));
        int q = h.digitsEnd(start);
        if (q != start + 10
                || h.at(q) != ' '
                || h.at(q + 5) != '.'
                || h.at(q + 8) != '.'
                || h.digitsEnd(q + 1) != q + 5) {
            return false;
        }
        int node = h.skipBlanks(h.wordEnd(q + 1));
        int nodeEnd = h.wordEnd(node);
        int written = h.skipBlanks(nodeEnd);
        long seconds = h.time.at(h.b, start, h.end) ? h.time.nanos() : Long.MIN_VALUE;
        if (seconds == Long.MIN_VALUE || !h.time.at(h.b, written, h.end)) {
            return false;
        }
        h.timed = true;
        h.dated = true;
        boolean hasYear = h.time.nanos() > 366L * 86_400_000_000_000L;
        h.nanos = hasYear ? h.time.nanos() : seconds;
        h.set(Header.HOST, node, nodeEnd);
        h.p = h.skipBlanks(h.wordEnd(h.skipBlanks(h.time.end())));
        if (tag()) {
            return true;
        }
        int first = h.wordEnd(h.p);
        int second = h.wordEnd(h.skipBlanks(first));
        int level = h.skipBlanks(second);
        int levelEnd = h.wordEnd(level);
        if (h.isLevel(level, levelEnd, false)) {
            h.set(Header.COMPONENT, h.p, second);
            h.set(Header.LEVEL, level, levelEnd);
            h.p = h.skipBlanks(levelEnd);
        }
        return true;
    }

    boolean isAndroidLevel(int i) {
        return h.at(i) != 0 && "VDIWEFAS".indexOf(h.at(i)) >= 0 && h.at(i + 1) == ' ';
    }

    boolean android() {
        h.set(Header.LEVEL, h.p, h.p + 1);
        h.p = h.skipBlanks(h.p + 1);
        int q = h.p;
        while (q < h.end && h.b[q] != ':' && q - h.p < HeaderLine.MAX_WORD) {
            q++;
        }
        if (h.at(q) == ':') {
            int stop = q;
            while (stop > h.p && h.b[stop - 1] == ' ') {
                stop--;
            }
            h.set(Header.COMPONENT, h.p, stop);
            h.p = h.skipBlanks(q + 1);
        }
        h.done = true;
        return true;
    }

    /** {@code 1:M 07 Jan 2023 19:16:34.747 * }: process, role, time and level of Redis. */
    boolean redis() {
        int colon = h.digitsEnd(h.p);
        boolean role = colon > h.p && h.at(colon) == ':' && "MSCX".indexOf(h.at(colon + 1)) >= 0;
        if (!role || h.at(colon + 1) == 0 || h.at(colon + 2) != ' ' || !h.time.at(h.b, colon + 3, h.end)) {
            return false;
        }
        int level = h.time.end() + 1;
        if (h.at(level - 1) != ' ' || h.at(level) == 0 || ".-*#".indexOf(h.at(level)) < 0 || h.at(level + 1) != ' ') {
            return false;
        }
        h.set(Header.PID, h.p, colon);
        h.set(Header.COMPONENT, colon + 1, colon + 2);
        h.set(Header.LEVEL, level, level + 1);
        h.takeTime(colon + 3);
        h.p = level + 2;
        return true;
    }

    /** {@code stdout F }: the stream and whether the line is full, as container runtimes of Kubernetes put it behind the time. */
    boolean stream() {
        int start = h.skipBlanks(h.p);
        if (!h.startsWith(start, "stdout ") && !h.startsWith(start, "stderr ")) {
            return false;
        }
        int tag = start + 7;
        if (h.at(tag) != 'F' && h.at(tag) != 'P' || !HeaderLine.isBlank(h.at(tag + 1))) {
            return false;
        }
        h.set(Header.STREAM, start, start + 6);
        h.p = h.skipBlanks(tag + 1);
        h.done = true;
        h.collected = true;
        return true;
    }

    /** {@code [0015]} right behind the level: seconds since the program began, as Logrus writes them on a terminal. */
    void sinceStart() {
        int stop = h.digitsEnd(h.p + 1);
        int digits = stop - h.p - 1;
        if (h.timed || h.at(h.p) != '[' || digits < 4 || digits > 9 || h.at(stop) != ']') {
            return;
        }
        long seconds = 0;
        for (int i = h.p + 1; i < stop; i++) {
            seconds = seconds * 10 + h.b[i] - '0';
        }
        h.timed = true;
        h.dated = false;
        h.nanos = seconds * 1_000_000_000L;
        h.p = h.skipBlanks(stop + 1);
        h.done = true;
    }

    /** {@code sshd[123]: }, {@code crond(pam_unix)[2915]: }, {@code kernel: }. */
    boolean tag() {
        int q = h.p;
        while (q < h.end && !HeaderLine.isBlank(h.b[q]) && !BEHIND_TAG.has(h.b[q]) && q - h.p < HeaderLine.MAX_WORD) {
            q++;
        }
        int pid = q;
        int pidEnd = q;
        int stop = q;
        if (h.at(q) == '[') {
            pid = q + 1;
            pidEnd = h.digitsEnd(pid);
            if (h.at(pidEnd) != ']' || pidEnd == pid) {
                return false;
            }
            stop = pidEnd + 1;
        }
        if (h.at(stop) == ' ' && h.at(stop + 1) == '(' && stop > q) {
            // macOS: sandboxd[129] ([31211]): with the process that the message is about.
            int close = h.closing(stop + 1);
            if (close > 0 && h.at(close + 1) == ':') {
                boolean number = h.at(stop + 2) == '[' && h.digitsEnd(stop + 3) == close - 1;
                h.set(number ? Header.TID : Header.CLIENT, stop + (number ? 3 : 2), number ? close - 1 : close);
                stop = close + 1;
            }
        }
        if (q == h.p || h.at(stop) != ':' || !HeaderLine.isBlank(h.at(stop + 1))) {
            return false;
        }
        h.set(Header.COMPONENT, h.p, q);
        h.set(Header.PID, pid, pidEnd);
        h.p = h.skipBlanks(stop + 1);
        return true;
    }
}

package io.dettrace.replay.runtime;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The file of what came from outside, beside a schedule: written while recording, read while replaying.
 *
 * <p>Text in UTF-8 with LF. The first line names format and version; then each exchange with the outside is a line, in the
 * order in which they ended:
 *
 * <pre>
 * dettrace-values 1
 * 0.1 14 socket.read 5 aGVsbG8=
 * 0.1 15 socket.write 5 #1f0a9c55e0b1a2d4
 * 0.1 16 socket.read ! java.net.SocketTimeoutException 1 UmVhZCB0aW1lZCBvdXQ=
 * </pre>
 *
 * That is: the thread, its own event number, what was done, the count; then what came as Base64, or the digest of what was
 * sent behind {@code #}; or {@code !}, the exception's class, 1 if it has a message, and that as Base64. Replays read it from
 * top to bottom, as events happen in the recorded order. Only the holder of the token calls it.
 */
final class OutsideValues {
    /** The first line. */
    static final String FIRST = "dettrace-values 1";

    /** The word of the last line if there was more than fits the limit. */
    static final String CUT = "cut";

    /** Most bytes of a file unless said otherwise. */
    static final long LIMIT = 256L << 20;

    private static final int BLOCK = 1 << 16;

    private final OutputStream out;
    private final InputStream in;
    private final String name;
    private final long limit;

    private byte[] bytes = new byte[BLOCK];
    private int from;
    private int to;
    private long size;
    private boolean cut;
    private String failure;

    private String due;
    private int line;

    private OutsideValues(String name, OutputStream out, InputStream in, long limit) {
        this.name = name;
        this.out = out;
        this.in = in;
        this.limit = limit;
    }

    /**
     * Opens the file that the options name: {@code values} to write, {@code given} to read; none is fine as well.
     *
     * @throws IOException if it cannot be opened, or is no such file
     */
    static OutsideValues open(Options options) throws IOException {
        String given = options.get("given");
        if (given != null) {
            OutsideValues values = new OutsideValues(given, null, new FileInputStream(given), 0);
            String first = values.readLine();
            if (!FIRST.equals(first)) {
                throw new IOException(given + ":1: expected '" + FIRST + "', found '" + first + "'");
            }
            return values;
        }
        String written = options.get("values");
        if (written == null) {
            return new OutsideValues(null, null, null, 0);
        }
        long limit = options.number("values-limit", LIMIT);
        OutsideValues values = new OutsideValues(written, new FileOutputStream(written), null, limit);
        values.append(FIRST);
        return values;
    }

    /** True if recorded values are to be given back. */
    boolean gives() {
        return in != null;
    }

    // ---- recording ----

    /** Adds an answer of the outside. */
    void keep(ControlledThread me, Exchange exchange, Answer answer) {
        if (out == null || cut || failure != null) {
            return;
        }
        StringBuilder text = new StringBuilder(64 + answer.data().length * 3 / 2);
        text.append(me.path)
                .append(' ')
                .append(me.number)
                .append(' ')
                .append(exchange.kind)
                .append(' ');
        if (answer.thrown() != null) {
            text.append("! ").append(answer.thrown()).append(' ').append(answer.count());
        } else {
            text.append(answer.count());
        }
        if (exchange.sends && answer.thrown() == null) {
            text.append(" #").append(Answer.hex(answer.digest()));
        } else if (answer.data().length > 0) {
            text.append(' ').append(new String(Base64.getEncoder().encode(answer.data()), StandardCharsets.ISO_8859_1));
        }
        if (size + text.length() >= limit) {
            cut = true;
            append(CUT);
            Recording.say(name + " has reached its limit of " + limit + " bytes; what comes from outside from event "
                    + me.number + " of thread " + me.path + " on is not recorded, and a replay goes no farther:"
                    + " raise --values-limit, or replay with --live-io");
            return;
        }
        append(text.toString());
    }

    private void append(String text) {
        byte[] added = Text.bytes(text);
        if (to + added.length + 1 > bytes.length) {
            write();
            if (added.length + 1 > bytes.length) {
                bytes = Arrays.copyOf(bytes, added.length + 1);
            }
        }
        System.arraycopy(added, 0, bytes, to, added.length);
        to += added.length;
        bytes[to++] = '\n';
        size += added.length + 1;
    }

    private void write() {
        try {
            out.write(bytes, 0, to);
        } catch (IOException e) {
            failure = e.toString();
        }
        to = 0;
    }

    // ---- replaying ----

    /**
     * The recorded answer to an exchange, or null if another one, or none, was recorded here; {@link #due} then tells.
     */
    Answer next(ControlledThread me, Exchange exchange) {
        due = readLine();
        if (due == null || due.equals(CUT)) {
            return null;
        }
        String[] words = words(due);
        if (!words[0].equals(me.path)
                || !words[1].equals(Integer.toString(me.number))
                || !words[2].equals(exchange.kind)) {
            return null;
        }
        try {
            if (words[3].equals("!")) {
                byte[] data = decode(words, 6);
                return new Answer(Long.parseLong(words[5]), data, words[4], Answer.digest(data));
            }
            long count = Long.parseLong(words[3]);
            if (words.length > 4 && words[4].startsWith("#")) {
                return new Answer(count, new byte[0], null, Long.parseUnsignedLong(words[4].substring(1), 16));
            }
            return Answer.of(count, decode(words, 4));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return null;
        }
    }

    private static byte[] decode(String[] words, int at) {
        return at < words.length ? Base64.getDecoder().decode(words[at]) : new byte[0];
    }

    private static String[] words(String line) {
        String[] words = new String[7];
        int count = 0;
        int at = 0;
        while (at <= line.length() && count < words.length) {
            int end = line.indexOf(' ', at);
            end = end < 0 ? line.length() : end;
            words[count++] = line.substring(at, end);
            at = end + 1;
        }
        for (int i = count; i < 4; i++) {
            words[i] = "";
        }
        return Arrays.copyOf(words, Math.max(4, count));
    }

    /** What was recorded at this place, in a sentence. */
    String due() {
        if (due == null) {
            return "nothing more from outside (" + name + ":" + line + ")";
        }
        if (due.equals(CUT)) {
            return "nothing more, as " + name + " had reached its limit there";
        }
        String[] words = words(due);
        return words[2] + " as event " + words[1] + " of thread " + words[0] + " (" + name + ":" + line + ")";
    }

    private String readLine() {
        line++;
        int at = from;
        while (true) {
            while (at < to && bytes[at] != '\n') {
                at++;
            }
            if (at < to) {
                String text = new String(bytes, from, at - from, StandardCharsets.UTF_8);
                from = at + 1;
                return text;
            }
            int read = refill();
            if (read <= 0) {
                return null;
            }
            at = to - read;
        }
    }

    private int refill() {
        System.arraycopy(bytes, from, bytes, 0, to - from);
        to -= from;
        from = 0;
        if (to == bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        try {
            int read = in.read(bytes, to, bytes.length - to);
            to += Math.max(0, read);
            return read;
        } catch (IOException e) {
            failure = e.toString();
            return -1;
        }
    }

    // ---- the end ----

    /** Writes the rest; says what went wrong, or null. */
    String close() {
        try {
            if (out != null) {
                write();
                out.close();
            }
            if (in != null) {
                in.close();
            }
        } catch (IOException e) {
            failure = e.toString();
        }
        return failure;
    }

    /** Uses what recording and replaying use, so that both have loaded the same classes when the program begins. */
    static void warmUp() {
        String text = new String(Base64.getEncoder().encode(new byte[] {1, 2, 3, 4}), StandardCharsets.ISO_8859_1);
        Answer.of(1, Base64.getDecoder().decode(text)).json();
        words("0 1 socket.read 0");
        Long.parseUnsignedLong("ff", 16);
    }
}

package io.dettrace.formats.sigrok;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.Consumer;

/**
 * Makes the bytes of one direction of a UART into events: lines of text, and single bytes where there is no text.
 *
 * <p>What is an event depends on the bytes and their order only, never on the pauses between them, which differ from run to
 * run. A line ends with CR, LF or CR LF, which the event names. Text is printable ASCII with tab, backspace and escape, and
 * UTF-8. Bytes that are followed by something that is no text without an end of line before are single ones if they are
 * fewer than {@value #MIN_TEXT}, else a line without an end.
 */
final class UartLines {
    /** Bytes of a line; longer ones are cut into several events. */
    static final int MAX_LINE = 4096;

    /** Bytes that are text although no end of line follows. */
    static final int MIN_TEXT = 3;

    private static final int CR = '\r';
    private static final int LF = '\n';

    private final String lane;
    private final Group group;
    private final String dialog;
    private final int dataBits;
    private final Consumer<WireEvent> out;

    private int size;
    private short[] held = new short[32];
    private long[] starts = new long[32];
    private long[] ends = new long[32];
    private String[] errors = new String[32];
    private int utf8Needs;
    private int utf8Length;
    private boolean sawCr;
    private long crStart;
    private long crEnd;

    UartLines(String lane, Group group, String dialog, int dataBits, Consumer<WireEvent> out) {
        this.lane = lane;
        this.group = dataBits == 9 ? Group.BYTE : group;
        this.dialog = dialog;
        this.dataBits = dataBits;
        this.out = out;
    }

    void add(int value, long start, long end, String error) {
        if (group == Group.BYTE) {
            single(value, start, end, error);
            return;
        }
        if (sawCr) {
            sawCr = false;
            if (value == LF && error == null) {
                line("CRLF", crStart, end);
                return;
            }
            line("CR", crStart, crEnd);
        }
        boolean continues = utf8Needs > 0 && value >> 6 == 0b10;
        if (utf8Needs > 0 && !continues) {
            brokenUtf8();
        }
        if (continues) {
            utf8Needs--;
            hold(value, start, end, error);
        } else if (value == CR && error == null) {
            sawCr = true;
            crStart = start;
            crEnd = end;
        } else if (value == LF && error == null) {
            line("LF", start, end);
        } else if (group == Group.LINE || isText(value)) {
            hold(value, start, end, error);
        } else if (value >= 0xC2 && value <= 0xF4 && size < MAX_LINE - 4) {
            utf8Needs = utf8Length = value < 0xE0 ? 1 : value < 0xF0 ? 2 : 3;
            hold(value, start, end, error);
        } else {
            withoutEnd();
            single(value, start, end, error);
        }
    }

    /** Printable ASCII and what belongs to it. */
    private static boolean isText(int value) {
        return value >= 0x20 && value < 0x7F || value == '\t' || value == '\b' || value == 0x1B;
    }

    /** A character of several bytes is not complete: its bytes are no text. */
    private void brokenUtf8() {
        int bad = utf8Length - utf8Needs + 1;
        int from = size - bad;
        utf8Needs = 0;
        size = from;
        withoutEnd();
        for (int i = from; i < from + bad; i++) {
            single(held[i], starts[i], ends[i], errors[i]);
        }
    }

    private void hold(int value, long start, long end, String error) {
        if (size == held.length) {
            held = Arrays.copyOf(held, 2 * size);
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
            errors = Arrays.copyOf(errors, 2 * size);
        }
        held[size] = (short) value;
        starts[size] = start;
        ends[size] = end;
        errors[size++] = error;
        if (size == MAX_LINE) {
            line("none", start, end);
        }
    }

    /** A start bit that is none. */
    void glitch(long start, long end) {
        flush();
        out.accept(new WireEvent(lane, "glitch", start, end).with("error", "start bit"));
    }

    /** The line was low for a frame and more. */
    void lineBreak(long start, long end) {
        flush();
        out.accept(new WireEvent(lane, "break", start, end));
    }

    void end() {
        flush();
    }

    private void flush() {
        if (utf8Needs > 0) {
            brokenUtf8();
        }
        if (sawCr) {
            sawCr = false;
            line("CR", crStart, crEnd);
        } else {
            withoutEnd();
        }
    }

    /** What is held is not followed by the end of a line. */
    private void withoutEnd() {
        if (size >= MIN_TEXT || group == Group.LINE && size > 0) {
            line("none", starts[size - 1], ends[size - 1]);
        } else {
            singles();
        }
    }

    /** What is held becomes a line; {@code endStart} is where its end of line begins. */
    private void line(String ending, long endStart, long end) {
        String text = text();
        long start = size > 0 ? starts[0] : endStart;
        WireEvent event =
                new WireEvent(lane, "line", start, end).with("text", text).with("end", ending);
        if (!dialog.isEmpty()) {
            event.with("dialog", dialog);
        }
        StringJoiner wrong = new StringJoiner("; ");
        for (int i = 0; i < size; i++) {
            if (errors[i] != null) {
                wrong.add(errors[i] + " at byte " + (i + 1));
            }
        }
        out.accept(wrong.length() == 0 ? event : event.with("error", wrong.toString()));
        size = 0;
    }

    /** The held bytes as text. */
    private String text() {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) held[i];
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return group == Group.LINE && !text.chars().allMatch(c -> isText(c) || c >= 0xA0) ? escaped() : text;
        } catch (CharacterCodingException noText) {
            return escaped();
        }
    }

    private String escaped() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < size; i++) {
            boolean plain = isText(held[i]) && held[i] < 0x80 && held[i] != '\\';
            text.append(plain ? String.valueOf((char) held[i]) : String.format(Locale.ROOT, "\\x%02X", held[i]));
        }
        return text.toString();
    }

    private void singles() {
        for (int i = 0; i < size; i++) {
            single(held[i], starts[i], ends[i], errors[i]);
        }
        size = 0;
    }

    private void single(int value, long start, long end, String error) {
        WireEvent event = new WireEvent(lane, "byte", start, end).with("hex", Hex.of(value, dataBits));
        if (value > 0x20 && value < 0x7F) {
            event.with("char", String.valueOf((char) value));
        }
        out.accept(error == null ? event : event.with("error", error));
    }

    long pendingSince() {
        return size > 0 ? starts[0] : sawCr ? crStart : Decoder.NOTHING;
    }
}

package io.dettrace.formats.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineBufferTest {
    private static final String BOM = "\uFEFF";
    private static final int SMALL = 16;

    /** A line as the buffer gives it. */
    private record Line(String text, long number, long offset, boolean terminated) {}

    /** Gives at most {@code most} bytes at a time, and now and then none. */
    private static final class Trickle extends InputStream {
        private final InputStream in;
        private final int most;
        private final Random random = new Random(7);

        Trickle(byte[] bytes, int most) {
            in = new ByteArrayInputStream(bytes);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] b, int offset, int length) throws IOException {
            int n = Math.min(length, random.nextInt(most + 1));
            return n == 0 && length > 0 ? 0 : in.read(b, offset, n);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Line> lines(LineBuffer buffer) throws IOException {
        List<Line> lines = new ArrayList<>();
        while (buffer.advance()) {
            String text =
                    new String(buffer.bytes(), buffer.start(), buffer.end() - buffer.start(), StandardCharsets.UTF_8);
            lines.add(new Line(text, buffer.number(), buffer.offset(), buffer.isTerminated()));
        }
        return lines;
    }

    private static List<Line> lines(String text) throws IOException {
        try (LineBuffer buffer = new LineBuffer(new ByteArrayInputStream(utf8(text)), "f")) {
            return lines(buffer);
        }
    }

    @Test
    void linesEndWithLfOrCrLf() throws IOException {
        assertThat(lines("a\nb\r\nc\rd\r\r\ne"))
                .containsExactly(
                        new Line("a", 1, 0, true),
                        new Line("b", 2, 2, true),
                        new Line("c\rd\r", 3, 5, true),
                        new Line("e", 4, 11, false));
    }

    @Test
    void blankLinesAreLines() throws IOException {
        assertThat(lines("\n \t\r\n\n\r\nx\n")).extracting(Line::text).containsExactly("", " \t", "", "", "x");
        try (LineBuffer buffer = new LineBuffer(new ByteArrayInputStream(utf8(" \t\r\n\u0000\n x\n")), "f")) {
            assertThat(buffer.advance()).isTrue();
            assertThat(buffer.isBlank()).isTrue();
            assertThat(buffer.advance()).isTrue();
            assertThat(buffer.isBlank()).as("a NUL byte is not blank").isFalse();
            assertThat(buffer.advance()).isTrue();
            assertThat(buffer.isBlank()).isFalse();
            assertThat(buffer.first()).isEqualTo((byte) 'x');
            assertThat(buffer.advance()).isFalse();
            assertThat(buffer.advance()).isFalse();
        }
    }

    @Test
    void byteOrderMarkIsSkippedAtTheStartOnly() throws IOException {
        assertThat(lines(BOM + "a\n" + BOM + "b\n"))
                .containsExactly(new Line("a", 1, 3, true), new Line(BOM + "b", 2, 5, true));
        assertThat(lines(BOM)).isEmpty();
        assertThat(lines(BOM + "\n")).containsExactly(new Line("", 1, 3, true));
        assertThat(lines("")).isEmpty();
        assertThat(lines("ab")).containsExactly(new Line("ab", 1, 0, false));
    }

    @Test
    void lastLineMayLackItsEnd() throws IOException {
        assertThat(lines("a\nb")).last().isEqualTo(new Line("b", 2, 2, false));
        assertThat(lines("a\nb\r")).last().isEqualTo(new Line("b", 2, 2, false));
        assertThat(lines("a\n")).last().isEqualTo(new Line("a", 1, 0, true));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 1000})
    void howManyBytesComeAtATimeMakesNoDifference(int most) throws IOException {
        Random random = new Random(most);
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? BOM : "");
            for (int n = random.nextInt(60); n > 0; n--) {
                text.append("ab\n\r\n é\u000B{".charAt(random.nextInt(9)));
            }
            byte[] bytes = utf8(text.toString());
            int firstSize = random.nextInt(40);
            try (LineBuffer buffer = new LineBuffer(new Trickle(bytes, most), "f", 100, firstSize)) {
                assertThat(lines(buffer))
                        .as("text %s, buffer %d", text, firstSize)
                        .isEqualTo(naive(text.toString()));
                assertThat(buffer.bytesRead()).isEqualTo(bytes.length);
            }
        }
    }

    /** Lines by splitting the whole text, the plain way. */
    private static List<Line> naive(String text) {
        List<Line> lines = new ArrayList<>();
        long offset = text.startsWith(BOM) ? 3 : 0;
        String rest = text.startsWith(BOM) ? text.substring(1) : text;
        while (!rest.isEmpty()) {
            int lf = rest.indexOf('\n');
            String raw = lf < 0 ? rest : rest.substring(0, lf);
            String line = raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw;
            lines.add(new Line(line, lines.size() + 1, offset, lf >= 0));
            offset += utf8(raw).length + 1;
            rest = lf < 0 ? "" : rest.substring(lf + 1);
        }
        return lines;
    }

    @Test
    void aLineMayBeLongerThanTheBuffer() throws IOException {
        String line = "x".repeat(1_000_003);
        assertThat(lines("a\n" + line + "\r\nb\n"))
                .containsExactly(
                        new Line("a", 1, 0, true), new Line(line, 2, 2, true), new Line("b", 3, 1_000_007, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", ""})
    void aLineAtTheLimitIsReadAndOnePastItIsAnError(String end) throws IOException {
        for (String before : List.of("", "ab\n", BOM)) {
            for (int most : new int[] {1, 5, 1000}) {
                byte[] good = utf8(before + "y".repeat(SMALL) + end + (end.isEmpty() ? "" : "z"));
                try (LineBuffer buffer = new LineBuffer(new Trickle(good, most), "f", SMALL, 4)) {
                    assertThat(lines(buffer)).extracting(Line::text).contains("y".repeat(SMALL));
                }
                byte[] bad = utf8(before + "y".repeat(SMALL + 1) + end);
                try (LineBuffer buffer = new LineBuffer(new Trickle(bad, most), "f", SMALL, 4)) {
                    long line = before.endsWith("\n") ? 2 : 1;
                    assertThatThrownBy(() -> lines(buffer))
                            .isInstanceOf(InputException.class)
                            .hasMessageStartingWith("f:" + line + ": the line is longer than the limit of 16 bytes")
                            .hasMessageEndingWith("(byte " + utf8(before).length + ")");
                }
            }
        }
    }

    @Test
    void aStreamThatFailsAtItsStartIsClosed() {
        boolean[] closed = {false};
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new InputException("damaged");
            }

            @Override
            public int read(byte[] b, int offset, int length) throws IOException {
                throw new InputException("damaged");
            }

            @Override
            public void close() {
                closed[0] = true;
            }
        };
        assertThatThrownBy(() -> new LineBuffer(failing, "f")).hasMessage("damaged");
        assertThat(closed[0]).isTrue();
    }

    @Test
    void aLineFarPastTheLimitIsNotReadToItsEnd() throws IOException {
        long[] given = {0};
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] b, int offset, int length) {
                Arrays.fill(b, offset, offset + length, (byte) 'x');
                given[0] += length;
                return length;
            }
        };
        try (LineBuffer buffer = new LineBuffer(endless, "f", 1 << 20, 1 << 10)) {
            assertThatThrownBy(buffer::advance).hasMessageContaining("longer than the limit");
        }
        assertThat(given[0]).isLessThan(1 << 21);
    }

    /** A line of 100 MB between two short ones, made as it is read. */
    @Test
    void aLineOf100MegabytesIsReadAndItsBufferGivenBack() throws IOException {
        int huge = 100_000_000;
        byte[] head = utf8("a\n");
        byte[] tail = utf8("\nb\nc\n");
        InputStream in = new InputStream() {
            private long at;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] b, int offset, int length) {
                long left = head.length + huge + tail.length - at;
                int n = (int) Math.min(length, left);
                Arrays.fill(b, offset, offset + n, (byte) 'x');
                for (int i = 0; i < head.length; i++) {
                    set(b, offset, n, i, head[i]);
                }
                for (int i = 0; i < tail.length; i++) {
                    set(b, offset, n, head.length + huge + i, tail[i]);
                }
                at += n;
                return n == 0 ? -1 : n;
            }

            private void set(byte[] b, int offset, int n, int place, byte value) {
                if (place >= at && place < at + n) {
                    b[(int) (offset + place - at)] = value;
                }
            }
        };
        try (LineBuffer buffer = new LineBuffer(in, "f")) {
            assertThat(buffer.advance()).isTrue();
            assertThat(buffer.advance()).isTrue();
            assertThat(buffer.end() - buffer.start()).isEqualTo(huge);
            assertThat(buffer.offset()).isEqualTo(2);
            assertThat(buffer.advance()).isTrue();
            assertThat(buffer.number()).isEqualTo(3);
            assertThat(buffer.offset()).isEqualTo(2L + huge + 1);
            assertThat(buffer.advance()).isTrue();
            assertThat(buffer.bytes()[buffer.start()]).isEqualTo((byte) 'c');
            assertThat(buffer.advance()).isFalse();
            assertThat(buffer.bytes().length).isLessThan(1 << 20);
        }
    }
}

package io.dettrace.replay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogWriterTest {
    @Test
    void blocksAreWrittenInTheirOrderAndAllOfThemWhenItIsClosed() throws IOException {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        Slow written = new Slow();
        LogWriter writer = new LogWriter(written);
        writer.start();
        Random random = new Random(1);
        byte[] block = new byte[LogWriter.BYTES];
        for (int i = 0; i < 200; i++) {
            random.nextBytes(block);
            int length = random.nextInt(block.length + 1);
            expected.write(block, 0, length);
            block = writer.swap(block, length);
        }
        writer.close();
        assertThat(written.bytes.toByteArray()).isEqualTo(expected.toByteArray());
        assertThat(written.closed).isTrue();
        assertThat(writer.failure()).isNull();
    }

    @Test
    void aFailureIsToldAndNothingIsWrittenBehindTheGap() throws IOException {
        Full full = new Full();
        LogWriter writer = new LogWriter(full);
        writer.start();
        byte[] block = new byte[LogWriter.BYTES];
        for (int i = 0; i < 5; i++) {
            block = writer.swap(block, 10);
        }
        writer.close();
        assertThat(writer.failure()).contains("no space");
        assertThat(full.tried).isEqualTo(2);
    }

    @Test
    void aWaiterThatIsInterruptedStaysSoAndLosesNothing() throws IOException {
        Slow written = new Slow();
        LogWriter writer = new LogWriter(written);
        writer.start();
        Thread.currentThread().interrupt();
        byte[] block = new byte[LogWriter.BYTES];
        for (int i = 0; i < 20; i++) {
            block = writer.swap(block, 100);
        }
        writer.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(written.bytes.size()).isEqualTo(2000);
    }

    /** Lets the program's side wait now and then. */
    private static final class Slow extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean closed;

        @Override
        public void write(int one) {
            bytes.write(one);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            if (length % 3 == 1) {
                Watchdog.pause(1);
            }
            bytes.write(from, offset, length);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Takes one block only. */
    private static final class Full extends OutputStream {
        private int tried;

        @Override
        public void write(int one) {
            throw new AssertionError("one byte");
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            if (length > 0 && ++tried > 1) {
                throw new IOException("no space");
            }
        }
    }
}

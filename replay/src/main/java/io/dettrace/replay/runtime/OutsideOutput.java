package io.dettrace.replay.runtime;

import java.io.IOException;
import java.io.OutputStream;

/** What a process reads. */
final class OutsideOutput extends OutputStream {
    private static final String WRITE = "process.write";

    /** Null on replay. */
    private final OutputStream real;

    OutsideOutput(OutputStream real) {
        this.real = real;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (IoHooks.enterSend(this, bytes, from, length, WRITE)) {
            return;
        }
        try {
            if (real == null) {
                throw new IOException("dettrace: this is a replay, so there is no process to write to");
            }
            real.write(bytes, from, length);
            IoHooks.tookAll();
        } catch (Throwable t) {
            IoHooks.threw(t);
            throw t;
        }
    }

    @Override
    public void flush() throws IOException {
        if (real != null) {
            real.flush();
        }
    }

    @Override
    public void close() throws IOException {
        if (real != null) {
            real.close();
        }
    }
}

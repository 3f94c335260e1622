package io.dettrace.replay.runtime;

import java.io.IOException;
import java.io.InputStream;

/** What a process prints. */
final class OutsideInput extends InputStream {
    private static final String READ = "process.read";

    /** Null on replay. */
    private final InputStream real;

    OutsideInput(InputStream real) {
        this.real = real;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (IoHooks.enterBytes(this, bytes, from, length, READ)) {
            return (int) IoHooks.given();
        }
        try {
            int count = there().read(bytes, from, length);
            IoHooks.took(count);
            return count;
        } catch (Throwable t) {
            IoHooks.threw(t);
            throw t;
        }
    }

    @Override
    public int available() throws IOException {
        if (IoHooks.enter(this, "process.available")) {
            return (int) IoHooks.given();
        }
        try {
            int count = there().available();
            IoHooks.took(count);
            return count;
        } catch (Throwable t) {
            IoHooks.threw(t);
            throw t;
        }
    }

    @Override
    public void close() throws IOException {
        if (real != null) {
            real.close();
        }
    }

    private InputStream there() throws IOException {
        if (real == null) {
            throw new IOException("dettrace: this is a replay, so there is no process to read from");
        }
        return real;
    }
}

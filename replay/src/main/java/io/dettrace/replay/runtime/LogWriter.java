package io.dettrace.replay.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes the event log's blocks while the program goes on: one is written as the next one fills.
 *
 * <p>It is there in every run, also in one without a log, as a program could see the difference. It takes no monitor and
 * no identity hash.
 */
final class LogWriter extends EngineThread {
    /** Room in a block, at first. */
    static final int BYTES = (1 << 17) + 4096;

    private final OutputStream out;

    /** The block to be written, or null once it is. */
    private volatile byte[] full;

    /** The bytes of {@link #full} that count. */
    private int length;

    /** The block written last. */
    private byte[] free = new byte[BYTES];

    /** Who waits for the writer, or null. */
    private volatile Thread waiter;

    private volatile boolean closing;
    private volatile boolean closed;
    private String failure;

    /** A writer to {@code out}, which it closes, or to nowhere if that is null. */
    LogWriter(OutputStream out) throws IOException {
        super("dettrace-log");
        this.out = out;
        if (out != null) {
            // Classes that writing needs are loaded now and not at some moment beside the program.
            out.write(free, 0, 0);
        }
    }

    @Override
    public void run() {
        while (true) {
            boolean last = closing;
            byte[] block = full;
            if (block != null) {
                write(block);
            } else if (last) {
                break;
            } else {
                LockSupport.park();
            }
        }
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException e) {
            failed(e);
        }
        closed = true;
        LockSupport.unpark(waiter);
    }

    private void write(byte[] block) {
        try {
            if (failure == null) {
                out.write(block, 0, length);
            }
        } catch (IOException e) {
            failed(e);
        }
        free = block;
        full = null;
        LockSupport.unpark(waiter);
    }

    private void failed(IOException why) {
        if (failure == null) {
            failure = why.toString();
        }
    }

    /** Hands over a block, once the one before is written, and returns another. */
    byte[] swap(byte[] block, int bytes) {
        waiter = Thread.currentThread();
        while (full != null) {
            LockSupport.park();
        }
        waiter = null;
        byte[] next = free;
        length = bytes;
        full = block;
        LockSupport.unpark(this);
        return next;
    }

    /** Waits until everything is written. */
    void close() {
        closing = true;
        waiter = Thread.currentThread();
        LockSupport.unpark(this);
        while (!closed) {
            LockSupport.park();
        }
        waiter = null;
    }

    /** What went wrong, or null; to be asked once it is closed. */
    String failure() {
        return failure;
    }
}

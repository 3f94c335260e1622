package io.dettrace.formats;

import io.dettrace.event.EventBlock;
import io.dettrace.event.EventCursor;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A cursor that reads on its own thread, a few blocks ahead of its consumer. What comes out, and where it fails, is the
 * same as without it.
 *
 * <p>{@link #close} stops the thread and waits for it. A source that does not react to that within a while is closed under
 * its reader, which makes a blocked read fail; its thread is a daemon and holds up nobody if even that does not help.
 */
final class ReadAhead implements EventCursor {
    private static final int BLOCKS = 4;

    /** How long {@link #close} waits for the reader to stop by itself, and once more after closing the source. */
    private static final long PATIENCE_MILLIS = 2_000;

    private final EventCursor source;
    private final BlockingQueue<Filled> full = new ArrayBlockingQueue<>(BLOCKS + 1);
    private final BlockingQueue<EventBlock> empty = new ArrayBlockingQueue<>(BLOCKS);
    private final Thread thread;
    private volatile boolean closed;
    private boolean ended;

    /** A block, or the end of the run ({@code block} null), or the failure that ended it. */
    private record Filled(EventBlock block, Throwable failure) {}

    ReadAhead(EventCursor source, String name) {
        this.source = source;
        for (int i = 0; i < BLOCKS; i++) {
            empty.add(new EventBlock());
        }
        thread = new Thread(this::read, "dettrace-read-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try {
            boolean more = true;
            while (more && !closed) {
                EventBlock block = empty.take();
                more = source.next(block);
                full.put(new Filled(more ? block : null, null));
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | Error failure) {
            full.offer(new Filled(null, failure));
        }
    }

    @Override
    public boolean next(EventBlock block) throws IOException {
        block.clear();
        if (ended) {
            return false;
        }
        if (closed) {
            throw new IOException("the cursor is closed");
        }
        Filled filled = take();
        if (filled.block == null) {
            ended = true;
            rethrow(filled.failure);
            return false;
        }
        block.exchange(filled.block);
        filled.block.clear();
        empty.add(filled.block);
        return true;
    }

    private Filled take() throws IOException {
        try {
            return full.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading", e);
        }
    }

    private static void rethrow(Throwable failure) throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        thread.interrupt();
        boolean stopped = awaitEnd();
        try {
            source.close();
        } finally {
            if (!stopped) {
                awaitEnd();
            }
        }
    }

    /** Waits for the reader, also if the caller's thread is interrupted, which it learns afterwards. */
    private boolean awaitEnd() {
        boolean interrupted = false;
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        long left = PATIENCE_MILLIS;
        while (thread.isAlive() && left > 0) {
            try {
                thread.join(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}

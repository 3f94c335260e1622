package io.dettrace.server.otlp;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of all requests under way. */
final class Budget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    Budget(long limit) {
        this.limit = limit;
    }

    Lease lease() {
        return new Lease();
    }

    /** What one request holds of it. */
    final class Lease implements AutoCloseable {
        private long held;

        /** Takes more; false if there is not so much. */
        boolean grow(long more) {
            if (used.addAndGet(more) > limit) {
                used.addAndGet(-more);
                return false;
            }
            held += more;
            return true;
        }

        @Override
        public void close() {
            used.addAndGet(-held);
            held = 0;
        }
    }
}

package io.dettrace.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.EventBlock;
import io.dettrace.event.EventCursor;
import io.dettrace.event.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReadAheadTest {
    private static final String NAME = "under test";

    @AfterEach
    void noThreadIsLeftBehind() {
        assertThat(reader()).isNull();
    }

    private static Thread reader() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().equals("dettrace-read-" + NAME))
                .findFirst()
                .orElse(null);
    }

    /** Blocks of given sizes whose labels count up; then a failure or the end. */
    private static class Source implements EventCursor {
        final AtomicInteger closed = new AtomicInteger();
        private final int[] sizes;
        private final Throwable failure;
        private int at;
        private long next;

        Source(Throwable failure, int... sizes) {
            this.failure = failure;
            this.sizes = sizes;
        }

        @Override
        public boolean next(EventBlock block) throws IOException {
            block.clear();
            if (at == sizes.length) {
                if (failure instanceof IOException e) {
                    throw e;
                }
                if (failure instanceof RuntimeException e) {
                    throw e;
                }
                if (failure instanceof Error e) {
                    throw e;
                }
                return false;
            }
            for (int i = 0; i < sizes[at]; i++) {
                block.label[block.size] = next++;
                int links = 0;
                for (int l = 0; l < next % 3; l++) {
                    links = block.addLink(links, l, next);
                }
                block.commit(links);
            }
            block.bytesRead = next;
            at++;
            return true;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    /** Everything a cursor gives, the failure at the end included. */
    private static List<String> drain(EventCursor cursor) {
        List<String> out = new ArrayList<>();
        EventBlock block = new EventBlock();
        try {
            while (cursor.next(block)) {
                StringBuilder text = new StringBuilder().append(block.bytesRead).append(':');
                for (int i = 0; i < block.size; i++) {
                    text.append(' ').append(block.label[i]).append('/').append(block.linkStart[i + 1]);
                }
                for (int l = 0; l < block.linkCount(); l++) {
                    text.append(' ').append(block.linkLane[l]).append('>').append(block.linkRef[l]);
                }
                out.add(text.toString());
            }
            out.add("end, empty " + (block.size == 0));
        } catch (IOException | RuntimeException | Error e) {
            out.add("failed: " + e);
        }
        return out;
    }

    @Test
    void givesTheSameBlocksAndTheSameFailureAsItsSource() throws IOException {
        List<Throwable> failures = new ArrayList<>();
        failures.add(null);
        failures.add(new InputException("f:1: broken"));
        failures.add(new IllegalStateException("bug"));
        failures.add(new StackOverflowError());
        for (Throwable failure : failures) {
            for (long seed = 0; seed < 30; seed++) {
                int[] sizes = new Random(seed).ints(seed % 12, 0, 20).toArray();
                Source source = new Source(failure, sizes);
                try (ReadAhead ahead = new ReadAhead(source, NAME)) {
                    assertThat(drain(ahead)).as("seed %d", seed).isEqualTo(drain(new Source(failure, sizes)));
                    assertThat(ahead.next(new EventBlock())).as("after its end").isFalse();
                }
                assertThat(source.closed).hasValue(1);
            }
        }
    }

    @Test
    void canBeClosedBeforeAnythingWasRead() throws IOException {
        for (int i = 0; i < 200; i++) {
            Source source = new Source(null, 5, 5);
            new ReadAhead(source, NAME).close();
            assertThat(source.closed).hasValue(1);
        }
    }

    @Test
    void canBeClosedMidFileWhileTheReaderWaitsForRoom() throws IOException {
        Source source = new Source(null, new int[1000]);
        ReadAhead ahead = new ReadAhead(source, NAME);
        ahead.next(new EventBlock());
        Thread thread = reader();
        while (thread.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        ahead.close();
        assertThat(source.closed).hasValue(1);
        assertThatThrownBy(() -> ahead.next(new EventBlock())).isInstanceOf(IOException.class);
    }

    @Test
    void closingTwiceIsFine() throws IOException {
        ReadAhead ahead = new ReadAhead(new Source(null, 1), NAME);
        ahead.close();
        ahead.close();
    }

    @Test
    void closeStopsAReaderThatReactsToInterrupts() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        Source source = new Source(null) {
            @Override
            public boolean next(EventBlock block) throws IOException {
                reading.countDown();
                LockSupport.park();
                throw new IOException("interrupted");
            }
        };
        ReadAhead ahead = new ReadAhead(source, NAME);
        reading.await();
        long start = System.nanoTime();
        ahead.close();
        assertThat(System.nanoTime() - start).isLessThan(1_500_000_000L);
    }

    @Test
    void closeFreesAReaderThatOnlyEndsWhenItsSourceIsClosed() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Source source = new Source(null) {
            @Override
            public boolean next(EventBlock block) throws IOException {
                reading.countDown();
                while (released.getCount() > 0) {
                    Thread.onSpinWait();
                }
                throw new IOException("closed under the reader");
            }

            @Override
            public void close() {
                released.countDown();
            }
        };
        ReadAhead ahead = new ReadAhead(source, NAME);
        reading.await();
        ahead.close();
    }

    @Test
    void closeWaitsForTheReaderAlsoIfTheCallerIsInterrupted() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        boolean[] inRead = {false};
        Source source = new Source(null) {
            @Override
            public boolean next(EventBlock block) {
                inRead[0] = true;
                reading.countDown();
                long until = System.nanoTime() + 200_000_000L;
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                inRead[0] = false;
                return true;
            }

            @Override
            public void close() {
                assertThat(inRead[0]).isFalse();
            }
        };
        ReadAhead ahead = new ReadAhead(source, NAME);
        reading.await();
        Thread.currentThread().interrupt();
        ahead.close();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInterruptedConsumerGetsAnIoException() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Source source = new Source(null) {
            @Override
            public boolean next(EventBlock block) throws IOException {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IOException("stopped");
            }
        };
        try (ReadAhead ahead = new ReadAhead(source, NAME)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> ahead.next(new EventBlock())).isInstanceOf(IOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}

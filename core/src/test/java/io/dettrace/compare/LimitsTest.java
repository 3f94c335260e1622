package io.dettrace.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.event.EventBlock;
import io.dettrace.event.EventCursor;
import io.dettrace.event.LaneTable;
import io.dettrace.event.Run;
import io.dettrace.testkit.TestRun;
import io.dettrace.testkit.TestRun.LinkForm;
import io.dettrace.testkit.TestTrace;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Memory, time and the limits. */
@Timeout(60)
class LimitsTest {
    /**
     * A made-up run without an object per event: lane {@code i % lanes}; with {@code linked} every event knows of the
     * neighbour lane's last event by vector clock. The event {@code fault} has another label.
     */
    private static Run synthetic(int events, int lanes, boolean linked, int fault) {
        return new Delegate(new TestRun("synthetic", new TestTrace(), LinkForm.NONE)) {
            @Override
            public EventCursor events(LaneTable table) {
                int[] number = new int[lanes];
                for (int i = 0; i < lanes; i++) {
                    number[i] = table.number("lane" + i);
                }
                return new EventCursor() {
                    private int at;

                    @Override
                    public boolean next(EventBlock b) {
                        b.clear();
                        while (at < events && !b.isFull()) {
                            int row = b.size;
                            int lane = at % lanes;
                            b.lane[row] = number[lane];
                            b.label[row] = at == fault ? -1 : (at * 0x9e3779b97f4a7c15L) >>> 40;
                            b.kind[row] = 1;
                            b.time[row] = at;
                            b.clock[row] = linked ? at / lanes + 1 : 0;
                            b.defines[row] = 0;
                            b.line[row] = at + 1;
                            boolean links = linked && lane > 0;
                            b.commit(links ? b.addLink(0, number[lane - 1], at / lanes + 1) : 0);
                            at++;
                        }
                        b.bytesRead = at;
                        return b.size > 0;
                    }

                    @Override
                    public void close() {}
                };
            }
        };
    }

    @Test
    void runsInLockStepHoldOnlyABlock() {
        Comparison c = Compare.runs(synthetic(200_000, 16, false, -1), synthetic(200_000, 16, false, 150_000));
        assertThat(c.roots())
                .singleElement()
                .satisfies(d -> assertThat(d.index()).isEqualTo(150_000));
        assertThat(c.matched()).isEqualTo(199_999);
        assertThat(c.maxQueued()).isLessThanOrEqualTo(4L * EventBlock.CAPACITY);
    }

    @Test
    void millionLinkedEventsTakeSeconds() {
        for (int lanes : new int[] {16, 500}) {
            long start = System.nanoTime();
            Comparison c =
                    Compare.runs(synthetic(1_000_000, lanes, true, -1), synthetic(1_000_000, lanes, true, 900_000));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            System.out.println("2 x 1,000,000 linked events in " + lanes + " lanes: " + took.toMillis() + " ms, held "
                    + c.maxQueued());
            assertThat(c.roots())
                    .singleElement()
                    .satisfies(d -> assertThat(d.index()).isEqualTo(900_000));
            assertThat(took).isLessThan(Duration.ofSeconds(20));
        }
    }

    /**
     * A run in which {@code others} events of one lane have identities that no link names, and the only event of the lane
     * "child" names that of the lane "parent", which comes first or just before the child.
     *
     * @param steps after how many of the others there is one that names the parent too; 0 for none
     */
    private static Run parentAndChild(int others, boolean parentFirst, int steps) {
        return new Delegate(new TestRun("parent and child", new TestTrace(), LinkForm.NONE)) {
            @Override
            public EventCursor events(LaneTable table) {
                int[] number = {table.number("parent"), table.number("others"), table.number("child")};
                int parentAt = parentFirst ? 0 : others;
                return new EventCursor() {
                    private int at;

                    @Override
                    public boolean next(EventBlock b) {
                        b.clear();
                        while (at < others + 2 && !b.isFull()) {
                            int row = b.size;
                            int lane = at == parentAt ? 0 : at == others + 1 ? 2 : 1;
                            boolean names = lane == 2 || steps > 0 && lane == 1 && at % steps == 1;
                            b.lane[row] = number[lane];
                            b.label[row] = lane;
                            b.kind[row] = 1;
                            b.time[row] = at;
                            b.clock[row] = 0;
                            b.defines[row] = lane == 0 ? 1 : at + 1_000;
                            b.line[row] = at + 1;
                            b.commit(names ? b.addLink(0, EventBlock.BY_IDENTITY, 1) : 0);
                            at++;
                        }
                        b.bytesRead = at;
                        return b.size > 0;
                    }

                    @Override
                    public void close() {}
                };
            }
        };
    }

    @Test
    void linkToAForgottenEventIsNoDifference() {
        int others = Identities.MAX_ENTRIES + 10_000;
        Comparison c = Compare.runs(parentAndChild(others, true, 0), parentAndChild(others, false, 0));
        assertThat(c.isEqual()).as(Compare.describe(c)).isTrue();
        assertThat(c.danglingLinks())
                .as("the parent is forgotten in one of them")
                .isEqualTo(1);
    }

    @Test
    void eventThatLinksKeepNamingIsNotForgotten() {
        int others = 2 * Identities.MAX_ENTRIES;
        Comparison c = Compare.runs(parentAndChild(others, true, 1_000), parentAndChild(others, true, 1_000));
        assertThat(c.isEqual()).as(Compare.describe(c)).isTrue();
        assertThat(c.danglingLinks()).isZero();
    }

    @Test
    void plainEventsAllocateNothing() {
        Run a = synthetic(1_000_000, 16, false, -1);
        Compare.runs(a, a);
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        long start = System.nanoTime();
        Compare.runs(a, a);
        long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        System.out.println("2 x 1,000,000 plain events: " + bytes + " bytes allocated, "
                + (System.nanoTime() - start) / 1_000_000 + " ms");
        assertThat(bytes).isLessThan(4_000_000);
    }

    @Test
    void laneAboveTheLimitIsUndecided() {
        TestTrace a = new TestTrace();
        TestTrace b = new TestTrace();
        for (int i = 0; i < 20_000; i++) {
            a.add("p", "p" + i);
            a.add("q", "q" + i);
            b.add("q", "q" + i);
        }
        for (int i = 0; i < 20_000; i++) {
            b.add("p", "p" + i);
        }
        assertThat(Compare.traces(a, b, LinkForm.NONE).isEqual()).isTrue();
        Comparison c = Compare.runs(
                new TestRun("a", a, LinkForm.NONE, 1, 100),
                new TestRun("b", b, LinkForm.NONE, 1, 100),
                CompareOptions.DEFAULT.withMaxQueued(16_384));
        assertThat(c.roots()).as(Compare.describe(c)).singleElement().satisfies(d -> {
            assertThat(d.type()).isEqualTo(DivergenceClass.UNDECIDED);
            assertThat(d.lane()).isEqualTo("p");
        });
        assertThat(c.matched()).isGreaterThanOrEqualTo(20_000);
    }

    @Test
    void rootsBeyondTheLimitAreCounted() {
        TestTrace a = new TestTrace();
        TestTrace b = new TestTrace();
        for (int i = 0; i < 20; i++) {
            a.add("lane" + i, "a");
            b.add("lane" + i, "b");
        }
        Comparison c = Compare.runs(
                new TestRun("a", a, LinkForm.NONE),
                new TestRun("b", b, LinkForm.NONE),
                new CompareOptions(256, 3, 8_000_000, 5, 3));
        assertThat(c.roots()).hasSize(5);
        assertThat(c.effectCount()).isEqualTo(15);
        assertThat(c.effects()).hasSize(3);
    }

    @Test
    void readingGoesOnUntilNothingNewCanBeFound() {
        TestTrace a = new TestTrace();
        TestTrace b = new TestTrace();
        for (int i = 0; i < 2_000; i++) {
            a.add("p", "a" + i);
            b.add("p", "b" + i);
        }
        a.add("q", "q");
        b.add("q", "other");
        Comparison c =
                Compare.runs(new TestRun("a", a, LinkForm.NONE, 1, 50), new TestRun("b", b, LinkForm.NONE, 1, 70));
        assertThat(c.roots()).hasSize(2);
        assertThat(c.complete()).isTrue();
    }
}

package io.dettrace.timing;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.clocks.ClockCollector;
import io.dettrace.clocks.ClockTable;
import io.dettrace.event.EventBlock;
import io.dettrace.event.EventCursor;
import io.dettrace.event.LaneTable;
import io.dettrace.event.Run;
import io.dettrace.testkit.Seeds;
import io.dettrace.testkit.TestRun;
import io.dettrace.testkit.TestRun.LinkForm;
import io.dettrace.testkit.TestTrace.Event;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Delays between lanes of different clocks are late only beyond what is known of the clocks. */
class SeveralClocksTest {
    private static final UnaryOperator<String> DOMAINS = lane -> lane.startsWith("task") ? "there" : "here";

    /** A coordinator here and tasks there, whose clock is ahead. */
    private static Run run(TimedTrace system, long ahead) {
        Map<Integer, Long> times = system.times();
        long[] shown = system.trace.recorded().stream()
                .mapToLong(e -> times.get(e.id) + (DOMAINS.apply(e.lane).equals("there") ? ahead : 0))
                .toArray();
        return new TimedTrace.Timed(new TestRun("run", system.trace, LinkForm.POSITIONS), shown);
    }

    private static ClockTable clocks(Run run) throws Exception {
        LaneTable lanes = new LaneTable();
        ClockCollector collector = new ClockCollector(lanes, DOMAINS);
        EventBlock block = new EventBlock();
        try (EventCursor cursor = run.events(lanes)) {
            while (cursor.next(block)) {
                collector.add(block);
            }
        }
        return collector.estimate(1_000);
    }

    private static TimingVerdict verdict(Run good, Run bad) throws Exception {
        TimingClocks clocks = new TimingClocks(DOMAINS, clocks(good), clocks(bad));
        return LateRootTest.compare(
                        good,
                        bad,
                        new TimingOptions(
                                Optional.of(Tolerance.EXACT), Optional.empty(), Budgets.NONE, Optional.of(clocks)))
                .timing();
    }

    @Test
    void aClockThatIsAheadInOneRunMakesNoRoot() {
        Seeds.each(20, seed -> {
            TimedTrace system = TimedSystems.forkJoin(new Random(seed), 30);
            long ahead = new Random(seed).nextInt(2_000_000) - 1_000_000;
            TimingVerdict verdict = verdict(run(system, 0), run(system, ahead));
            assertThat(verdict.roots()).isEmpty();
            assertThat(verdict.counts().backwards()).isZero();
            assertThat(verdict.counts().judged()).isGreaterThan(100);
            assertThat(LateRootTest.compare(run(system, 0), run(system, ahead), TimingOptions.DEFAULT)
                            .timing()
                            .outcome())
                    .as("taken as one clock")
                    .isNotEqualTo(TimingVerdict.Outcome.ON_TIME);
        });
    }

    @Test
    void aDelayBeyondTheErrorIsTheOnlyRootAndOneWithinItIsUnclear() {
        Seeds.each(10, seed -> {
            TimedTrace system = TimedSystems.forkJoin(new Random(seed), 30);
            Event begins = system.trace.at("task1", 20);
            TimingVerdict late = verdict(run(system, 0), run(system.slower(begins.id, 50_000), 300_000));
            assertThat(late.roots()).hasSize(1);
            assertThat(late.roots().get(0).candidate().lane()).isEqualTo("task1");
            assertThat(late.roots().get(0).candidate().ordinal()).isEqualTo(20);
            assertThat(late.outcome()).isEqualTo(TimingVerdict.Outcome.OFF_TIME);
            TimingVerdict unclear = verdict(run(system, 0), run(system.slower(begins.id, 1), 300_000));
            assertThat(unclear.roots()).isEmpty();
            assertThat(unclear.counts().withinClocks()).isPositive();
            assertThat(unclear.counts().clockError()).isBetween(1L, 50_000L);
            assertThat(unclear.outcome()).isEqualTo(TimingVerdict.Outcome.UNCLEAR);
        });
    }

    @Test
    void withinOneClockAWrongByOneIsStillARoot() {
        Seeds.each(10, seed -> {
            TimedTrace system = TimedSystems.forkJoin(new Random(seed), 30);
            Event ends = system.trace.at("task1", 21);
            TimingVerdict verdict = verdict(run(system, 0), run(system.slower(ends.id, 1), 300_000));
            assertThat(verdict.roots()).hasSize(1);
            assertThat(verdict.roots().get(0).excess()).isEqualTo(1);
            assertThat(verdict.roots().get(0).candidate().ordinal()).isEqualTo(21);
        });
    }

    @Test
    void aClockOfWhichNothingIsKnownIsNotJudgedAndCounted() throws Exception {
        TimedTrace oneWay = TimedSystems.workers(new Random(1), 12);
        UnaryOperator<String> domains = lane -> lane;
        Run run = oneWay.run("good", LinkForm.POSITIONS);
        TimingClocks clocks = new TimingClocks(domains, clocks(run), clocks(run));
        TimingVerdict verdict = LateRootTest.compare(
                        run,
                        run,
                        new TimingOptions(Optional.empty(), Optional.empty(), Budgets.NONE, Optional.of(clocks)))
                .timing();
        assertThat(verdict.counts().anotherClock()).isEqualTo(48);
        assertThat(verdict.roots()).isEmpty();
    }
}

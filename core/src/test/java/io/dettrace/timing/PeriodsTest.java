package io.dettrace.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.dettrace.testkit.Seeds;
import io.dettrace.testkit.TestRun;
import io.dettrace.testkit.TestRun.LinkForm;
import io.dettrace.testkit.TestTrace;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Periodic events: what is found of their period, and what breaks it. */
class PeriodsTest {
    private static final int TICKS = 200;

    private static TimedTrace.Timed run(long... times) {
        TestTrace trace = new TestTrace();
        for (int i = 0; i < times.length; i++) {
            trace.add("timer", "tick", "tick", java.util.List.of());
        }
        return new TimedTrace.Timed(new TestRun("run", trace, LinkForm.NONE), times);
    }

    private static long[] ticks(long period, long phase) {
        long[] times = new long[TICKS];
        for (int k = 0; k < TICKS; k++) {
            times[k] = phase + k * period;
        }
        return times;
    }

    private static PeriodicLane periodic(long[] good, long[] bad) throws Exception {
        Tolerance loose = new Tolerance(Long.MAX_VALUE / 2, 0);
        TimingVerdict verdict = LateRootTest.compare(
                        run(good), run(bad), new TimingOptions(Optional.of(loose), Optional.empty(), Budgets.NONE))
                .timing();
        assertThat(verdict.periodic()).hasSize(1);
        assertThat(verdict.outcome())
                .isEqualTo(
                        verdict.periodic().get(0).isBroken()
                                ? TimingVerdict.Outcome.OFF_TIME
                                : TimingVerdict.Outcome.ON_TIME);
        return verdict.periodic().get(0);
    }

    @Test
    void anExactTimerHasItsPeriodAndNoJitter() throws Exception {
        PeriodicLane lane = periodic(ticks(1_000, 0), ticks(1_000, 77_000));
        for (Periodic p : java.util.List.of(lane.baseline(), lane.candidate().orElseThrow())) {
            assertThat(p.period()).isEqualTo(1_000);
            assertThat(p.phase()).isZero();
            assertThat(p.jitter()).isZero();
            assertThat(p.greatest()).isZero();
            assertThat(p.activations()).isEqualTo(TICKS);
            assertThat(p.missed() + p.doubled()).isZero();
        }
        assertThat(lane.isBroken()).isFalse();
    }

    @Test
    void periodAndJitterOfANoisyTimerAreThoseItWasMadeWith() {
        Seeds.each(20, seed -> {
            Random random = new Random(seed);
            long[] noisy = ticks(100_000, 5_000_000);
            for (int k = 1; k < TICKS; k++) {
                noisy[k] += Math.round(2_000 * Math.max(-3, Math.min(3, random.nextGaussian())));
            }
            Periodic p = periodic(noisy, ticks(100_000, 0)).baseline();
            assertThat(p.period()).isCloseTo(100_000, offset(20.0));
            assertThat(p.jitter()).isCloseTo(2_000, offset(500.0));
            assertThat(p.greatest()).isLessThanOrEqualTo(12_000);
        });
    }

    @Test
    void aMissedActivationIsCountedAndItsPlaceNamed() throws Exception {
        for (int at : new int[] {20, 120}) { // within the gaps that decide, and behind them
            long[] late = ticks(1_000, 0);
            for (int k = at; k < TICKS; k++) {
                late[k] += 1_000;
            }
            PeriodicLane lane = periodic(ticks(1_000, 0), late);
            assertThat(lane.isBroken()).isTrue();
            Periodic p = lane.candidate().orElseThrow();
            assertThat(p.missed()).isEqualTo(1);
            assertThat(p.firstMissed().orElseThrow().index()).isEqualTo(at);
            assertThat(p.period()).isCloseTo(1_000, offset(1e-6));
        }
    }

    @Test
    void aDoubleActivationIsCountedAndDoesNotMoveTheGrid() throws Exception {
        long[] twice = ticks(1_000, 0);
        for (int k = 121; k < TICKS; k++) {
            twice[k] = twice[k] - 1_000;
        }
        twice[121] = twice[120] + 10;
        for (int k = 122; k < TICKS; k++) {
            twice[k] = 1_000L * (k - 1);
        }
        Periodic p = periodic(ticks(1_000, 0), twice).candidate().orElseThrow();
        assertThat(p.doubled()).isEqualTo(1);
        assertThat(p.firstDoubled().orElseThrow().index()).isEqualTo(121);
        assertThat(p.missed()).isZero();
        assertThat(p.jitter()).isZero();
    }

    @Test
    void anActivationThatIsLateByMoreThanHalfAPeriodWasNotMissed() throws Exception {
        for (int at : new int[] {20, 120, TICKS - 2}) {
            long[] late = ticks(1_000, 0);
            late[at] += 600;
            PeriodicLane lane = periodic(ticks(1_000, 0), late);
            Periodic p = lane.candidate().orElseThrow();
            assertThat(p.missed() + p.doubled()).as("at " + at).isZero();
            assertThat(p.greatest()).isEqualTo(600);
            assertThat(lane.isBroken()).isFalse();
        }
    }

    @Test
    void anActivationThatStaysLateIsLateOnceAndNotMissedBesides() throws Exception {
        for (int at : new int[] {20, 120, TICKS - 2}) {
            long[] late = ticks(1_000, 0);
            for (int k = at; k < TICKS; k++) {
                late[k] += 600;
            }
            PeriodicLane lane = periodic(ticks(1_000, 0), late);
            Periodic p = lane.candidate().orElseThrow();
            assertThat(p.missed() + p.doubled() + p.changes()).as("at " + at).isZero();
            assertThat(p.greatest()).isEqualTo(600);
            assertThat(lane.isBroken()).isFalse();
            TimingVerdict verdict = LateRootTest.timing(run(ticks(1_000, 0)), run(late));
            assertThat(verdict.roots()).hasSize(1);
            assertThat(verdict.periodsBrokenOnly()).isEmpty();
        }
    }

    @Test
    void aMissedActivationAndTheLateEventBehindItAreOneFinding() throws Exception {
        long[] late = ticks(1_000, 0);
        for (int k = 120; k < TICKS; k++) {
            late[k] += 1_000;
        }
        TimingVerdict verdict = LateRootTest.timing(run(ticks(1_000, 0)), run(late));
        assertThat(verdict.roots()).hasSize(1);
        assertThat(verdict.periodic().get(0).isBroken()).isTrue();
        assertThat(verdict.periodsBrokenOnly()).isEmpty();
    }

    @Test
    void aChangeOfThePeriodIsFoundWhereItIsAndIsTheOnlyFinding() throws Exception {
        for (int at : new int[] {10, 20, 40, 150}) {
            for (long to : new long[] {400, 900, 1_010, 1_100, 1_700, 2_000, 3_000}) {
                long[] good = ticks(1_000, 0);
                long[] changed = ticks(1_000, 0);
                for (int k = 0; k < TICKS; k++) {
                    changed[k] += Math.max(0, k - at + 1) * (to - 1_000);
                    good[k] += k % 3 == 1 ? 1 : 0; // else a period would be the clock's resolution
                    changed[k] += k % 3 == 1 ? 1 : 0;
                }
                TimingVerdict verdict = LateRootTest.timing(run(good), run(changed));
                String about = "at " + at + " to " + to;
                PeriodicLane lane = verdict.periodic().get(0);
                Periodic p = lane.candidate().orElseThrow();
                assertThat(p.changes()).as(about).isEqualTo(1);
                PeriodChange change = p.firstChange().orElseThrow();
                assertThat(change.at().index()).as(about).isEqualTo(at);
                assertThat(change.from()).as(about).isCloseTo(1_000, offset(0.2));
                assertThat(change.to()).as(about).isCloseTo(to, offset(0.2));
                assertThat(p.missed() + p.doubled()).as(about).isZero();
                assertThat(lane.isBroken()).as(about).isTrue();
                if (at <= TICKS / 10) {
                    continue; // for 9 of 10 delays it is another rate of the clock
                }
                assertThat(verdict.roots()).as(about).hasSize(1);
                assertThat(verdict.roots().get(0).candidate()).as(about).isEqualTo(change.at());
                assertThat(verdict.roots().get(0).repeats()).as(about).isEqualTo(TICKS - at - 1);
                assertThat(verdict.periodsBrokenOnly()).as(about).isEmpty();
            }
        }
    }

    @Test
    void noiseIsNoChangeOfThePeriodAndAChangeBeyondItIs() {
        Seeds.each(20, seed -> {
            Random random = new Random(seed);
            long[] noisy = ticks(100_000, 0);
            long[] changed = ticks(100_000, 0);
            for (int k = 0; k < TICKS; k++) {
                long noise = Math.round(500 * Math.max(-3, Math.min(3, random.nextGaussian())));
                noisy[k] += noise;
                changed[k] += noise + Math.max(0, k - 99) * 20_000L;
            }
            PeriodicLane lane = periodic(noisy, changed);
            assertThat(lane.baseline().changes()).isZero();
            Periodic p = lane.candidate().orElseThrow();
            assertThat(p.changes()).isEqualTo(1);
            assertThat(p.firstChange().orElseThrow().at().index()).isEqualTo(100);
            assertThat(p.firstChange().orElseThrow().to()).isCloseTo(120_000, offset(50.0));
        });
    }

    @Test
    void aMissedLastActivationCountsToo() throws Exception {
        long[] late = ticks(1_000, 0);
        late[TICKS - 1] += 2_000;
        assertThat(periodic(ticks(1_000, 0), late).candidate().orElseThrow().missed())
                .isEqualTo(2);
    }

    @Test
    void aSlowTimerDriftsByAsMuchAsItWasMadeTo() throws Exception {
        PeriodicLane lane = periodic(ticks(1_000_000, 0), ticks(1_000_050, 0));
        assertThat(lane.drift(1)).isCloseTo(50, offset(1e-6));
        assertThat(lane.drift(1.00005)).isCloseTo(0, offset(1e-6));
    }

    @Test
    void eventsAtRandomTimesAreNotPeriodic() {
        Seeds.each(20, seed -> {
            Random random = new Random(seed);
            long[] times = new long[TICKS];
            for (int k = 1; k < TICKS; k++) {
                times[k] = times[k - 1] + 1 + (long) (-1_000 * Math.log(1 - random.nextDouble()));
            }
            TimingVerdict verdict = LateRootTest.timing(run(times), run(times));
            assertThat(verdict.periodic()).isEmpty();
        });
    }

    @Test
    void fewerThanTheLeastNumberOfGapsSayNothing() throws Exception {
        long[] few = java.util.Arrays.copyOf(ticks(1_000, 0), PeriodTrack.LEAST);
        assertThat(LateRootTest.timing(run(few), run(few)).periodic()).isEmpty();
        long[] enough = java.util.Arrays.copyOf(ticks(1_000, 0), PeriodTrack.LEAST + 1);
        assertThat(LateRootTest.timing(run(enough), run(enough)).periodic()).hasSize(1);
    }

    @Test
    void lanesAndKindsBeyondTheLimitAreCounted() throws Exception {
        TestTrace trace = new TestTrace();
        for (int i = 0; i <= PeriodMonitor.MAX_TRACKS; i++) {
            trace.add("lane" + i, "tick");
        }
        TestRun run = new TestRun("run", trace, LinkForm.NONE);
        assertThat(LateRootTest.timing(run, run).counts().untracked()).isEqualTo(2);
    }
}

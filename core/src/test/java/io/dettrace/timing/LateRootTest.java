package io.dettrace.timing;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.compare.CompareOptions;
import io.dettrace.compare.Progress;
import io.dettrace.compare.RunComparator;
import io.dettrace.event.EventBlock;
import io.dettrace.event.Run;
import io.dettrace.testkit.Seeds;
import io.dettrace.testkit.TestRun;
import io.dettrace.testkit.TestRun.LinkForm;
import io.dettrace.testkit.TestTrace;
import io.dettrace.testkit.TestTrace.Event;
import io.dettrace.testkit.TraceGenerator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** A fault in timing is blamed where it arises, and what follows from it is not. */
class LateRootTest {
    private static final List<LinkForm> FORMS = List.of(LinkForm.POSITIONS, LinkForm.IDENTITIES, LinkForm.CLOCKS);

    static TimingComparison.Result compare(Run a, Run b, TimingOptions options) throws Exception {
        return TimingComparison.compare(a, b, CompareOptions.DEFAULT, options, List.of("kind"), Progress.NONE);
    }

    static TimingVerdict timing(Run a, Run b) throws Exception {
        TimingComparison.Result result = compare(a, b, TimingOptions.DEFAULT);
        assertThat(result.comparison().isEqual()).isTrue();
        return result.timing();
    }

    private static Map<String, TimedTrace> systems(long seed) {
        Map<String, TimedTrace> systems = new LinkedHashMap<>(TimedSystems.all(seed));
        Random random = new Random(seed);
        systems.put("random", TimedTrace.random(TraceGenerator.random(seed, 5, 80, 6, 0, 0.4), random, 500));
        return systems;
    }

    /** An event with a predecessor, in each system, so that it has an own delay. */
    private static Event someEvent(TimedTrace system, Random random) {
        List<Event> events = system.trace.recorded().stream()
                .filter(e -> !e.preds.isEmpty() || system.trace.position(e) > 0)
                .toList();
        return events.get(random.nextInt(events.size()));
    }

    @Test
    void oneLateEventIsTheOnlyRootAndAllThatMovedInheritsWhatItMovedBy() {
        Seeds.each(25, seed -> {
            Random random = new Random(seed);
            for (Map.Entry<String, TimedTrace> system : systems(seed).entrySet()) {
                TimedTrace good = system.getValue();
                Event late = someEvent(good, random);
                for (long by : new long[] {1, 1_000_000}) {
                    check(system.getKey(), good, late, by, random);
                }
            }
        });
    }

    @Test
    void oneEarlyEventIsTheOnlyRootToo() {
        Seeds.each(25, seed -> {
            Random random = new Random(seed);
            for (Map.Entry<String, TimedTrace> system : systems(seed).entrySet()) {
                TimedTrace good = system.getValue().copy();
                Event early = someEvent(good, random);
                if (good.release.containsKey(early.id)) {
                    continue;
                }
                good.delay.merge(early.id, 700L, Long::sum);
                check(system.getKey(), good, early, -700, random);
            }
        });
    }

    private static void check(String system, TimedTrace good, Event fault, long by, Random random) throws Exception {
        TimedTrace bad = good.slower(fault.id, by);
        Map<Integer, Long> before = good.times();
        Map<Integer, Long> after = bad.times();
        bad.trace.relinearise(random);
        LinkForm form = FORMS.get(random.nextInt(FORMS.size()));
        long shift = random.nextInt();
        TimingVerdict verdict = timing(good.run("good", form), bad.run("bad", form, t -> t + shift));
        String about = system + " " + form + " " + fault + " by " + by;
        long moved = after.entrySet().stream()
                .filter(e -> !e.getValue().equals(before.get(e.getKey())))
                .count();
        if (moved == 0) {
            assertThat(verdict.outcome()).as(about).isEqualTo(TimingVerdict.Outcome.ON_TIME);
            return;
        }
        assertThat(verdict.outcome()).as(about).isEqualTo(TimingVerdict.Outcome.OFF_TIME);
        assertThat(verdict.roots()).as(about).hasSize(1);
        LateRoot root = verdict.roots().get(0);
        assertThat(root.candidate().lane()).as(about).isEqualTo(fault.lane);
        assertThat(root.candidate().ordinal()).as(about).isEqualTo(good.trace.position(fault));
        assertThat(root.excess()).as(about).isEqualTo(after.get(fault.id) - before.get(fault.id));
        assertThat(root.isEarly()).as(about).isEqualTo(by < 0);
        assertThat(root.inheritedEvents()).as(about).isEqualTo(moved - 1);
        for (LateRoot.Step step : root.reached()) {
            Event first = good.trace.at(
                    step.candidate().lane(), (int) step.candidate().ordinal());
            assertThat(step.lateness()).as(about).isEqualTo(after.get(first.id) - before.get(first.id));
        }
    }

    @Test
    void theLateStartOfALaneIsARootWhereOtherLanesStartInTime() {
        Seeds.each(20, seed -> {
            Random random = new Random(seed);
            TimedTrace good = TimedTrace.random(TraceGenerator.random(seed, 6, 60, 6, 0, 0), random, 500);
            String lane =
                    good.trace.lanes().get(random.nextInt(good.trace.lanes().size()));
            TimedTrace bad = good.slower(good.trace.at(lane, 0).id, 40);
            TimingVerdict verdict =
                    timing(good.run("good", LinkForm.POSITIONS), bad.run("bad", LinkForm.POSITIONS, t -> t - 5_000));
            assertThat(verdict.roots()).hasSize(1);
            assertThat(verdict.roots().get(0).candidate().lane()).isEqualTo(lane);
            assertThat(verdict.roots().get(0).enabling()).isEmpty();
            assertThat(verdict.roots().get(0).inheritedEvents())
                    .isEqualTo(good.trace.lane(lane).size() - 1);
        });
    }

    @Test
    void whereAllLanesThatStartLateAreLateByTheSameNoneIsCalledEarly() throws Exception {
        TestTrace trace = new TestTrace();
        long[] good = new long[8];
        long[] stalled = new long[8];
        for (int i = 0; i < 8; i++) {
            trace.add("lane" + i, "begin");
            good[i] = 1_000L * i;
            stalled[i] = good[i] + (i < 2 ? 0 : 500);
        }
        TestRun run = new TestRun("x", trace, LinkForm.NONE);
        TimingVerdict verdict = timing(new TimedTrace.Timed(run, good), new TimedTrace.Timed(run, stalled));
        assertThat(verdict.roots()).isEmpty();
        assertThat(verdict.counts().starts()).isEqualTo(8);
    }

    @Test
    void twoIndependentFaultsAreTwoRoots() throws Exception {
        TimedTrace good = TimedSystems.workers(new Random(7), 10);
        TimedTrace bad =
                good.slower(good.trace.at("worker-1", 3).id, 5_000).slower(good.trace.at("worker-3", 5).id, 300);
        TimingVerdict verdict = timing(good.run("good", LinkForm.POSITIONS), bad.run("bad", LinkForm.POSITIONS));
        assertThat(verdict.roots()).extracting(r -> r.candidate().lane()).containsExactly("worker-1", "worker-3");
        assertThat(verdict.roots()).extracting(LateRoot::excess).containsExactly(5_000L, 300L);
    }

    @Test
    void aSecondFaultBehindTheFirstInheritsAndAddsItsOwn() throws Exception {
        TimedTrace good = TimedSystems.pipeline(new Random(3), 6);
        TimedTrace bad =
                good.slower(good.trace.at("stage1", 4).id, 10_000).slower(good.trace.at("stage3", 6).id, 500_000);
        TimingVerdict verdict = timing(good.run("good", LinkForm.POSITIONS), bad.run("bad", LinkForm.POSITIONS));
        assertThat(verdict.roots()).hasSize(2);
        LateRoot second = verdict.roots().get(0);
        assertThat(second.excess()).isEqualTo(500_000);
        assertThat(second.inherited()).isPositive().isLessThanOrEqualTo(10_000);
        assertThat(second.lateness()).isEqualTo(500_000 + second.inherited());
    }

    @Test
    void shiftedOrUniformlyScaledClocksMakeNoRoot() {
        Seeds.each(20, seed -> {
            Random random = new Random(seed);
            for (TimedTrace system : systems(seed).values()) {
                system.delay.replaceAll((id, delay) -> 1_009 * delay + random.nextInt(50));
                system.release.replaceAll((id, time) -> 1_009 * time);
                double rate = new double[] {1, 2, 3, 0.5, 1.00005, 1.1, 0.97}[random.nextInt(7)];
                long shift = random.nextLong() >> 8;
                TimingVerdict verdict = timing(
                        system.run("good", LinkForm.POSITIONS),
                        system.copy().run("bad", LinkForm.POSITIONS, t -> shift + Math.round(t * rate)));
                assertThat(verdict.roots()).as("rate " + rate).isEmpty();
                assertThat(verdict.outcome()).isEqualTo(TimingVerdict.Outcome.ON_TIME);
                assertThat(verdict.rate()).isCloseTo(rate, Offset.offset(1e-6));
            }
        });
    }

    @Test
    void aFaultUnderAnotherClockRateIsStillTheOnlyRoot() throws Exception {
        TimedTrace good = TimedSystems.pipeline(new Random(5), 20);
        Event late = good.trace.at("stage2", 9);
        TimingVerdict verdict = timing(
                good.run("good", LinkForm.POSITIONS),
                good.slower(late.id, 250).run("bad", LinkForm.POSITIONS, t -> 3 * t + 17));
        assertThat(verdict.rate()).isEqualTo(3);
        assertThat(verdict.roots()).hasSize(1);
        assertThat(verdict.roots().get(0).excess()).isEqualTo(750);
        assertThat(verdict.roots().get(0).candidate().ordinal()).isEqualTo(9);
    }

    @Test
    void timesCutToTheClocksResolutionMakeNoRoot() {
        Seeds.each(20, seed -> {
            TimedTrace system = TimedSystems.workers(new Random(seed), 20);
            long shift = 1_000 * new Random(seed).nextInt(1_000) + 200 + new Random(seed).nextInt(600);
            TimingVerdict verdict = timing(
                    system.run("good", LinkForm.POSITIONS, t -> 137 * t / 1_000 * 1_000),
                    system.copy().run("bad", LinkForm.POSITIONS, t -> (137 * t + shift) / 1_000 * 1_000));
            assertThat(verdict.roots()).isEmpty();
            assertThat(verdict.rate()).isEqualTo(1);
        });
    }

    @Test
    void runsThatDifferInGeneralGetNoVerdictFromOneBaseline() throws Exception {
        TimedTrace good = TimedSystems.workers(new Random(1), 20);
        TimedTrace other = TimedSystems.workers(new Random(2), 20);
        TimingVerdict verdict = timing(good.run("good", LinkForm.POSITIONS), other.run("bad", LinkForm.POSITIONS));
        assertThat(verdict.outcome()).isEqualTo(TimingVerdict.Outcome.UNCLEAR);
        TimingOptions tolerant = new TimingOptions(
                Optional.of(new Tolerance(verdict.counts().typical(), 0)), Optional.empty(), Budgets.NONE);
        TimingVerdict again = compare(
                        good.run("good", LinkForm.POSITIONS), other.run("bad", LinkForm.POSITIONS), tolerant)
                .timing();
        assertThat((double) again.counts().roots())
                .isLessThanOrEqualTo(0.01 * again.counts().judged());
    }

    @Test
    void withinTheToleranceNothingIsLateAndBeyondItIs() throws Exception {
        TimedTrace good = TimedSystems.pipeline(new Random(5), 20);
        Event late = good.trace.at("stage2", 9);
        long own = good.delay.get(late.id);
        for (Tolerance t : List.of(new Tolerance(100, 0), new Tolerance(0, 100.0 / own + 1e-9))) {
            TimingOptions options = new TimingOptions(Optional.of(t), Optional.empty(), Budgets.NONE);
            Run a = good.run("good", LinkForm.POSITIONS);
            assertThat(compare(a, good.slower(late.id, 100).run("bad", LinkForm.POSITIONS), options)
                            .timing()
                            .outcome())
                    .isEqualTo(TimingVerdict.Outcome.ON_TIME);
            assertThat(compare(a, good.slower(late.id, 101).run("bad", LinkForm.POSITIONS), options)
                            .timing()
                            .roots())
                    .hasSize(1);
        }
    }

    @Test
    void withoutTimesThereIsNoVerdict() throws Exception {
        TimedTrace system = TimedSystems.pipeline(new Random(5), 5);
        LongUnaryOperator none = t -> EventBlock.NO_TIME;
        TimingVerdict verdict =
                timing(system.run("good", LinkForm.POSITIONS), system.copy().run("bad", LinkForm.POSITIONS, none));
        assertThat(verdict.outcome()).isEqualTo(TimingVerdict.Outcome.NO_TIMES);
        assertThat(verdict.counts().untimed()).isEqualTo(system.trace.size());
    }

    @Test
    void timingNeverChangesTheLogicalVerdict() {
        Seeds.each(20, seed -> {
            Random random = new Random(seed);
            TimedTrace good = TimedSystems.pipeline(random, 10);
            TimedTrace bad = good.slower(someEvent(good, random).id, 1_000);
            Event changed = someEvent(bad, random);
            changed.label = "other";
            Run a = good.run("good", LinkForm.POSITIONS);
            Run b = bad.run("bad", LinkForm.POSITIONS);
            assertThat(compare(a, b, TimingOptions.DEFAULT).comparison())
                    .isEqualTo(RunComparator.compare(a, b, CompareOptions.DEFAULT, Progress.NONE));
        });
    }

    @Test
    void eventsBehindALogicalDifferenceAreNotJudged() throws Exception {
        TimedTrace good = TimedSystems.pipeline(new Random(5), 10);
        TimedTrace bad = good.copy();
        Event extra = bad.trace.insert("stage2", 7, "retry", "retry");
        bad.delay.put(extra.id, 5L);
        TimingComparison.Result result = compare(
                good.run("good", LinkForm.POSITIONS), bad.run("bad", LinkForm.POSITIONS), TimingOptions.DEFAULT);
        assertThat(result.comparison().roots()).hasSize(1);
        assertThat(result.timing().counts().disturbed()).isEqualTo(1);
        assertThat(result.timing().roots()).isEmpty();
    }

    @Test
    void anEventBehindALogicalDifferenceIsJudgedWhereOnePairEnabledItInBothRuns() throws Exception {
        TimedTrace good = TimedSystems.pipeline(new Random(5), 10);
        good.delay.put(good.trace.at("stage1", 9).id, 1_000_000L); // what is taken next in stage2
        TimedTrace bad = good.slower(good.trace.at("stage2", 8).id, 500);
        Event extra = bad.trace.insert("stage2", 8, "retry", "retry");
        bad.delay.put(extra.id, 5L);
        TimingComparison.Result result = compare(
                good.run("good", LinkForm.POSITIONS), bad.run("bad", LinkForm.POSITIONS), TimingOptions.DEFAULT);
        assertThat(result.comparison().roots()).hasSize(1);
        assertThat(result.timing().counts().disturbed()).isZero();
        assertThat(result.timing().roots()).hasSize(1);
        LateRoot root = result.timing().roots().get(0);
        assertThat(root.excess()).isEqualTo(500);
        assertThat(root.candidate().ordinal()).isEqualTo(9);
        assertThat(root.enabling().orElseThrow().lane()).isEqualTo("stage1");
    }

    @Test
    void anEventThatIsTooManyOrMissingMakesNoLateRoot() {
        long[] judged = new long[2];
        Seeds.each(25, seed -> {
            Random random = new Random(seed);
            for (TimedTrace good : systems(seed).values()) {
                TimedTrace bad = good.copy();
                String lane =
                        good.trace.lanes().get(random.nextInt(good.trace.lanes().size()));
                Event extra = bad.trace.insert(
                        lane, random.nextInt(good.trace.lane(lane).size()), "retry", "retry");
                bad.delay.put(extra.id, 1L + random.nextInt(2_000));
                Run a = good.run("good", LinkForm.POSITIONS);
                Run b = bad.run("bad", LinkForm.POSITIONS);
                for (TimingComparison.Result result :
                        List.of(compare(a, b, TimingOptions.DEFAULT), compare(b, a, TimingOptions.DEFAULT))) {
                    assertThat(result.timing().roots()).isEmpty();
                    judged[0] += result.timing().counts().judged();
                    judged[1] += result.timing().counts().disturbed();
                }
            }
        });
        assertThat(judged[0]).isGreaterThan(20 * judged[1]);
    }

    @Test
    void memoryIsBoundedAndLinksTooFarBackAreCounted() throws Exception {
        TestTrace trace = new TestTrace();
        Event first = trace.add("a", "first");
        for (int i = 0; i <= LaneTimes.KEPT; i++) {
            trace.add("a", "more");
        }
        trace.add("b", "begin");
        trace.add("b", "after", first);
        TimedTrace system = TimedTrace.random(trace, new Random(1), 10);
        TimingVerdict verdict =
                timing(system.run("good", LinkForm.POSITIONS), system.copy().run("bad", LinkForm.POSITIONS));
        assertThat(verdict.counts().forgotten()).isEqualTo(1);
        assertThat(verdict.outcome()).isEqualTo(TimingVerdict.Outcome.ON_TIME);
    }

    @Test
    void clocksThatContradictALinkAreNotJudged() throws Exception {
        TestTrace trace = new TestTrace();
        Event send = trace.add("a", "send");
        trace.add("b", "begin");
        trace.add("b", "receive", send);
        TimedTrace system = new TimedTrace(trace);
        trace.recorded().forEach(e -> system.delay.put(e.id, 10L));
        long[] times = {100, 10, 20};
        Run run = new TimedTrace.Timed(new TestRun("x", trace, LinkForm.POSITIONS), times);
        TimingVerdict verdict = timing(run, run);
        assertThat(verdict.counts().backwards()).isEqualTo(1);
        assertThat(verdict.roots()).isEmpty();
    }
}

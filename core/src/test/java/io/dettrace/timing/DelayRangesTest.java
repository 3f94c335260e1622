package io.dettrace.timing;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.compare.CompareOptions;
import io.dettrace.event.Run;
import io.dettrace.testkit.Seeds;
import io.dettrace.testkit.TestRun.LinkForm;
import io.dettrace.testkit.TestTrace.Event;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What good runs teach: noise is no fault, a fault beyond it is, and the stated bound holds. */
class DelayRangesTest {
    private static final int RUNS = 6;

    /** Runs of one system whose delays are drawn anew each time. */
    private static TimedTrace noisy(Random random) {
        TimedTrace run = TimedSystems.workers(new Random(1), 12);
        run.delay.replaceAll((id, d) -> 1_000L + random.nextInt(1_000));
        return run;
    }

    private static DelayRanges learn(Random random, Run first) throws Exception {
        DelayLearner learner = new DelayLearner();
        for (int i = 1; i < RUNS; i++) {
            learner.learn(first, noisy(random).run("good" + i, LinkForm.POSITIONS), i == 1, CompareOptions.DEFAULT);
        }
        return learner.ranges();
    }

    private static TimingVerdict judge(Run good, Run bad, DelayRanges ranges, Optional<Tolerance> tolerance)
            throws Exception {
        return LateRootTest.compare(good, bad, new TimingOptions(tolerance, Optional.of(ranges), Budgets.NONE))
                .timing();
    }

    @Test
    void workersOfAPoolPlayOneRole() {
        assertThat(DelayRanges.role("worker-12")).isEqualTo("worker-#");
        assertThat(DelayRanges.role("cpu0/irq/17")).isEqualTo("cpu#/irq/#");
        assertThat(DelayRanges.role("api")).isEqualTo("api");
    }

    @Test
    void eachRunIsLearntOnce() throws Exception {
        Random random = new Random(1);
        DelayRanges ranges = learn(random, noisy(random).run("good", LinkForm.POSITIONS));
        int events = noisy(random).trace.size();
        assertThat(ranges.runs()).isEqualTo(RUNS);
        assertThat(ranges.events())
                .isEqualTo((long) RUNS * (events - 1)); // the queue's first event follows from nothing
        assertThat(ranges.size()).isEqualTo(3); // give, start, end
    }

    @Test
    void noiseAloneIsNoFaultAndAFaultBeyondItIsTheOnlyRoot() {
        Seeds.each(20, seed -> {
            Random random = new Random(seed);
            TimedTrace first = noisy(random);
            Run good = first.run("good", LinkForm.POSITIONS);
            DelayRanges ranges = learn(random, good);
            TimedTrace passing = noisy(random);
            TimingVerdict clean = judge(good, passing.run("passing", LinkForm.POSITIONS), ranges, Optional.empty());
            assertThat(clean.outcome()).isEqualTo(TimingVerdict.Outcome.ON_TIME);
            Event late = passing.trace.at("worker-2", 1 + random.nextInt(20));
            TimingVerdict failing = judge(
                    good, passing.slower(late.id, 5_000).run("failing", LinkForm.POSITIONS), ranges, Optional.empty());
            assertThat(failing.roots()).hasSize(1);
            assertThat(failing.roots().get(0).candidate().lane()).isEqualTo("worker-2");
            assertThat(failing.roots().get(0).candidate().ordinal()).isEqualTo(passing.trace.position(late));
            assertThat(failing.roots().get(0).range()).isPresent();
        });
    }

    @Test
    void noMoreDelaysFallOutsideTheRangesThanStated() {
        double[] seen = new double[2];
        Seeds.each(40, seed -> {
            Random random = new Random(seed);
            Run good = noisy(random).run("good", LinkForm.POSITIONS);
            DelayRanges ranges = learn(random, good);
            TimingVerdict verdict =
                    judge(good, noisy(random).run("passing", LinkForm.POSITIONS), ranges, Optional.of(Tolerance.EXACT));
            seen[0] += verdict.counts().roots();
            seen[1] += verdict.counts().chance();
        });
        assertThat(seen[0]).isLessThanOrEqualTo(seen[1] + 3 * Math.sqrt(seen[1]));
        assertThat(seen[1]).isPositive();
    }

    @Test
    void whatWasNotLearntIsCountedUnlessATolerancePutsItAgainstTheBaseline() throws Exception {
        Random random = new Random(1);
        Run good = noisy(random).run("good", LinkForm.POSITIONS);
        TimingVerdict verdict = judge(good, good, new DelayRanges(), Optional.empty());
        assertThat(verdict.counts().judged()).isZero();
        assertThat(verdict.counts().unlearnt()).isPositive();
        assertThat(verdict.outcome()).isEqualTo(TimingVerdict.Outcome.NO_TIMES);
        assertThat(judge(good, good, new DelayRanges(), Optional.of(Tolerance.EXACT))
                        .outcome())
                .isEqualTo(TimingVerdict.Outcome.ON_TIME);
    }
}

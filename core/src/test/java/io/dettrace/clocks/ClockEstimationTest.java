package io.dettrace.clocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dettrace.clocks.ClockSimulator.Machine;
import io.dettrace.testkit.Seeds;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Estimates against clocks whose truth is known. */
class ClockEstimationTest {
    private static final double MAX_SKEW = 1_000;

    /** Simulated clocks are cut off to whole nanoseconds, each side one. */
    private static final long GRAIN = 2;

    @Test
    void theTrueOffsetAndSkewLieWithinTheError() {
        Seeds.each(200, seed -> {
            ClockSimulator world = connectedWorld(seed);

            ClockTable table = world.table(MAX_SKEW);

            assertThat(table.isContradictory()).isFalse();
            for (ClockEstimate e : table.estimates()) {
                Machine own = world.machine(e.domain());
                Machine reference = world.machine(e.reference());
                double trueOffset = -own.leadOf(reference, e.at());
                double trueSkew = ((1 + own.skew()) / (1 + reference.skew()) - 1) * 1e6;
                assertThat((double) e.offset()).isCloseTo(trueOffset, within((double) e.error() + GRAIN));
                assertThat(e.skewPpm()).isCloseTo(trueSkew, within(e.skewErrorPpm() + 1e-6));
            }
        });
    }

    @Test
    void theTrueTimeLiesWithinTheErrorBeforeDuringAndAfterTheMessages() {
        Seeds.each(200, seed -> {
            ClockSimulator world = connectedWorld(seed);

            ClockTable table = world.table(MAX_SKEW);

            Machine reference = world.machine(table.reference());
            for (Machine m : world.machines) {
                for (int i = 0; i < 20; i++) {
                    long local = m.shows(ClockSimulator.START + (long) ((world.random.nextDouble() * 5 - 2) * 1e12));
                    CorrectedTime corrected = table.correct(m.name(), local);
                    double truth = m.leadOf(reference, local);
                    assertThat((double) (corrected.time() - local))
                            .isCloseTo(truth, within((double) corrected.error() + GRAIN));
                }
            }
        });
    }

    /** A tree of machines in which neighbours talk both ways, and a few more that talk. */
    private static ClockSimulator connectedWorld(long seed) {
        ClockSimulator world = new ClockSimulator(seed);
        int n = 2 + world.random.nextInt(5);
        for (int i = 0; i < n; i++) {
            Machine added = world.anyMachine("m" + i);
            if (i > 0) {
                Machine neighbour = world.machines.get(world.random.nextInt(i));
                world.talk(added, neighbour, 2 + world.random.nextInt(200), 1 + world.random.nextInt(1_000));
            }
        }
        return world;
    }

    @Test
    void everyFurtherMessageCanOnlyMakeTheErrorSmaller() {
        Seeds.each(50, seed -> {
            ClockSimulator world = new ClockSimulator(seed);
            Machine a = world.anyMachine("a");
            Machine b = world.anyMachine("b");
            long last = Long.MAX_VALUE - 1;
            long first = 0;
            for (int round = 0; round < 8; round++) {
                world.talk(a, b, 1 << round, 100);
                long error = world.table(MAX_SKEW)
                        .correct("b", b.shows(ClockSimulator.START + 50_000_000_000L))
                        .error();
                assertThat(error).isLessThanOrEqualTo(last + 1);
                last = error;
                first = round == 0 ? error : first;
            }
            assertThat(last).isLessThan(first);
        });
    }

    @Test
    void withManyMessagesTheErrorComesDownToTheLeastDelays() {
        ClockSimulator world = new ClockSimulator(1);
        Machine a = world.machine("a", 0, 150, 1);
        Machine b = world.machine("b", 3_600_000_000_000L, -150, 1);
        for (int i = 0; i < 20_000; i++) {
            long at = ClockSimulator.START + i * 1_000_000L;
            world.send(a, b, at, 100_000);
            world.send(b, a, at + 500_000, 100_000);
        }

        ClockEstimate e = world.table(MAX_SKEW).estimates().get(1);

        assertThat(e.error()).isLessThan(101_000);
        assertThat(e.skewErrorPpm()).isLessThan(15);
    }

    @Test
    void clocksThatCountFromBootAreComparedWithClocksThatCountFrom1970() {
        ClockSimulator world = new ClockSimulator(2);
        Machine epoch = world.machine("epoch", 0, 40, 1);
        Machine boot = world.machine("boot", -ClockSimulator.START, -40, 1);
        world.talk(epoch, boot, 100, 100);

        ClockTable table = world.table(MAX_SKEW);

        ClockEstimate e = table.estimates().get(1);
        assertThat(e.domain()).isEqualTo("epoch");
        assertThat(e.reference()).isEqualTo("boot");
        assertThat(Math.abs(e.offset() + (long) epoch.leadOf(boot, e.at())))
                .isLessThanOrEqualTo(e.error() + 256); // the truth is a double of 1.7e18 here
        assertThat(e.error()).isLessThan(2_000_000);
    }

    @Test
    void aClockOfMillisecondsIsAllowedItsMillisecond() {
        Seeds.each(50, seed -> {
            ClockSimulator world = new ClockSimulator(seed);
            Machine a = world.machine("a", world.random.nextInt(1_000_000_000), 100, 1_000_000);
            Machine b = world.machine("b", world.random.nextInt(1_000_000_000), -100, 1);
            for (int i = 0; i < 500; i++) {
                long at = ClockSimulator.START + (long) (world.random.nextDouble() * 1e11);
                world.send(a, b, at, 1_000);
                world.send(b, a, at + world.random.nextInt(10_000_000), 1_000);
            }

            ClockTable table = world.table(MAX_SKEW);

            ClockEstimate e = table.estimates().get(1);
            assertThat(table.estimates().get(0).resolution()).isEqualTo(1_000_000);
            assertThat(e.resolution()).isEqualTo(1);
            assertThat(e.quality()).isEqualTo(ClockQuality.ACCURATE);
            assertThat((double) e.offset()).isCloseTo(-b.leadOf(a, e.at()), within((double) e.error() + GRAIN));
        });
    }

    @Test
    void messagesOneWayBoundTheOffsetFromOneSide() {
        Seeds.each(50, seed -> {
            ClockSimulator world = new ClockSimulator(seed);
            Machine a = world.anyMachine("a");
            Machine b = world.anyMachine("b");
            boolean forward = world.random.nextBoolean();
            for (int i = 0; i < 300; i++) {
                long at = ClockSimulator.START + (long) (world.random.nextDouble() * 1e11);
                world.send(forward ? a : b, forward ? b : a, at, 50_000);
            }

            ClockEstimate e = world.table(MAX_SKEW).estimates().get(1);

            double trueOffset = -b.leadOf(a, e.at());
            assertThat(e.quality()).isEqualTo(ClockQuality.APPROXIMATE);
            assertThat(e.error()).isEqualTo(CorrectedTime.UNKNOWN);
            assertThat(e.bound()).isEqualTo(forward ? ClockBound.AT_MOST : ClockBound.AT_LEAST);
            if (forward) {
                assertThat((double) e.offset()).isGreaterThanOrEqualTo(trueOffset - GRAIN);
            } else {
                assertThat((double) e.offset()).isLessThanOrEqualTo(trueOffset + GRAIN);
            }
            double trueSkew = ((1 + b.skew()) / (1 + a.skew()) - 1) * 1e6;
            assertThat(e.skewPpm()).isCloseTo(trueSkew, within(30.0));
        });
    }

    @Test
    void aClockThatWasSetIsContradictoryAndThePlaceIsFound() {
        Seeds.each(100, seed -> {
            ClockSimulator world = new ClockSimulator(seed);
            Machine a = world.anyMachine("a");
            Machine b = world.anyMachine("b");
            long stepAt = ClockSimulator.START + 20_000_000_000L + world.random.nextInt(1_000_000_000) * 60L;
            long step = (world.random.nextBoolean() ? 1 : -1) * (50_000_000L + world.random.nextInt(500_000_000));
            Machine after = world.machine("b", b.offset() + step, b.skew() * 1e6, 1);
            for (int i = 0; i < 1_000; i++) {
                long at = ClockSimulator.START + i * 100_000_000L;
                Machine now = at < stepAt ? b : after;
                world.message(a, a.shows(at), now, now.shows(at + 1 + delay(world)));
                world.message(now, now.shows(at), a, a.shows(at + 1 + delay(world)));
            }

            ClockTable table = world.table(MAX_SKEW);

            assertThat(table.isContradictory()).isTrue();
            ClockConflict conflict = table.pairs().get(0).conflict().orElseThrow();
            assertThat(byA(conflict.before())).isLessThan(a.shows(stepAt));
            assertThat(byA(conflict.after())).isGreaterThanOrEqualTo(a.shows(stepAt));
            assertThat(byA(conflict.after()) - byA(conflict.before())).isLessThan(2_000_000_000L);
            assertThat(2 * conflict.violation()).isLessThanOrEqualTo(Math.abs(step));
            assertThat(table.correct("b", b.shows(stepAt)).isBounded()).isFalse();
        });
    }

    private static long delay(ClockSimulator world) {
        return 100_000 + world.random.nextInt(1_000_000);
    }

    private static long byA(MessageTimes m) {
        return m.sender().equals("a") ? m.sent() : m.received();
    }

    @Test
    void clocksThatDriftByMoreThanAllowedAreContradictoryAndTheNeededSkewIsSaid() {
        ClockSimulator world = new ClockSimulator(3);
        Machine a = world.machine("a", 0, 0, 1);
        Machine b = world.machine("b", 0, 5_000, 1);
        world.talk(a, b, 500, 100);

        ClockPair narrow = world.table(MAX_SKEW).pairs().get(0);
        ClockPair wide = world.table(10_000).pairs().get(0);

        assertThat(narrow.quality()).isEqualTo(ClockQuality.CONTRADICTORY);
        assertThat(narrow.conflict().orElseThrow().neededSkewPpm()).isBetween(4_900.0, 5_000.0);
        assertThat(wide.quality()).isEqualTo(ClockQuality.ACCURATE);
        assertThat(wide.skewPpm()).isCloseTo(5_000, within(wide.skewErrorPpm()));
    }

    @Test
    void theOrderOfEventsAndTheNumbersOfLanesMakeNoDifference() {
        Seeds.each(50, seed -> {
            ClockSimulator world = connectedWorld(seed);
            if (world.random.nextBoolean()) {
                world.talk(world.machines.get(0), world.machine("m0", 77_000_000_000L, 0, 1), 20, 50);
            }

            ClockTable table = world.table(MAX_SKEW);
            ClockTable other = world.shuffledTable(MAX_SKEW);

            assertThat(other.reference()).isEqualTo(table.reference());
            assertThat(other.estimates()).isEqualTo(table.estimates());
            assertThat(other.pairs()).isEqualTo(table.pairs());
        });
    }

    @Test
    void clocksWithoutMessagesBetweenThemHaveReferencesOfTheirOwn() {
        ClockSimulator world = new ClockSimulator(4);
        Machine a = world.anyMachine("a");
        Machine b = world.anyMachine("b");
        Machine c = world.anyMachine("c");
        Machine d = world.anyMachine("d");
        world.talk(a, b, 10, 10);
        world.talk(c, d, 10, 10);
        Machine alone = world.anyMachine("alone");
        world.message(alone, alone.shows(ClockSimulator.START), alone, alone.shows(ClockSimulator.START + 5));

        ClockTable table = world.table(MAX_SKEW);

        Map<String, ClockEstimate> byName = new HashMap<>();
        table.estimates().forEach(e -> byName.put(e.domain(), e));
        assertThat(byName.get("b").reference()).isEqualTo("a");
        assertThat(byName.get("d").reference()).isEqualTo("c");
        assertThat(byName.get("c").quality()).isEqualTo(ClockQuality.REFERENCE);
        assertThat(byName.get("alone").quality()).isEqualTo(ClockQuality.ABSENT);
        assertThat(table.correct("b", b.shows(ClockSimulator.START)).isBounded())
                .isTrue();
        assertThat(table.correct("d", d.shows(ClockSimulator.START)).isBounded())
                .isFalse();
        assertThat(table.correct("alone", 7)).isEqualTo(new CorrectedTime(7, CorrectedTime.UNKNOWN));
        assertThat(table.correct("never heard of", 7)).isEqualTo(new CorrectedTime(7, CorrectedTime.UNKNOWN));
    }

    @Test
    void aClockIsReachedByTheWayOfLeastErrorAndErrorsAddUp() {
        ClockSimulator world = new ClockSimulator(5);
        Machine a = world.machine("a", 0, 0, 1);
        Machine b = world.machine("b", 1_000_000_000L, 10, 1);
        Machine c = world.machine("c", 2_000_000_000L, -10, 1);
        for (int i = 0; i < 100; i++) {
            long at = ClockSimulator.START + i * 1_000_000_000L;
            bothWays(world, a, b, at, 10_000);
            bothWays(world, b, c, at, 10_000);
            bothWays(world, a, c, at, 50_000_000);
        }

        ClockTable table = world.table(MAX_SKEW);

        ClockEstimate far = table.estimates().get(2);
        assertThat(far.domain()).isEqualTo("c");
        assertThat(far.hops()).isEqualTo(2);
        assertThat(far.error()).isGreaterThan(table.estimates().get(1).error()).isLessThan(100_000);
        assertThat(table.pairs().stream().map(ClockPair::used)).containsExactly(true, false, true);
    }

    private static void bothWays(ClockSimulator world, Machine a, Machine b, long at, long delay) {
        world.message(a, a.shows(at), b, b.shows(at + delay));
        world.message(b, b.shows(at), a, a.shows(at + delay));
    }

    @Test
    void lanesOfOneHostShareAClock() {
        ClockSimulator world = new ClockSimulator(6);
        Machine a1 = world.machine("a/main", 0, 0, 1);
        Machine a2 = world.machine("a/worker", 0, 0, 1);
        Machine b = world.machine("b/main", 5_000, 0, 1);
        world.talk(a1, a2, 10, 10);
        world.talk(a2, b, 10, 10);

        ClockTable table = world.table(MAX_SKEW);

        assertThat(table.estimates().stream().map(ClockEstimate::domain)).containsExactly("a", "b");
        assertThat(table.pairs()).hasSize(1);
        assertThat(table.pairs().get(0).forward()).isEqualTo(10);
    }

    @Test
    void theLargestSkewMustBeAFractionOfTime() {
        ClockSimulator world = new ClockSimulator(7);

        assertThatThrownBy(() -> world.table(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> world.table(1e6)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> world.table(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThat(world.table(999_999).estimates()).isEmpty();
    }
}

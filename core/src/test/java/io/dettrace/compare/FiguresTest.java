package io.dettrace.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.testkit.Faults;
import io.dettrace.testkit.Faults.Injected;
import io.dettrace.testkit.Faults.Kind;
import io.dettrace.testkit.ShivizLogs;
import io.dettrace.testkit.TestRun.LinkForm;
import io.dettrace.testkit.TestTrace;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The figures of the comparison on real vector-clock logs, with fixed seeds; each test prints its counts. */
class FiguresTest {
    private static final LinkForm[] FORMS = {LinkForm.CLOCKS, LinkForm.IDENTITIES, LinkForm.POSITIONS};

    @Test
    void relinearisedLogsAreEqual() {
        int trials = 0;
        List<String> falseAlarms = new ArrayList<>();
        for (Map.Entry<String, TestTrace> log : ShivizLogs.five().entrySet()) {
            for (int seed = 0; seed < 100; seed++) {
                Random random = new Random(seed);
                TestTrace a = log.getValue().copy().relinearise(random);
                TestTrace b = seed % 10 == 9
                        ? log.getValue().copy().recordLaneByLane(random)
                        : log.getValue().copy().relinearise(random);
                Comparison c = Compare.traces(a, b, FORMS[seed % 3]);
                trials++;
                if (!c.isEqual() || c.effectCount() > 0 || c.matched() != a.size()) {
                    falseAlarms.add(log.getKey() + " seed " + seed + "\n" + Compare.describe(c));
                }
            }
        }
        System.out.println("false divergences on equivalent runs: " + falseAlarms.size() + " of " + trials);
        assertThat(falseAlarms).isEmpty();
    }

    @Test
    void singleFaultsAreTheOnlyRoot() {
        Map<Kind, Integer> exact = new EnumMap<>(Kind.class);
        int trials = 0;
        List<String> misses = new ArrayList<>();
        for (Map.Entry<String, TestTrace> log : ShivizLogs.six().entrySet()) {
            for (Kind kind : Kind.values()) {
                int seed = 0;
                for (int trial = 0; trial < 100; trial++) {
                    Injected f = null;
                    Random random = null;
                    while (f == null) {
                        random = new Random(31 * log.getKey().hashCode() + 7 * kind.ordinal() + 1000L * seed++);
                        f = Faults.inject(log.getValue(), kind, anyEvent(log.getValue(), random), random);
                    }
                    TestTrace a = log.getValue().copy().relinearise(random);
                    LinkForm form = FORMS[trial % 3];
                    Comparison c = Compare.traces(a, f.faulty().relinearise(random), form);
                    trials++;
                    if (c.roots().size() == 1 && isAt(c.roots().get(0), f)) {
                        exact.merge(kind, 1, Integer::sum);
                    } else {
                        misses.add(log.getKey() + " seed " + (seed - 1) + " " + form + " " + kind + " at " + f.lane()
                                + " " + f.baselineFrom() + ".." + f.baselineTo() + "\n" + Compare.describe(c));
                    }
                }
            }
        }
        int sum = exact.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println("exact root of single faults: " + sum + " of " + trials + " " + exact);
        misses.forEach(System.out::println);
        assertThat(sum).isGreaterThanOrEqualTo(trials * 995 / 1000);
    }

    @Test
    void twoIndependentFaultsAreTheOnlyRoots() {
        int trials = 0;
        int exact = 0;
        List<String> misses = new ArrayList<>();
        for (Map.Entry<String, TestTrace> log : ShivizLogs.six().entrySet()) {
            int seed = 0;
            for (int trial = 0; trial < 60; seed++) {
                Random random = new Random(31 * log.getKey().hashCode() + 1000L * seed);
                Kind kind = Kind.values()[random.nextInt(5)];
                Kind kind2 = Kind.values()[random.nextInt(5)];
                TestTrace base = log.getValue();
                int first = anyEvent(base, random);
                int second = anyEvent(base, random);
                if (!independent(base, first, second)) {
                    continue;
                }
                trial++;
                Injected f = Faults.inject(base, kind, first, random, Set.of(base.event(second).lane));
                Injected g = f == null ? null : Faults.inject(f.faulty(), kind2, second, random, Set.of(f.lane()));
                if (g == null) {
                    continue;
                }
                trials++;
                TestTrace a = base.copy().relinearise(random);
                Comparison c = Compare.traces(a, g.faulty().relinearise(random), FORMS[trial % 3]);
                boolean both = c.roots().size() == 2
                        && c.roots().stream().anyMatch(d -> isAt(d, f))
                        && c.roots().stream().anyMatch(d -> isAt(d, g));
                if (both) {
                    exact++;
                } else {
                    misses.add(log.getKey() + " seed " + seed + " " + FORMS[trial % 3] + " " + kind + " at " + f.lane()
                            + " "
                            + f.baselineFrom() + ", " + kind2 + " at " + g.lane() + " " + g.baselineFrom() + "\n"
                            + Compare.describe(c));
                }
            }
        }
        System.out.println("both roots and no other of two independent faults: " + exact + " of " + trials);
        misses.forEach(System.out::println);
        assertThat(exact).isEqualTo(trials).isGreaterThanOrEqualTo(297);
    }

    /** The two executions of one file differ in what the users do; what follows from it is no root. */
    @Test
    void executionsOfOneFileAreComparedByCausality() {
        List<TestTrace> runs = ShivizLogs.facebookPair();
        for (LinkForm form : FORMS) {
            Comparison c = Compare.traces(runs.get(0), runs.get(1), form);
            System.out.println("facebook-multiple.log as " + form + "\n" + Compare.describe(c));
            String reordered = Compare.canonical(Compare.traces(
                    runs.get(0).copy().recordLaneByLane(new Random(1)),
                    runs.get(1).copy().relinearise(new Random(2)),
                    form));
            assertThat(reordered).isEqualTo(Compare.canonical(c));
            assertThat(c.roots()).singleElement().satisfies(root -> {
                assertThat(root.lane()).isEqualTo("alice");
                assertThat(root.type()).isEqualTo(DivergenceClass.MISSING);
                assertThat(root.expected().orElseThrow().ordinal()).isEqualTo(2);
                assertThat(root.expectedCount()).isEqualTo(2);
            });
            assertThat(c.effectsByLane()).containsOnlyKeys("eastDC", "loadBalancer");
        }
    }

    private static int anyEvent(TestTrace trace, Random random) {
        return trace.recorded().get(random.nextInt(trace.size())).id;
    }

    /** True if neither event, nor an equal neighbour of it or what is swapped with it, depends on the other. */
    private static boolean independent(TestTrace t, int first, int second) {
        return !reach(t, first).contains(second)
                && !reach(t, second).contains(first)
                && !reach(t, first).contains(next(t, second))
                && !reach(t, second).contains(next(t, first));
    }

    private static int next(TestTrace t, int id) {
        TestTrace.Event e = t.event(id);
        int at = t.position(e) + 1;
        return at < t.lane(e.lane).size() ? t.at(e.lane, at).id : id;
    }

    private static Set<Integer> reach(TestTrace t, int id) {
        Set<Integer> reach = new HashSet<>();
        TestTrace.Event e = t.event(id);
        int[] run = t.equalRun(e.lane, t.position(e));
        t.cone(t.at(e.lane, run[0])).forEach(x -> reach.add(x.id));
        return reach;
    }

    /** True if the divergence is in the fault's lane and at one of the positions that cannot be told apart. */
    static boolean isAt(Divergence d, Injected f) {
        long at = d.expected().or(d::actual).orElseThrow().ordinal();
        boolean past = d.expected().isEmpty();
        return d.lane().equals(f.lane()) && at >= f.baselineFrom() && at <= f.baselineTo() + (past ? 1 : 0);
    }
}

package io.dettrace.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.event.EventCursor;
import io.dettrace.event.EventStore;
import io.dettrace.event.LaneTable;
import io.dettrace.event.Run;
import io.dettrace.testkit.Faults;
import io.dettrace.testkit.Faults.Injected;
import io.dettrace.testkit.Faults.Kind;
import io.dettrace.testkit.Seeds;
import io.dettrace.testkit.ShivizLogs;
import io.dettrace.testkit.TestRun;
import io.dettrace.testkit.TestRun.LinkForm;
import io.dettrace.testkit.TestTrace;
import io.dettrace.testkit.TestTrace.Event;
import io.dettrace.testkit.TraceGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What must stay the same, or change in a known way, when runs are changed: M1 to M14 of the comparison page. */
class MetamorphicTest {
    private static final List<TestTrace> REAL = List.copyOf(ShivizLogs.six().values());
    private static final LinkForm[] FORMS = {LinkForm.CLOCKS, LinkForm.IDENTITIES, LinkForm.POSITIONS};

    /** A real log in one of five cases, else a generated run. */
    private static TestTrace any(Random random) {
        return random.nextInt(5) == 0
                ? REAL.get(random.nextInt(REAL.size())).copy()
                : TraceGenerator.any(random.nextLong());
    }

    private static LinkForm form(Random random) {
        return FORMS[random.nextInt(FORMS.length)];
    }

    private static Event event(TestTrace trace, Random random) {
        return trace.recorded().get(random.nextInt(trace.size()));
    }

    /** A trace with one or two faults. */
    private static TestTrace faulty(TestTrace trace, Random random) {
        TestTrace faulty = trace;
        for (int i = random.nextInt(3); i >= 0; i--) {
            Injected f = Faults.inject(faulty, Kind.values()[random.nextInt(5)], event(faulty, random).id, random);
            faulty = f == null ? faulty : f.faulty();
        }
        return faulty;
    }

    @Test
    void m1AndM2AndM4EquivalentRunsAreEqual() {
        Seeds.each(100, this::m1AndM2AndM4EquivalentRunsAreEqual);
    }

    private void m1AndM2AndM4EquivalentRunsAreEqual(long seed) {
        Random random = new Random(seed);
        TestTrace trace = any(random);
        LinkForm form = form(random);
        Run a = new TestRun("a", trace, form);
        Run same = new TestRun("a", trace, form, 3 + random.nextInt(1_000_000), 7);
        Run other = new TestRun("b", trace.copy().relinearise(random), form);
        Run byLane = new TestRun("c", trace.copy().recordLaneByLane(random), form);
        for (Run b : List.of(a, same, other, byLane)) {
            Comparison c = Compare.runs(a, b);
            assertThat(c.isEqual()).as(Compare.describe(c)).isTrue();
            assertThat(c.matched()).isEqualTo(trace.size());
            assertThat(c.effectCount()).isZero();
            assertThat(c.complete()).isTrue();
        }
    }

    @Test
    void m5ToM7SingleFaultsAreTheOnlyRoot() {
        Seeds.each(300, this::m5ToM7SingleFaultsAreTheOnlyRoot);
    }

    private void m5ToM7SingleFaultsAreTheOnlyRoot(long seed) {
        Random random = new Random(seed);
        TestTrace trace = any(random);
        Kind kind = Kind.values()[random.nextInt(5)];
        Injected f = Faults.inject(trace, kind, event(trace, random).id, random);
        if (f == null) {
            return;
        }
        LinkForm form = form(random);
        Comparison c = Compare.traces(
                trace.copy().relinearise(random), f.faulty().copy().relinearise(random), form);
        String what = form + " " + kind + " at " + f.lane() + " " + f.baselineFrom() + ".." + f.baselineTo() + "\n"
                + Compare.describe(c);
        assertThat(c.roots()).as(what).hasSize(1);
        assertThat(FiguresTest.isAt(c.roots().get(0), f)).as(what).isTrue();
    }

    @Test
    void m5InsertedEventIsExtra() {
        Seeds.each(200, this::m5InsertedEventIsExtra);
    }

    private void m5InsertedEventIsExtra(long seed) {
        Random random = new Random(seed);
        TestTrace trace = any(random);
        Event before = event(trace, random);
        TestTrace longer = trace.copy();
        int at = trace.position(before);
        longer.insert(before.lane, at, "inserted", null);
        Comparison c = Compare.traces(trace, longer.relinearise(random), form(random));
        assertThat(c.roots()).as(Compare.describe(c)).hasSize(1);
        assertThat(c.roots().get(0).type()).isEqualTo(DivergenceClass.EXTRA);
        assertThat(c.roots().get(0).actual().orElseThrow().ordinal()).isEqualTo(at);
        assertThat(c.effectCount()).as(Compare.describe(c)).isZero();
    }

    @Test
    void m8InvertedMessageIsAnOrderInversionOfThatPair() {
        Seeds.each(200, this::m8InvertedMessageIsAnOrderInversionOfThatPair);
    }

    private void m8InvertedMessageIsAnOrderInversionOfThatPair(long seed) {
        Random random = new Random(seed);
        TestTrace trace = any(random);
        List<Event> receives =
                trace.recorded().stream().filter(e -> !e.preds.isEmpty()).toList();
        if (receives.isEmpty()) {
            return;
        }
        Event receive = receives.get(random.nextInt(receives.size()));
        Event send = receive.preds.get(0);
        TestTrace raced = trace.copy();
        if (!raced.invert(raced.event(send.id), raced.event(receive.id))) {
            return;
        }
        Comparison c = Compare.traces(trace.copy().relinearise(random), raced.relinearise(random), form(random));
        assertThat(c.roots()).as(Compare.describe(c)).hasSize(1);
        Divergence d = c.roots().get(0);
        assertThat(d.type()).isEqualTo(DivergenceClass.ORDER_INVERSION);
        assertThat(d.members().stream()
                        .map(m -> m.lane() + m.expected().orElseThrow().ordinal()))
                .containsExactlyInAnyOrder(send.lane + trace.position(send), receive.lane + trace.position(receive));
        assertThat(d.expected().orElseThrow().lane()).isEqualTo(send.lane);
        assertThat(d.actual().orElseThrow().lane()).isEqualTo(receive.lane);
    }

    @Test
    void m8SwappedIndependentEventsAreEqual() {
        Seeds.each(50, this::m8SwappedIndependentEventsAreEqual);
    }

    private void m8SwappedIndependentEventsAreEqual(long seed) {
        Random random = new Random(seed);
        TestTrace trace = any(random);
        TestTrace swapped = trace.copy();
        swapped.swapIndependent(random.nextInt(trace.size()));
        assertThat(Compare.traces(trace, swapped, form(random)).isEqual()).isTrue();
    }

    @Test
    void m9SwappingTheRunsMirrorsTheRoots() {
        Seeds.each(300, this::m9SwappingTheRunsMirrorsTheRoots);
    }

    private void m9SwappingTheRunsMirrorsTheRoots(long seed) {
        Random random = new Random(seed);
        TestTrace trace = any(random);
        TestTrace faulty = faulty(trace, random);
        LinkForm form = form(random);
        Comparison there = Compare.traces(trace, faulty, form);
        Comparison back = Compare.traces(faulty, trace, form);
        String what = Compare.describe(there) + "swapped\n" + Compare.describe(back);
        assertThat(back.roots()).as(what).hasSameSizeAs(there.roots());
        assertThat(back.effectCount()).as(what).isEqualTo(there.effectCount());
        for (int i = 0; i < there.roots().size(); i++) {
            Divergence d = there.roots().get(i);
            Divergence e = back.roots().stream()
                    .filter(r -> place(r.actual()).equals(place(d.expected()))
                            && place(r.expected()).equals(place(d.actual())))
                    .findFirst()
                    .orElse(null);
            assertThat(e).as(what).isNotNull();
            assertThat(undirected(e.type()))
                    .as(what)
                    .isEqualTo(undirected(d.type().mirrored()));
            assertThat(e.expectedCount()).as(what).isEqualTo(d.actualCount());
        }
    }

    private static String place(java.util.Optional<EventPoint> point) {
        return point.map(p -> p.lane() + "#" + p.ordinal()).orElse("-");
    }

    private static DivergenceClass undirected(DivergenceClass type) {
        return type == DivergenceClass.DUPLICATED ? DivergenceClass.EXTRA : type;
    }

    @Test
    void m10CutRunEndsEarly() {
        Seeds.each(150, this::m10CutRunEndsEarly);
    }

    private void m10CutRunEndsEarly(long seed) {
        Random random = new Random(seed);
        TestTrace trace = any(random).relinearise(random);
        TestTrace cut = trace.copy();
        int keep = random.nextInt(trace.size());
        cut.cut(keep);
        Comparison c = Compare.traces(trace, cut, form(random));
        assertThat(c.effects()).as(Compare.describe(c)).allMatch(MetamorphicTest::isEnd);
        assertThat(c.roots()).as(Compare.describe(c)).isNotEmpty().allMatch(MetamorphicTest::isEnd);
        long lost = c.roots().stream().mapToLong(Divergence::expectedCount).sum()
                + c.effects().stream().mapToLong(Divergence::expectedCount).sum();
        assertThat(lost).as(Compare.describe(c)).isEqualTo(trace.size() - keep);
    }

    private static boolean isEnd(Divergence d) {
        boolean single = d.expectedCount() == 1 && d.actual().isEmpty();
        return single || d.type() == DivergenceClass.ENDED_EARLY || d.type() == DivergenceClass.LANE_MISSING;
    }

    @Test
    void m11CommonPrefixMovesTheRootsAndNothingElse() {
        Seeds.each(150, this::m11CommonPrefixMovesTheRootsAndNothingElse);
    }

    private void m11CommonPrefixMovesTheRootsAndNothingElse(long seed) {
        Random random = new Random(seed);
        TestTrace trace = any(random);
        TestTrace faulty = faulty(trace, random);
        LinkForm form = form(random);
        Comparison plain = Compare.traces(trace, faulty, form);
        TestTrace longer = trace.copy();
        TestTrace longerFaulty = faulty.copy();
        int n = 1 + random.nextInt(20);
        longer.prepend(n, trace.lanes());
        longerFaulty.prepend(n, trace.lanes());
        Comparison prefixed = Compare.traces(longer, longerFaulty, form);
        String what = Compare.describe(plain) + "prefixed by " + n + "\n" + Compare.describe(prefixed);
        assertThat(places(prefixed, 0)).as(what).containsExactlyInAnyOrderElementsOf(places(plain, n));
    }

    private static List<String> places(Comparison c, int shift) {
        return c.roots().stream()
                .map(d -> d.lane() + " "
                        + (d.expected().or(d::actual).orElseThrow().ordinal() + shift))
                .toList();
    }

    @Test
    void m13WindowAndCapChangeNoVerdict() {
        Seeds.each(150, this::m13WindowAndCapChangeNoVerdict);
    }

    private void m13WindowAndCapChangeNoVerdict(long seed) {
        Random random = new Random(seed);
        TestTrace trace = any(random);
        TestTrace faulty = faulty(trace, random);
        LinkForm form = form(random);
        Run a = new TestRun("a", trace, form);
        Run b = new TestRun("b", faulty, form);
        Comparison normal = Compare.runs(a, b);
        for (CompareOptions options : List.of(
                CompareOptions.DEFAULT.withWindow(32),
                CompareOptions.DEFAULT.withWindow(2_000),
                CompareOptions.DEFAULT.withContext(0),
                CompareOptions.DEFAULT.withMaxQueued(16_384))) {
            Comparison c = Compare.runs(a, b, options);
            String what = Compare.describe(normal) + options + "\n" + Compare.describe(c);
            boolean undecided = c.roots().stream().anyMatch(d -> d.type() == DivergenceClass.UNDECIDED);
            if (!undecided) {
                assertThat(places(c, 0)).as(what).isEqualTo(places(normal, 0));
            }
        }
    }

    @Test
    void m14AnswerDoesNotDependOnReading() {
        Seeds.each(200, this::m14AnswerDoesNotDependOnReading);
    }

    private void m14AnswerDoesNotDependOnReading(long seed) throws IOException {
        Random random = new Random(seed);
        TestTrace trace = any(random);
        TestTrace faulty = faulty(trace, random);
        LinkForm form = form(random);
        Run a = new TestRun("a", trace, form);
        Run b = new TestRun("b", faulty, form);
        String expected = Compare.canonical(Compare.runs(a, b));
        Run tinyA = new TestRun("a", trace, form, 1, 1 + random.nextInt(3), 1, 5);
        Run oddB = new TestRun("b", faulty, form, 1, 17, 1, 1 + random.nextInt(100));
        assertThat(Compare.canonical(Compare.runs(tinyA, oddB))).isEqualTo(expected);
        assertThat(Compare.canonical(Compare.runs(stored(a), stored(b)))).isEqualTo(expected);
        assertThat(Compare.canonical(Compare.runs(renumbered(a, random), renumbered(oddB, random))))
                .isEqualTo(expected);
        Run otherOrder = new TestRun("a", trace.copy().relinearise(random), form, 1, 13);
        Run byLane = new TestRun("b", faulty.copy().recordLaneByLane(random), form, 1, 19);
        // Without clocks independent roots are listed as recorded: what is found has to be the same, not its order, nor
        // which of two equally near roots the path of an effect leads to.
        List<String> found = found(expected);
        assertThat(found(Compare.canonical(Compare.runs(otherOrder, b)))).isEqualTo(found);
        assertThat(found(Compare.canonical(Compare.runs(otherOrder, byLane)))).isEqualTo(found);
    }

    private static List<String> found(String canonical) {
        return canonical
                .lines()
                .map(l -> l.replaceAll(" by \\[.*", ""))
                .sorted()
                .toList();
    }

    /** A run read once into an {@link EventStore}. */
    private static Run stored(Run run) {
        return new Delegate(run) {
            @Override
            public EventCursor events(LaneTable lanes) throws IOException {
                return EventStore.load(super.events(lanes)).cursor();
            }
        };
    }

    /** A run whose lanes have other numbers. */
    private static Run renumbered(Run run, Random random) throws IOException {
        LaneTable seen = new LaneTable();
        EventStore.load(run.events(seen));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < seen.size(); i++) {
            names.add(seen.name(i));
        }
        Collections.shuffle(names, random);
        return new Delegate(run) {
            @Override
            public EventCursor events(LaneTable lanes) throws IOException {
                names.forEach(lanes::number);
                return super.events(lanes);
            }
        };
    }
}

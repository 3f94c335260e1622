package io.dettrace.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.testkit.TestRun;
import io.dettrace.testkit.TestRun.LinkForm;
import io.dettrace.testkit.TestTrace;
import io.dettrace.testkit.TestTrace.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which class small differences have, and where they are said to be. */
class DivergenceClassTest {
    /** A trace whose lanes are given as {@code lane: a b c}. */
    private static TestTrace lanes(String... lanes) {
        TestTrace trace = new TestTrace();
        for (String lane : lanes) {
            String name = lane.substring(0, lane.indexOf(':'));
            for (String label : lane.substring(lane.indexOf(':') + 1).trim().split(" +")) {
                String kind = label.contains("=") ? label.substring(0, label.indexOf('=')) : null;
                trace.add(name, label, kind, List.of());
            }
        }
        return trace;
    }

    private static Divergence only(String a, String b) {
        Comparison c = Compare.traces(lanes(a), lanes(b), LinkForm.NONE);
        assertThat(c.roots()).as(Compare.describe(c)).hasSize(1);
        assertThat(c.effectCount()).as(Compare.describe(c)).isZero();
        return c.roots().get(0);
    }

    private static void assertOnly(String a, String b, DivergenceClass type, int at) {
        Divergence d = only(a, b);
        assertThat(d.type()).isEqualTo(type);
        assertThat(d.expected().or(d::actual).orElseThrow().ordinal()).isEqualTo(at);
        Divergence mirrored = only(b, a);
        boolean duplicate = mirrored.type() == DivergenceClass.DUPLICATED && type == DivergenceClass.MISSING;
        assertThat(mirrored.type()).isEqualTo(duplicate ? DivergenceClass.DUPLICATED : type.mirrored());
    }

    @Test
    void anotherValueOfTheSameKindIsAValue() {
        assertOnly("p: a x=1 b c d", "p: a x=2 b c d", DivergenceClass.VALUE, 1);
    }

    @Test
    void anotherKindIsASubstitution() {
        assertOnly("p: a x=1 b c d", "p: a y=1 b c d", DivergenceClass.SUBSTITUTED, 1);
    }

    @Test
    void missingExtraAndDuplicatedEvents() {
        assertOnly("p: a b c d e f", "p: a b d e f", DivergenceClass.MISSING, 2);
        assertOnly("p: a b d e f", "p: a b c d e f", DivergenceClass.EXTRA, 2);
        assertOnly("p: a b c d e f", "p: a b b c d e f", DivergenceClass.DUPLICATED, 2);
    }

    @Test
    void missingLastEventOfTheOnlyLaneIsMissing() {
        assertOnly("p: a b c d", "p: a b c", DivergenceClass.MISSING, 3);
    }

    @Test
    void loopThatRunsAnotherNumberOfTimes() {
        assertOnly("p: a x x x b c d", "p: a x x x x x b c d", DivergenceClass.REPEATED_COUNT, 4);
        assertOnly("p: s a b a b e f g h", "p: s a b a b a b e f g h", DivergenceClass.REPEATED_COUNT, 5);
    }

    @Test
    void swappedNeighboursAreMoved() {
        assertOnly("p: a b c d e f", "p: a c b d e f", DivergenceClass.MOVED, 1);
    }

    @Test
    void eventThatComesFarLaterIsMoved() {
        StringBuilder middle = new StringBuilder();
        for (int i = 0; i < 600; i++) {
            middle.append(" m").append(i);
        }
        TestTrace a = lanes("p: a late" + middle + " y z");
        TestTrace b = lanes("p: a" + middle + " late y z");
        Comparison c = Compare.traces(a, b, LinkForm.NONE);
        assertThat(c.roots()).hasSize(1);
        assertThat(c.roots().get(0).type()).isEqualTo(DivergenceClass.MOVED);
        assertThat(c.roots().get(0).expected().orElseThrow().ordinal()).isEqualTo(1);
        assertThat(c.effects()).singleElement().satisfies(e -> {
            assertThat(e.type()).isEqualTo(DivergenceClass.MOVED);
            assertThat(e.actual().orElseThrow().ordinal()).isEqualTo(601);
        });
    }

    @Test
    void laneThatStopsEndsEarly() {
        Divergence d = only("p: a b c d e", "p: a b");
        assertThat(d.type()).isEqualTo(DivergenceClass.ENDED_EARLY);
        assertThat(d.endedSide()).contains(Side.CANDIDATE);
        assertThat(d.expectedCount()).isEqualTo(3);
        assertThat(only("p: a b", "p: a b c d e").endedSide()).contains(Side.BASELINE);
    }

    @Test
    void cutOfSeveralLanesEndsEarlyAlsoWhereOneEventIsLost() {
        Comparison c = Compare.traces(lanes("p: a b c", "q: d e f"), lanes("p: a b", "q: d e"), LinkForm.NONE);
        assertThat(c.roots()).hasSize(2).allMatch(d -> d.type() == DivergenceClass.ENDED_EARLY);
        assertThat(c.roots()).allMatch(d -> d.endedSide().equals(java.util.Optional.of(Side.CANDIDATE)));
    }

    @Test
    void wholeLanes() {
        Comparison c = Compare.traces(lanes("p: a b", "q: c d"), lanes("p: a b"), LinkForm.NONE);
        assertThat(c.roots()).singleElement().satisfies(d -> {
            assertThat(d.type()).isEqualTo(DivergenceClass.LANE_MISSING);
            assertThat(d.expectedCount()).isEqualTo(2);
        });
        Comparison back = Compare.traces(lanes("p: a b"), lanes("p: a b", "q: c d"), LinkForm.NONE);
        assertThat(back.roots())
                .singleElement()
                .satisfies(d -> assertThat(d.type()).isEqualTo(DivergenceClass.LANE_EXTRA));
    }

    @Test
    void messageFromAnotherSenderIsALink() {
        TestTrace a = new TestTrace();
        Event p = a.add("p", "send");
        Event q = a.add("q", "send");
        a.add("r", "receive", p);
        a.add("s", "receive", q);
        TestTrace b = a.copy();
        b.at("r", 0).preds.set(0, b.at("q", 0));
        for (LinkForm form : List.of(LinkForm.CLOCKS, LinkForm.IDENTITIES, LinkForm.POSITIONS)) {
            Comparison c = Compare.traces(a, b, form);
            assertThat(c.roots()).as(form.name()).singleElement().satisfies(d -> {
                assertThat(d.type()).isEqualTo(DivergenceClass.LINK);
                assertThat(d.lane()).isEqualTo("r");
            });
        }
    }

    @Test
    void effectsNameTheirRootAndTheShortestCausalPath() {
        TestTrace a = new TestTrace();
        a.add("p", "p0");
        Event first = a.add("p", "value", "value", List.of());
        Event toQ = a.add("p", "to q");
        Event atQ = a.add("q", "from p", toQ);
        Event toR = a.add("q", "to r");
        a.add("r", "r0");
        a.add("r", "from q", toR);
        a.add("r", "result", "result", List.of());
        a.add("r", "r9");
        TestTrace b = a.copy();
        b.event(first.id).label = "other";
        b.at("r", 2).label = "wrong result";
        for (LinkForm form : List.of(LinkForm.CLOCKS, LinkForm.IDENTITIES, LinkForm.POSITIONS)) {
            Comparison c = Compare.traces(a, b, form);
            assertThat(c.roots())
                    .singleElement()
                    .satisfies(d -> assertThat(d.lane()).isEqualTo("p"));
            assertThat(c.effectsByLane()).containsExactly(java.util.Map.entry("r", 1L));
            Divergence effect = c.effects().get(0);
            assertThat(effect.roots()).containsExactly(0);
            String path = effect.path().stream()
                    .map(s -> s.fromLane() + ">" + s.event().lane() + s.event().ordinal())
                    .toList()
                    .toString();
            assertThat(path).isEqualTo(form == LinkForm.CLOCKS ? "[p>r1]" : "[p>q" + a.position(atQ) + ", q>r1]");
            assertThat(effect.before()).isNotEmpty();
        }
    }

    @Test
    void effectsWhoseLabelsAgreeAreNotCounted() {
        TestTrace a = new TestTrace();
        Event send = a.add("p", "send");
        a.add("p", "p1");
        a.add("q", "receive", send);
        a.add("q", "q1");
        TestTrace b = a.copy();
        b.deleteWithLinks(b.event(send.id));
        Comparison c = Compare.traces(a, b, LinkForm.IDENTITIES);
        assertThat(c.roots())
                .as(Compare.describe(c))
                .singleElement()
                .satisfies(d -> assertThat(d.lane()).isEqualTo("p"));
        assertThat(c.effectCount()).isZero();
    }

    @Test
    void deletedEventWithGapInTheClockIsTheOnlyRoot() {
        TestTrace a = new TestTrace();
        a.add("p", "p0");
        Event lost = a.add("p", "lost");
        Event send = a.add("p", "send");
        a.add("q", "q0");
        a.add("q", "receive", send);
        a.add("q", "q2");
        TestTrace b = a.copy();
        b.event(lost.id).hidden = true;
        Comparison c = Compare.traces(a, b, LinkForm.CLOCKS);
        assertThat(c.roots()).as(Compare.describe(c)).singleElement().satisfies(d -> {
            assertThat(d.type()).isEqualTo(DivergenceClass.MISSING);
            assertThat(d.expected().orElseThrow().ordinal()).isEqualTo(1);
        });
        assertThat(c.effectCount()).isZero();
        assertThat(Compare.runs(new TestRun("a", b, LinkForm.CLOCKS), new TestRun("b", b, LinkForm.CLOCKS))
                        .isEqual())
                .isTrue();
    }
}

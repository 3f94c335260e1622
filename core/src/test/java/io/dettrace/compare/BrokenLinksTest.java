package io.dettrace.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.event.EventBlock;
import io.dettrace.event.EventCursor;
import io.dettrace.event.LaneTable;
import io.dettrace.event.Run;
import io.dettrace.testkit.TestRun;
import io.dettrace.testkit.TestRun.LinkForm;
import io.dettrace.testkit.TestTrace;
import io.dettrace.testkit.TestTrace.Event;
import java.io.IOException;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Links that cannot be: the comparison ends, says what it left out, and compares the rest. */
@Timeout(20)
class BrokenLinksTest {
    /** Two lanes of four events where {@code p1} and {@code q1} may need each other. */
    private static TestTrace pair(boolean cycle) {
        TestTrace t = new TestTrace();
        for (int i = 0; i < 4; i++) {
            t.add("p", "p" + i);
            t.add("q", "q" + i);
        }
        if (cycle) {
            t.at("p", 1).preds.add(t.at("q", 2));
            t.at("q", 1).preds.add(t.at("p", 2));
        }
        return t;
    }

    @Test
    void sameCycleInBothRunsIsLeftOut() {
        for (LinkForm form : List.of(LinkForm.IDENTITIES, LinkForm.POSITIONS)) {
            Comparison c = Compare.traces(pair(true), pair(true), form);
            assertThat(c.isEqual()).as(Compare.describe(c)).isTrue();
            assertThat(c.matched()).isEqualTo(8);
            assertThat(c.cyclicLinks()).isEqualTo(4);
        }
    }

    @Test
    void cycleInOneRunIsCountedAndTheMissingLinksAreTheDivergence() {
        Comparison equal = Compare.traces(pair(true), pair(false), LinkForm.POSITIONS);
        assertThat(equal.cyclicLinks()).isEqualTo(2);
        assertThat(equal.isEqual()).as(Compare.describe(equal)).isTrue();
        TestTrace linked = pair(false);
        linked.at("p", 1).preds.add(linked.at("q", 2));
        Comparison c = Compare.traces(pair(true), linked, LinkForm.POSITIONS);
        assertThat(c.cyclicLinks()).isEqualTo(2);
        assertThat(c.roots()).as(Compare.describe(c)).singleElement().satisfies(d -> {
            assertThat(d.type()).isEqualTo(DivergenceClass.LINK);
            assertThat(d.lane()).isEqualTo("p");
        });
    }

    @Test
    void cycleAroundALabelFaultKeepsTheFault() {
        TestTrace b = pair(true);
        b.at("q", 1).label = "fault";
        Comparison c = Compare.traces(pair(true), b, LinkForm.IDENTITIES);
        assertThat(c.roots()).as(Compare.describe(c)).singleElement().satisfies(d -> {
            assertThat(d.lane()).isEqualTo("q");
            assertThat(d.expected().orElseThrow().ordinal()).isEqualTo(1);
        });
    }

    @Test
    void linkToItsOwnLaneIsNoLink() {
        TestTrace t = new TestTrace();
        Event first = t.add("p", "p0");
        first.preds.add(t.add("p", "p1"));
        first.preds.add(first);
        assertThat(Compare.traces(t, t.copy(), LinkForm.IDENTITIES).isEqual()).isTrue();
    }

    /** A run of one lane per name, one event each, with rows changed before they are added. */
    private static Run rows(int n, BiConsumer<Integer, EventBlock> links) {
        TestTrace t = new TestTrace();
        for (int i = 0; i < n; i++) {
            t.add("lane" + i % 3, "e" + i);
        }
        return new Delegate(new TestRun("r", t, LinkForm.NONE)) {
            @Override
            public EventCursor events(LaneTable lanes) throws IOException {
                EventCursor all = super.events(lanes);
                return new EventCursor() {
                    @Override
                    public boolean next(EventBlock block) throws IOException {
                        EventBlock plain = new EventBlock();
                        boolean more = all.next(plain);
                        block.clear();
                        for (int i = 0; i < plain.size; i++) {
                            int row = block.size;
                            block.lane[row] = plain.lane[i];
                            block.label[row] = plain.label[i];
                            block.kind[row] = plain.kind[i];
                            block.clock[row] = 0;
                            block.defines[row] = 0;
                            block.line[row] = plain.line[i];
                            links.accept(i, block);
                        }
                        return more;
                    }

                    @Override
                    public void close() throws IOException {
                        all.close();
                    }
                };
            }
        };
    }

    @Test
    void danglingLinksAreCountedAndDoNotDiffer() {
        Run run = rows(30, (i, b) -> {
            int links = i == 4 ? b.addLink(0, EventBlock.BY_IDENTITY, 99) : 0;
            b.commit(i == 5 ? b.addLink(links, b.lane[0], 1_000) : links);
        });
        Comparison c = Compare.runs(run, run);
        assertThat(c.isEqual()).isTrue();
        assertThat(c.danglingLinks()).isEqualTo(4);
        assertThat(c.matched()).isEqualTo(30);
    }

    @Test
    void danglingLinkInOneRunAloneIsNoDivergence() {
        Run a = rows(30, (i, b) -> b.commit(i == 4 ? b.addLink(0, EventBlock.BY_IDENTITY, 99) : 0));
        Run b = rows(30, (i, block) -> block.commit(0));
        assertThat(Compare.runs(a, b).isEqual()).isTrue();
    }

    @Test
    void firstEventOfADuplicateIdentityIsMeant() {
        Run run = rows(30, (i, b) -> {
            b.defines[b.size] = i == 0 || i == 7 ? 5 : 0;
            b.commit(i == 5 ? b.addLink(0, EventBlock.BY_IDENTITY, 5) : 0);
        });
        Run laterDuplicate = rows(30, (i, b) -> {
            b.defines[b.size] = i == 0 || i == 13 ? 5 : 0;
            b.commit(i == 5 ? b.addLink(0, EventBlock.BY_IDENTITY, 5) : 0);
        });
        assertThat(Compare.runs(run, run).isEqual()).isTrue();
        assertThat(Compare.runs(run, laterDuplicate).isEqual()).isTrue();
    }

    @Test
    void receiveMayStandBeforeItsSend() {
        Run early = rows(30, (i, b) -> {
            b.defines[b.size] = i == 28 ? 5 : 0;
            b.commit(i == 0 ? b.addLink(0, EventBlock.BY_IDENTITY, 5) : 0);
        });
        Comparison c = Compare.runs(early, early);
        assertThat(c.isEqual()).isTrue();
        assertThat(c.danglingLinks()).isZero();
    }

    @Test
    void messagesLinkReceivesToTheirSend() {
        Run a = rows(
                30, (i, b) -> b.commit(i % 10 == 3 || i % 10 == 7 ? b.addLink(0, EventBlock.BY_MESSAGE, i / 10) : 0));
        Run b = rows(
                30,
                (i, block) -> block.commit(
                        i % 10 == 3 || i % 10 == (i < 20 ? 7 : 8)
                                ? block.addLink(0, EventBlock.BY_MESSAGE, i / 10)
                                : 0));
        assertThat(Compare.runs(a, a).isEqual()).isTrue();
        Comparison c = Compare.runs(a, b);
        assertThat(c.roots()).isNotEmpty().allMatch(d -> d.type() == DivergenceClass.LINK);
    }

    @Test
    void pastTheLimitLinksThatNothingAnswersAreLeftOut() {
        Run run = rows(60_000, (i, b) -> b.commit(i == 0 ? b.addLink(0, EventBlock.BY_IDENTITY, 99) : 0));
        Comparison c = Compare.runs(run, run, CompareOptions.DEFAULT.withMaxQueued(16_384));
        assertThat(c.isEqual()).as(Compare.describe(c)).isTrue();
        assertThat(c.matched()).isEqualTo(60_000);
        assertThat(c.maxQueued()).isLessThan(30_000);
    }
}

package io.dettrace.clocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.event.EventBlock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkResolverTest {
    private final List<String> links = new ArrayList<>();
    private final LinkResolver resolver = new LinkResolver((key, fromLane, fromTime, toLane, toTime, readFirst) ->
            links.add(fromLane + "@" + fromTime + " -> " + toLane + "@" + toTime + (readFirst ? "" : " read later")));

    private void event(int lane, long time, long clock, long defines, long... laneAndRef) {
        EventBlock block = new EventBlock();
        block.clear();
        block.lane[0] = lane;
        block.clock[0] = clock;
        block.defines[0] = defines;
        int n = 0;
        for (int i = 0; i < laneAndRef.length; i += 2) {
            n = block.addLink(n, (int) laneAndRef[i], laneAndRef[i + 1]);
        }
        block.commit(n);
        resolver.add(block, 0, time);
    }

    @Test
    void findsEventsByLaneAndClockWhicheverIsReadFirst() {
        event(0, 10, 5, 0);
        event(1, 20, 1, 0, 0, 5);
        event(1, 30, 2, 0, 0, 6);
        assertThat(links).containsExactly("0@10 -> 1@20");
        event(0, 25, 6, 0);
        assertThat(links).containsExactly("0@10 -> 1@20", "0@25 -> 1@30 read later");
        assertThat(resolver.unresolved()).isZero();
    }

    @Test
    void takesThePositionInTheLaneForAClockWhereThereIsNone() {
        event(0, 10, 0, 0);
        event(0, 11, 0, 0);
        event(1, 20, 0, 0, 0, 2);
        assertThat(links).containsExactly("0@11 -> 1@20");
    }

    @Test
    void findsEventsByIdentityAndTheFirstOfSeveralCounts() {
        event(0, 10, 0, 77);
        event(2, 15, 0, 77);
        event(1, 20, 0, 0, EventBlock.BY_IDENTITY, 77);
        assertThat(links).containsExactly("0@10 -> 1@20");
    }

    @Test
    void theFirstEventWithAMessagesNameSendsIt() {
        event(0, 10, 0, 0, EventBlock.BY_MESSAGE, 7);
        event(1, 20, 0, 0, EventBlock.BY_MESSAGE, 7);
        event(2, 30, 0, 0, EventBlock.BY_MESSAGE, 7);
        assertThat(links).containsExactly("0@10 -> 1@20", "0@10 -> 2@30");
    }

    @Test
    void linksInsideALaneAreNoMessages() {
        event(0, 10, 0, 7);
        event(0, 20, 0, 0, EventBlock.BY_IDENTITY, 7, 0, 1);
        assertThat(links).isEmpty();
        assertThat(resolver.unresolved()).isZero();
    }

    @Test
    void tellsTheKeysOfTheEventAddedLast() {
        event(0, 10, 0, 77);
        long identity = resolver.defines()[1];
        event(1, 20, 0, 0, EventBlock.BY_IDENTITY, 77, EventBlock.BY_IDENTITY, 78);
        assertThat(resolver.needs()).hasSize(2).contains(identity);
        assertThat(resolver.unresolved()).isEqualTo(1);
    }

    @Test
    void forgetsTheOldestEventsBeyondItsLimit() {
        RecentEvents events = new RecentEvents(8);
        for (long key = 1; key <= 8; key++) {
            events.put(key, 3, key * 10);
        }
        assertThat(events.find(1)).isTrue();
        assertThat(events.lane()).isEqualTo(3);
        assertThat(events.time()).isEqualTo(10);
        events.put(9, 3, 90);
        assertThat(events.find(4)).isFalse();
        assertThat(events.find(5)).isTrue();
        assertThat(events.find(9)).isTrue();
    }

    @Test
    void forgetsTheOldestOpenLinksBeyondItsLimitAndCountsThem() {
        WaitingLinks waiting = new WaitingLinks(8);
        for (long key = 1; key <= 9; key++) {
            waiting.add(key, 0, key);
        }
        List<Long> taken = new ArrayList<>();
        for (long key = 1; key <= 9; key++) {
            waiting.take(key, (lane, time) -> taken.add(time));
        }
        assertThat(taken).containsExactly(5L, 6L, 7L, 8L, 9L);
        assertThat(waiting.unresolved()).isEqualTo(4);
        assertThat(waiting.isEmpty()).isTrue();
    }
}

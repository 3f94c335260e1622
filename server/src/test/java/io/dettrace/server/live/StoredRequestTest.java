package io.dettrace.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.event.Field;
import io.dettrace.telemetry.SpanKind;
import io.dettrace.telemetry.TelemetryEvent;
import io.dettrace.telemetry.TelemetryLog;
import io.dettrace.telemetry.TelemetryResource;
import io.dettrace.telemetry.TelemetrySpan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Requests as bytes, the names they use, and samples of them. */
class StoredRequestTest {
    private static final TelemetryResource SHOP = new TelemetryResource("shop", "shop-1", "3", List.of());

    private static TelemetrySpan span(Random random) {
        long start = random.nextLong() >>> 2;
        boolean bare = random.nextBoolean();
        return new TelemetrySpan(
                SHOP,
                7,
                8,
                random.nextLong(),
                random.nextLong(),
                "GET /" + random.nextInt(5),
                SpanKind.values()[random.nextInt(5)],
                start,
                start + random.nextInt(),
                random.nextBoolean(),
                "",
                bare ? List.of() : List.of(new Field("peer.service", Field.Type.STRING, "bank")),
                bare
                        ? List.of()
                        : List.of(new TelemetryEvent(
                                start - random.nextInt(100),
                                "exception",
                                List.of(new Field("exception.type", Field.Type.STRING, "E" + random.nextInt(3))))));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            Batch sent = new Batch();
            Bytes bytes = new Bytes();
            Symbols symbols = new Symbols(100);
            RequestWriter writer = new RequestWriter(symbols);
            for (int i = random.nextInt(20); i >= 0; i--) {
                if (random.nextInt(4) > 0) {
                    TelemetrySpan span = span(random);
                    sent.span(span);
                    writer.span(span, bytes);
                } else {
                    TelemetryLog log = new TelemetryLog(
                            SHOP, 7, 8, random.nextLong(), random.nextLong(), "ERROR", "Pool:17", "", List.of());
                    sent.log(log);
                    writer.log(log, bytes);
                }
            }
            Batch back = new Batch();
            new RequestReader(symbols.copy()).read(bytes.copy(), 7, 8, back);
            assertThat(back.spans).isEqualTo(sent.spans);
            assertThat(back.logs).isEqualTo(sent.logs);

            BitSet used = new BitSet();
            RequestReader.mark(bytes.copy(), used);
            symbols.keepOnly(used);
            Batch again = new Batch();
            new RequestReader(symbols.copy()).read(bytes.copy(), 7, 8, again);
            assertThat(again.spans).as("all names are still there").isEqualTo(sent.spans);
        }
    }

    @Test
    void namesBeyondTheLimitAreOneNameAndPlacesAreGivenAnew() {
        Symbols symbols = new Symbols(3);
        int a = symbols.of("a");
        int b = symbols.of("b");
        assertThat(symbols.of("c")).isEqualTo(symbols.of("d"));
        assertThat(symbols.get(symbols.of("c"))).isEqualTo(Symbols.OTHER);
        assertThat(symbols.refused()).isEqualTo(3);
        BitSet used = new BitSet();
        used.set(b);
        symbols.keepOnly(used);
        assertThat(symbols.of("c")).isEqualTo(a);
        assertThat(symbols.get(b)).isEqualTo("b");
    }

    @Test
    void aNameIsCutAtItsLimit() {
        Symbols symbols = new Symbols(9);
        String longest = "x".repeat(Symbols.MAX_LENGTH);
        assertThat(symbols.get(symbols.of(longest))).isEqualTo(longest);
        assertThat(symbols.of(longest + "y")).isEqualTo(symbols.of(longest));
    }

    @Test
    void aSampleIsTheSameInAnyOrderAndSmallerOnesLieInIt() {
        Random random = new Random(2);
        List<StoredRequest> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            all.add(new StoredRequest(0, i, 0, 3, new byte[0]));
        }
        EntrySample one = sample(all, 40);
        Collections.shuffle(all, random);
        EntrySample other = sample(all, 40);
        assertThat(other.sorted()).isEqualTo(one.sorted());
        assertThat(one.seen()).isEqualTo(500);
        assertThat(one.items()).isEqualTo(120);
        one.trim(15);
        assertThat(one.sorted()).isEqualTo(sample(all, 15).sorted());
        assertThat(one.items()).isEqualTo(45);
    }

    private static EntrySample sample(List<StoredRequest> requests, int limit) {
        EntrySample sample = new EntrySample();
        requests.forEach(r -> sample.add(r, limit));
        return sample;
    }

    @Test
    void sampledTracesAreSpreadEvenlyThoughIdentifiersCountUp() {
        List<StoredRequest> all = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            all.add(new StoredRequest(0, i, 0, 1, new byte[0]));
        }
        long low = sample(all, 1000).sorted().stream()
                .filter(r -> r.traceLow() < 5000)
                .count();
        // Binomial: six standard deviations around the half.
        assertThat(low).isBetween(500 - 95L, 500 + 95L);
    }
}

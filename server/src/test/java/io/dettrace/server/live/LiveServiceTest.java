package io.dettrace.server.live;

import static io.dettrace.server.live.WindowReport.State.ACCEPTED;
import static io.dettrace.server.live.WindowReport.State.DEPARTS;
import static io.dettrace.server.live.WindowReport.State.LEARNING;
import static io.dettrace.server.live.WindowReport.State.QUIET;
import static io.dettrace.server.live.WindowReport.State.RECOVERED;
import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.incident.culprit.Culprit;
import io.dettrace.incident.culprit.Departure;
import io.dettrace.server.live.Traffic.Fault;
import io.dettrace.server.otlp.Receiver;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Windows, their baseline and their reports, with a clock that the test steps. */
class LiveServiceTest {
    private static final long START = 1_700_000_000_000L;
    private static final int CART = 1;
    private static final int STORE = 2;

    private static Duration windows(int n) {
        return Duration.ofMillis(n * Bench.WINDOW);
    }

    @Test
    void quietWindowsAreReportedQuiet() throws Exception {
        try (Bench bench = new Bench(Bench.OPTIONS, START)) {
            bench.run(new Traffic(1), windows(8), 0, Fault.NONE);
            assertThat(bench.states()).startsWith(LEARNING, LEARNING).containsOnly(LEARNING, QUIET);
            assertThat(bench.reports).hasSizeGreaterThanOrEqualTo(7);
            assertThat(bench.reports.get(3).requests()).isEqualTo(100);
        }
    }

    @Test
    void aServiceThatGetsSlowIsNamedWithinTwoWindows() throws Exception {
        named(CART, "cart", Fault.SLOW);
    }

    @Test
    void aServiceThatBeginsToFailIsNamedWithinTwoWindows() throws Exception {
        named(STORE, "store", Fault.FAILING);
    }

    @Test
    void aSampleOfTheBaselineIsNoSmallerTraffic() throws Exception {
        LiveOptions few = new LiveOptions(
                Bench.OPTIONS.window(),
                Bench.OPTIONS.hold(),
                Bench.OPTIONS.lateness(),
                5,
                2,
                4,
                60,
                100_000,
                0.001,
                0.05);
        try (Bench bench = new Bench(few, START)) {
            Traffic traffic = new Traffic(12);
            bench.run(traffic, windows(7), 0, Fault.NONE);
            bench.run(traffic, windows(2), CART, Fault.SLOW);
            WindowReport last = bench.reports.get(bench.reports.size() - 1);
            assertThat(last.sampled()).isEqualTo(60);
            assertThat(last.culprits().get(0).service()).isEqualTo("cart");
            assertThat(last.culprits())
                    .flatMap(Culprit::evidence)
                    .filteredOn(d -> d.kind() == Departure.Kind.TRAFFIC)
                    .allSatisfy(d -> assertThat(d.change()).isLessThan(1.5));
        }
    }

    private static void named(int faulty, String name, Fault fault) throws Exception {
        try (Bench bench = new Bench(Bench.OPTIONS, START)) {
            Traffic traffic = new Traffic(2);
            bench.run(traffic, Duration.ofMillis(5 * Bench.WINDOW + Bench.WINDOW / 2), 0, Fault.NONE);
            long began = bench.now();
            bench.run(traffic, windows(3), faulty, fault);
            WindowReport first = bench.reports.stream()
                    .filter(r -> r.state() == DEPARTS)
                    .findFirst()
                    .orElseThrow();
            assertThat(first.culprits().get(0).service()).isEqualTo(name);
            assertThat(first.end().toEpochMilli()).isBetween(began, began + 2 * Bench.WINDOW);
            assertThat(ReportText.line(first).orElseThrow()).contains("departs", name + " (");
            assertThat(ReportJson.line(first)).contains("\"state\":\"departs\"", "\"service\":\"" + name + "\"");
        }
    }

    @Test
    void departingWindowsStayOutOfTheBaselineAndRecoveryIsTold() throws Exception {
        try (Bench bench = new Bench(Bench.OPTIONS, START)) {
            Traffic traffic = new Traffic(3);
            bench.run(traffic, windows(5), 0, Fault.NONE);
            bench.run(traffic, windows(2), CART, Fault.SLOW);
            bench.run(traffic, windows(3), 0, Fault.NONE);
            assertThat(bench.states()).contains(DEPARTS).contains(RECOVERED).doesNotContain(ACCEPTED);
            assertThat(bench.states().lastIndexOf(DEPARTS))
                    .isLessThan(bench.states().indexOf(RECOVERED));
            WindowReport second = bench.reports.get(bench.states().lastIndexOf(DEPARTS));
            assertThat(second.since()).isBefore(second.start());
        }
    }

    @Test
    void aDepartureThatStaysBecomesTheBaseline() throws Exception {
        try (Bench bench = new Bench(Bench.OPTIONS, START)) {
            Traffic traffic = new Traffic(4);
            bench.run(traffic, windows(4), 0, Fault.NONE);
            bench.run(traffic, windows(9), CART, Fault.SLOW);
            int accepted = bench.states().indexOf(ACCEPTED);
            assertThat(bench.states().subList(accepted - 3, accepted)).containsOnly(DEPARTS);
            assertThat(bench.states().subList(accepted + 1, bench.states().size()))
                    .containsOnly(LEARNING, QUIET);
        }
    }

    @Test
    void forgettingTheBaselineLearnsAnew() throws Exception {
        try (Bench bench = new Bench(Bench.OPTIONS, START)) {
            Traffic traffic = new Traffic(5);
            bench.run(traffic, windows(4), 0, Fault.NONE);
            bench.service.forgetBaseline();
            bench.reports.clear();
            bench.run(traffic, windows(2), CART, Fault.SLOW);
            assertThat(bench.states()).containsOnly(LEARNING);
        }
    }

    @Test
    void memoryTakesAsMuchAsItsLimitAndShedsWhatIsNewer() throws Exception {
        LiveOptions small = options(50);
        try (Bench bench = new Bench(small, START)) {
            Traffic traffic = new Traffic(6);
            assertThat(bench.send(traffic.wide(START, 50)).state()).isEqualTo(Receiver.State.TAKEN);
            assertThat(bench.send(traffic.wide(START, 1)).state()).isEqualTo(Receiver.State.OVERLOADED);
            assertThat(bench.count(Counter.RECEIVED_SPANS)).isEqualTo(50);
            assertThat(bench.count(Counter.SHED_SPANS_MEMORY)).isEqualTo(1);
            bench.until(START + 2 * Bench.WINDOW + 5000);
            assertThat(bench.reports).singleElement().satisfies(r -> {
                assertThat(r.shed()).isEqualTo(1);
                assertThat(ReportText.line(r).orElseThrow()).contains("shed: 1");
            });
            assertThat(bench.service.status()).contains("\"shed_spans_memory\" : 1");
        }
    }

    private static LiveOptions options(long items) {
        LiveOptions o = Bench.OPTIONS;
        return new LiveOptions(
                o.window(),
                o.hold(),
                o.lateness(),
                o.baselineWindows(),
                o.learningWindows(),
                o.acceptAfter(),
                o.sample(),
                items,
                o.level(),
                o.minScore());
    }

    @Test
    void samplesShrinkSoThatTheyLeaveRoomForWhatComes() throws Exception {
        try (Bench bench = new Bench(options(2000), START)) {
            bench.run(new Traffic(7), windows(8), 0, Fault.NONE);
            assertThat(bench.count(Counter.SHED_SPANS_MEMORY)).isZero();
            assertThat(bench.states()).contains(QUIET);
        }
    }

    @Test
    void aTraceTakesAsMuchAsItsLimit() throws Exception {
        try (Bench bench = new Bench(Bench.OPTIONS, START)) {
            Traffic traffic = new Traffic(8);
            bench.send(traffic.wide(START, OpenRequest.MAX_ITEMS));
            assertThat(bench.count(Counter.DROPPED_TRACE_TOO_LARGE)).isZero();
            bench.send(traffic.wide(START, OpenRequest.MAX_ITEMS + 1));
            assertThat(bench.count(Counter.DROPPED_TRACE_TOO_LARGE)).isEqualTo(1);
        }
    }

    @Test
    void whatComesTooLateOrFromTheFutureIsDroppedAndCounted() throws Exception {
        try (Bench bench = new Bench(Bench.OPTIONS, START)) {
            Traffic traffic = new Traffic(9);
            bench.send(traffic.wide(START, 3));
            bench.until(START + 10_000);
            bench.send(traffic.wide(START - 3 * Bench.WINDOW, 4));
            bench.send(traffic.wide(START + 5 * Bench.WINDOW, 5));
            bench.until(START + 20_000);
            assertThat(bench.count(Counter.DROPPED_LATE)).isEqualTo(4);
            assertThat(bench.count(Counter.DROPPED_FUTURE)).isEqualTo(5);
        }
    }

    @Test
    void aSpanOfARequestThatIsClosedIsLate() throws Exception {
        try (Bench bench = new Bench(Bench.OPTIONS, START)) {
            byte[] request = new Traffic(10).wide(START, 2);
            bench.send(request);
            bench.until(START + 5000);
            bench.send(request);
            assertThat(bench.count(Counter.DROPPED_LATE)).isEqualTo(2);
        }
    }

    @Test
    void nothingIsTakenOnceItIsClosed() throws Exception {
        Bench bench = new Bench(Bench.OPTIONS, START);
        bench.close();
        assertThat(bench.send(new Traffic(11).wide(START, 1)).state()).isEqualTo(Receiver.State.STOPPING);
    }
}

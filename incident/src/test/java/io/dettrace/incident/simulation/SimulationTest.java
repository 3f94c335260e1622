package io.dettrace.incident.simulation;

import static io.dettrace.incident.simulation.HandMade.MILLI;
import static io.dettrace.incident.simulation.HandMade.SECOND;
import static io.dettrace.incident.simulation.HandMade.call;
import static io.dettrace.incident.simulation.HandMade.easy;
import static io.dettrace.incident.simulation.HandMade.load;
import static io.dettrace.incident.simulation.HandMade.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dettrace.incident.simulation.ServiceGraph.Protocol;
import io.dettrace.telemetry.SpanKind;
import io.dettrace.telemetry.TelemetrySpan;
import io.dettrace.testkit.Seeds;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final Effect NOTHING_ANSWERS = new Effect.Dead(-SECOND, Long.MAX_VALUE, 1, -1, 1, true);

    @Test
    void littlesLawHoldsInEveryQueue() {
        Seeds.each(3, seed -> {
            ServiceGraph graph = GraphGenerator.generate(seed, 15);
            List<Effect> crowded = List.of(new Effect.Surge(0, Long.MAX_VALUE, 0, 10));
            Window window = Simulation.run(graph, load(seed, 20), crowded);
            double waited = 0;
            for (List<InstanceState> members : window.states()) {
                for (InstanceState state : members) {
                    if (state.queue.isEmpty()) {
                        assertThat(state.queueIntegral).isCloseTo(state.waited, within(1 + 1e-9 * state.waited));
                        waited += state.waited;
                    }
                }
            }
            assertThat(waited).as("some waited").isPositive();
        });
    }

    @Test
    void waitsAreThoseOfPollaczekAndKhinchineWithOneWorker() {
        double work = 100e6;
        double sigma = 0.5;
        double rate = 5;
        ServiceGraph graph =
                new HandMade().service("one", Protocol.HTTP, 1, work, sigma).graph(rate);
        InstanceState state =
                Simulation.run(graph, load(1, 3_600), List.of()).states().get(0).get(0);
        double mean = work / 1e9 * Math.exp(sigma * sigma / 2);
        double square = work / 1e9 * work / 1e9 * Math.exp(2 * sigma * sigma);
        double expected = rate * square / (2 * (1 - rate * mean));
        // The drift of 15 % makes waits a little longer than a steady rate would.
        assertThat(state.waited / state.arrived / 1e9).isBetween(0.95 * expected, 1.2 * expected);
    }

    @Test
    void everySpanHasItsParentAndItsOwnIdentifier() {
        Seeds.each(3, seed -> {
            Window window = Simulation.run(GraphGenerator.generate(seed, 10), load(seed, 30), List.of());
            Set<Long> ids = new HashSet<>();
            window.spans().forEach(s -> assertThat(ids.add(s.id())).isTrue());
            for (TelemetrySpan span : window.spans()) {
                assertThat(span.parent() == 0 || ids.contains(span.parent())).isTrue();
                assertThat(span.end()).isGreaterThanOrEqualTo(span.start());
            }
        });
    }

    @Test
    void aCallThatTimesOutIsTriedAgainAsOftenAsToldWithDoublingWaits() {
        ServiceGraph graph = new HandMade()
                .service("caller", Protocol.HTTP, 100, MILLI, 0.1, call(rules(0, 1, 300 * MILLI, 3, false, 100)))
                .service("callee", Protocol.HTTP, 100, MILLI, 0.1)
                .graph(5);
        Window window = Simulation.run(graph, load(3, 10), List.of(NOTHING_ANSWERS));
        Map<Long, List<TelemetrySpan>> attempts = new HashMap<>();
        window.spans().stream()
                .filter(s -> s.kind() == SpanKind.CLIENT)
                .sorted(Comparator.comparingLong(TelemetrySpan::start))
                .forEach(s -> attempts.computeIfAbsent(s.parent(), p -> new java.util.ArrayList<>())
                        .add(s));
        assertThat(attempts).isNotEmpty();
        for (List<TelemetrySpan> of : attempts.values()) {
            assertThat(of).hasSize(4).allMatch(TelemetrySpan::error);
            for (int i = 0; i < 4; i++) {
                assertThat(of.get(i).end() - of.get(i).start()).isEqualTo(300 * MILLI);
                if (i > 0) {
                    assertThat(of.get(i).start() - of.get(i - 1).end()).isEqualTo((20 * MILLI) << (i - 1));
                }
            }
        }
        assertThat(window.outcomes()).hasSameSizeAs(attempts.values()).allMatch(Outcome::error);
    }

    @Test
    void aBreakerLetsNothingThroughWhileItIsOpen() {
        ServiceGraph graph = new HandMade()
                .service("caller", Protocol.HTTP, 100, MILLI, 0.1, call(rules(0, 1, 50 * MILLI, 0, true, 100)))
                .service("callee", Protocol.HTTP, 100, MILLI, 0.1)
                .graph(50);
        Effect refused = new Effect.Dead(-10 * SECOND, Long.MAX_VALUE, 1, -1, 1, false);
        Window window = Simulation.run(graph, load(4, 30), List.of(refused));
        long calls =
                window.spans().stream().filter(s -> s.kind() == SpanKind.CLIENT).count();
        assertThat(calls).as("one probe in five seconds").isBetween(5L, 7L);
        assertThat(window.outcomes()).hasSizeGreaterThan(1_000).allMatch(Outcome::error);
    }

    @Test
    void noMoreConnectionsAreUsedThanThePoolHas() {
        ServiceGraph graph = new HandMade()
                .service("caller", Protocol.HTTP, 50, MILLI, 0.1, call(rules(0, 1, 60 * SECOND, 0, false, 1)))
                .service("base", Protocol.DATABASE, 50, 10 * MILLI, 0.5)
                .graph(60);
        List<TelemetrySpan> calls = Simulation.run(graph, load(5, 20), List.of()).spans().stream()
                .filter(s -> s.kind() == SpanKind.CLIENT)
                .sorted(Comparator.comparingLong(TelemetrySpan::start))
                .toList();
        assertThat(calls).hasSizeGreaterThan(500);
        for (int i = 1; i < calls.size(); i++) {
            assertThat(calls.get(i).start())
                    .isGreaterThanOrEqualTo(calls.get(i - 1).end());
        }
    }

    @Test
    void aTimeoutDoesNotStopTheCallee() {
        ServiceGraph graph = new HandMade()
                .service("caller", Protocol.HTTP, 50, MILLI, 0.1, call(rules(0, 1, 20 * MILLI, 0, false, 100)))
                .service("callee", Protocol.HTTP, 50, 100 * MILLI, 0.1)
                .graph(10);
        List<TelemetrySpan> spans =
                Simulation.run(graph, load(6, 10), List.of()).spans();
        assertThat(spans).anyMatch(s -> s.resource().service().equals("callee"));
        for (TelemetrySpan span : spans) {
            boolean callee = span.resource().service().equals("callee");
            assertThat(span.error()).isEqualTo(!callee);
            assertThat(!callee || span.end() - span.start() > 50 * MILLI).isTrue();
        }
    }

    @Test
    void anEasyCallTakesTheWorkAndTheNetwork() {
        ServiceGraph graph = new HandMade()
                .service("caller", Protocol.GRPC, 50, MILLI, 0, call(easy(0, 1)))
                .service("callee", Protocol.GRPC, 50, 5 * MILLI, 0)
                .graph(10);
        List<Long> durations = Simulation.run(graph, load(7, 20), List.of()).spans().stream()
                .filter(s -> s.kind() == SpanKind.CLIENT)
                .map(s -> s.end() - s.start())
                .toList();
        assertThat(Observed.quantile(durations, 0.5)).isBetween(5.2e6, 5.8e6);
    }
}

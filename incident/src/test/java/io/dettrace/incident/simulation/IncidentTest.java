package io.dettrace.incident.simulation;

import static io.dettrace.incident.simulation.HandMade.load;
import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.testkit.Seeds;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class IncidentTest {
    private static final double SMALL = 0.4;

    @Test
    void theSameSeedGivesTheSameBytes() {
        Incident incident = Incident.generate(5, 1, SMALL);
        Incident again = CompletableFuture.supplyAsync(() -> Incident.generate(5, 1, SMALL))
                .join();
        assertThat(again.truth()).isEqualTo(incident.truth());
        assertThat(again.baseline().spans()).isEqualTo(incident.baseline().spans());
        assertThat(again.window().spans()).isEqualTo(incident.window().spans());
        assertThat(again.window().logs()).isEqualTo(incident.window().logs());
        assertThat(again.window().metrics()).isEqualTo(incident.window().metrics());
    }

    @Test
    void aFaultHitsSomethingAndItsTruthIsInTheTelemetry() {
        FaultKind[] kinds = FaultKind.values();
        for (int number = 0; number < kinds.length; number += 3) {
            Incident incident = Incident.generate(9, number, SMALL);
            Truth truth = incident.truth();
            assertThat(truth.kind()).isEqualTo(kinds[number]);
            assertThat(truth.hit()).as(truth.kind().text()).isNotEmpty();
            assertThat(truth.hit()).containsAll(truth.direct());
            Observed observed = Observed.of(incident.baseline());
            assertThat(observed.requests.keySet()).containsAll(truth.accepted()).containsAll(truth.hit());
        }
    }

    @Test
    void twoWindowsWithoutAFaultDifferOnlyByChance() {
        Seeds.each(2, seed -> {
            ServiceGraph graph = GraphGenerator.generate(seed, 15);
            Observed one = Observed.of(Simulation.run(graph, load(seed, 120), List.of()));
            Observed two = Observed.of(Simulation.run(graph, load(seed + 1, 120), List.of()));
            Set<String> other = new TreeSet<>();
            for (String service : one.requests.keySet()) {
                List<Observed.Request> a = one.requests.get(service);
                List<Observed.Request> b = two.requests.getOrDefault(service, List.of());
                if (a.size() >= 100 && b.size() >= 100) {
                    double median = median(b) / median(a);
                    if (median > 1.35 || median < 0.74 || Math.abs(failed(a) - failed(b)) > 0.03) {
                        other.add(service);
                    }
                }
            }
            assertThat(other).isEmpty();
            assertThat(one.requests.values().stream()
                            .mapToDouble(IncidentTest::failed)
                            .average()
                            .orElse(1))
                    .isLessThan(0.02);
        });
    }

    private static double median(List<Observed.Request> requests) {
        return Observed.quantile(
                requests.stream().map(Observed.Request::duration).toList(), 0.5);
    }

    private static double failed(List<Observed.Request> requests) {
        return requests.stream().filter(Observed.Request::error).count() / (double) requests.size();
    }
}

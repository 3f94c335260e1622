package io.dettrace.incident.simulation;

import static io.dettrace.incident.simulation.HandMade.load;
import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.testkit.Seeds;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IncidentTest {
    @Test
    void theSameSeedGivesTheSameBytes() {
        List<Incident> once = IntStream.range(0, 2)
                .parallel()
                .mapToObj(i -> Incident.generate(5, i))
                .toList();
        for (Incident incident : once) {
            Incident again = Incident.generate(5, incident.number());
            assertThat(again.truth()).isEqualTo(incident.truth());
            assertThat(again.baseline().spans()).isEqualTo(incident.baseline().spans());
            assertThat(again.window().spans()).isEqualTo(incident.window().spans());
            assertThat(again.window().logs()).isEqualTo(incident.window().logs());
            assertThat(again.window().metrics()).isEqualTo(incident.window().metrics());
        }
    }

    @Test
    void everyKindOfFaultHitsSomethingAndItsTruthIsInTheTelemetry() {
        for (FaultKind kind : FaultKind.values()) {
            Incident incident = Incident.generate(9, kind.ordinal());
            Truth truth = incident.truth();
            assertThat(truth.kind()).isEqualTo(kind);
            assertThat(truth.hit()).as(kind.text()).isNotEmpty();
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

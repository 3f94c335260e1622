package io.dettrace.incident.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.incident.IncidentAnalysis;
import io.dettrace.incident.blast.ServiceEffect;
import io.dettrace.incident.family.Family;
import io.dettrace.incident.simulation.ServiceGraph.Protocol;
import io.dettrace.incident.timeline.Placed;
import io.dettrace.incident.window.Happening;
import io.dettrace.incident.window.WindowBuilder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IncidentAnalysisTest {
    private static final long SECOND = HandMade.SECOND;
    private static final long EVER = Long.MAX_VALUE;
    private static final Window BASELINE = Simulation.run(graph("a", "b", "c"), HandMade.load(1, 120), List.of());

    private static ServiceGraph graph(String first, String second, String third) {
        return new HandMade()
                .service(
                        first,
                        Protocol.HTTP,
                        50,
                        HandMade.MILLI,
                        0.3,
                        HandMade.call(HandMade.easy(0, 1)),
                        HandMade.optional(HandMade.easy(0, 2)))
                .service(second, Protocol.HTTP, 50, HandMade.MILLI, 0.3)
                .service(third, Protocol.HTTP, 50, HandMade.MILLI, 0.3)
                .graph(20);
    }

    private static IncidentAnalysis analyse(List<Happening> told, Effect... effects) {
        return analyse(graph("a", "b", "c"), BASELINE, told, effects);
    }

    private static IncidentAnalysis analyse(
            ServiceGraph graph, Window baseline, List<Happening> told, Effect... effects) {
        var names = new io.dettrace.incident.window.Names();
        WindowBuilder before = new WindowBuilder(names);
        baseline.accept(before);
        WindowBuilder now = new WindowBuilder(names);
        Simulation.run(graph, HandMade.load(2, 60), HandMade.fault(1, effects)).accept(now);
        return IncidentAnalysis.of(before.build(), now.build(), 0.05, told);
    }

    private static Effect fail(double share) {
        return new Effect.Fail(20 * SECOND, EVER, 1, -1, -1, share, "Broken");
    }

    private static Effect slow() {
        return new Effect.Slow(20 * SECOND, EVER, 1, -1, -1, 1, 1, 50e6);
    }

    @Test
    void errorsOfAServiceByItselfAreABurst() {
        assertThat(analyse(List.of(), fail(0.5)).family().family()).isEqualTo(Family.ERROR_BURST);
    }

    @Test
    void timeWithoutErrorsIsInflation() {
        assertThat(analyse(List.of(), slow()).family().family()).isEqualTo(Family.LATENCY_INFLATION);
    }

    @Test
    void theSameWithANewVersionIsADeploy() {
        IncidentAnalysis found = analyse(List.of(), slow(), new Effect.Version(20 * SECOND, EVER, 1, -1, "2"));
        assertThat(found.family().family()).isEqualTo(Family.BAD_DEPLOY);
        assertThat(found.timeline().suspectedTrigger()).isNotNull();
        assertThat(found.timeline().suspectedTrigger().happening().service()).isEqualTo("b");
    }

    @Test
    void otherNamesGiveTheSameFamily() {
        ServiceGraph other = graph("retry", "timeout", "deploy");
        Window baseline = Simulation.run(other, HandMade.load(1, 120), List.of());
        for (Effect effect : List.of(fail(0.5), slow())) {
            assertThat(analyse(other, baseline, List.of(), effect).family().family())
                    .isEqualTo(analyse(List.of(), effect).family().family());
        }
    }

    @Test
    void nothingHappenedIsUnknownAndHitsNobody() {
        IncidentAnalysis found = analyse(List.of());
        assertThat(found.family().family()).isEqualTo(Family.UNKNOWN);
        assertThat(found.blast().effects()).isEmpty();
        assertThat(found.timeline().suspectedTrigger()).isNull();
    }

    @Test
    void whoeverCallsASlowServiceIsHitAndItsNeighbourIsNot() {
        IncidentAnalysis found = analyse(List.of(), slow());
        assertThat(found.blast().effects()).extracting(ServiceEffect::service).containsExactly("b", "a");
        assertThat(found.blast().upstream()).isEqualTo(Set.of("a"));
        assertThat(found.blast().near()).extracting(ServiceEffect::service).containsExactly("c");
        assertThat(found.blast().entryShare()).isEqualTo(1);
        ServiceEffect root = found.blast().effects().get(0);
        // Two thirds of the requests take 50 ms more.
        assertThat(root.median().estimate()).isBetween(45.0, 55.0);
        assertThat(root.median().low()).isLessThan(root.median().estimate());
        assertThat(root.slower()).isBetween(0.55, 0.8);
    }

    @Test
    void whatComesAfterTheOnsetOrElsewhereIsNotSuspected() {
        long start = analyse(List.of(), fail(0.5)).timeline().onset().time();
        List<Happening> told = List.of(
                new Happening(Happening.Kind.CONFIG, start, "c", "", "elsewhere"),
                new Happening(Happening.Kind.CONFIG, start + 20 * SECOND, "b", "", "later"),
                new Happening(Happening.Kind.HEALTH, start, "b", "", "a consequence"));
        IncidentAnalysis found = analyse(told, fail(0.5));
        assertThat(found.timeline().suspectedTrigger()).isNull();
        assertThat(found.timeline().events())
                .filteredOn(p -> p.happening().text().equals("later"))
                .extracting(Placed::order)
                .containsExactly(Placed.Order.AFTER);
    }

    @Test
    void theOnsetIsFoundToTheSecond() {
        IncidentAnalysis early = analyse(List.of(), new Effect.Fail(10 * SECOND, EVER, 1, -1, -1, 0.5, "Broken"));
        IncidentAnalysis late = analyse(List.of(), new Effect.Fail(40 * SECOND, EVER, 1, -1, -1, 0.5, "Broken"));
        long apart = late.timeline().onset().time() - early.timeline().onset().time();
        assertThat(apart / 1e9).isBetween(29.0, 31.0);
        assertThat(early.timeline().onset().beforeWindow()).isFalse();
    }
}

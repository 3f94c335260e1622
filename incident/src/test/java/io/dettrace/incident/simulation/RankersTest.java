package io.dettrace.incident.simulation;

import static io.dettrace.incident.simulation.HandMade.MILLI;
import static io.dettrace.incident.simulation.HandMade.SECOND;
import static io.dettrace.incident.simulation.HandMade.call;
import static io.dettrace.incident.simulation.HandMade.easy;
import static io.dettrace.incident.simulation.HandMade.fault;
import static io.dettrace.incident.simulation.HandMade.load;
import static io.dettrace.incident.simulation.HandMade.optional;
import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.incident.simulation.ServiceGraph.Protocol;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RankersTest {
    private static final ServiceGraph GRAPH = new HandMade()
            .service("a", Protocol.HTTP, 50, MILLI, 0.3, call(easy(0, 1)), optional(easy(0, 2)))
            .service("b", Protocol.HTTP, 50, MILLI, 0.3)
            .service("c", Protocol.HTTP, 50, MILLI, 0.3)
            .graph(20);

    private static Answer answer(Ranker ranker, Effect effect) {
        return ranker.rank(
                Simulation.run(GRAPH, load(1, 120), List.of()), Simulation.run(GRAPH, load(2, 60), fault(1, effect)));
    }

    @Test
    void theAlertCounterPutsCallersOfAFailingServiceBesideIt() {
        Answer answer =
                answer(new AlertCounter(), new Effect.Fail(10 * SECOND, Long.MAX_VALUE, 1, -1, -1, 0.5, "Broken"));
        assertThat(answer.services()).containsExactly("a", "b", "c");
        assertThat(answer.blast()).contains("a", "b");
    }

    @Test
    void theRandomWalkGoesToTheServiceThatMovesAsTheFrontEndDoes() {
        Answer answer = answer(new RandomWalk(), new Effect.Slow(10 * SECOND, Long.MAX_VALUE, 1, -1, -1, 1, 1, 50e6));
        assertThat(answer.services()).startsWith("b");
        assertThat(answer.blast()).contains("a", "b");
    }

    @Test
    void fixedLimitsSeeANetworkGap() {
        Answer answer = answer(new FixedLimits(), new Effect.Delay(-SECOND, Long.MAX_VALUE, 0, -1, 1, 30e6));
        assertThat(answer.services()).startsWith("b");
    }

    @Test
    void theScorerCountsRanksAndServicesHit() {
        Truth truth = new Truth(
                FaultKind.ERROR_BURST,
                "b",
                Set.of("b"),
                Set.of("error_burst"),
                "",
                "",
                "",
                "",
                Set.of("a", "b"),
                Set.of("a"),
                Set.of("a"),
                0);
        Scorer scorer = new Scorer("test");
        Set<String> own = Set.of("a", "b", "c");
        scorer.add(truth, new Answer(List.of("b", "a"), Set.of("a", "b", "c", "store"), "error_burst"), own);
        scorer.add(truth, new Answer(List.of("a", "c", "b"), Set.of("b"), "unknown"), own);
        String all = scorer.table().lines().reduce((x, y) -> y).orElseThrow();
        // n, A@1, A@3, MRR, precision 3/4, recall 3/4, their means (2/3 + 1) / 2 and (1 + 1/2) / 2, clear ones 2/3 and
        // 1, family
        assertThat(all.trim().split(" +"))
                .containsExactly(
                        "all", "2", "50.0", "100.0", "0.667", "0.750", "0.750", "0.833", "0.750", "0.667", "1.000",
                        "50.0");
        assertThat(scorer.confusion()).contains("error_burst 1, unknown 1");
    }
}

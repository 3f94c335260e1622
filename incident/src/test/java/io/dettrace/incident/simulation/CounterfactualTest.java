package io.dettrace.incident.simulation;

import static io.dettrace.incident.simulation.HandMade.MILLI;
import static io.dettrace.incident.simulation.HandMade.SECOND;
import static io.dettrace.incident.simulation.HandMade.call;
import static io.dettrace.incident.simulation.HandMade.easy;
import static io.dettrace.incident.simulation.HandMade.fault;
import static io.dettrace.incident.simulation.HandMade.load;
import static io.dettrace.incident.simulation.HandMade.optional;
import static io.dettrace.incident.simulation.HandMade.rules;
import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.incident.simulation.ServiceGraph.Protocol;
import io.dettrace.testkit.Seeds;
import java.util.List;
import org.junit.jupiter.api.Test;

class CounterfactualTest {
    private static final long EVER = Long.MAX_VALUE;
    private static final Load LOAD = load(11, 60);

    /** a calls b and d, b calls c. */
    private static ServiceGraph chain() {
        return new HandMade()
                .service("a", Protocol.HTTP, 50, MILLI, 0.3, call(easy(0, 1)), call(easy(0, 3)))
                .service("b", Protocol.GRPC, 50, MILLI, 0.3, call(easy(1, 2)))
                .service("c", Protocol.HTTP, 50, 10 * MILLI, 0.3)
                .service("d", Protocol.HTTP, 50, 10 * MILLI, 0.3)
                .graph(20);
    }

    private static Truth truth(ServiceGraph graph, Fault fault) {
        return Counterfactual.truth(
                graph, fault, Simulation.run(graph, LOAD, List.of()), Simulation.run(graph, LOAD, fault));
    }

    @Test
    void slownessHitsTheServiceAndItsCallers() {
        Truth truth = truth(chain(), fault(2, new Effect.Slow(-SECOND, EVER, 2, -1, -1, 1, 3, 0)));
        assertThat(truth.hit()).containsExactly("a", "b", "c");
        assertThat(truth.direct()).containsExactly("b");
        assertThat(truth.root()).isEqualTo("c");
        assertThat(truth.unclear()).isEmpty();
    }

    @Test
    void anErrorThatACallerDoesWithoutHitsItByItsStructureAndGoesNoFurther() {
        ServiceGraph graph = new HandMade()
                .service("a", Protocol.HTTP, 50, MILLI, 0.3, call(easy(0, 1)))
                .service("b", Protocol.GRPC, 50, MILLI, 0.3, optional(easy(1, 2)))
                .service("c", Protocol.HTTP, 50, MILLI, 0.3)
                .graph(20);
        Truth truth = truth(graph, fault(2, new Effect.Fail(-SECOND, EVER, 2, -1, -1, 0.3, "Broken")));
        assertThat(truth.hit()).containsExactly("b", "c");
    }

    @Test
    void aDelayOfAnEdgeHitsTheCallerButNotTheCallee() {
        Truth truth = truth(chain(), fault(1, new Effect.Delay(-SECOND, EVER, 2, -1, 1, 20e6)));
        assertThat(chain().edges().get(2).to()).isEqualTo(2);
        assertThat(truth.hit()).containsExactly("a", "b");
    }

    @Test
    void waitingInAServicesQueueIsItsOwnTime() {
        ServiceGraph graph = new HandMade()
                .service("a", Protocol.HTTP, 50, MILLI, 0.3, call(easy(0, 1)))
                .service("b", Protocol.HTTP, 40, 40 * MILLI, 0.3)
                .graph(20);
        Truth truth = truth(graph, fault(1, new Effect.Capacity(-SECOND, EVER, 1, -1, 1, 0.025)));
        assertThat(truth.hit()).containsExactly("a", "b");
    }

    @Test
    void aFaultOfFewRequestsOfAHundredIsNotMaterial() {
        Truth truth = truth(chain(), fault(2, new Effect.Fail(-SECOND, EVER, 2, -1, -1, 0.002, "Broken")));
        assertThat(truth.hit()).isEmpty();
    }

    @Test
    void anOutageOfADatabaseHitsThoseThatNeedIt() {
        ServiceGraph graph = new HandMade()
                .service("a", Protocol.HTTP, 90, MILLI, 0.3, call(easy(0, 1)), optional(easy(0, 2)))
                .service("b", Protocol.HTTP, 90, MILLI, 0.3, call(rules(1, 3, 50 * MILLI, 1, false, 20)))
                .service("c", Protocol.HTTP, 50, MILLI, 0.3)
                .service("store", Protocol.DATABASE, 50, MILLI, 0.3)
                .graph(20);
        Truth truth = truth(graph, fault(3, new Effect.Dead(-SECOND, EVER, 3, -1, 1, false)));
        assertThat(truth.root()).isEqualTo("store");
        assertThat(truth.hit()).containsExactly("a", "b");
        assertThat(truth.direct()).containsExactly("b");
    }

    @Test
    void withoutEffectsTheTwoRunsAreTheSame() {
        Seeds.each(2, seed -> {
            ServiceGraph graph = GraphGenerator.generate(seed, 10);
            Window without = Simulation.run(graph, load(seed, 30), List.of());
            Window with = Simulation.run(graph, load(seed, 30), fault(0));
            assertThat(with.spans()).isEqualTo(without.spans());
            assertThat(Counterfactual.truth(graph, fault(0), without, with).hit())
                    .isEmpty();
        });
    }
}

package io.dettrace.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.event.Field;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import io.dettrace.timing.DelayRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Delays of passing runs become ranges where all runs show them, apart by what enabled the events. */
class DelayRulesLearnerTest {
    private static final int RUNS = 10;

    private static final Mapping MAPPING = Mapping.builder()
            .field(Role.LANE, "lane")
            .field(Role.KIND, "event")
            .field(Role.COMPARE, "event")
            .field(Role.TIME, "time_ns")
            .field(Role.MESSAGE, "msg")
            .build();

    /** A worker that takes 100 to 200 ns after its own work, and 10 to 20 µs after something is put. */
    private static RunTable run(int seed, boolean timed, long first) {
        Random random = new Random(seed);
        RunTable run = new RunTable("run" + seed);
        long at = 1_000_000;
        for (int i = 0; i < 50; i++) {
            if (i % 5 == 0) {
                at += 1_000_000;
                add(run, timed ? at : -1, "queue-7", "put", i);
                at += 10_000 + random.nextInt(10_000);
            } else {
                at += 100 + random.nextInt(100);
            }
            add(run, timed ? at : -1, "worker", "take", i);
            at += i == 0 ? first : 40;
            add(run, timed ? at : -1, "worker", "done", -1);
        }
        return run;
    }

    private static void add(RunTable run, long time, String lane, String event, int message) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("lane", Field.Type.STRING, lane));
        fields.add(new Field("event", Field.Type.STRING, event));
        if (time >= 0) {
            fields.add(new Field("time_ns", Field.Type.NUMBER, Long.toString(time)));
        }
        if (message >= 0) {
            fields.add(new Field("msg", Field.Type.STRING, "m" + message));
        }
        run.add(fields, run.name(), run.size() + 1);
    }

    private static Learnt learn(boolean timed, long firstOfLast) throws IOException {
        List<RunTable> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add(run(i, timed, i == RUNS - 1 ? firstOfLast : 40));
        }
        return Learner.learn(runs, MAPPING, true, List.of());
    }

    private static DelayRule rule(Learnt learnt, String kind, String after) {
        return learnt.delays().rules().stream()
                .filter(r -> r.events().kind().equals(kind) && r.after().equals(after))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void delaysAreApartByWhatEnabledTheEvents() throws IOException {
        Learnt learnt = learn(true, 40);
        assertThat(rule(learnt, "take", "put").range().orElseThrow().low()).isBetween(0L, 10_100L);
        assertThat(rule(learnt, "take", "put").range().orElseThrow().high()).isBetween(19_000L, 30_000L);
        assertThat(rule(learnt, "take", "done").range().orElseThrow().high()).isBetween(199L, 300L);
        assertThat(rule(learnt, "put", DelayRule.ANY).events().lane()).isEqualTo("queue-*");
        assertThat(rule(learnt, "done", DelayRule.ANY).range().orElseThrow().high())
                .as("what never differs is learnt exactly")
                .isEqualTo(40);
        assertThat(learnt.delays().atFirst()).hasSize(RUNS).containsOnly(true);
    }

    @Test
    void delaysAreNoQuantitiesOfTheLogicalBound() throws IOException {
        Learnt learnt = learn(true, 40);
        assertThat(learnt.quantities()).isZero();
        assertThat(learnt.falseAlarmBound()).isZero();
        assertThat(learnt.delays().quantities())
                .isEqualTo(learnt.delays().rules().size());
        assertThat(learnt.delays().falseAlarmBound(79))
                .isEqualTo(2.0 * learnt.delays().quantities() / 80);
    }

    @Test
    void aRunFarFromTheOthersIsToldAndItsKindGetsNoRange() throws IOException {
        Learnt learnt = learn(true, 1_000);
        assertThat(learnt.delays().cleanRuns()).isEqualTo(RUNS - 1);
        assertThat(rule(learnt, "done", DelayRule.ANY).range()).isEmpty();
        assertThat(LearnReport.text(learnt, 1, 1)).contains("9 of 10 runs keep to the ranges of the others");
    }

    @Test
    void withoutTimesNothingIsLearntOfThem() throws IOException {
        Learnt learnt = learn(false, 40);
        assertThat(learnt.delays().rules()).isEmpty();
        assertThat(LearnReport.text(learnt, 1, 1)).doesNotContain("timing");
        assertThat(LearnReport.withEvidence(learnt, 1).evidence()).doesNotContainKey("timing ranges");
    }
}

package io.dettrace.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.learn.RunTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PopulationStudyTest {
    private static final double ALPHA = 0.05;

    private static PopulationStudy study(List<RunTable> good, List<RunTable> bad) throws IOException {
        return PopulationStudy.of(good, bad, Bank.MAPPING, good.get(0), Optional.empty());
    }

    /** The lost update is what comes first of all that only failing runs have; the assertion follows from it. */
    @Test
    void whatBreaksReadAndWriteApartIsNamedAndNotTheAssertion() throws IOException {
        PopulationStudy study = study(Bank.runs(true, 20, 1), Bank.runs(false, 12, 1));
        Separation best = study.ranked().get(0);
        assertThat(best.bad()).isEqualTo(12);
        assertThat(best.good()).isZero();
        assertThat(best.adjusted()).isLessThan(0.001);
        assertThat(best.statement().form()).isEqualTo(Predicate.Form.INTERRUPTS);
        assertThat(best.statement().second()).isEqualTo("write");
        assertThat(best.others()).contains(new Predicate(Predicate.Form.EVENT, "assertion failed", "", ""));
        assertThat(best.places().get(0)).startsWith("bad");
    }

    @Test
    void riskAlongAFailingRunJumpsWhereItPartsFromPassingOnes() throws IOException {
        PrefixRisk risk =
                study(Bank.runs(true, 20, 1), Bank.runs(false, 12, 1)).risk().orElseThrow();
        assertThat(risk.riskAtStart()).isEqualTo(11.0 / 31);
        PrefixRisk.Step jump = risk.steps().get(risk.jump().orElseThrow());
        assertThat(jump.what()).isEqualTo("main 'assertion failed'");
        assertThat(jump.risk()).contains(1.0);
        assertThat(jump.bad()).isEqualTo(11);
        assertThat(jump.p()).isLessThan(1e-6);
    }

    /** Runs of one population, called passing and failing by a coin: by chance something is said to separate rarely. */
    @Test
    void runsThatAreAlikeAreNotToldApart() throws IOException {
        int wrong = 0;
        int studies = 200;
        for (int i = 0; i < studies; i++) {
            List<RunTable> runs = Bank.runs(true, 16, 1_000L * i);
            wrong += study(runs.subList(0, 8), runs.subList(8, 16))
                            .separating(ALPHA)
                            .isEmpty()
                    ? 0
                    : 1;
        }
        // 5 % of 200, and more than that by chance with a probability of 1 in 10,000.
        assertThat(wrong).isLessThanOrEqualTo(23);
    }

    @Test
    void aValueAndABoundThatSeparateAreNamed() throws IOException {
        Random random = new Random(5);
        List<RunTable> good = new ArrayList<>();
        List<RunTable> bad = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            boolean fails = i % 2 == 0;
            RunTable table = new RunTable("run" + i);
            for (int n = 0; n < 5; n++) {
                int load = random.nextInt(50) + (fails && n == 2 ? 60 : 0);
                String node = fails && n == 3 ? "n7" : "n" + random.nextInt(3);
                table.add(
                        List.of(
                                new Field("event", Field.Type.STRING, "step" + n),
                                new Field("load", Field.Type.NUMBER, Integer.toString(load)),
                                new Field("node", Field.Type.STRING, node)),
                        table.name(),
                        n + 1);
            }
            (fails ? bad : good).add(table);
        }
        Separation best = study(good, bad).ranked().get(0);
        assertThat(best.statement().form()).isEqualTo(Predicate.Form.ABOVE);
        assertThat(best.statement().first()).isEqualTo("step2");
        assertThat(best.statement().second()).isEqualTo("load");
        assertThat(best.others()).contains(new Predicate(Predicate.Form.VALUE, "step3", "node", "n7"));
    }

    @Test
    void theReportsAreTheSameInAnyLocaleAndOnEveryRun() throws IOException {
        List<RunTable> good = Bank.runs(true, 40, 1);
        List<RunTable> bad = Bank.runs(false, 30, 1);
        String text = PopulationText.of(study(good, bad), ALPHA, 10);
        String json = PopulationJson.of(study(good, bad), ALPHA, 10);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertThat(PopulationText.of(study(good, bad), ALPHA, 10)).isEqualTo(text);
            assertThat(PopulationJson.of(study(good, bad), ALPHA, 10)).isEqualTo(json);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void withOneFailingRunThereIsNoRisk() throws IOException {
        PopulationStudy study = study(Bank.runs(true, 5, 1), Bank.runs(false, 1, 1));
        assertThat(study.risk()).isEmpty();
        assertThat(PopulationText.of(study, ALPHA, 10))
                .startsWith("NOTHING SEPARATES")
                .contains("two failing runs");
    }

    @Test
    void bothSortsOfRunsAreNeeded() {
        assertThatThrownBy(() -> study(Bank.runs(true, 3, 1), List.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("failing");
    }
}

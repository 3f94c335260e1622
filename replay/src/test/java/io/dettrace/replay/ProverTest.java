package io.dettrace.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.replay.Proof.Step;
import io.dettrace.replay.Proof.Verdict;
import io.dettrace.replay.schedule.Decision;
import io.dettrace.replay.schedule.Schedule;
import io.dettrace.testkit.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a proof promises, on small programs whose fault is known. */
class ProverTest {
    private static final ProveOptions QUICK =
            ProveOptions.DEFAULT.withRepeats(2).withNeighbours(0);

    /** The recorded form of the first failing seed. */
    private static Optional<Schedule> firstFailure(SimulatedRunner runner, String policy, long seeds)
            throws IOException {
        for (long seed = 1; seed <= seeds; seed++) {
            RunResult run = runner.run(RunRequest.seeded(policy, seed, 60, false));
            if (run.outcome().failed()) {
                return Optional.of(recorded(run));
            }
        }
        return Optional.empty();
    }

    private static Schedule recorded(RunResult run) {
        Schedule.Builder recorded =
                Schedule.builder().header("outcome", run.outcome().text());
        run.differences().forEach(recorded::add);
        return recorded.build();
    }

    private static Proof prove(SimulatedRunner runner, Schedule recorded, ProveOptions options) throws Exception {
        return Prover.prove(runner, recorded, options, ProveProgress.NONE);
    }

    private static List<Decision> decisions(Proof proof) {
        List<Decision> all = new ArrayList<>();
        proof.steps().stream().filter(Step::made).forEach(s -> all.add(s.decision()));
        return all;
    }

    @Test
    void theLostUpdateIsProvedByOneSwitchBetweenReadAndWrite() throws Exception {
        try (SimulatedRunner runner = new SimulatedRunner(SimulatedPrograms.lostUpdate(), 1)) {
            Proof proof =
                    prove(runner, firstFailure(runner, "random:0.5", 100).orElseThrow(), QUICK.withNeighbours(40));
            assertThat(proof.verdict()).isEqualTo(Verdict.PROVED);
            assertThat(proof.steps()).hasSize(1);
            Window window = proof.telling().flatMap(Step::window).orElseThrow();
            assertThat(window.kind()).isEqualTo(Window.Kind.ATOMICITY);
            assertThat(window.before().orElseThrow().brief()).isEqualTo("read counter");
            assertThat(window.between().orElseThrow().brief()).isEqualTo("write counter");
            assertThat(window.after().orElseThrow().brief()).isEqualTo("write counter");
            assertThat(window.passesLater()).isTrue();
            assertThat(window.passesEarlier()).isTrue();
            assertThat(proof.evidence().wholeFailing()).isZero();
            assertThat(proof.evidence().brokenFailing())
                    .isEqualTo(proof.evidence().broken());
            assertThat(proof.evidence().broken()).isPositive();
            assertThat(proof.evidence().whole()).isPositive();
        }
    }

    @Test
    void everyProofIsMinimalItsCounterpartPassesAndItsWindowHoldsThePlantedFault() {
        int[] proofs = new int[1];
        Seeds.each(150, seed -> {
            SimulatedProgram program = SimulatedPrograms.random(seed);
            String policy = seed % 2 == 0 ? "pct:3" : "random:0.3";
            try (SimulatedRunner runner = new SimulatedRunner(program, 1)) {
                Optional<Schedule> recorded = firstFailure(runner, policy, 30);
                if (recorded.isEmpty()) {
                    return;
                }
                Proof proof = prove(runner, recorded.get(), QUICK);
                proofs[0]++;
                assertThat(proof.verdict()).isEqualTo(Verdict.PROVED);
                checkMinimal(runner, proof);
                assertThat(proof.passing().orElseThrow().outcome().passed()).isTrue();
                Window window = proof.telling().flatMap(Step::window).orElseThrow();
                assertThat(window.between().orElseThrow().what())
                        .as(proof.toString().replace("], Step", "],\nStep"))
                        .isEqualTo(SimulatedPrograms.PLANTED);
                assertThat(window.after().orElseThrow().brief()).isEqualTo("write counter");
                assertThat(window.passesLater()).isTrue();
            }
        });
        assertThat(proofs[0]).isGreaterThan(75);
    }

    private static void checkMinimal(SimulatedRunner runner, Proof proof) throws IOException {
        List<Decision> all = decisions(proof);
        String signature = proof.failure().signature();
        RunResult whole = runner.run(RunRequest.scripted(all, false));
        assertThat(whole.outcome().signature()).isEqualTo(signature);
        for (Decision one : all) {
            List<Decision> less = new ArrayList<>(all);
            less.remove(one);
            RunResult without = runner.run(RunRequest.scripted(less, false));
            assertThat(without.outcome().signature())
                    .as("without " + one.line())
                    .isNotEqualTo(signature);
        }
    }

    @Test
    void ofADeadlockEachThreadIsShownWithWhatItHoldsAndWhatItWaitsFor() throws Exception {
        try (SimulatedRunner runner = new SimulatedRunner(SimulatedPrograms.lockOrder(), 1)) {
            Proof proof = prove(runner, firstFailure(runner, "random:0.5", 200).orElseThrow(), QUICK);
            assertThat(proof.verdict()).isEqualTo(Verdict.PROVED);
            assertThat(proof.deadlock())
                    .filteredOn(h -> !h.thread().equals("0"))
                    .extracting(h -> h.holds().get(0).res())
                    .containsExactlyInAnyOrder("0:a", "0:b");
        }
    }

    @Test
    void theMissedSignalsWindowLiesBetweenTheLookAndTheWait() throws Exception {
        try (SimulatedRunner runner = new SimulatedRunner(SimulatedPrograms.missedSignal(), 1)) {
            Proof proof = prove(runner, firstFailure(runner, "random:0.5", 200).orElseThrow(), QUICK);
            assertThat(proof.verdict()).isEqualTo(Verdict.PROVED);
            Window window = proof.telling().flatMap(Step::window).orElseThrow();
            assertThat(window.before().orElseThrow().brief()).isEqualTo("read ready");
            assertThat(window.between().orElseThrow().brief()).isEqualTo("write ready");
        }
    }

    @Test
    void whatFailsUnderTheBasePolicyIsHeldAgainstAFoundScheduleThatPasses() throws Exception {
        try (SimulatedRunner runner = new SimulatedRunner(SimulatedPrograms.wrongByDefault(), 1)) {
            Proof proof = prove(runner, firstFailure(runner, "base", 1).orElseThrow(), QUICK);
            assertThat(proof.verdict()).isEqualTo(Verdict.PROVED);
            assertThat(proof.base()).hasSize(1);
            assertThat(proof.steps()).hasSize(1);
            assertThat(proof.steps().get(0).made()).isFalse();
            assertThat(proof.passing().orElseThrow().outcome().passed()).isTrue();
            Window window = proof.telling().flatMap(Step::window).orElseThrow();
            assertThat(window.between().or(window::after).orElseThrow().what()).isEqualTo("set");
        }
    }

    @Test
    void whatNeverPassesIsNoMatterOfScheduling() throws Exception {
        try (SimulatedRunner runner = new SimulatedRunner(SimulatedPrograms.alwaysWrong(), 2)) {
            ProveOptions few = new ProveOptions(100, 2, 0, 50);
            Proof proof = prove(runner, firstFailure(runner, "base", 1).orElseThrow(), few);
            assertThat(proof.verdict()).isEqualTo(Verdict.ALWAYS_FAILS);
            assertThat(proof.steps()).isEmpty();
        }
    }

    @Test
    void aRunThatDidNotFailHasNothingToProve() throws Exception {
        try (SimulatedRunner runner = new SimulatedRunner(SimulatedPrograms.lostUpdate(), 1)) {
            Schedule passing = recorded(runner.run(RunRequest.scripted(List.of(), false)));
            assertThat(prove(runner, passing, QUICK).verdict()).isEqualTo(Verdict.NOT_FAILING);
        }
    }

    @Test
    void aScheduleThatDoesNotFailAgainIsReportedAsSuch() throws Exception {
        try (SimulatedRunner runner = new SimulatedRunner(SimulatedPrograms.lostUpdate(), 1)) {
            Schedule wrong = Schedule.builder()
                    .header("outcome", "failure SimulatedError at Main.run(Main.java:6)")
                    .build();
            Proof proof = prove(runner, wrong, QUICK);
            assertThat(proof.verdict()).isEqualTo(Verdict.NOT_REPRODUCIBLE);
            assertThat(proof.detail()).contains("Main.java:6", "ok");
        }
    }

    @Test
    void theBudgetOfRunsIsKept() throws Exception {
        try (SimulatedRunner runner = new SimulatedRunner(SimulatedPrograms.lockOrder(), 1)) {
            Schedule failing = firstFailure(runner, "random:0.5", 200).orElseThrow();
            int before = runner.runs.get();
            Proof proof = prove(runner, failing, QUICK.withBudget(2));
            assertThat(proof.verdict()).isEqualTo(Verdict.OVER_BUDGET);
            assertThat(runner.runs.get() - before).isEqualTo(2);
        }
    }

    @Test
    void theSameRunIsProvedTheSameWayHoweverManyRunsGoOnAtATime() throws Exception {
        List<String> minimal = new ArrayList<>();
        for (int parallelism : new int[] {1, 2, 5}) {
            try (SimulatedRunner runner = new SimulatedRunner(SimulatedPrograms.wrongByDefault(), parallelism)) {
                Proof proof = prove(runner, firstFailure(runner, "base", 1).orElseThrow(), ProveOptions.DEFAULT);
                minimal.add(proof.base() + " " + proof.steps() + " " + proof.evidence());
            }
        }
        assertThat(minimal).containsOnly(minimal.get(0));
    }
}

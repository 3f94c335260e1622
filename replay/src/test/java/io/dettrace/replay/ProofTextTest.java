package io.dettrace.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.replay.schedule.Schedule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a proof says, and what it leaves on disk. */
class ProofTextTest {
    @TempDir
    private Path folder;

    private static Proof prove(SimulatedRunner runner) throws Exception {
        for (long seed = 1; ; seed++) {
            RunResult run = runner.run(RunRequest.seeded("random:0.5", seed, 60, false));
            if (run.outcome().failed()) {
                Schedule.Builder recorded =
                        Schedule.builder().header("outcome", run.outcome().text());
                run.differences().forEach(recorded::add);
                return Prover.prove(runner, recorded.build(), ProveOptions.DEFAULT, ProveProgress.NONE);
            }
        }
    }

    @Test
    void thePersonOnCallReadsWhoWasStoppedWhereAndWhoCameBetween() throws Exception {
        try (SimulatedRunner runner = new SimulatedRunner(SimulatedPrograms.lostUpdate(), 1)) {
            Proof proof = prove(runner);
            String text = ProofText.render(proof);
            assertThat(text)
                    .startsWith("PROVED\n  failure SimulatedError at Main.run(Main.java:6)\n")
                    .contains("came between two accesses of thread")
                    .contains("read counter at Left.run(Left.java:1)")
                    .contains("write counter at Right.run(Right.java:2)  <- conflicts")
                    .contains("write counter at Left.run(Left.java:2)")
                    .contains("Minimal set: 1 decision of ")
                    .contains("necessary and sufficient")
                    .contains("without it: ok")
                    .contains("What passes: the base policy")
                    .contains("5 of 5 replays failed the same way, 5 of 5 runs without the decision passed");
            assertThat(ProofText.render(prove(runner))).isEqualTo(text);
        }
    }

    @Test
    void aDeadlocksTextSaysWhoHoldsWhat() throws Exception {
        try (SimulatedRunner runner = new SimulatedRunner(SimulatedPrograms.lockOrder(), 1)) {
            assertThat(ProofText.render(prove(runner)))
                    .contains("Nobody could go on:")
                    .contains("waits at Left.run(Left.java:4)\n    and holds 0:a, taken at Left.run(Left.java:2)")
                    .contains("waits at Right.run(Right.java:4)\n    and holds 0:b, taken at Right.run(Right.java:2)");
        }
    }

    @Test
    void aThreadThatNobodyCanWakeAnyMoreIsTheCauseAndNothingIsShownThatDidNotHappen() throws Exception {
        try (SimulatedRunner runner = new SimulatedRunner(SimulatedPrograms.missedSignal(), 1)) {
            Proof proof = prove(runner);
            String text = ProofText.render(proof);
            assertThat(text.lines().filter(line -> line.startsWith("Cause: ")))
                    .singleElement()
                    .asString()
                    .contains(" waits at Waiter.run(", "to be notified, but the last notification came before that")
                    .contains("Signaller.run(");
            String wentOn = text.substring(text.indexOf("-- thread"));
            long last = proof.deadlock().get(0).blocked().orElseThrow().n();
            assertThat(wentOn.contains("went on:"))
                    .isEqualTo(proof.telling()
                                    .flatMap(Proof.Step::window)
                                    .flatMap(w -> w.after().or(w::next))
                                    .orElseThrow()
                                    .n()
                            <= last);
        }
    }

    @Test
    void theReportHoldsTheComparisonAndTheCauseAndBothRunsCanBeReplayed() throws Exception {
        Target target = Target.of("java", "demo.Main");
        try (SimulatedRunner runner = new SimulatedRunner(SimulatedPrograms.lostUpdate(), 1)) {
            Proof proof = prove(runner);
            Path run = folder.resolve("run.schedule");
            Schedule.builder().build().write(run);
            Path out = folder.resolve("out");
            ProofArtifacts.into(out, false, RecordedRun.open(run)).write(target, proof);
            String report = Files.readString(out.resolve("divergence_report.json"));
            assertThat(report).contains("\"verdict\" : \"diverged\"", "\"cause\" : {", "\"verdict\" : \"proved\"");
            RecordedRun failing = RecordedRun.open(out.resolve("actual.jsonl"));
            assertThat(failing.target()).isEqualTo(target);
            assertThat(failing.schedule().preemptions()).hasSize(1);
            assertThat(RecordedRun.open(out.resolve("expected.jsonl"))
                            .schedule()
                            .preemptions())
                    .isEmpty();
            assertThat(failing.schedule().header("log"))
                    .isEqualTo("sha256:" + ProcessRunner.sha256(out.resolve("actual.jsonl")));
            ProofArtifacts.into(out, false, RecordedRun.open(run)).write(target, proof);
            assertThat(Files.readString(out.resolve("divergence_report.json"))).isEqualTo(report);
        }
    }

    @Test
    void artifactsOfOthersAndTheRunItselfAreNotReplaced() throws Exception {
        Path run = folder.resolve("actual.schedule");
        Schedule.builder().build().write(run);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> ProofArtifacts.into(folder, true, RecordedRun.open(run))))
                .hasMessageContaining("is an input of this command");
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.write(other.resolve("expected.jsonl"), List.of("mine"));
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> ProofArtifacts.into(other, false, RecordedRun.open(run))))
                .hasMessageContaining("was not written by DetTrace");
    }
}

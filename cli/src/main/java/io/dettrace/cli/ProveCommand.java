package io.dettrace.cli;

import io.dettrace.replay.AgentJar;
import io.dettrace.replay.JudgedRunner;
import io.dettrace.replay.Oracles;
import io.dettrace.replay.ProcessRunner;
import io.dettrace.replay.Proof;
import io.dettrace.replay.ProofArtifacts;
import io.dettrace.replay.ProofJson;
import io.dettrace.replay.ProofText;
import io.dettrace.replay.ProveOptions;
import io.dettrace.replay.Prover;
import io.dettrace.replay.RecordedRun;
import io.dettrace.replay.Runner;
import io.dettrace.replay.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dettrace prove}: the cause of a failing run, shown by experiment. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = "Shows by experiment which scheduling decisions make a recorded run fail.",
        footer = {
            "",
            "Runs the program again under changed schedules until no decision can be left out. DIR gets the",
            "passing run beside it as expected.jsonl, the minimal failing run as actual.jsonl, a .schedule",
            "beside each, and divergence_report.json with the proof under 'cause'.",
            "",
            "Examples:",
            "  dettrace prove explored/fail-1.schedule",
            "  dettrace prove run.jsonl --out proof --neighbours 100",
            "  dettrace replay proof/actual.schedule",
            "",
            "Exit status: 0 proved; 1 not proved, and the verdict says why; 2 trouble."
        })
final class ProveCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "The recorded run: its .jsonl or its .schedule file.")
    private Path run;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the artifacts go (default: RUN-proof beside RUN).")
    private Path out;

    @Option(
            names = "--budget",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Most runs to find the minimal decisions (default: 2000).")
    private int budget;

    @Option(
            names = "--repeats",
            paramLabel = "K",
            defaultValue = "5",
            description = "Fresh runs of the failing and of the passing schedule, each (default: 5).")
    private int repeats;

    @Option(
            names = "--neighbours",
            paramLabel = "N",
            defaultValue = "20",
            description = "Random schedules tried around the window (default: 20).")
    private int neighbours;

    @Option(
            names = "--passing-runs",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Most runs to find a passing schedule if the base policy fails (default: 1000).")
    private int passingRuns;

    @Mixin
    private RunsArguments common;

    @Mixin
    private Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ProveOptions options = options();
        RecordedRun recorded = RecordedRun.open(run);
        Target target = recorded.target();
        Path agent = AgentJar.find();
        Path folder = out != null ? out : RecordedRun.beside(recorded.file(), "-proof");
        ProofArtifacts artifacts = ProofArtifacts.into(folder, common.force(), recorded);
        Proof proof;
        try (Runner runner = new JudgedRunner(new ProcessRunner(target, agent, common.timeout()), Oracles.of(target));
                RunProgress progress = terminal.runs(spec.commandLine().getErr())) {
            proof = Prover.prove(runner, recorded.schedule(), options, progress::proved);
            if (proof.failing().isPresent()) {
                artifacts.write(target, proof);
            }
        }
        PrintWriter stdout = spec.commandLine().getOut();
        stdout.print(common.json() ? ProofJson.render(proof) : ProofText.render(proof));
        stdout.flush();
        return proof.verdict() == Proof.Verdict.PROVED ? 0 : 1;
    }

    private ProveOptions options() {
        try {
            return new ProveOptions(budget, repeats, neighbours, passingRuns);
        } catch (IllegalArgumentException outOfRange) {
            throw new ParameterException(spec.commandLine(), "--" + outOfRange.getMessage(), outOfRange);
        }
    }
}

package io.dettrace.replay;

import io.dettrace.replay.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Runs a {@link SimulatedProgram}, and counts. */
final class SimulatedRunner implements Runner {
    private final SimulatedProgram program;
    private final int parallelism;
    private final Path folder = Files.createTempDirectory("dettrace-simulated");
    final AtomicInteger runs = new AtomicInteger();

    SimulatedRunner(SimulatedProgram program, int parallelism) throws IOException {
        this.program = program;
        this.parallelism = parallelism;
    }

    @Override
    public RunResult run(RunRequest request) throws IOException {
        int number = runs.incrementAndGet();
        Simulation simulation = new Simulation(program, request.control());
        Outcome outcome = simulation.run();
        Optional<Path> log = Optional.empty();
        String digest = "";
        if (request.log()) {
            Path file = folder.resolve("run-" + number + ".jsonl");
            Files.writeString(file, simulation.log.toString());
            log = Optional.of(file);
            digest = ProcessRunner.sha256(file);
        }
        Schedule made = simulation.made();
        return new RunResult(
                outcome.passed() ? 0 : 1,
                outcome,
                "",
                made,
                simulation.events,
                simulation.decisions,
                log,
                digest,
                "",
                "");
    }

    @Override
    public int parallelism() {
        return parallelism;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}

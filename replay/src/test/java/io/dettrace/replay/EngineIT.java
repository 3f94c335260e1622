package io.dettrace.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.replay.programs.CorpusProgram;
import io.dettrace.replay.programs.ProgramCorpus;
import io.dettrace.replay.schedule.Schedule;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine on the corpus of programs, half of it on each JDK, each in JVMs of its own: what is recorded is replayed byte for byte from its
 * schedule alone, and what is broken is found. Runs once the agent is packaged.
 */
class EngineIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String CLASSES = Path.of(URI.create(ProgramCorpus.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toString()))
            .toString();
    private static final int JDK = Runtime.version().feature();

    /** Fails only if a time-out falls into a window of one access, which 200 runs do not meet. */
    private static final List<String> RARE = List.of("CancelRace");

    @TempDir
    private Path folder;

    private static Target target(CorpusProgram program, String... options) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", CLASSES, program.className()));
        return new Target(command, Map.of());
    }

    private static List<CorpusProgram> programs() {
        return ProgramCorpus.all().stream()
                .filter(p -> p.kind() != CorpusProgram.Kind.KERNEL)
                .filter(p -> p.minimumJdk() <= JDK)
                .toList();
    }

    /**
     * Every second program, the one half on JDK 17 and the other on JDK 25, so that the whole test run stays within ten minutes;
     * {@code -Dcorpus=all} takes all.
     */
    private static List<CorpusProgram> sampled(List<CorpusProgram> programs) {
        boolean all = System.getProperty("corpus", "").equals("all");
        return IntStream.range(0, programs.size())
                .filter(i -> all || (i + JDK / 8) % 2 == 0)
                .mapToObj(programs::get)
                .toList();
    }

    private interface Check {
        /** What is wrong with the program under control, or an empty text. */
        String wrong(CorpusProgram program) throws Exception;
    }

    private static List<String> wrong(List<CorpusProgram> programs, Check check) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Future<String>> checks = new ArrayList<>();
            for (CorpusProgram program : programs) {
                Callable<String> one = () -> check.wrong(program);
                checks.add(pool.submit(one));
            }
            List<String> wrong = new ArrayList<>();
            for (int i = 0; i < checks.size(); i++) {
                String text = checks.get(i).get();
                if (!text.isEmpty()) {
                    wrong.add(programs.get(i).name() + ": " + text);
                }
            }
            return wrong;
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void everyProgramIsReplayedByteForByteFromItsScheduleAlone() throws Exception {
        assertThat(wrong(sampled(programs()), this::notReplayed)).isEmpty();
    }

    private String notReplayed(CorpusProgram program) throws IOException, InterruptedException {
        try (ProcessRunner runner = new ProcessRunner(target(program), AgentJar.find(), LIMIT)) {
            RunResult recorded = runner.run(RunRequest.seeded("random:0.3", 11, 0, true));
            if (recorded.log().isEmpty()) {
                return "no log, " + recorded.outcome() + " " + recorded.output();
            }
            // Asking for call stacks on the way must not change the run either.
            Schedule asking = RunRequest.again(recorded.schedule(), true).control().toBuilder()
                    .header("stacks", "0:1 0:2 0:5 0.1:1 0.1:2 0.1:5 0.2:1 0.2:3")
                    .build();
            RunResult replayed = runner.run(new RunRequest(asking, true));
            if (!replayed.schedule().header("stacks", "").startsWith("{\"0")) {
                return "no stacks";
            }
            if (!replayed.logDigest().equals(recorded.logDigest())) {
                return "other events: " + replayed.outcome() + " instead of " + recorded.outcome();
            }
            if (!replayed.outputDigest().equals(recorded.outputDigest()) || replayed.status() != recorded.status()) {
                return "other output or status: " + replayed.status() + " instead of " + recorded.status();
            }
            return "";
        }
    }

    @Test
    void everyBrokenProgramIsFoundWithin200Runs() throws Exception {
        List<CorpusProgram> broken = programs().stream()
                .filter(p -> p.kind() == CorpusProgram.Kind.BUGGY && !RARE.contains(p.name()))
                .toList();
        assertThat(broken).hasSizeGreaterThan(25);
        assertThat(wrong(sampled(broken), this::notFound)).isEmpty();
    }

    private String notFound(CorpusProgram program) throws IOException, InterruptedException {
        ExploreOptions options = ExploreOptions.DEFAULT.withRuns(200).stoppingAfter(1);
        try (Runner runner = new SharedJvmRunner(target(program), AgentJar.find(), LIMIT)) {
            Exploration found = Explorer.explore(runner, options, ExploreProgress.NONE, System::nanoTime);
            return found.failures().isEmpty() ? "not found in " + found.runs() : "";
        }
    }

    @Test
    void aThreadThatWaitsForTheOutsideIsNamedAndTheProgramEnds() throws Exception {
        Path source = Files.writeString(folder.resolve("Waits.java"), """
            public final class Waits {
                public static void main(String[] args) throws Exception {
                    java.net.ServerSocket server = new java.net.ServerSocket(0);
                    Thread thread = new Thread(() -> {
                        try {
                            server.accept();
                        } catch (java.io.IOException e) {
                            throw new IllegalStateException(e);
                        }
                    });
                    thread.start();
                    thread.join();
                }
            }
            """);
        assertThat(javax.tools.ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", folder.toString(), source.toString()))
                .isZero();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Target target = new Target(List.of(java, "-cp", folder.toString(), "Waits"), Map.of("watchdog", "2"));
        try (ProcessRunner runner = new ProcessRunner(target, AgentJar.find(), LIMIT)) {
            RunResult result = runner.run(new RunRequest(Schedule.builder().build(), false));
            assertThat(result.status()).isEqualTo(4);
            assertThat(result.output()).contains("thread 0.1 is in").contains("accept");
        }
    }
}

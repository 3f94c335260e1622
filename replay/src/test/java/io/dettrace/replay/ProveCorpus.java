package io.dettrace.replay;

import io.dettrace.replay.programs.CorpusProgram;
import io.dettrace.replay.programs.ProgramCorpus;
import io.dettrace.replay.schedule.Schedule;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Finds, proves and checks every program of the corpus that has a fault, and prints a table: {@code benchmarks/prove/run.sh}
 * starts it. Arguments: {@code --dir DIR} keeps the schedules found and the proofs and takes those found before from there;
 * {@code --repeats K}; {@code --jobs N} programs at a time; then names of programs, or none for all.
 */
public final class ProveCorpus {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MOST_RUNS = 200;
    private static final String FORMAT = "%-24s %5s %-12s %6s %5s %7s %7s %5s  %-8s %s%n";

    private final Path sources;
    private final Path folder;
    private final int repeats;

    private ProveCorpus(Path sources, Path folder, int repeats) {
        this.sources = sources;
        this.folder = folder;
        this.repeats = repeats;
    }

    private record Row(String name, long found, Proof proof, WindowJudge.Verdict window) {}

    /** Prints the table; exit status 1 if a program is not found or not proved. */
    public static void main(String[] args) throws Exception {
        Path dir = null;
        int repeats = 5;
        int jobs = 1;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--dir" -> dir = Path.of(args[++i]);
                case "--repeats" -> repeats = Integer.parseInt(args[++i]);
                case "--jobs" -> jobs = Integer.parseInt(args[++i]);
                default -> names.add(args[i]);
            }
        }
        Path folder = dir == null ? Files.createTempDirectory("dettrace-prove") : Files.createDirectories(dir);
        Path sources = Path.of(System.getProperty("dettrace.sources", "replay/src/test/java"));
        ProveCorpus corpus = new ProveCorpus(sources, folder, repeats);
        System.exit(corpus.table(programs(names), jobs) ? 0 : 1);
    }

    private static List<CorpusProgram> programs(List<String> names) {
        if (!names.isEmpty()) {
            return names.stream().map(ProgramCorpus::named).toList();
        }
        return ProgramCorpus.of(CorpusProgram.Kind.BUGGY, Runtime.version().feature());
    }

    private boolean table(List<CorpusProgram> programs, int jobs) throws Exception {
        System.out.printf(
                FORMAT, "program", "found", "verdict", "before", "after", "fails", "passes", "runs", "window", "lines");
        ExecutorService pool = Executors.newFixedThreadPool(jobs);
        List<Row> rows = new ArrayList<>();
        try {
            List<Future<Row>> futures = new ArrayList<>();
            for (CorpusProgram program : programs) {
                Callable<Row> one = () -> row(program);
                futures.add(pool.submit(one));
            }
            for (int i = 0; i < futures.size(); i++) {
                Row row = futures.get(i).get();
                rows.add(row);
                print(row);
            }
        } finally {
            pool.shutdownNow();
        }
        List<Row> first = new ArrayList<>(rows);
        first.removeIf(r -> ProgramCorpus.later().contains(r.name()));
        List<Row> later = new ArrayList<>(rows);
        later.removeAll(first);
        boolean all = first.isEmpty() || totals("prove was made with", first);
        return (later.isEmpty() || totals("written later", later)) && all;
    }

    private Row row(CorpusProgram program) throws IOException, InterruptedException {
        Schedule schedule = found(program);
        long found = Long.parseLong(schedule.header("found", "0"));
        if (!schedule.header("outcome", "ok").contains(" ")) {
            return new Row(program.name(), -1, null, WindowJudge.Verdict.NO);
        }
        ProveOptions options = ProveOptions.DEFAULT.withRepeats(repeats).withNeighbours(0);
        try (Runner runner = new ProcessRunner(target(program), AgentJar.find(), LIMIT)) {
            Proof proof = Prover.prove(runner, schedule, options, ProveProgress.NONE);
            Files.writeString(folder.resolve(program.name() + ".txt"), ProofText.render(proof));
            Files.writeString(folder.resolve(program.name() + ".json"), ProofJson.render(proof));
            WindowJudge.Verdict window = WindowJudge.judge(program.name() + ".java", program.faults(sources), proof);
            return new Row(program.name(), found, proof, window);
        }
    }

    /** The schedule of the first failure, with the number of runs that it took under {@code found}. */
    private Schedule found(CorpusProgram program) throws IOException, InterruptedException {
        Path file = folder.resolve(program.name() + ".schedule");
        if (Files.exists(file)) {
            return Schedule.parse(file);
        }
        ExploreOptions options = ExploreOptions.DEFAULT.withRuns(MOST_RUNS).stoppingAfter(1);
        try (Runner runner = new SharedJvmRunner(target(program), AgentJar.find(), LIMIT)) {
            Exploration found = Explorer.explore(runner, options, ExploreProgress.NONE, System::nanoTime);
            Schedule.Builder schedule = found.failures().isEmpty()
                    ? Schedule.builder().header("outcome", "ok")
                    : RecordedRun.describe(
                            target(program), found.failures().get(0).first())
                            .toBuilder();
            Schedule kept =
                    schedule.header("found", Integer.toString(found.runs())).build();
            kept.write(file);
            return kept;
        }
    }

    private static Target target(CorpusProgram program) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = Path.of(URI.create(ProgramCorpus.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
                .toString();
        return new Target(List.of(java, "-cp", classes, program.className()), Map.of());
    }

    private void print(Row row) {
        if (row.proof() == null) {
            System.out.printf(FORMAT, row.name(), "none", "-", "-", "-", "-", "-", "-", "-", "");
            return;
        }
        Proof p = row.proof();
        Proof.Evidence e = p.evidence();
        System.out.printf(
                FORMAT,
                row.name(),
                row.found(),
                p.verdict().words(),
                p.recorded(),
                p.steps().size(),
                e.failedAgain() + "/" + e.repeats(),
                e.passedAgain() + "/" + e.repeats(),
                e.searchRuns(),
                row.window().name().toLowerCase(Locale.ROOT),
                WindowJudge.brief(p));
    }

    private static boolean totals(String which, List<Row> rows) {
        List<Row> found = rows.stream().filter(r -> r.proof() != null).toList();
        List<Row> proved = found.stream()
                .filter(r -> r.proof().verdict() == Proof.Verdict.PROVED)
                .toList();
        long holds = proved.stream().filter(r -> r.window().holds).count();
        List<Integer> runs = new ArrayList<>(
                found.stream().map(r -> r.proof().evidence().searchRuns()).toList());
        Collections.sort(runs);
        System.out.printf(
                Locale.ROOT,
                "%s: %d programs, %d found, %d proved; the window holds the fault in %d (%.1f %%); runs of prove:"
                        + " median %s, most %s%n",
                which,
                rows.size(),
                found.size(),
                proved.size(),
                holds,
                proved.isEmpty() ? 0.0 : 100.0 * holds / proved.size(),
                runs.isEmpty() ? "-" : runs.get(runs.size() / 2),
                runs.isEmpty() ? "-" : runs.get(runs.size() - 1));
        return proved.size() == found.size();
    }
}

package io.dettrace.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.replay.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What exploring promises, on small programs without an engine. */
class ExplorerTest {
    private static Exploration explore(Runner runner, ExploreOptions options) throws Exception {
        return Explorer.explore(runner, options, ExploreProgress.NONE, () -> 0);
    }

    @Test
    void theAnswerIsTheSameHoweverManyRunsGoOnAtATime() throws Exception {
        List<String> answers = new ArrayList<>();
        for (int parallelism : new int[] {1, 3, 8}) {
            try (Runner runner = new SimulatedRunner(SimulatedPrograms.lockOrder(), parallelism)) {
                Exploration found =
                        explore(runner, ExploreOptions.DEFAULT.withRuns(200).stoppingAfter(5));
                answers.add(ExplorationReport.json(found) + ExplorationReport.text(found, Optional.of("out")));
            }
        }
        assertThat(answers).containsOnly(answers.get(0));
    }

    @Test
    void failuresAreGroupedAndTheFirstOfEachIsKeptWithItsLog() throws Exception {
        try (Runner runner = new SimulatedRunner(SimulatedPrograms.lockOrder(), 2)) {
            Exploration found =
                    explore(runner, ExploreOptions.DEFAULT.withRuns(300).withStrategy("random:0.3"));
            assertThat(found.runs()).isEqualTo(300);
            assertThat(found.failures())
                    .extracting(Exploration.Failure::signature)
                    .doesNotHaveDuplicates();
            assertThat(found.failures())
                    .extracting(Exploration.Failure::signature)
                    .anyMatch(s -> s.startsWith("deadlock"));
            assertThat(found.failures().stream()
                            .mapToInt(Exploration.Failure::count)
                            .sum())
                    .isEqualTo(found.failing());
            for (Exploration.Failure failure : found.failures()) {
                assertThat(failure.repeated()).isTrue();
                assertThat(Files.readString(failure.first().log().orElseThrow()))
                        .contains("\"op\":\"lock\"");
            }
            assertThat(found.pass().orElseThrow()).isEqualTo(found.base());
        }
    }

    @Test
    void exploringStopsAtTheFirstFailureIfAsked() throws Exception {
        try (Runner runner = new SimulatedRunner(SimulatedPrograms.lostUpdate(), 2)) {
            Exploration found = explore(runner, ExploreOptions.DEFAULT.stoppingAfter(1));
            assertThat(found.failing()).isEqualTo(1);
            assertThat(found.failures().get(0).seed()).isEqualTo(found.runs());
            assertThat(found.stopped()).isEqualTo("a failure was found");
        }
    }

    @Test
    void exploringStopsWhenTheTimeIsUp() throws Exception {
        AtomicLong clock = new AtomicLong();
        ExploreOptions options = new ExploreOptions("pct:3", 1_000, 1, 10, 0);
        try (Runner runner = new SimulatedRunner(SimulatedPrograms.alwaysWrong(), 1)) {
            Exploration found = Explorer.explore(runner, options, ExploreProgress.NONE, clock::incrementAndGet);
            assertThat(found.stopped()).isEqualTo("the time is up");
            assertThat(found.runs()).isBetween(1, 10);
        }
    }

    @Test
    void theBasePolicysFailureIsOneOfTheFailuresAndAFoundPassIsKept() throws Exception {
        try (Runner runner = new SimulatedRunner(SimulatedPrograms.wrongByDefault(), 1)) {
            Exploration found = explore(runner, ExploreOptions.DEFAULT.withRuns(100));
            assertThat(found.failures().get(0).seed()).isEqualTo(Exploration.Failure.BASE);
            assertThat(found.pass().orElseThrow().outcome().passed()).isTrue();
            assertThat(found.pass().orElseThrow().log()).isPresent();
        }
    }

    @Test
    void theNumbersInTheTextAddUpWhetherTheBasePolicyFailsOrNot() throws Exception {
        Pattern numbers = Pattern.compile("  base policy and (\\d+) seeds?: (\\d+) failing, (\\d+) distinct; .+");
        for (SimulatedProgram program : List.of(
                SimulatedPrograms.lockOrder(), SimulatedPrograms.wrongByDefault(), SimulatedPrograms.alwaysWrong())) {
            for (int stop : new int[] {0, 1, 2}) {
                try (Runner runner = new SimulatedRunner(program, 1)) {
                    Exploration found =
                            explore(runner, ExploreOptions.DEFAULT.withRuns(40).stoppingAfter(stop));
                    String text = ExplorationReport.text(found, Optional.empty());
                    Matcher line =
                            numbers.matcher(text.lines().skip(1).findFirst().orElseThrow());
                    assertThat(line.matches()).as(text).isTrue();
                    int failing = Integer.parseInt(line.group(2));
                    boolean base = found.base().outcome().failed();
                    assertThat(Integer.parseInt(line.group(1))).as(text).isEqualTo(found.runs());
                    assertThat(failing)
                            .as(text)
                            .isEqualTo((base ? 1 : 0)
                                    + found.failures().stream()
                                            .mapToInt(Exploration.Failure::count)
                                            .sum())
                            .isBetween(Integer.parseInt(line.group(3)), found.runs() + 1);
                    assertThat(Integer.parseInt(line.group(3)))
                            .as(text)
                            .isEqualTo(found.failures().size());
                    if (stop > 0 && found.runs() < 40) {
                        assertThat(failing).as(text).isEqualTo(stop);
                    }
                }
            }
        }
    }

    @Test
    void anOraclesFailureIsAFailureAndPassingRunsAreNotKeptOnDisk() throws Exception {
        Oracle onLog = new Oracle() {
            @Override
            public boolean readsLog() {
                return true;
            }

            @Override
            public Optional<String> wrong(RunResult run) throws IOException {
                List<String> lines = Files.readAllLines(run.log().orElseThrow());
                boolean rightFirst = lines.stream()
                        .filter(l -> l.contains("\"op\":\"write\""))
                        .findFirst()
                        .orElse("")
                        .contains("Right");
                return rightFirst ? Optional.of("the right one writes first") : Optional.empty();
            }
        };
        try (Runner runner = new JudgedRunner(new SimulatedRunner(SimulatedPrograms.lostUpdate(), 1), onLog)) {
            Exploration found = explore(runner, ExploreOptions.DEFAULT.withRuns(60));
            assertThat(found.failures())
                    .extracting(Exploration.Failure::signature)
                    .contains("oracle the right one writes first");
            assertThat(runner.run(RunRequest.seeded("pct:3", 1, 10, false)).log())
                    .isEmpty();
        }
    }

    @Test
    void exploringAProgramThatCannotBeStartedStopsAtOnce() throws Exception {
        int[] runs = new int[1];
        Runner broken = new Runner() {
            @Override
            public RunResult run(RunRequest request) {
                runs[0]++;
                Outcome lost = new Outcome(Outcome.Kind.LOST, "exit status 1");
                return new RunResult(
                        1, lost, "no main", Schedule.builder().build(), 0, 0, Optional.empty(), "", "", "");
            }

            @Override
            public int parallelism() {
                return 1;
            }

            @Override
            public void close() {}
        };
        Exploration found = explore(broken, ExploreOptions.DEFAULT);
        assertThat(runs[0]).isEqualTo(1);
        assertThat(ExplorationReport.text(found, Optional.empty())).contains("no main");
    }
}

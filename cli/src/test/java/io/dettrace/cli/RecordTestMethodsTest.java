package io.dettrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.cli.ControlledCalls.Call;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dettrace record --scope tests} on a class of JUnit tests, started by JUnit's own launcher. */
class RecordTestMethodsTest {
    private static final String TESTS = """
            package demo;

            import org.junit.jupiter.api.RepeatedTest;
            import org.junit.jupiter.api.Test;

            final class CounterTest {
                private int count;

                @Test
                void adds() throws InterruptedException {
                    Thread one = new Thread(() -> count++);
                    Thread two = new Thread(() -> count++);
                    one.start();
                    two.start();
                    one.join();
                    two.join();
                    System.out.println("count " + count);
                }

                @RepeatedTest(2)
                void repeats() {
                    count++;
                }

                @Test
                void fails() {
                    throw new IllegalStateException("as it should");
                }

                void isNoTest() {}
            }
            """;

    private static final String LAUNCH = """
            package demo;

            import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

            import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
            import org.junit.platform.launcher.core.LauncherFactory;

            final class Launch {
                public static void main(String[] args) {
                    LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
                            .selectors(selectClass("demo.CounterTest"))
                            .build());
                    System.exit(7);
                }
            }
            """;

    @TempDir
    private static Path classes;

    @TempDir
    private Path folder;

    @BeforeAll
    static void compileTheTests() throws IOException {
        ControlledCalls.requireAgent();
        ControlledCalls.compile(classes, "CounterTest", TESTS);
        ControlledCalls.compile(classes, "Launch", LAUNCH);
    }

    private Call record(Path out) throws IOException, InterruptedException {
        return ControlledCalls.apart(
                folder,
                "record",
                "--scope",
                "tests",
                "--seed",
                "3",
                "--out",
                out.toString(),
                "--",
                ControlledCalls.java(),
                "-cp",
                classes + File.pathSeparator + ControlledCalls.classPath(),
                "demo.Launch");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".values"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void eachCallOfATestMethodIsARunOfItsOwnThatCanBeReplayed() throws Exception {
        Path out = folder.resolve("runs");
        Call call = record(out);
        assertThat(call.status()).as(call.err()).isEqualTo(7);
        assertThat(names(out))
                .containsExactly(
                        "demo.CounterTest.adds.jsonl",
                        "demo.CounterTest.adds.schedule",
                        "demo.CounterTest.fails.jsonl",
                        "demo.CounterTest.fails.schedule",
                        "demo.CounterTest.repeats-2.jsonl",
                        "demo.CounterTest.repeats-2.schedule",
                        "demo.CounterTest.repeats.jsonl",
                        "demo.CounterTest.repeats.schedule");
        assertThat(call.err())
                .contains("dettrace: 4 runs in " + out)
                .contains("demo.CounterTest.fails: failure java.lang.IllegalStateException at demo.CounterTest.fails(");

        Path run = out.resolve("demo.CounterTest.adds.jsonl");
        assertThat(run).content().contains("\"what\":\"demo.CounterTest.count\"");
        Call replayed = ControlledCalls.apart(folder, "replay", run.toString());
        assertThat(replayed.err()).contains("the same as recorded");
        assertThat(replayed.status()).isEqualTo(7);
        assertThat(out.resolve("replayed.jsonl")).hasSameBinaryContentAs(run);
    }

    @Test
    void aFolderThatHoldsRunsIsRefusedBeforeAnythingRuns() throws Exception {
        Path run = Files.writeString(folder.resolve("earlier.jsonl"), "earlier");
        Call call = record(folder);
        assertThat(call.status()).isEqualTo(Main.TROUBLE);
        assertThat(call.err()).contains(run + ": is there already", "--force");
        assertThat(call.out()).isEmpty();
        assertThat(run).hasContent("earlier");
    }

    @Test
    void aCommandWithoutTestsIsTroubleAndSaysWhatToCheck() throws Exception {
        Path out = folder.resolve("none");
        Call call = ControlledCalls.apart(
                folder,
                "record",
                "--scope",
                "tests",
                "--out",
                out.toString(),
                "--",
                ControlledCalls.java(),
                "-version");
        assertThat(call.status()).as(call.err()).isEqualTo(Main.TROUBLE);
        assertThat(call.err()).contains("nothing to replay was recorded", "without running a test method");
        assertThat(out).isEmptyDirectory();
    }
}

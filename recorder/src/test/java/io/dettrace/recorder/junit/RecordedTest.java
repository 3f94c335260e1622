package io.dettrace.recorder.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.dettrace.recorder.DivergenceError;
import io.dettrace.recorder.Recorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class RecordedTest {
    private static int task;
    private static boolean fails;

    @TempDir
    Path folder;

    private Optional<Throwable> failure = Optional.empty();

    @BeforeEach
    void begin() {
        System.setProperty(RecordedExtension.FOLDER, folder.toString());
        task = 1;
        fails = false;
    }

    @AfterEach
    void end() {
        System.clearProperty(RecordedExtension.FOLDER);
        System.clearProperty(RecordedExtension.MODE);
    }

    /** Run by the tests, and by nobody else: no name that a build looks for. */
    static class Sample {
        @Test
        @Recorded
        void takes(Recorder recorder) {
            recorder.lane("worker-0").event("TAKEN").with("task", task).record();
            assertThat(fails).isFalse();
        }
    }

    static class Repeated {
        @RepeatedTest(2)
        @Recorded("several.jsonl")
        void takes(Recorder recorder) {
            recorder.lane("a").event("K").record();
        }
    }

    @Test
    void passingRunIsRecordedBesideTheTestThenGuarded() throws IOException {
        System.setProperty(RecordedExtension.MODE, "update");
        run(Sample.class);
        assertThat(failure).isEmpty();
        assertThat(files()).containsExactly("io.dettrace.recorder.junit.RecordedTest.Sample/takes.jsonl");
        assertThat(folder.resolve(files().get(0)))
                .hasContent("{\"lane\":\"worker-0\",\"kind\":\"TAKEN\",\"task\":1}\n");
        System.clearProperty(RecordedExtension.MODE);
        run(Sample.class);
        assertThat(failure).isEmpty();

        task = 2;
        run(Sample.class);
        assertThat(failure).containsInstanceOf(DivergenceError.class);
        assertThat(failure.orElseThrow()).hasMessageContaining("TAKEN: task is 2, expected 1");

        System.setProperty(RecordedExtension.MODE, "update");
        run(Sample.class);
        System.setProperty(RecordedExtension.MODE, "guard");
        run(Sample.class);
        assertThat(failure).isEmpty();
    }

    @Test
    void failingRunIsNotRecorded() throws IOException {
        System.setProperty(RecordedExtension.MODE, "update");
        fails = true;
        run(Sample.class);
        assertThat(failure).containsInstanceOf(AssertionError.class);
        assertThat(files()).isEmpty();
    }

    @Test
    void missingFileFailsWhereOnlyGuardingIsAllowed() {
        System.setProperty(RecordedExtension.MODE, "guard");
        run(Sample.class);
        assertThat(failure.orElseThrow())
                .hasStackTraceContaining("no recorded run")
                .hasStackTraceContaining("-Ddettrace.recorded=update");
    }

    @Test
    void switchedOffNothingIsRecordedOrChecked() throws IOException {
        System.setProperty(RecordedExtension.MODE, "off");
        run(Sample.class);
        assertThat(failure).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void repetitionsHaveFilesOfTheirOwn() throws IOException {
        System.setProperty(RecordedExtension.MODE, "update");
        run(Repeated.class);
        assertThat(files()).containsExactly("several-1.jsonl", "several-2.jsonl");
    }

    @Test
    void unknownModeIsAnError() {
        System.setProperty(RecordedExtension.MODE, "sometimes");
        run(Sample.class);
        assertThat(failure.orElseThrow()).hasStackTraceContaining("expected update, guard or off, found \"sometimes\"");
    }

    private void run(Class<?> tests) {
        failure = Optional.empty();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result.getThrowable().ifPresent(thrown -> failure = Optional.of(thrown));
            }
        });
    }

    private java.util.List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }
}

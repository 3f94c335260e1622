import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs a library's tests on the JUnit platform, with one line for each start and end of a test in a file.
 *
 * <p>{@code SuiteRunner RESULTS TESTS.jar [CLASS-PATTERN]}. Tests that have a line in RESULTS already are left out, so
 * when a JVM ended in the middle of a test, running the same command again goes on behind it. (A repeated or
 * parameterized test counts as one there.) Lines: {@code start ID}, and {@code pass}, {@code fail}, {@code abort} or
 * {@code skip}, then {@code ID}, then the reason.
 */
public class SuiteRunner implements TestExecutionListener {
    private final Path results;

    SuiteRunner(Path results) {
        this.results = results;
    }

    public static void main(String[] args) throws IOException {
        Path results = Path.of(args[0]);
        Set<String> known = known(results);
        PostDiscoveryFilter fresh = descriptor -> FilterResult.includedIf(
                !known.contains(descriptor.getUniqueId().toString()));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClasspathRoots(Set.of(Path.of(args[1]))))
                .filters(ClassNameFilter.includeClassNamePatterns(args.length > 2 ? args[2] : ClassNameFilter.STANDARD_INCLUDE_PATTERN))
                .filters(fresh)
                .build();
        LauncherFactory.create().execute(request, new SuiteRunner(results));
        // Threads that a test left behind must not keep the JVM.
        System.exit(0);
    }

    private static Set<String> known(Path results) throws IOException {
        Set<String> known = new HashSet<>();
        if (Files.exists(results)) {
            for (String line : Files.readAllLines(results)) {
                known.add(line.split("\t", 3)[1]);
            }
        }
        return known;
    }

    @Override
    public void executionStarted(TestIdentifier id) {
        if (counts(id)) {
            write("start", id, "");
        }
    }

    @Override
    public void executionSkipped(TestIdentifier id, String reason) {
        write("skip", id, reason);
    }

    @Override
    public void executionFinished(TestIdentifier id, TestExecutionResult result) {
        if (id.isTest() || result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
            String status =
                    switch (result.getStatus()) {
                        case SUCCESSFUL -> "pass";
                        case ABORTED -> "abort";
                        case FAILED -> "fail";
                    };
            write(status, id, result.getThrowable().map(Throwable::toString).orElse(""));
        }
    }

    /** Tests, and what a method stands for: a template of tests. Classes and engines are neither. */
    private static boolean counts(TestIdentifier id) {
        return id.isTest() || id.getUniqueId().contains("[test-template:") || id.getUniqueId().contains("[test-factory:");
    }

    private synchronized void write(String status, TestIdentifier id, String reason) {
        String line = status + '\t' + id.getUniqueId() + '\t' + reason.lines().findFirst().orElse("") + '\n';
        try {
            Files.writeString(results, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IllegalStateException("cannot write " + results, e);
        }
    }
}

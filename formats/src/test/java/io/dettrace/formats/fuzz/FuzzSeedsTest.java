package io.dettrace.formats.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the fuzz targets on their seeds, {@code src/test/resources/fuzz/<target>/}, where every finding is kept. The fuzzer
 * itself is started with {@code scripts/fuzz.sh}.
 */
class FuzzSeedsTest {
    private static final List<String> PACKAGES = List.of("io.dettrace.formats.fuzz", "io.dettrace.formats.jsonl");

    @TestFactory
    Stream<DynamicTest> everySeedHolds() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        Path root = Path.of(FuzzSeedsTest.class.getResource("/fuzz").toURI());
        try (Stream<Path> folders = Files.list(root)) {
            for (Path folder : folders.sorted().toList()) {
                Method target = target(folder.getFileName().toString());
                try (Stream<Path> seeds = Files.list(folder)) {
                    for (Path seed : seeds.sorted().toList()) {
                        String name = folder.getFileName() + "/" + seed.getFileName();
                        tests.add(DynamicTest.dynamicTest(name, () -> run(target, Files.readAllBytes(seed))));
                    }
                }
            }
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    private static Method target(String name) throws NoSuchMethodException {
        for (String in : PACKAGES) {
            try {
                return Class.forName(in + "." + name).getMethod("fuzzerTestOneInput", byte[].class);
            } catch (ClassNotFoundException elsewhere) {
                continue;
            }
        }
        throw new AssertionError("seeds without a target: " + name);
    }

    private static void run(Method target, byte[] seed) throws Throwable {
        try {
            target.invoke(null, (Object) seed);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

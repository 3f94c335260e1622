package io.dettrace.formats.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.formats.jsonl.FastScannerFuzz;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the fuzz targets on their seeds, {@code src/test/resources/fuzz/<target>/}, where every finding is kept. The fuzzer
 * itself is started with {@code scripts/fuzz.sh}.
 */
class FuzzSeedsTest {
    private interface Target {
        void run(byte[] data) throws Exception;
    }

    private static final Map<String, Target> TARGETS = new LinkedHashMap<>(Map.of(
            "JsonLinesFuzz", JsonLinesFuzz::fuzzerTestOneInput,
            "FastScannerFuzz", FastScannerFuzz::fuzzerTestOneInput,
            "JsonDocumentFuzz", JsonDocumentFuzz::fuzzerTestOneInput,
            "PatternFuzz", PatternFuzz::fuzzerTestOneInput,
            "MappingFileFuzz", MappingFileFuzz::fuzzerTestOneInput,
            "CompressedFuzz", CompressedFuzz::fuzzerTestOneInput));

    @TestFactory
    Stream<DynamicTest> everySeedHolds() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        Path root = Path.of(FuzzSeedsTest.class.getResource("/fuzz").toURI());
        try (Stream<Path> folders = Files.list(root)) {
            assertThat(folders.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(TARGETS.keySet());
        }
        for (Map.Entry<String, Target> target : TARGETS.entrySet()) {
            try (Stream<Path> seeds = Files.list(root.resolve(target.getKey()))) {
                for (Path seed : seeds.sorted().toList()) {
                    String name = target.getKey() + "/" + seed.getFileName();
                    tests.add(DynamicTest.dynamicTest(
                            name, () -> target.getValue().run(Files.readAllBytes(seed))));
                }
            }
        }
        return tests.stream();
    }
}

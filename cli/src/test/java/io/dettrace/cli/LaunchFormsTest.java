package io.dettrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.cli.ControlledCalls.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways in which {@code java} is told what to run: each is recorded from its main method on, and replayed. */
class LaunchFormsTest {
    private static final String PROGRAM = """
            package demo;

            public final class Sum {
                private static int sum;

                public static void main(String[] args) throws InterruptedException {
                    Thread adder = new Thread(() -> sum += args.length);
                    adder.start();
                    sum += 1;
                    adder.join();
                    System.out.println("sum " + sum);
                }
            }
            """;

    @TempDir
    private static Path built;

    private static Path classes;
    private static Path jar;

    @TempDir
    private Path folder;

    @BeforeAll
    static void build() throws Exception {
        ControlledCalls.requireAgent();
        classes = Files.createDirectory(built.resolve("classes"));
        Path info = Files.writeString(built.resolve("module-info.java"), "module demo.sum {}");
        Path source = Files.writeString(built.resolve("Sum.java"), PROGRAM);
        tool("javac", "-d", classes.toString(), info.toString(), source.toString());
        jar = Files.createDirectory(built.resolve("jars")).resolve("sum.jar");
        tool("jar", "--create", "--file", jar.toString(), "--main-class", "demo.Sum", "-C", classes.toString(), ".");
    }

    private static void tool(String name, String... args) {
        assertThat(ToolProvider.findFirst(name).orElseThrow().run(System.out, System.err, args))
                .isZero();
    }

    @Test
    void aClassOnTheClassPath() throws Exception {
        recordedAndReplayed("-cp", classes.toString(), "demo.Sum", "x", "y");
    }

    @Test
    void aJar() throws Exception {
        recordedAndReplayed("-jar", jar.toString(), "x", "y");
    }

    @Test
    void aClassInAModule() throws Exception {
        recordedAndReplayed("-p", classes.toString(), "-m", "demo.sum/demo.Sum", "x", "y");
    }

    @Test
    void aModuleThatNamesItsMainClass() throws Exception {
        recordedAndReplayed("-p", jar.getParent().toString(), "-m", "demo.sum", "x", "y");
    }

    @Test
    void aSourceFile() throws Exception {
        recordedAndReplayed(built.resolve("Sum.java").toString(), "x", "y");
    }

    @Test
    void aFileOfArguments() throws Exception {
        Path arguments = Files.writeString(built.resolve("arguments"), "-cp " + classes + " demo.Sum x y");
        recordedAndReplayed("@" + arguments);
    }

    private void recordedAndReplayed(String... launch) throws Exception {
        Path run = folder.resolve("run.jsonl");
        List<String> words = new ArrayList<>(
                List.of("record", "--seed", "3", "--out", run.toString(), "--", ControlledCalls.java()));
        words.addAll(List.of(launch));
        Call recorded = ControlledCalls.apart(folder, words.toArray(String[]::new));
        assertThat(recorded.status()).as(recorded.err()).isZero();
        assertThat(recorded.out()).startsWith("sum ");
        // From the beginning of main, and of nothing that the launcher does before it.
        List<String> log = Files.readAllLines(run);
        assertThat(log).hasSizeLessThan(50).anySatisfy(line -> assertThat(line).contains("demo.Sum.main(Sum.java:"));
        Call replayed = ControlledCalls.apart(folder, "replay", run.toString());
        assertThat(replayed.status()).as(replayed.err()).isZero();
        assertThat(replayed.out()).isEqualTo(recorded.out());
        assertThat(folder.resolve("replayed.jsonl")).hasSameBinaryContentAs(run);
    }
}

package io.dettrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dettrace.event.InputException;
import io.dettrace.replay.AgentJar;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** Calls of the commands that run programs, and programs for them. They need the agent, which the build packs first. */
final class ControlledCalls {
    private ControlledCalls() {}

    /** What a call gave. */
    record Call(int status, String out, String err) {}

    static void requireAgent() {
        try {
            AgentJar.find();
        } catch (InputException notPackagedYet) {
            assumeTrue(false, notPackagedYet.getMessage());
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The class path of the tests. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    static void compile(Path classes, String name, String program) throws IOException {
        Path source = Files.writeString(classes.resolve(name + ".java"), program);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-cp", classPath(), "-d", classes.toString(), source.toString()))
                .isZero();
    }

    /** A call in this process. */
    static Call here(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.run(new PrintWriter(out), new PrintWriter(err), args);
        return new Call(status, out.toString(), err.toString());
    }

    /** A call in a process of its own: record and replay hand their own output on to the program. */
    static Call apart(Path folder, String... args) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(
                List.of(java(), "-Ddettrace.agent=" + AgentJar.find(), "-cp", classPath(), "io.dettrace.cli.Main"));
        words.addAll(List.of(args));
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        Process process =
                new ProcessBuilder(words).redirectOutput(out).redirectError(err).start();
        return new Call(
                process.waitFor(),
                Files.readString(out.toPath(), StandardCharsets.UTF_8),
                Files.readString(err.toPath(), StandardCharsets.UTF_8));
    }
}

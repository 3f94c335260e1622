package io.dettrace.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * A command {@code java [options] class|-jar file [arguments]}, taken apart.
 *
 * @param launcher the launcher {@code java}
 * @param options its options, without {@code -jar}, with the class path
 * @param mainClass the class whose main method is run
 * @param arguments the program's arguments
 */
record JavaCommand(String launcher, List<String> options, String mainClass, List<String> arguments) {
    private static final String SERVER = "io.dettrace.replay.runtime.Worker";

    /** Options of the launcher whose value is the next word. */
    private static final Set<String> WITH_VALUE = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "--add-opens",
            "--add-exports",
            "--add-reads",
            "--add-modules",
            "--enable-native-access",
            "--limit-modules",
            "--upgrade-module-path");

    /** The command of a target; empty if it is anything else, such as a module, a source file or an argument file. */
    static Optional<JavaCommand> parse(Target target) {
        if (!target.isJava()) {
            return Optional.empty();
        }
        List<String> words = target.command();
        List<String> options = new ArrayList<>();
        int i = 1;
        while (i < words.size() && words.get(i).startsWith("-") && !words.get(i).equals("-jar")) {
            String option = words.get(i++);
            options.add(option);
            if (WITH_VALUE.contains(option) && i < words.size()) {
                options.add(words.get(i++));
            }
            if (option.equals("-m")
                    || option.equals("--module")
                    || option.equals("-p")
                    || option.equals("--module-path")) {
                return Optional.empty();
            }
        }
        if (i >= words.size()) {
            return Optional.empty();
        }
        String launcher = words.get(0);
        if (words.get(i).equals("-jar")) {
            return i + 1 >= words.size() ? Optional.empty() : ofJar(launcher, options, words, i + 1);
        }
        String main = words.get(i);
        boolean isClass = !main.startsWith("@") && !main.endsWith(".java");
        return isClass
                ? Optional.of(new JavaCommand(launcher, options, main, words.subList(i + 1, words.size())))
                : Optional.empty();
    }

    private static Optional<JavaCommand> ofJar(String launcher, List<String> options, List<String> words, int at) {
        String file = words.get(at);
        if (!Files.isRegularFile(Path.of(file))) {
            return Optional.empty();
        }
        try (JarFile jar = new JarFile(file)) {
            Manifest manifest = jar.getManifest();
            String main = manifest == null ? null : manifest.getMainAttributes().getValue("Main-Class");
            if (main == null) {
                return Optional.empty();
            }
            List<String> all = new ArrayList<>(options);
            all.add("-cp");
            all.add(file);
            return Optional.of(new JavaCommand(launcher, all, main.trim(), words.subList(at + 1, words.size())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The command that serves runs of this program. */
    List<String> served() {
        List<String> words = new ArrayList<>();
        words.add(launcher);
        words.addAll(options);
        words.add(SERVER);
        words.add(mainClass);
        words.addAll(arguments);
        return words;
    }
}

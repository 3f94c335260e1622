package io.dettrace.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command line, and the environment, that start a program under the agent. A {@code java} command gets the flags right
 * behind the launcher; any other command (a build tool, a script) gets them through the environment, for the JVMs that it
 * starts.
 *
 * @param words the command and its arguments
 * @param environment variables to set
 */
record LaunchCommand(List<String> words, Map<String, String> environment) {
    /**
     * What would differ from run to run or from machine to machine: identity hashes, the numbers of threads (compilers come
     * and go), and the number of processors, by which pools are sized. A flag of the user's, which comes later, wins.
     */
    private static final List<String> SAME_EVERYWHERE = List.of(
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:hashCode=3",
            "-XX:-UseDynamicNumberOfCompilerThreads",
            "-XX:ActiveProcessorCount=4");

    /** Read by the launcher {@code java} only, so that other tools of the JDK stay as they are. */
    private static final String LAUNCHER_OPTIONS = "JDK_JAVA_OPTIONS";

    /**
     * The command for one run.
     *
     * @param control the schedule file for the agent
     * @param shortRun true for runs of which there are many and which last under a second
     * @param debugPort port on which the JVM waits for a debugger, or 0
     */
    static LaunchCommand of(Target target, Path agent, Path control, boolean shortRun, int debugPort) {
        List<String> flags = new ArrayList<>(SAME_EVERYWHERE);
        if (debugPort > 0) {
            flags.add("-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:" + debugPort);
        }
        flags.add("-javaagent:" + agent + "=control=" + control);
        if (!target.isJava()) {
            return new LaunchCommand(target.command(), Map.of(LAUNCHER_OPTIONS, joined(flags)));
        }
        List<String> words = new ArrayList<>();
        words.add(target.command().get(0));
        if (shortRun) {
            words.addAll(shortRunFlags(target.command()));
        }
        words.addAll(flags);
        words.addAll(target.command().subList(1, target.command().size()));
        return new LaunchCommand(words, Map.of());
    }

    /** Flags that make a JVM start faster, unless the user has chosen otherwise: two collectors exclude each other. */
    private static List<String> shortRunFlags(List<String> command) {
        List<String> flags = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        boolean collector = command.stream().anyMatch(w -> w.startsWith("-XX:+Use") && w.endsWith("GC"));
        if (!collector) {
            flags.add("-XX:+UseSerialGC");
        }
        return flags;
    }

    /** Behind what the variable holds already; words with spaces in quotation marks, as the launcher reads them. */
    private static String joined(List<String> flags) {
        List<String> words = new ArrayList<>();
        String before = System.getenv(LAUNCHER_OPTIONS);
        if (before != null && !before.isBlank()) {
            words.add(before);
        }
        for (String flag : flags) {
            words.add(flag.indexOf(' ') < 0 ? flag : '"' + flag + '"');
        }
        return String.join(" ", words);
    }
}

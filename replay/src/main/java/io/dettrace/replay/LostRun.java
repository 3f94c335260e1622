package io.dettrace.replay;

import io.dettrace.replay.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a run left no schedule, for the user. */
final class LostRun {
    private static final int OLDEST_JAVA = 17;
    private static final int SIGNALS = 128;
    private static final int LAST_SIGNAL = 64;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Pattern VERSION = Pattern.compile("version \"(?:1\\.)?(\\d+)");

    private LostRun() {}

    /** True if the run whose schedule is missing began. */
    static boolean begun(Path made) {
        return Files.exists(Path.of(made + Schedule.TAKEN));
    }

    /**
     * A sentence.
     *
     * @param status the exit status of the command
     * @param begun true if the run began
     */
    static String why(Target target, int status, boolean begun) throws IOException, InterruptedException {
        String end = "the program ended with status " + status
                + (status > SIGNALS && status <= SIGNALS + LAST_SIGNAL ? " (signal " + (status - SIGNALS) + ")" : "");
        if (begun) {
            return end + " in the middle of the run, so there is no schedule; its last events are lost";
        }
        if (target.isJava()) {
            OptionalInt version = javaVersion(target.command().get(0));
            if (version.isPresent() && version.getAsInt() < OLDEST_JAVA) {
                return target.command().get(0) + " is Java " + version.getAsInt() + ", and control needs Java "
                        + OLDEST_JAVA + " or newer; name another java in the command";
            }
        }
        String scope = target.options().getOrDefault("scope", "main");
        if (scope.equals("main")) {
            return end
                    + (target.isJava()
                            ? " before its main method began"
                            : " and no java that it started began a main method");
        }
        String place = scope.equals("tests") ? "a test method" : scope.substring(scope.indexOf(':') + 1);
        return end + " without running " + place + " in a JVM that has the agent; check the name, and that the tests"
                + " were run, in a JVM of their own (Maven: forkCount above 0)";
    }

    /** The feature version of a {@code java}, as far as it says it. */
    private static OptionalInt javaVersion(String java) throws IOException, InterruptedException {
        ChildProcess.Ended ended = ChildProcess.captured(new LaunchCommand(List.of(java, "-version"), Map.of()), LIMIT);
        Matcher version = VERSION.matcher(ended.output());
        return version.find() ? OptionalInt.of(Integer.parseInt(version.group(1))) : OptionalInt.empty();
    }
}

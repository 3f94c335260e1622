package io.dettrace.replay.agent;

/**
 * The JVM of a build tool itself, as opposed to those that it starts for programs and tests. It gets the agent because the
 * environment is handed down through it, and is left alone: no run begins in it, and rewritten it would be slow.
 */
final class BuildTool {
    /** How the main classes of Maven, its wrapper, Gradle (client, wrapper, daemon), Ant and sbt begin. */
    private static final String[] MAIN_CLASSES = {
        "org.codehaus.plexus.classworlds.launcher.",
        "org.apache.maven.wrapper.",
        "org.mvndaemon.",
        "org.gradle.launcher.",
        "org.gradle.wrapper.",
        "org.apache.tools.ant.launch.",
        "xsbt.boot.",
    };

    private BuildTool() {}

    /** True if this JVM was started with a build tool's main class, or with the jar of Gradle's wrapper. */
    static boolean isHere() {
        String command = System.getProperty("sun.java.command", "");
        for (String main : MAIN_CLASSES) {
            if (command.startsWith(main)) {
                return true;
            }
        }
        int space = command.indexOf(' ');
        return (space < 0 ? command : command.substring(0, space)).endsWith("gradle-wrapper.jar");
    }
}

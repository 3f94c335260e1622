package io.dettrace.cli;

import io.dettrace.replay.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The program that is run under control, and how far control goes. */
final class ControlArguments {
    @Parameters(
            arity = "1..*",
            paramLabel = "COMMAND",
            description = "The program, behind --: a java command, or a build tool or script that starts one.")
    private List<String> command;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "What is controlled: main, method:pkg.Class#name[:CALL] or tests (default: main).")
    private String scope;

    @Option(
            names = "--include",
            paramLabel = "PKG,...",
            description = "Packages whose code is controlled (default: all).")
    private String include;

    @Option(names = "--exclude", paramLabel = "PKG,...", description = "Packages whose code is left as it is.")
    private String exclude;

    @Option(
            names = "--fields",
            paramLabel = "WHICH",
            description = "Accesses to fields and array elements that are events: all or none (default: all).")
    private String fields;

    @Option(
            names = "--collections",
            paramLabel = "WHICH",
            description = "Calls of the JDK's collections: inside, each access in them is an event, or whole, a call is"
                    + " one step (default: inside).")
    private String collections;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Events after which a run is called a livelock (default: 20000000; in explore 2000000).")
    private Long steps;

    @Option(
            names = "--watchdog",
            paramLabel = "SECONDS",
            description = "Time without an event after which a run is called uncontrolled; 0 for never (default: 10).")
    private Integer watchdog;

    /** The program with the options given, and with what a command adds where nothing is given. */
    Target target(Map<String, String> more) {
        Map<String, String> options = new LinkedHashMap<>();
        put(options, "scope", scope);
        put(options, "include", include);
        put(options, "exclude", exclude);
        put(options, "fields", fields);
        put(options, "collections", collections);
        put(options, "steps", steps);
        put(options, "watchdog", watchdog);
        more.forEach(options::putIfAbsent);
        return new Target(command, options);
    }

    static void put(Map<String, String> options, String key, Object value) {
        if (value != null) {
            options.put(key, value.toString());
        }
    }
}

package io.dettrace.formats.jfr;

import io.dettrace.event.InputException;
import io.dettrace.formats.record.RecordInput;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which events are compared: by default what the program does in order. Samples, statistics and the JVM's own work are
 * populations, of which no two runs have the same sequence.
 */
final class Selection {
    /** Name of the option. */
    static final String OPTION = "events";

    private static final String APP = "app";
    private static final String ALL = "all";

    /** Events of the JDK that threads of the program cause, one by one. */
    private static final Set<String> PROGRAM = Set.of(
            "jdk.ThreadStart",
            "jdk.ThreadEnd",
            "jdk.ThreadSleep",
            "jdk.ThreadPark",
            "jdk.VirtualThreadStart",
            "jdk.VirtualThreadEnd",
            "jdk.VirtualThreadPinned",
            "jdk.VirtualThreadSubmitFailed",
            "jdk.JavaMonitorEnter",
            "jdk.JavaMonitorWait",
            "jdk.JavaMonitorNotify",
            "jdk.JavaExceptionThrow",
            "jdk.JavaErrorThrow",
            "jdk.FileRead",
            "jdk.FileWrite",
            "jdk.FileForce",
            "jdk.SocketRead",
            "jdk.SocketWrite",
            "jdk.ProcessStart",
            "jdk.Deserialization",
            "jdk.TLSHandshake",
            "jdk.SecurityPropertyModification");

    /** Beginnings of names of events that no program defines. */
    private static final List<String> JVM = List.of("jdk.", "com.oracle.jdk.", "profiler.", "jmc.", "vm.", "oracle.");

    /** Every event. */
    static final Selection EVERYTHING = new Selection(true, true, true, List.of());

    private final boolean given;
    private final boolean all;
    private final boolean app;
    private final List<Pattern> names;

    private Selection(boolean given, boolean all, boolean app, List<Pattern> names) {
        this.given = given;
        this.all = all;
        this.app = app;
        this.names = names;
    }

    /** What the option says. */
    static Selection of(RecordInput input) throws InputException {
        String value = input.option(OPTION).orElse(APP);
        List<String> parts = Arrays.stream(value.split(",")).map(String::strip).toList();
        if (parts.stream().anyMatch(String::isEmpty)) {
            throw new InputException(input.name() + ": the option events is \"" + value
                    + "\", expected app, all, or names of events with commas between them, such as"
                    + " app,jdk.ClassLoad or com.example.*");
        }
        return new Selection(
                input.option(OPTION).isPresent(),
                parts.contains(ALL),
                parts.contains(APP),
                parts.stream()
                        .filter(p -> !p.equals(ALL) && !p.equals(APP))
                        .map(Selection::glob)
                        .toList());
    }

    private static Pattern glob(String name) {
        return Pattern.compile(
                Arrays.stream(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    /** True if the user said which events. */
    boolean isGiven() {
        return given;
    }

    /** True if events of this type are wanted, whatever thread they are of. */
    boolean isNamed(String type) {
        return all || names.stream().anyMatch(n -> n.matcher(type).matches());
    }

    /** True if the events of this type are what a program does in order. */
    boolean isProgram(String type) {
        return app && (PROGRAM.contains(type) || isCustom(type));
    }

    /** True if the program, or a library of its, defines the events of this type. */
    static boolean isCustom(String type) {
        return JVM.stream().noneMatch(type::startsWith);
    }
}

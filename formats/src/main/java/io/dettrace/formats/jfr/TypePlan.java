package io.dettrace.formats.jfr;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.jfr.EventType;
import jdk.jfr.ValueDescriptor;

/** What becomes of the fields of one type of event. */
final class TypePlan {
    /** Path of fields that are not compared: times, amounts, addresses, what the JVM chose. */
    static final String OTHER = "other";

    /** Fields of the JDK's events that say what the program did; all others of these events are not compared. */
    private static final Map<String, Set<String>> LOGICAL = Map.ofEntries(
            Map.entry("jdk.ThreadStart", Set.of("parentThread")),
            Map.entry("jdk.ThreadSleep", Set.of("time")),
            Map.entry("jdk.ThreadPark", Set.of("parkedClass")),
            Map.entry("jdk.JavaMonitorEnter", Set.of("monitorClass", "previousOwner")),
            Map.entry("jdk.JavaMonitorWait", Set.of("monitorClass", "notifier", "timeout", "timedOut")),
            Map.entry("jdk.JavaMonitorNotify", Set.of("monitorClass", "notifiedCount")),
            Map.entry("jdk.JavaExceptionThrow", Set.of("thrownClass", "message")),
            Map.entry("jdk.JavaErrorThrow", Set.of("thrownClass", "message")),
            Map.entry("jdk.FileRead", Set.of("path", "bytesRead", "endOfFile")),
            Map.entry("jdk.FileWrite", Set.of("path", "bytesWritten")),
            Map.entry("jdk.FileForce", Set.of("path", "metaData")),
            Map.entry("jdk.SocketRead", Set.of("host", "endOfStream")),
            Map.entry("jdk.SocketWrite", Set.of("host")),
            Map.entry("jdk.ProcessStart", Set.of("command", "directory")),
            Map.entry("jdk.Deserialization", Set.of("type", "filterStatus")),
            Map.entry("jdk.TLSHandshake", Set.of("peerHost", "protocolVersion")),
            Map.entry("jdk.SecurityPropertyModification", Set.of("key", "value")));

    /** Contents that differ from run to run, by the annotation on the field. */
    private static final Set<String> VOLATILE = Set.of(
            "jdk.jfr.Timestamp",
            "jdk.jfr.Timespan",
            "jdk.jfr.MemoryAddress",
            "jdk.jfr.Frequency",
            "jdk.jfr.internal.GcId",
            "jdk.types.GcId");

    private static final Set<String> OWN_PATHS =
            Set.of("eventType", "startTime_ns", "thread", "event", "after", "at", OTHER);

    /** One field. */
    record FieldPlan(String name, String path, boolean thread, ValueDescriptor descriptor) {}

    private final List<FieldPlan> fields = new ArrayList<>();
    private final boolean stack;

    /**
     * The plan for a type.
     *
     * @param type as the recording describes it, which is not to be trusted: names may stand twice
     */
    TypePlan(EventType type) {
        Set<String> seen = new HashSet<>();
        Set<String> logical = LOGICAL.get(type.getName());
        boolean hasStack = false;
        for (ValueDescriptor v : type.getFields()) {
            String name = v.getName();
            switch (name) {
                case "startTime", "eventThread" -> {}
                case "stackTrace" -> hasStack = v.getTypeName().equals("jdk.types.StackTrace");
                default -> {
                    if (seen.add(name)) {
                        boolean compared = !name.equals("duration")
                                && (logical == null
                                        ? Selection.isCustom(type.getName()) || !isAmount(v)
                                        : logical.contains(name))
                                && (logical != null || !VOLATILE.contains(String.valueOf(v.getContentType())));
                        fields.add(new FieldPlan(name, path(name, compared), isThread(v), v));
                    }
                }
            }
        }
        stack = hasStack;
    }

    private static boolean isThread(ValueDescriptor v) {
        return v.getTypeName().equals("java.lang.Thread");
    }

    private static boolean isAmount(ValueDescriptor v) {
        String content = String.valueOf(v.getContentType());
        return content.equals("jdk.jfr.DataAmount") || content.equals("jdk.jfr.Percentage");
    }

    private static String path(String name, boolean compared) {
        String path = OWN_PATHS.contains(name) ? "field." + name : name;
        return compared ? path : OTHER + "." + name;
    }

    List<FieldPlan> fields() {
        return fields;
    }

    boolean hasStack() {
        return stack;
    }
}

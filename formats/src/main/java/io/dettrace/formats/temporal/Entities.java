package io.dettrace.formats.temporal;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Lanes of a history. The events that the workflow's code causes, and the tasks in which it runs, are one lane; what comes
 * from outside is a lane for each thing that it comes from: an activity, a timer, a child workflow, a signal's name. So
 * do the state machines of the SDKs see a history: the server puts outside events into some order, but only their order
 * against the workflow's tasks reaches the code.
 */
final class Entities {
    /** Lane of the workflow's tasks and of the events that its commands cause. */
    static final String WORKFLOW = "workflow";

    /** Lane of the event that starts the workflow. */
    static final String START = "start";

    /** Activities, timers, child workflows that may be open or done; a server ends a history at 51,200 events. */
    static final int MAX_ENTITIES = 1_000_000;

    private static final int MAX_NAME = 200;

    /** Events that tell how something that the workflow started went on. */
    private static final Map<String, String> OUTCOMES = outcomes();

    private static final Set<String> FROM_OUTSIDE = Set.of(
            "WorkflowExecutionCancelRequested",
            "WorkflowExecutionTerminated",
            "WorkflowExecutionTimedOut",
            "WorkflowExecutionOptionsUpdated",
            "WorkflowExecutionPaused",
            "WorkflowExecutionUnpaused",
            "WorkflowExecutionUpdateAdmitted",
            "WorkflowPropertiesModifiedExternally",
            "ActivityPropertiesModifiedExternally");

    /** Outside events of which the workflow's code hears nothing. */
    private static final Set<String> NOT_DELIVERED = Set.of(
            "WorkflowExecutionStarted",
            "ActivityTaskStarted",
            "WorkflowExecutionTerminated",
            "WorkflowExecutionTimedOut",
            "WorkflowExecutionOptionsUpdated",
            "WorkflowExecutionPaused",
            "WorkflowExecutionUnpaused");

    private final Map<Long, String> laneOfOpener = new HashMap<>();
    private final Map<String, Integer> named = new HashMap<>();

    private static Map<String, String> outcomes() {
        Map<String, String> by = new HashMap<>();
        for (String end : new String[] {"Started", "Completed", "Failed", "TimedOut", "Canceled"}) {
            by.put("ActivityTask" + end, "scheduledEventId");
            by.put("NexusOperation" + end, "scheduledEventId");
            by.put("ChildWorkflowExecution" + end, "initiatedEventId");
        }
        by.put("ChildWorkflowExecutionTerminated", "initiatedEventId");
        by.put("StartChildWorkflowExecutionFailed", "initiatedEventId");
        by.put("NexusOperationCancelRequestCompleted", "scheduledEventId");
        by.put("NexusOperationCancelRequestFailed", "scheduledEventId");
        by.put("TimerFired", "startedEventId");
        by.put("SignalExternalWorkflowExecutionFailed", "initiatedEventId");
        by.put("ExternalWorkflowExecutionSignaled", "initiatedEventId");
        by.put("RequestCancelExternalWorkflowExecutionFailed", "initiatedEventId");
        by.put("ExternalWorkflowExecutionCancelRequested", "initiatedEventId");
        return by;
    }

    /** Forgets everything, for the next history. */
    void clear() {
        laneOfOpener.clear();
        named.clear();
    }

    /** True if there is no room for more. */
    boolean isFull() {
        return laneOfOpener.size() >= MAX_ENTITIES || named.size() >= MAX_ENTITIES;
    }

    /** The lane of an event, which is remembered if it opens one for those that follow. */
    String lane(String type, long id, Map<String, Object> attributes) {
        if (type.equals("WorkflowExecutionStarted")) {
            return START;
        }
        String reference = OUTCOMES.get(type);
        if (reference != null) {
            String known = laneOfOpener.get(Durations.whole(attributes.get(reference)));
            return known != null ? known : cut(type);
        }
        if (type.equals("WorkflowExecutionSignaled")) {
            return cut("signal " + text(attributes.get("signalName")));
        }
        if (FROM_OUTSIDE.contains(type)) {
            return type;
        }
        String opens = opens(type, attributes);
        if (opens != null) {
            String name = cut(opens);
            int n = named.merge(name, 1, Integer::sum);
            laneOfOpener.put(id, n == 1 ? name : name + "#" + n);
        }
        return WORKFLOW;
    }

    private static String opens(String type, Map<String, Object> attributes) {
        return switch (type) {
            case "ActivityTaskScheduled" -> "activity " + name(attributes.get("activityType"));
            case "TimerStarted" -> "timer";
            case "StartChildWorkflowExecutionInitiated" -> "child " + name(attributes.get("workflowType"));
            case "SignalExternalWorkflowExecutionInitiated" -> "signal to other " + text(attributes.get("signalName"));
            case "RequestCancelExternalWorkflowExecutionInitiated" -> "cancel other";
            case "NexusOperationScheduled" ->
                "nexus " + text(attributes.get("service")) + "." + text(attributes.get("operation"));
            default -> null;
        };
    }

    /** True if the next task of the workflow tells its code of the event. */
    static boolean isDelivered(String type, String lane) {
        return !lane.equals(WORKFLOW) && !NOT_DELIVERED.contains(type);
    }

    /** True if the event is the start of a task, by which the workflow's code hears what came before. */
    static boolean startsTask(String type) {
        return type.equals("WorkflowTaskStarted") || type.equals("DecisionTaskStarted");
    }

    private static String name(Object type) {
        return type instanceof Map<?, ?> m ? text(m.get("name")) : text(type);
    }

    private static String text(Object value) {
        return value instanceof String s ? s : "?";
    }

    private static String cut(String name) {
        String masked = new Masks(false).mask(name).text();
        return masked.length() <= MAX_NAME ? masked : masked.substring(0, MAX_NAME) + "…";
    }
}

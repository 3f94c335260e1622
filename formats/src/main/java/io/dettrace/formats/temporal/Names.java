package io.dettrace.formats.temporal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names in the one spelling that is compared. Histories were written with enumerations as {@code WorkflowTaskStarted}
 * first, later as {@code EVENT_TYPE_WORKFLOW_TASK_STARTED}, and by some programs as numbers; with fields in camel case or,
 * from the Protocol Buffers definition itself, in snake case.
 */
final class Names {
    /** {@code temporal.api.enums.v1.EventType} by number. */
    private static final List<String> EVENT_TYPES = List.of(
            "Unspecified",
            "WorkflowExecutionStarted",
            "WorkflowExecutionCompleted",
            "WorkflowExecutionFailed",
            "WorkflowExecutionTimedOut",
            "WorkflowTaskScheduled",
            "WorkflowTaskStarted",
            "WorkflowTaskCompleted",
            "WorkflowTaskTimedOut",
            "WorkflowTaskFailed",
            "ActivityTaskScheduled",
            "ActivityTaskStarted",
            "ActivityTaskCompleted",
            "ActivityTaskFailed",
            "ActivityTaskTimedOut",
            "ActivityTaskCancelRequested",
            "ActivityTaskCanceled",
            "TimerStarted",
            "TimerFired",
            "TimerCanceled",
            "WorkflowExecutionCancelRequested",
            "WorkflowExecutionCanceled",
            "RequestCancelExternalWorkflowExecutionInitiated",
            "RequestCancelExternalWorkflowExecutionFailed",
            "ExternalWorkflowExecutionCancelRequested",
            "MarkerRecorded",
            "WorkflowExecutionSignaled",
            "WorkflowExecutionTerminated",
            "WorkflowExecutionContinuedAsNew",
            "StartChildWorkflowExecutionInitiated",
            "StartChildWorkflowExecutionFailed",
            "ChildWorkflowExecutionStarted",
            "ChildWorkflowExecutionCompleted",
            "ChildWorkflowExecutionFailed",
            "ChildWorkflowExecutionCanceled",
            "ChildWorkflowExecutionTimedOut",
            "ChildWorkflowExecutionTerminated",
            "SignalExternalWorkflowExecutionInitiated",
            "SignalExternalWorkflowExecutionFailed",
            "ExternalWorkflowExecutionSignaled",
            "UpsertWorkflowSearchAttributes",
            "WorkflowExecutionUpdateAccepted",
            "WorkflowExecutionUpdateRejected",
            "WorkflowExecutionUpdateCompleted",
            "WorkflowPropertiesModifiedExternally",
            "ActivityPropertiesModifiedExternally",
            "WorkflowPropertiesModified",
            "WorkflowExecutionUpdateAdmitted",
            "NexusOperationScheduled",
            "NexusOperationStarted",
            "NexusOperationCompleted",
            "NexusOperationFailed",
            "NexusOperationCanceled",
            "NexusOperationTimedOut",
            "NexusOperationCancelRequested",
            "WorkflowExecutionOptionsUpdated",
            "NexusOperationCancelRequestCompleted",
            "NexusOperationCancelRequestFailed",
            "WorkflowExecutionPaused",
            "WorkflowExecutionUnpaused");

    /** Fields that hold an enumeration, with its values by number. */
    private static final Map<String, List<String>> ENUMS = Map.of(
            "parentClosePolicy", List.of("Unspecified", "Terminate", "Abandon", "RequestCancel"),
            "workflowIdReusePolicy",
                    List.of(
                            "Unspecified",
                            "AllowDuplicate",
                            "AllowDuplicateFailedOnly",
                            "RejectDuplicate",
                            "TerminateIfRunning"),
            "initiator", List.of("Unspecified", "Workflow", "Retry", "CronSchedule"),
            "retryState",
                    List.of(
                            "Unspecified",
                            "InProgress",
                            "NonRetryableFailure",
                            "Timeout",
                            "MaximumAttemptsReached",
                            "RetryPolicyNotSet",
                            "InternalServerError",
                            "CancelRequested"),
            "timeoutType", List.of("Unspecified", "StartToClose", "ScheduleToStart", "ScheduleToClose", "Heartbeat"),
            "cause", List.of());

    private static final Pattern ENUM_PREFIX = Pattern.compile(
            "^(?:EVENT_TYPE|PARENT_CLOSE_POLICY|"
                    + "WORKFLOW_ID_REUSE_POLICY|CONTINUE_AS_NEW_INITIATOR|RETRY_STATE|TIMEOUT_TYPE|WORKFLOW_TASK_FAILED_CAUSE|"
                    + "(?:START_CHILD|CANCEL_EXTERNAL|SIGNAL_EXTERNAL)_WORKFLOW_EXECUTION_FAILED_CAUSE|RESOURCE_EXHAUSTED_CAUSE)_");
    private static final Pattern SCREAMING = Pattern.compile("[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*");
    private static final Pattern ATTRIBUTES = Pattern.compile("([A-Za-z]+)EventAttributes");

    private Names() {}

    /** An event's type in camel case, {@code WorkflowTaskStarted}; empty if there is none. */
    static String eventType(Object type) {
        if (type instanceof JsonNumber n) {
            boolean known = n.isLong() && n.asLong() >= 0 && n.asLong() < EVENT_TYPES.size();
            return known ? EVENT_TYPES.get((int) n.asLong()) : "EventType" + n.text();
        }
        return type instanceof String s ? enumeration(s) : "";
    }

    /** The type that the name of an event's attributes tells, {@code workflowTaskStartedEventAttributes}; empty if none. */
    static String eventTypeOfAttributes(String camel) {
        Matcher m = ATTRIBUTES.matcher(camel);
        return m.matches() && !m.group(1).isEmpty()
                ? m.group(1).substring(0, 1).toUpperCase(Locale.ROOT)
                        + m.group(1).substring(1)
                : "";
    }

    /** True for a type of Temporal's API or of Cadence. */
    static boolean isKnown(String eventType) {
        return EVENT_TYPES.contains(eventType) || eventType.startsWith("DecisionTask");
    }

    /** True if {@code camel} is the name of the attributes of an event type. */
    static boolean isAttributes(String camel) {
        return camel.endsWith("EventAttributes");
    }

    /** True if the field holds an enumeration. */
    static boolean isEnumeration(String field) {
        return ENUMS.containsKey(field);
    }

    /** A value of an enumeration in camel case. */
    static Object enumeration(String field, Object value) {
        List<String> names = ENUMS.get(field);
        if (value instanceof JsonNumber n && n.isLong() && n.asLong() >= 0 && n.asLong() < names.size()) {
            return names.get((int) n.asLong());
        }
        return value instanceof String s ? enumeration(s) : value;
    }

    private static String enumeration(String value) {
        if (!SCREAMING.matcher(value).matches() || value.length() < 2) {
            return value;
        }
        String bare = ENUM_PREFIX.matcher(value).replaceFirst("");
        StringBuilder camel = new StringBuilder();
        for (String word : bare.split("_")) {
            if (!word.isEmpty()) {
                camel.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
            }
        }
        return camel.toString();
    }

    /** A field's name in camel case. */
    static String camel(String name) {
        if (name.indexOf('_') <= 0) {
            return name;
        }
        StringBuilder camel = new StringBuilder(name.length());
        boolean upper = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_') {
                upper = true;
            } else {
                camel.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return camel.toString();
    }
}

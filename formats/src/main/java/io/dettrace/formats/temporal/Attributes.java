package io.dettrace.formats.temporal;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the attributes of events ({@code temporal/api/history/v1/message.proto}) mean for a comparison. Whatever is in none
 * of these lists is compared, so that an attribute that a later server adds is not overlooked.
 */
final class Attributes {
    /** Attributes that are compared by name; others that are compared stand under {@value #MORE}. */
    static final List<String> COMPARED = List.of(
            "workflowType",
            "activityType",
            "markerName",
            "signalName",
            "timerId",
            "activityId",
            "workflowId",
            "workflowExecution",
            "taskQueue",
            "input",
            "result",
            "details",
            "failure",
            "reason",
            "cause",
            "timeoutType",
            "retryState",
            "initiator",
            "retryPolicy",
            "cronSchedule",
            "parentClosePolicy",
            "workflowIdReusePolicy",
            "startToFireTimeout",
            "startToCloseTimeout",
            "scheduleToCloseTimeout",
            "scheduleToStartTimeout",
            "heartbeatTimeout",
            "workflowExecutionTimeout",
            "workflowRunTimeout",
            "workflowTaskTimeout",
            "backoffStartInterval",
            "memo",
            "upsertedMemo",
            "searchAttributes",
            "header",
            "nexusHeader",
            "lastCompletionResult",
            "lastHeartbeatDetails",
            "continuedFailure",
            "acceptedRequest",
            "request",
            "outcome",
            "endpoint",
            "service",
            "operation",
            "priority",
            "childWorkflowOnly",
            "userMetadata");

    /** Path of compared attributes that are in no list. */
    static final String MORE = "more";

    /** Attributes that name an event of the same history that came before. */
    static final List<String> LINKS = List.of(
            "scheduledEventId",
            "startedEventId",
            "initiatedEventId",
            "workflowTaskCompletedEventId",
            "decisionTaskCompletedEventId",
            "acceptedEventId",
            "requestedEventId",
            "latestCancelRequestedEventId");

    /** Attributes that hold one payload, several, or several by key. */
    private static final Set<String> PAYLOADS = Set.of(
            "input",
            "result",
            "details",
            "lastCompletionResult",
            "lastHeartbeatDetails",
            "args",
            "success",
            "summary",
            "encodedAttributes");

    /** Attributes that hold payloads by key inside one more object. */
    private static final Set<String> KEYED_PAYLOADS = Set.of("header", "memo", "upsertedMemo", "searchAttributes");

    /** Of the server, of the worker that happened to run, or drawn anew in each run. */
    private static final Set<String> NOISE = Set.of(
            "attempt",
            "identity",
            "requestId",
            "binaryChecksum",
            "sdkMetadata",
            "meteringMetadata",
            "historySizeBytes",
            "originalExecutionRunId",
            "firstExecutionRunId",
            "continuedExecutionRunId",
            "newExecutionRunId",
            "baseRunId",
            "newRunId",
            "runId",
            "prevAutoResetPoints",
            "parentWorkflowExecution",
            "rootWorkflowExecution",
            "externalWorkflowExecution",
            "parentInitiatedEventId",
            "externalInitiatedEventId",
            "parentWorkflowDomain",
            "domain",
            "namespace",
            "namespaceId",
            "workflowNamespace",
            "workflowNamespaceId",
            "parentWorkflowNamespace",
            "parentWorkflowNamespaceId",
            "workflowExecutionExpirationTime",
            "expirationTimestamp",
            "firstScheduledTime",
            "firstWorkflowTaskBackoff",
            "firstDecisionTaskBackoffSeconds",
            "lastFailure",
            "forkEventVersion",
            "initiatedEventVersion",
            "parentInitiatedEventVersion",
            "protocolInstanceId",
            "acceptedRequestMessageId",
            "acceptedRequestSequencingEventId",
            "rejectedRequestMessageId",
            "rejectedRequestSequencingEventId",
            "rejectedRequest",
            "meta",
            "control",
            "operationId",
            "operationToken",
            "endpointId",
            "completionCallbacks",
            "useWorkflowBuildId",
            "useCompatibleVersion",
            "buildIdRedirectCounter",
            "stamp",
            "links",
            "stackTrace",
            "source",
            "eagerExecutionAccepted",
            "executionContext",
            "scheduledTime",
            "startedTime",
            "timeSkippingInfo");

    private static final Pattern NOISE_BY_START =
            Pattern.compile("(?:worker|deployment|version|inherited|suggestContinueAsNew"
                    + "|sourceVersion|targetWorker|mostRecent|lastWorker|sticky|pinned).*");

    private static final Pattern DURATION = Pattern.compile(".*(?:Timeout|[iI]nterval|Backoff|Delay)");

    private static final Pattern TRACING = Pattern.compile("(?i).*(?:trac(?:e|ing)|baggage|b3|span).*");

    private Attributes() {}

    static boolean isNoise(String name) {
        return NOISE.contains(name)
                || name.endsWith("EventId")
                || NOISE_BY_START.matcher(name).matches();
    }

    static boolean isLink(String name) {
        return LINKS.contains(name);
    }

    static boolean isPayloads(String name) {
        return PAYLOADS.contains(name);
    }

    static boolean isKeyedPayloads(String name) {
        return KEYED_PAYLOADS.contains(name);
    }

    static boolean isDuration(String name) {
        return DURATION.matcher(name).matches();
    }

    /** True for a header that carries the identifiers of distributed tracing, which are drawn anew in each run. */
    static boolean isTracing(String header) {
        return TRACING.matcher(header).matches();
    }

    /** The path under which a top-level attribute stands. */
    static String path(String name) {
        return COMPARED.contains(name) ? name : MORE + "." + name;
    }
}

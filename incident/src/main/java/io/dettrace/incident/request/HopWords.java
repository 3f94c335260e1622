package io.dettrace.incident.request;

import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What words in event types, status values and error types say. Only these are read: names of services and operations and the
 * texts of reasons mean nothing here, so that renaming them changes nothing.
 */
final class HopWords {
    private static final Set<String> TIMEOUT = Set.of("timeout", "timeouts", "timedout", "deadline");
    private static final Set<String> CANCEL =
            Set.of("cancel", "cancelled", "canceled", "cancellation", "abort", "aborted");
    private static final Set<String> FAIL = Set.of(
            "error",
            "errors",
            "fail",
            "degraded",
            "failed",
            "failure",
            "exception",
            "fault",
            "crash",
            "crashed",
            "fatal",
            "panic",
            "rejected",
            "unavailable",
            "broken",
            "lost",
            "refused",
            "reset",
            "unreachable");
    private static final Set<String> NETWORK = Set.of(
            "network",
            "transport",
            "connection",
            "connect",
            "conn",
            "socket",
            "dns",
            "tcp",
            "tls",
            "refused",
            "reset",
            "unreachable",
            "host");
    private static final Set<String> RETRY =
            Set.of("retry", "retries", "retrying", "retried", "resend", "resent", "reattempt");
    private static final Set<String> FAILOVER =
            Set.of("failover", "reroute", "rerouted", "rerouting", "fallback", "switchover");
    private static final Set<String> RECOVERY =
            Set.of("recovery", "recover", "recovered", "recovering", "restored", "healthy");
    private static final Set<String> DEPLOY =
            Set.of("deploy", "deployed", "deployment", "redeploy", "rollout", "rollback", "upgrade", "upgraded");
    private static final Set<String> CONFIG = Set.of("config", "configuration", "reconfigured");
    private static final Set<String> HEALTH = Set.of("health", "unhealthy", "readiness", "drain", "drained");

    private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");
    private static final Pattern BETWEEN = Pattern.compile("[^A-Za-z]+");

    private HopWords() {}

    /** What an event type, or failing that a status, says is done. */
    static Act act(String type, String status) {
        Act said = act(words(type));
        Act other = act(words(status));
        return said != Act.STEP || other.ordinal() > Act.RECOVERY.ordinal() ? said : other;
    }

    /** What a remark says of a change, {@link Act#STEP} if nothing. */
    static Act remark(String text) {
        Act said = act(words(text));
        return said.ordinal() > Act.RECOVERY.ordinal() ? said : Act.STEP;
    }

    private static Act act(Set<String> words) {
        if (says(words, DEPLOY)) {
            return Act.DEPLOY;
        }
        if (says(words, CONFIG)) {
            return Act.CONFIG_CHANGE;
        }
        if (words.contains("flag") && (words.contains("feature") || words.contains("changed"))) {
            return Act.FLAG_CHANGE;
        }
        if (says(words, RETRY)) {
            return Act.RETRY;
        }
        if (says(words, FAILOVER) || words.contains("fail") && words.contains("over")) {
            return Act.FAILOVER;
        }
        if (says(words, RECOVERY)) {
            return Act.RECOVERY;
        }
        return says(words, HEALTH) ? Act.HEALTH_CHANGE : Act.STEP;
    }

    /** How an event ended by its type, its status (a word or an HTTP code) and a mark that it was cancelled. */
    static Outcome outcome(String type, String status, boolean cancelled) {
        Outcome byType = outcome(words(type));
        if (byType != Outcome.OK) {
            return byType;
        }
        Outcome byStatus = status.matches("\\d{3}") ? ofHttp(Integer.parseInt(status)) : outcome(words(status));
        return byStatus == Outcome.OK && cancelled ? Outcome.CANCELLED : byStatus;
    }

    /** What the words of an error type say, {@link Outcome#ERROR} if nothing more. */
    static Outcome error(String errorType) {
        Set<String> words = words(errorType);
        if (says(words, TIMEOUT) || words.contains("timed") && words.contains("out")) {
            return Outcome.TIMEOUT;
        }
        if (says(words, CANCEL)) {
            return Outcome.CANCELLED;
        }
        return says(words, NETWORK) ? Outcome.NETWORK_ERROR : Outcome.ERROR;
    }

    private static Outcome outcome(Set<String> words) {
        boolean out = words.contains("out") && (words.contains("time") || words.contains("timed"));
        if (says(words, TIMEOUT) || out) {
            return Outcome.TIMEOUT;
        }
        if (says(words, CANCEL)) {
            return Outcome.CANCELLED;
        }
        boolean over = words.contains("over") && words.contains("fail");
        if (!says(words, FAIL) || over) {
            return Outcome.OK;
        }
        return says(words, NETWORK) ? Outcome.NETWORK_ERROR : Outcome.ERROR;
    }

    /** What an HTTP status code says of a call as its caller sees it (RFC 9110, sections 15.5 and 15.6). */
    static Outcome ofHttp(int code) {
        return switch (code) {
            case 408, 504 -> Outcome.TIMEOUT;
            case 499 -> Outcome.CANCELLED;
            case 429 -> Outcome.ERROR;
            default -> code >= 500 && code < 600 ? Outcome.ERROR : Outcome.OK;
        };
    }

    private static boolean says(Set<String> words, Set<String> any) {
        return !Collections.disjoint(words, any);
    }

    /** The words of a name, in lower case: {@code SocketTimeoutException} gives socket, timeout, exception. */
    static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        for (String part : BETWEEN.split(HUMP.matcher(text).replaceAll("$1 $2"))) {
            words.add(part.toLowerCase(Locale.ROOT));
        }
        return words;
    }
}

package io.dettrace.incident.window;

/**
 * Something that telemetry tells of beside requests and that may be why they change: a deploy, a configuration, a flag.
 *
 * @param kind what it is
 * @param time nanoseconds since the epoch
 * @param service name of the service that it is about, empty if nothing tells
 * @param instance name of the one instance that it is about, empty if it is not one alone
 * @param text what was told, for people
 */
public record Happening(Kind kind, long time, String service, String instance, String text) {
    /** What happened. */
    public enum Kind {
        /** Another version runs. */
        DEPLOY,
        /** Another configuration holds. */
        CONFIG,
        /** A feature flag is evaluated otherwise. */
        FLAG,
        /** Work moved to a substitute. */
        FAILOVER,
        /** A process began anew. */
        RESTART,
        /** A probe changed its mind. */
        HEALTH,
        /** An attribute of the resource that sends telemetry changed. */
        RESOURCE
    }
}

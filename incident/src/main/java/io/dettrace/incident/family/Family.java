package io.dettrace.incident.family;

import java.util.Locale;

/** Families of incidents; {@link #key()} is their stable name in artifacts. */
public enum Family {
    /** Failing calls are tried again so often that the tries are the load. */
    RETRY_STORM,
    /** A time-out in a callee makes its callers run into theirs, one after the other. */
    CASCADING_TIMEOUTS,
    /** Something takes work before it has recovered, or in another order than it must. */
    MISORDERED_RECOVERY,
    /** Work moves to a substitute, and errors stay. */
    FAILOVER_INCOMPLETE,
    /** A service or a call takes longer; little fails. */
    LATENCY_INFLATION,
    /** One operation of a service fails by itself. */
    ERROR_BURST,
    /** A resource of a service is used up. */
    RESOURCE_SATURATION,
    /** Something that is called does not answer. */
    DEPENDENCY_OUTAGE,
    /** One instance of several behaves otherwise than the others. */
    PARTIAL_OUTAGE,
    /** More requests come than before, and times grow with them. */
    TRAFFIC_SURGE,
    /** Few requests of one kind fail or hang wherever they go. */
    POISON_REQUEST,
    /** It began with a new version. */
    BAD_DEPLOY,
    /** Nothing fits. */
    UNKNOWN;

    /** Name in artifacts, such as {@code retry_storm}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.dettrace.incident.request;

import java.util.Locale;

/** What a hop does beside the ordinary work of a request; {@link #key()} is the stable name in artifacts. */
public enum Act {
    /** Ordinary work: a request comes, is passed on, is answered. */
    STEP,
    /** A call is made again. */
    RETRY,
    /** Work moves to a substitute. */
    FAILOVER,
    /** Something is said to be well again. */
    RECOVERY,
    /** A new version is put into service. */
    DEPLOY,
    /** Settings are changed. */
    CONFIG_CHANGE,
    /** A feature flag is changed. */
    FLAG_CHANGE,
    /** Something is said to be well or unwell, or is taken out of service. */
    HEALTH_CHANGE;

    /** True if it changes the system and not only the request. */
    public boolean isChange() {
        return ordinal() >= FAILOVER.ordinal();
    }

    /** Name in artifacts, such as {@code health_change}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}

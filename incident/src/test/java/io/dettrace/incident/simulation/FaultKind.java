package io.dettrace.incident.simulation;

import java.util.Locale;
import java.util.Set;

/** The kinds of faults that are put into a simulation, and the families of incident that are right answers for each. */
enum FaultKind {
    RETRY_STORM("retry_storm"),
    CASCADING_TIMEOUTS("cascading_timeouts"),
    MISORDERED_RECOVERY("misordered_recovery"),
    FAILOVER("failover_incomplete"),
    LATENCY_INFLATION("latency_inflation"),
    NETWORK_DELAY("latency_inflation"),
    ERROR_BURST("error_burst"),
    RESOURCE_SATURATION("resource_saturation"),
    DEPENDENCY_OUTAGE("dependency_outage"),
    PARTIAL_OUTAGE("partial_outage"),
    TRAFFIC_SURGE("traffic_surge"),
    POISON_REQUEST("poison_request"),
    BAD_DEPLOY("bad_deploy"),
    CONFIG_CHANGE("config_change", "resource_saturation", "latency_inflation", "error_burst", "cascading_timeouts");

    private final Set<String> families;

    FaultKind(String... families) {
        this.families = Set.of(families);
    }

    /** Names of families that are right for it. */
    Set<String> families() {
        return families;
    }

    /** Its name in tables. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.dettrace.incident.simulation;

import io.dettrace.incident.simulation.Fault.Announcement;
import io.dettrace.incident.simulation.ServiceGraph.Edge;
import io.dettrace.incident.simulation.ServiceGraph.Protocol;
import io.dettrace.incident.simulation.ServiceGraph.Service;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Faults of every kind at random places and of random strength: shares of requests from 5 % on, latencies from twice the
 * usual on. Each method is one kind, which makes the class long; null if the graph has no place for it.
 */
final class FaultGenerator {
    private static final long ALWAYS = Long.MIN_VALUE;
    private static final long EVER = Long.MAX_VALUE;
    private static final double MILLI = 1e6;
    private static final long SECOND = 1_000_000_000L;
    private static final List<String> EXCEPTIONS = List.of(
            "IndexOutOfBoundsException",
            "java.sql.SQLException",
            "JSONDecodeError",
            "InputMismatchException",
            "NotInitializedException");

    private final ServiceGraph graph;
    private final Traffic traffic;
    private final Places places;
    private final Random random;
    private final long duration;
    private final long onset;
    private final List<Effect> effects = new ArrayList<>();
    private final List<Effect> setting = new ArrayList<>();
    private final List<Announcement> announcements = new ArrayList<>();

    private FaultGenerator(ServiceGraph graph, Traffic traffic, Random random, long duration) {
        this.graph = graph;
        this.traffic = traffic;
        this.random = random;
        places = new Places(graph, traffic, random);
        this.duration = duration;
        onset = random.nextBoolean() ? -2 * SECOND : (long) (between(0.05, 0.25) * duration);
    }

    /** A fault of a kind in a window of {@code duration} nanoseconds with {@code traffic}, or null if there is no place for it. */
    static @Nullable Fault draw(FaultKind kind, ServiceGraph graph, Traffic traffic, long duration, Random random) {
        FaultGenerator generator = new FaultGenerator(graph, traffic, random, duration);
        Fault fault = switch (kind) {
            case RETRY_STORM -> generator.retryStorm();
            case CASCADING_TIMEOUTS -> generator.cascadingTimeouts();
            case MISORDERED_RECOVERY -> generator.misorderedRecovery();
            case FAILOVER -> generator.failover();
            case LATENCY_INFLATION -> generator.latencyInflation();
            case NETWORK_DELAY -> generator.networkDelay();
            case ERROR_BURST -> generator.errorBurst();
            case RESOURCE_SATURATION -> generator.resourceSaturation();
            case DEPENDENCY_OUTAGE -> generator.dependencyOutage();
            case PARTIAL_OUTAGE -> generator.partialOutage();
            case TRAFFIC_SURGE -> generator.trafficSurge();
            case POISON_REQUEST -> generator.poisonRequest();
            case BAD_DEPLOY -> generator.badDeploy();
            case CONFIG_CHANGE -> generator.configChange();
        };
        if (fault != null) {
            generator.addDecoy(fault);
        }
        return fault;
    }

    private Fault fault(FaultKind kind, Service root, int instance, int operation, int edge, String resource) {
        Set<Integer> accepted = Set.of(root.number());
        return new Fault(
                kind,
                root.number(),
                accepted,
                instance,
                operation,
                edge,
                resource,
                onset,
                effects,
                setting,
                announcements);
    }

    private @Nullable Fault retryStorm() {
        Service service = places.any(
                s -> s.protocol() != Protocol.MESSAGE && !places.into(s).isEmpty() && s.instrumented());
        if (service == null) {
            return null;
        }
        for (Edge edge : places.into(service)) {
            long timeout = (long) Math.max(40 * MILLI, 4 * traffic.response(edge));
            setting.add(new Effect.Rules(ALWAYS, EVER, edge.number(), timeout, 3 + random.nextInt(3), -1));
        }
        if (random.nextBoolean()) {
            effects.add(fail(service, -1, -1, between(0.2, 0.7)));
        } else {
            double extra = places.into(service).stream()
                    .mapToDouble(traffic::response)
                    .max()
                    .orElse(0);
            double slow = Math.max(60 * MILLI, 6 * extra);
            effects.add(new Effect.Slow(onset, EVER, service.number(), -1, -1, between(0.2, 0.7), 1, slow));
        }
        return fault(FaultKind.RETRY_STORM, service, -1, -1, -1, "");
    }

    private @Nullable Fault cascadingTimeouts() {
        Service service = places.any(s -> places.into(s).stream()
                .anyMatch(e -> !e.message()
                        && !places.into(graph.services().get(e.from())).isEmpty()));
        if (service == null) {
            return null;
        }
        double slowest = 0;
        for (Edge edge : places.into(service)) {
            double timeout = Math.max(50 * MILLI, 5 * traffic.response(edge));
            setting.add(new Effect.Rules(ALWAYS, EVER, edge.number(), (long) timeout, 0, -1));
            slowest = Math.max(slowest, timeout);
            for (Edge above : places.into(graph.services().get(edge.from()))) {
                double longer = Math.max(timeout * 0.95, 2.5 * traffic.response(above));
                setting.add(new Effect.Rules(ALWAYS, EVER, above.number(), (long) longer, random.nextInt(2), -1));
            }
        }
        double share = random.nextBoolean() ? 1 : between(0.2, 0.9);
        effects.add(new Effect.Slow(onset, EVER, service.number(), -1, -1, share, 1, slowest * between(1.5, 3)));
        return fault(FaultKind.CASCADING_TIMEOUTS, service, -1, -1, -1, "");
    }

    private @Nullable Fault misorderedRecovery() {
        Service service =
                places.any(s -> s.instrumented() && s.instances().size() > 1 && s.protocol() != Protocol.MESSAGE);
        if (service == null) {
            return null;
        }
        int instance = random.nextInt(service.instances().size());
        long down = (long) (between(3, 8) * SECOND);
        long unready = (long) (between(8, 25) * SECOND);
        double share = between(0.6, 1);
        boolean fails = random.nextDouble() < 0.7;
        boolean told = told();
        for (long at = onset; at < duration; at += down + unready) {
            int number = service.number();
            effects.add(new Effect.Restart(at, EVER, number, instance));
            effects.add(new Effect.Drained(at + SECOND / 2, at + down, number, instance, Set.of()));
            effects.add(new Effect.Dead(at, at + down, number, instance, 1, false));
            long end = at + down + unready;
            effects.add(
                    fails
                            ? new Effect.Fail(at + down, end, number, instance, -1, share, anyException(service))
                            : new Effect.Slow(at + down, end, number, instance, -1, share, 12, 40 * MILLI));
            if (told) {
                announce(at, number, instance, "health.down", "instance {} is restarting");
                announce(
                        at + down,
                        number,
                        instance,
                        "health.up",
                        "instance {} passes its liveness probe, taking traffic");
            }
        }
        return fault(FaultKind.MISORDERED_RECOVERY, service, instance, -1, -1, "");
    }

    private @Nullable Fault failover() {
        Service service = places.any(s -> s.instances().size() > 1
                && s.protocol() != Protocol.MESSAGE
                && places.callers(s).size() > 1);
        if (service == null) {
            return null;
        }
        List<Integer> callers = places.callers(service);
        Set<Integer> stale = new HashSet<>();
        for (int i = 0; i < 1 + callers.size() / 3; i++) {
            stale.add(callers.get(random.nextInt(callers.size())));
        }
        long moved = onset + (long) (between(3, 10) * SECOND);
        boolean hangs = random.nextBoolean();
        effects.add(new Effect.Dead(onset, EVER, service.number(), 0, 1, hangs));
        effects.add(new Effect.Drained(moved, EVER, service.number(), 0, stale));
        if (told()) {
            announce(onset, service.number(), 0, "health.down", "{} does not answer");
            announce(moved, service.number(), 1, "failover", "failover to {} complete");
        }
        return fault(FaultKind.FAILOVER, service, 0, -1, -1, "");
    }

    private @Nullable Fault latencyInflation() {
        Service service = places.any(s -> s.instrumented());
        if (service == null) {
            return null;
        }
        double share = random.nextDouble() < 0.6 ? 1 : share();
        int operation = random.nextBoolean() ? -1 : places.busyOperation(service);
        effects.add(new Effect.Slow(
                onset, EVER, service.number(), -1, operation, share, between(2, 6), between(2, 40) * MILLI));
        return fault(FaultKind.LATENCY_INFLATION, service, -1, operation, -1, "");
    }

    private @Nullable Fault networkDelay() {
        double share = random.nextDouble() < 0.7 ? 1 : between(0.1, 0.6);
        double extra = between(5, 80) * MILLI;
        if (random.nextBoolean()) {
            Service service =
                    places.any(s -> s.instrumented() && !places.into(s).isEmpty());
            if (service == null) {
                return null;
            }
            effects.add(new Effect.Delay(onset, EVER, -1, service.number(), share, extra));
            return fault(FaultKind.NETWORK_DELAY, service, -1, -1, -1, "network");
        }
        Edge edge = places.anyEdge(e -> !e.message());
        if (edge == null) {
            return null;
        }
        effects.add(new Effect.Delay(onset, EVER, edge.number(), -1, share, extra));
        Set<Integer> ends = Set.of(edge.from(), edge.to());
        return new Fault(
                FaultKind.NETWORK_DELAY,
                edge.to(),
                ends,
                -1,
                -1,
                edge.number(),
                "network",
                onset,
                effects,
                setting,
                announcements);
    }

    private @Nullable Fault errorBurst() {
        Service service = places.any(s -> s.instrumented());
        if (service == null) {
            return null;
        }
        int operation = places.busyOperation(service);
        effects.add(fail(service, -1, operation, share()));
        if (service.style().flags() && random.nextDouble() < 0.6) {
            effects.add(new Effect.Flag(onset, EVER, service.number()));
            if (random.nextBoolean()) {
                announce(onset, service.number(), -1, "feature_flag.changed", "flag new-path is on for {}");
            }
        }
        return fault(FaultKind.ERROR_BURST, service, -1, operation, -1, "");
    }

    private @Nullable Fault resourceSaturation() {
        double kind = random.nextDouble();
        if (kind < 0.3) {
            Edge edge = places.anyEdge(e -> !e.message());
            if (edge == null) {
                return null;
            }
            Service root = graph.services().get(edge.from());
            double calls = (double) traffic.calls(edge) / root.instances().size();
            double share = Math.min(0.5, edge.pool() / Math.max(1, calls * between(0.1, 0.3)));
            effects.add(new Effect.Leak(onset, EVER, edge.number(), share));
            return fault(FaultKind.RESOURCE_SATURATION, root, -1, -1, edge.number(), "connections");
        }
        Service service = places.any(s -> s.instrumented());
        if (service == null) {
            return null;
        }
        if (kind < 0.5) {
            double busy = traffic.busy(service) / service.instances().size();
            double workers =
                    busy * between(0.8, 1.3) / service.instances().get(0).workers();
            effects.add(new Effect.Capacity(onset, EVER, service.number(), -1, 1, workers));
            return fault(FaultKind.RESOURCE_SATURATION, service, -1, -1, -1, "workers");
        }
        double cores = between(0.08, 0.4) / service.instances().get(0).cores();
        effects.add(new Effect.Capacity(onset, EVER, service.number(), -1, cores, 1));
        return fault(FaultKind.RESOURCE_SATURATION, service, -1, -1, -1, "cpu");
    }

    private @Nullable Fault dependencyOutage() {
        Service service = places.any(s -> !s.instrumented());
        if (service == null) {
            return null;
        }
        double share = random.nextBoolean() ? 1 : between(0.3, 1);
        effects.add(new Effect.Dead(onset, EVER, service.number(), -1, share, random.nextBoolean()));
        return fault(FaultKind.DEPENDENCY_OUTAGE, service, -1, -1, -1, "");
    }

    private @Nullable Fault partialOutage() {
        Service service = places.any(s -> s.instrumented() && s.instances().size() > 1);
        if (service == null) {
            return null;
        }
        int instance = random.nextInt(service.instances().size());
        double kind = random.nextDouble();
        if (kind < 0.5) {
            effects.add(fail(service, instance, -1, between(0.4, 1)));
        } else if (kind < 0.75) {
            effects.add(new Effect.Slow(
                    onset, EVER, service.number(), instance, -1, 1, between(5, 15), between(20, 100) * MILLI));
        } else {
            effects.add(
                    new Effect.Dead(onset, EVER, service.number(), instance, between(0.5, 0.95), random.nextBoolean()));
        }
        if (random.nextDouble() < 0.4) {
            announce(onset, service.number(), instance, "health.degraded", "readiness probe of {} fails now and then");
        }
        return fault(FaultKind.PARTIAL_OUTAGE, service, instance, -1, -1, "");
    }

    private Fault trafficSurge() {
        int entry = random.nextInt(graph.entries().size());
        for (int i = 0; i < graph.entries().size(); i++) {
            if (random.nextDouble() < graph.entries().get(i).share()) {
                entry = i;
            }
        }
        Service service = graph.services().get(graph.entries().get(entry).service());
        double factor =
                between(1.5, 5) / Math.max(0.2, graph.entries().get(entry).share());
        effects.add(new Effect.Surge(onset, EVER, entry, 1 + Math.min(9, factor)));
        return fault(
                FaultKind.TRAFFIC_SURGE, service, -1, graph.entries().get(entry).operation(), -1, "");
    }

    private @Nullable Fault poisonRequest() {
        Service service = places.any(s -> s.instrumented());
        if (service == null) {
            return null;
        }
        int operation = places.busyOperation(service);
        long hang = random.nextDouble() < 0.7 ? (long) (between(2, 25) * SECOND) : 0;
        effects.add(new Effect.Poison(
                onset, EVER, service.number(), operation, between(0.03, 0.12), hang, anyException(service)));
        return fault(FaultKind.POISON_REQUEST, service, -1, operation, -1, "");
    }

    private @Nullable Fault badDeploy() {
        Service service = places.any(s -> s.instrumented());
        if (service == null) {
            return null;
        }
        int instance = service.instances().size() > 1 && random.nextDouble() < 0.3 ? 0 : -1;
        int operation = random.nextBoolean() ? -1 : places.busyOperation(service);
        String version = "1." + service.name().length() + "." + (1 + random.nextInt(5));
        effects.add(new Effect.Version(onset, EVER, service.number(), instance, version));
        effects.add(
                random.nextBoolean()
                        ? fail(service, instance, operation, share())
                        : new Effect.Slow(
                                onset,
                                EVER,
                                service.number(),
                                instance,
                                operation,
                                1,
                                between(2, 6),
                                between(2, 40) * MILLI));
        if (told()) {
            announce(onset, service.number(), -1, "deployment", "rolled out {} version " + version);
        }
        return fault(FaultKind.BAD_DEPLOY, service, instance, operation, -1, "");
    }

    private @Nullable Fault configChange() {
        double kind = random.nextDouble();
        Edge edge = places.anyEdge(e -> !e.message() && (kind >= 0.3 || places.cached(e)));
        if (edge == null) {
            return null;
        }
        if (kind < 0.3) {
            effects.add(new Effect.CacheOff(onset, EVER, edge.number()));
        } else if (kind < 0.75) {
            long timeout = (long) (traffic.response(edge) * between(0.6, 1.3));
            effects.add(new Effect.Rules(onset, EVER, edge.number(), timeout, -1, -1));
        } else {
            effects.add(new Effect.Rules(onset, EVER, edge.number(), -1, -1, 1));
        }
        Service root = graph.services().get(edge.from());
        if (told()) {
            announce(onset, root.number(), -1, "config.changed", "configuration of {} reloaded");
        }
        return fault(FaultKind.CONFIG_CHANGE, root, -1, -1, edge.number(), "");
    }

    /** Something harmless at another service, in one incident of three: not all that happens matters. */
    private void addDecoy(Fault fault) {
        if (random.nextDouble() < 0.3) {
            Service service =
                    graph.services().get(random.nextInt(graph.services().size()));
            if (service.number() != fault.root() && service.instrumented()) {
                long time = (long) (random.nextDouble() * duration);
                String version = "1." + service.name().length() + "." + (1 + random.nextInt(5));
                effects.add(new Effect.Version(time, EVER, service.number(), -1, version));
                announce(time, service.number(), -1, "deployment", "rolled out {} version " + version);
            }
        }
    }

    private Effect fail(Service service, int instance, int operation, double share) {
        return new Effect.Fail(onset, EVER, service.number(), instance, operation, share, anyException(service));
    }

    /** An exception that the service throws now and then anyway, or another one. */
    private String anyException(Service service) {
        return random.nextBoolean()
                ? service.operations().get(0).exception()
                : EXCEPTIONS.get(random.nextInt(EXCEPTIONS.size()));
    }

    private void announce(long time, int service, int instance, String event, String body) {
        announcements.add(new Announcement(time, service, instance, event, body));
    }

    private boolean told() {
        return random.nextDouble() < 0.75;
    }

    private double share() {
        return 0.05 * StrictMath.exp(random.nextDouble() * StrictMath.log(18));
    }

    private double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }
}

package io.dettrace.incident.window;

import io.dettrace.event.Field;
import io.dettrace.telemetry.TelemetryEvent;
import io.dettrace.telemetry.TelemetryLog;
import io.dettrace.telemetry.TelemetrySpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds {@link Happening}s in log records and span events: by {@code event.name} (semantic conventions 1.37, events), else for records
 * that belong to no span by common words of their text; and flags by how they are evaluated ({@code feature_flag.evaluation}).
 */
final class Happenings {
    private static final Map<Happening.Kind, List<String>> WORDS = new EnumMap<>(Map.of(
            Happening.Kind.FLAG, List.of("feature_flag", "feature flag", "flag changed", "toggle"),
            Happening.Kind.DEPLOY, List.of("deploy", "rollout", "rolled out", "rollback", "release", "upgrade"),
            Happening.Kind.CONFIG, List.of("config", "setting changed", "settings changed"),
            Happening.Kind.FAILOVER, List.of("failover", "failed over", "switchover", "promoted"),
            Happening.Kind.RESTART, List.of("restart", "oomkill", "crashloop"),
            Happening.Kind.HEALTH, List.of("health", "probe", "liveness", "readiness")));

    /** Attributes that say what a record is about, the most telling first. */
    private static final List<String> ABOUT = List.of(
            "service.name",
            "k8s.deployment.name",
            "k8s.statefulset.name",
            "k8s.object.name",
            "k8s.pod.name",
            "service.instance.id",
            "host.name");

    private final List<Told> told = new ArrayList<>();
    /** First time by service, flag and variant. */
    private final Map<String, Map<String, Long>> variants = new TreeMap<>();

    private record Told(Happening.Kind kind, long time, String sender, List<String> about, String text) {}

    void span(TelemetrySpan s) {
        for (TelemetryEvent e : s.events()) {
            if (e.name().startsWith("feature_flag")) {
                String flag = attribute(e.attributes(), "feature_flag.key");
                String variant = attribute(e.attributes(), "feature_flag.result.variant");
                variant = variant.isEmpty() ? attribute(e.attributes(), "feature_flag.variant") : variant;
                variants.computeIfAbsent(s.resource().service() + "\0" + flag, k -> new TreeMap<>())
                        .merge(variant, e.time(), Math::min);
            } else if (!e.name().equals("exception")) {
                Happening.@Nullable Kind kind = kind(e.name());
                if (kind != null) {
                    told.add(new Told(kind, e.time(), s.resource().service(), about(e.attributes()), e.name()));
                }
            }
        }
    }

    void log(TelemetryLog log) {
        Happening.@Nullable Kind kind = kind(attribute(log.attributes(), "event.name"));
        if (kind == null && log.span() == 0) {
            kind = kind(log.body());
        }
        if (kind != null) {
            told.add(new Told(kind, log.time(), log.resource().service(), about(log.attributes()), log.body()));
        }
    }

    private static Happening.@Nullable Kind kind(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (Map.Entry<Happening.Kind, List<String>> e : WORDS.entrySet()) {
            if (e.getValue().stream().anyMatch(lower::contains)) {
                return e.getKey();
            }
        }
        return null;
    }

    private static String attribute(List<Field> fields, String name) {
        return fields.stream()
                .filter(f -> f.path().equals(name))
                .map(Field::text)
                .findFirst()
                .orElse("");
    }

    private static List<String> about(List<Field> fields) {
        return ABOUT.stream()
                .map(name -> attribute(fields, name))
                .filter(v -> !v.isEmpty())
                .toList();
    }

    /** All of a window, in the order of time. */
    List<Happening> of(Window window) {
        Map<String, String> services = new HashMap<>();
        Set<Long> seen = new HashSet<>();
        for (int s = 0; s < window.spans(); s++) {
            if (seen.add((long) window.service(s) << 32 | window.instance(s))) {
                String service = window.names().get(window.service(s));
                services.put(service, service);
                services.putIfAbsent(window.names().get(window.instance(s)), service);
            }
            if (window.peer(s) >= 0) {
                String peer = window.names().get(window.peer(s));
                services.putIfAbsent(peer, peer);
            }
        }
        Set<Happening> all = new LinkedHashSet<>();
        told.forEach(t -> all.add(happening(t, services)));
        variants.forEach((key, first) -> {
            String[] of = key.split("\0", -1);
            long earliest =
                    first.values().stream().min(Comparator.naturalOrder()).orElse(0L);
            first.forEach((variant, time) -> {
                if (time > earliest) {
                    all.add(new Happening(
                            Happening.Kind.FLAG, time, of[0], "", "flag " + of[1] + " is first " + variant));
                }
            });
        });
        return all.stream().sorted(Comparator.comparingLong(Happening::time)).toList();
    }

    /** Variants of flags, by service and flag joined by a NUL. */
    Map<String, Set<String>> flags() {
        Map<String, Set<String>> flags = new TreeMap<>();
        variants.forEach((key, first) -> flags.put(key, Set.copyOf(first.keySet())));
        return flags;
    }

    private static Happening happening(Told t, Map<String, String> services) {
        String service = "";
        String instance = "";
        for (String name : t.about()) {
            @Nullable String known = services.get(name);
            if (known != null && service.isEmpty()) {
                service = known;
                instance = known.equals(name) ? "" : name;
            }
        }
        if (service.isEmpty() && services.containsKey(t.sender())) {
            service = t.sender();
        }
        return new Happening(t.kind(), t.time(), service, instance, t.text());
    }
}

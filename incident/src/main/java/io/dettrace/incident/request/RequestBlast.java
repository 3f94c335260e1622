package io.dettrace.incident.request;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far one request's failure reached.
 *
 * @param root the service that it goes back to, empty if nothing failed
 * @param direct what the failing calls of the root go to
 * @param upstream those that call the root, the nearest first
 * @param downstream all that the root reaches through calls, the nearest first
 * @param failing services with a hop that did not end well, in recorded order
 * @param untouched all other services of the request
 */
public record RequestBlast(
        Optional<String> root,
        List<String> direct,
        List<String> upstream,
        List<String> downstream,
        List<String> failing,
        List<String> untouched) {
    /** The blast radius of a request with these causes. */
    public static RequestBlast of(Request request, Optional<Causes> causes) {
        Set<String> failing = new LinkedHashSet<>();
        request.bad().forEach(h -> failing.add(h.service()));
        failing.remove("");
        if (causes.isEmpty()) {
            return new RequestBlast(
                    Optional.empty(), List.of(), List.of(), List.of(), List.of(), List.copyOf(request.services()));
        }
        String root = causes.get().root().service();
        Set<String> direct = new LinkedHashSet<>();
        request.bad().stream().filter(h -> h.service().equals(root)).forEach(h -> direct.add(h.downstream()));
        direct.remove("");
        Map<String, Set<String>> calls = request.calls();
        List<String> upstream = new ArrayList<>(reached(root, at -> callers(calls, at)));
        direct.removeAll(upstream);
        Set<String> touched = new LinkedHashSet<>(failing);
        touched.addAll(direct);
        touched.addAll(upstream);
        List<String> untouched =
                request.services().stream().filter(s -> !touched.contains(s)).toList();
        return new RequestBlast(
                Optional.of(root),
                List.copyOf(direct),
                upstream,
                reached(root, at -> calls.getOrDefault(at, Set.of())),
                List.copyOf(failing),
                untouched);
    }

    private static Set<String> callers(Map<String, Set<String>> calls, String callee) {
        Set<String> callers = new LinkedHashSet<>();
        calls.forEach((caller, callees) -> {
            if (callees.contains(callee)) {
                callers.add(caller);
            }
        });
        return callers;
    }

    private interface Neighbours {
        Set<String> of(String service);
    }

    private static List<String> reached(String from, Neighbours neighbours) {
        Set<String> seen = new LinkedHashSet<>(Set.of(from));
        Deque<String> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            for (String next : neighbours.of(open.remove())) {
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        seen.remove(from);
        return List.copyOf(seen);
    }
}

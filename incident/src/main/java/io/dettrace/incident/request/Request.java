package io.dettrace.incident.request;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One request as its services recorded it.
 *
 * @param name what people call the recording: its file
 * @param id identifier of the request or trace, empty if not told
 * @param events events read, of which each gives a hop or none
 * @param hops in the order of the recording
 */
public record Request(String name, String id, int events, List<Hop> hops) {
    /** A request; hops are copied. */
    public Request {
        hops = List.copyOf(hops);
    }

    /** The hops that did not end well, in recorded order. */
    public List<Hop> bad() {
        return hops.stream().filter(Hop::isBad).toList();
    }

    /** How many hops are so. */
    public int count(Predicate<Hop> so) {
        return (int) hops.stream().filter(so).count();
    }

    /** How many hops ended so. */
    public int count(Outcome outcome) {
        return count(h -> h.outcome() == outcome);
    }

    /** How many hops do so. */
    public int count(Act act) {
        return count(h -> h.act() == act);
    }

    /** How many calls were made again: as many as are recorded, or as attempts are counted if that is more. */
    public int retries() {
        int attempts = hops.stream().mapToInt(Hop::attempt).max().orElse(0);
        return Math.max(count(Act.RETRY), attempts);
    }

    /** The longest that any hop took in nanoseconds, 0 if none tells. */
    public long maxLatency() {
        return hops.stream().mapToLong(Hop::latency).filter(l -> l >= 0).max().orElse(0);
    }

    /** All services that are named, in order of appearance. */
    public Set<String> services() {
        Set<String> all = new LinkedHashSet<>();
        hops.forEach(h -> {
            all.add(h.service());
            all.add(h.downstream());
        });
        all.remove("");
        return all;
    }

    /** True if nothing in the recording says who calls whom, so that it is taken from the order in which services appear. */
    public boolean callsAreGuessed() {
        return toldCalls().isEmpty() && services().size() > 1;
    }

    /**
     * Who calls whom: callees by caller. Where nothing tells it, each service is taken to be called by the one that had appeared
     * last before it.
     */
    public Map<String, Set<String>> calls() {
        Map<String, Set<String>> told = toldCalls();
        if (!told.isEmpty()) {
            return told;
        }
        List<String> order = List.copyOf(services());
        Map<String, Set<String>> guessed = new LinkedHashMap<>();
        for (int i = 1; i < order.size(); i++) {
            guessed.put(order.get(i - 1), Set.of(order.get(i)));
        }
        return guessed;
    }

    /** What spans and named callees tell. An answer names the two the other way round; what was seen first is the call. */
    private Map<String, Set<String>> toldCalls() {
        Map<String, String> spans = new LinkedHashMap<>();
        hops.stream().filter(h -> !h.span().isEmpty()).forEach(h -> spans.putIfAbsent(h.span(), h.service()));
        Map<String, Set<String>> calls = new LinkedHashMap<>();
        for (Hop hop : hops) {
            call(calls, spans.getOrDefault(hop.parent(), ""), hop.service());
            call(calls, hop.service(), hop.downstream());
        }
        return calls;
    }

    private static void call(Map<String, Set<String>> calls, String caller, String callee) {
        boolean none = caller.isEmpty() || callee.isEmpty() || caller.equals(callee);
        if (!none && !calls.getOrDefault(callee, Set.of()).contains(caller)) {
            calls.computeIfAbsent(caller, c -> new LinkedHashSet<>()).add(callee);
        }
    }
}

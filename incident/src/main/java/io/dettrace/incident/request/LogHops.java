package io.dettrace.incident.request;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The hops of an event log: one for each event. */
final class LogHops {
    private LogHops() {}

    static List<Hop> of(List<RequestEvent> events) {
        boolean upstreamIsCalled = upstreamIsCalled(events);
        List<Hop> hops = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            hops.add(hop(i, events.get(i), upstreamIsCalled));
        }
        return retriesByAttempt(hops);
    }

    private static Hop hop(int index, RequestEvent event, boolean upstreamIsCalled) {
        HopFields f = new HopFields(event);
        Act act = HopWords.act(f.type(), f.status());
        for (String remark : f.annotations()) {
            Act remarked = HopWords.remark(remark);
            act = act == Act.STEP ? remarked : act;
        }
        String downstream = f.downstream().isEmpty() && upstreamIsCalled ? f.upstream() : f.downstream();
        return new Hop(
                index,
                event.place(),
                event.time(),
                act,
                HopWords.outcome(f.type(), f.status(), f.cancelled()),
                f.service(),
                downstream,
                f.type(),
                f.reason(),
                f.attempt(),
                f.latency(),
                f.span(),
                f.parent(),
                f.version(),
                f.annotations());
    }

    /**
     * What "upstream" means here: a caller was seen before what it calls, so where most of the services named so appear
     * later than those that name them, they are called.
     */
    private static boolean upstreamIsCalled(List<RequestEvent> events) {
        Set<String> seen = new HashSet<>();
        int called = 0;
        int calls = 0;
        for (RequestEvent event : events) {
            HopFields f = new HopFields(event);
            boolean first = seen.add(f.service());
            if (first && !f.upstream().isEmpty()) {
                called += seen.contains(f.upstream()) ? 0 : 1;
                calls += seen.contains(f.upstream()) ? 1 : 0;
            }
        }
        return called > calls;
    }

    /** Where a log counts attempts but has no event for a retry, the first event of a further attempt is one. */
    private static List<Hop> retriesByAttempt(List<Hop> hops) {
        if (hops.stream().anyMatch(h -> h.act() == Act.RETRY)) {
            return hops;
        }
        Map<String, Integer> attempts = new HashMap<>();
        List<Hop> told = new ArrayList<>();
        for (Hop h : hops) {
            int before = attempts.getOrDefault(h.edge(), 0);
            boolean further = h.attempt() > before && h.act() == Act.STEP;
            attempts.put(h.edge(), Math.max(before, h.attempt()));
            told.add(further ? h.with(Act.RETRY, h.attempt()) : h);
        }
        return told;
    }
}

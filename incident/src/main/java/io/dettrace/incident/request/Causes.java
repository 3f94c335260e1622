package io.dettrace.incident.request;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What led to what in a request that failed: the hop it goes back to, and the chain from there to the symptom.
 *
 * @param first the first hop that failed in recorded order
 * @param root the failing hop that the others go back to: the first one, or what it waited for and failed as well
 * @param chain kinds and reasons from root to symptom, in causal order
 */
public record Causes(Hop first, Hop root, List<Link> chain) {
    /**
     * A link of the chain.
     *
     * @param label reason of a failure, or kind of what was done about it
     * @param hop where
     */
    public record Link(String label, Hop hop) {}

    /** Causes; the chain is copied. */
    public Causes {
        chain = List.copyOf(chain);
    }

    /** The labels of the chain. */
    public List<String> labels() {
        return chain.stream().map(Link::label).toList();
    }

    /** The causes, or empty if no hop failed. */
    public static Optional<Causes> of(Request request) {
        Optional<Hop> first = request.hops().stream()
                .filter(Hop::isFailure)
                .findFirst()
                .or(() -> request.hops().stream().filter(Hop::isBad).findFirst());
        return first.map(hop -> {
            Hop root = root(request, hop);
            return new Causes(hop, root, new Chain(request, root, hop).links());
        });
    }

    /** Follows calls from a failing hop to what it called, as long as that failed by itself too. */
    private static Hop root(Request request, Hop first) {
        Set<String> seen = new HashSet<>();
        Hop at = first;
        while (seen.add(at.service())) {
            String callee = at.downstream();
            Optional<Hop> below = request.hops().stream()
                    .filter(h -> h.isFailure() && h.service().equals(callee) && !seen.contains(callee))
                    .findFirst();
            if (callee.isEmpty() || below.isEmpty()) {
                return at;
            }
            at = below.get();
        }
        return at;
    }

    /** Makes the chain. */
    private static final class Chain {
        private static final String TIMEOUTS = "timeout_chain";

        private final List<Hop> hops;
        private final Set<String> said = new LinkedHashSet<>();
        private final List<Link> links = new ArrayList<>();

        Chain(Request request, Hop root, Hop first) {
            int from = Math.min(first.index(), beforeItFailed(request, root));
            int last = request.hops().stream()
                    .filter(h -> h.isBad() || h.act() == Act.RETRY || h.act() == Act.FAILOVER)
                    .mapToInt(Hop::index)
                    .max()
                    .orElse(first.index());
            hops = new ArrayList<>(request.hops().stream()
                    .filter(h -> h.index() >= from && h.index() <= last && (h.isBad() || h.act() != Act.STEP))
                    .toList());
            if (hops.remove(root)) {
                int at = root == first
                        ? hops.size()
                                - (int) hops.stream()
                                        .filter(h -> h.index() > root.index())
                                        .count()
                        : 0;
                hops.add(at, root);
            }
        }

        /** The recovery of the root's own service that its failure belies, else the root itself. */
        private static int beforeItFailed(Request request, Hop root) {
            return request.hops().stream()
                    .filter(h ->
                            h.act() == Act.RECOVERY && h.service().equals(root.service()) && h.index() < root.index())
                    .mapToInt(Hop::index)
                    .findFirst()
                    .orElse(root.index());
        }

        List<Link> links() {
            int lastTimeout = -1;
            for (int i = 0; i < hops.size(); i++) {
                lastTimeout = hops.get(i).outcome() == Outcome.TIMEOUT ? i : lastTimeout;
            }
            for (int i = 0; i < hops.size(); i++) {
                Hop hop = hops.get(i);
                act(hop, i);
                if (hop.isBad()) {
                    boolean unnamed = hop.reason().isEmpty();
                    add(unnamed ? hop.outcome().key() : hop.reason(), hop);
                }
                if (i == lastTimeout) {
                    add(i == 0 ? Outcome.TIMEOUT.key() : TIMEOUTS, hop);
                }
            }
            return links;
        }

        private void act(Hop hop, int at) {
            switch (hop.act()) {
                case STEP -> {}
                case RETRY -> add(said.contains("retry") ? "retry_burst" : "retry", hop);
                case RECOVERY -> add(failsAfter(hop, at) ? "early_recovery" : "recovery", hop);
                default -> add(hop.act().key(), hop);
            }
        }

        private boolean failsAfter(Hop hop, int at) {
            return hops.subList(at + 1, hops.size()).stream()
                    .anyMatch(h -> h.isFailure() && h.service().equals(hop.service()));
        }

        private void add(String label, Hop hop) {
            if (said.add(label)) {
                links.add(new Link(label, hop));
            }
        }
    }
}

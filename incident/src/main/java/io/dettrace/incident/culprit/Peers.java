package io.dettrace.incident.culprit;

import java.util.HashMap;
import java.util.Map;

/** Which services stand behind the names that clients call, as calls tell that were answered. */
final class Peers {
    private final Map<Integer, Integer> services = new HashMap<>();
    private final Map<Integer, Integer> targets = new HashMap<>();

    /** A call of a name was answered by a service; the first answer counts. */
    void note(int peer, int service) {
        if (peer >= 0) {
            services.putIfAbsent(peer, service);
        }
    }

    /** A call is named by its caller as {@code label}, and calls {@code target}. */
    void label(int label, int target) {
        targets.put(label, target);
    }

    /** Number of the name of whom calls of a label call, -1 for a label that is no call. */
    int target(int label) {
        return targets.getOrDefault(label, -1);
    }

    /** Number of the service behind a name, of the name itself if it never answered, -1 for none. */
    int of(int peer) {
        return peer < 0 ? -1 : services.getOrDefault(peer, peer);
    }
}

package io.dettrace.server.live;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A sample of the requests of one entry point: those of least order, which is a uniform sample whatever the order of arrival, and
 * whose smaller samples lie in the larger ones (bottom-k sketch, Cohen and Kaplan 2007).
 */
final class EntrySample {
    private final PriorityQueue<StoredRequest> requests = new PriorityQueue<>(Collections.reverseOrder());
    private long seen;
    private long items;

    /** Takes a request unless {@code limit} others come before it. */
    void add(StoredRequest request, int limit) {
        seen++;
        if (requests.size() < limit || request.compareTo(requests.peek()) < 0) {
            requests.add(request);
            items += request.items();
            trim(limit);
        }
    }

    /** Takes a sample as it was stored. */
    void restore(long seenRequests, List<StoredRequest> stored) {
        seen = seenRequests;
        requests.addAll(stored);
        items = stored.stream().mapToLong(StoredRequest::items).sum();
    }

    void trim(int limit) {
        while (requests.size() > limit) {
            items -= requests.remove().items();
        }
    }

    /** How many requests there were, sampled or not. */
    long seen() {
        return seen;
    }

    /** Spans and log records of the sampled requests. */
    long items() {
        return items;
    }

    /** The sampled requests in their order. */
    List<StoredRequest> sorted() {
        List<StoredRequest> sorted = new ArrayList<>(requests);
        Collections.sort(sorted);
        return sorted;
    }
}

package io.dettrace.incident.window;

import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/** Brings spans into the order of a {@link Window}: by request in the order of arrival, in it parents before children. */
final class SpanOrder {
    private static final int NONE = -1;

    private final SpanColumns in;
    /** Spans by request: those of request r from {@code from[r]} on. */
    private int[] byRequest = {};

    private int[] from = {0};
    private final int[] newNumber;
    private final int[] child;
    private final int[] sibling;
    private int next;

    SpanOrder(SpanColumns in) {
        this.in = in;
        newNumber = new int[in.size];
        Arrays.fill(newNumber, NONE);
        child = newNumber.clone();
        sibling = newNumber.clone();
    }

    /** Fills the window; gives the new number of each span that came, -1 for one that was there before. */
    int[] into(Window window) {
        group();
        int requests = from.length - 1;
        int[] parent = new int[in.size];
        int[] firstSpan = new int[requests + 1];
        int[] order = new int[in.size];
        int[] roots = new int[requests];
        for (int r = 0; r < requests; r++) {
            roots[r] = order(r, parent, order);
            firstSpan[r + 1] = next;
        }
        order = Arrays.copyOf(order, next);
        fill(window, order, parent);
        window.firstSpan = firstSpan;
        window.traceHigh = new long[requests];
        window.traceLow = new long[requests];
        window.weight = new float[requests];
        for (int r = 0; r < requests; r++) {
            window.traceHigh[r] = in.traceHigh[roots[r]];
            window.traceLow[r] = in.traceLow[roots[r]];
            window.weight[r] = in.weight[roots[r]];
        }
        return newNumber;
    }

    private void group() {
        Long2LongHashMap requests = new Long2LongHashMap(1024, 0.6f, NONE);
        int[] request = new int[in.size];
        int count = 0;
        for (int i = 0; i < in.size; i++) {
            long key = SpanColumns.key(in.traceHigh[i], in.traceLow[i]);
            long known = requests.get(key);
            if (known == NONE) {
                known = count++;
                requests.put(key, known);
            }
            request[i] = (int) known;
        }
        from = new int[count + 1];
        for (int r : request) {
            from[r + 1]++;
        }
        for (int r = 0; r < count; r++) {
            from[r + 1] += from[r];
        }
        byRequest = new int[in.size];
        int[] at = from.clone();
        for (int i = 0; i < in.size; i++) {
            byRequest[at[request[i]]++] = i;
        }
    }

    /** Orders one request's spans and gives its root, as they came. */
    private int order(int request, int[] parent, int[] order) {
        int begin = from[request];
        int size = from[request + 1] - begin;
        Long2LongHashMap byId = new Long2LongHashMap(Math.max(8, 2 * size), 0.6f, NONE);
        int[] spans = new int[size];
        int distinct = 0;
        for (int i = 0; i < size; i++) {
            int span = byRequest[begin + i];
            if (byId.putIfAbsent(in.id[span], span) == NONE) {
                spans[distinct++] = span;
            }
        }
        int[] sorted = byStart(Arrays.copyOf(spans, distinct));
        // Children as linked lists in the order of their starts.
        for (int i = distinct - 1; i >= 0; i--) {
            int s = sorted[i];
            int p = in.parentId[s] == in.id[s] ? NONE : (int) byId.get(in.parentId[s]);
            parent[s] = p;
            if (p != NONE) {
                sibling[s] = child[p];
                child[p] = s;
            }
        }
        int root = NONE;
        for (int s : sorted) {
            if (parent[s] == NONE && newNumber[s] == NONE) {
                root = root == NONE ? s : root;
                walk(s, order);
            }
        }
        for (int s : sorted) {
            if (newNumber[s] == NONE) {
                // Its parents lead round in a circle.
                parent[s] = NONE;
                root = root == NONE ? s : root;
                walk(s, order);
            }
        }
        return root;
    }

    private int[] byStart(int[] spans) {
        for (int i = 1; i < spans.length; i++) {
            int s = spans[i];
            int at = i;
            while (at > 0 && isAfter(spans[at - 1], s)) {
                spans[at] = spans[at - 1];
                at--;
            }
            spans[at] = s;
        }
        return spans;
    }

    private boolean isAfter(int a, int b) {
        return in.start[a] != in.start[b] ? in.start[a] > in.start[b] : in.end[a] < in.end[b];
    }

    private void walk(int top, int[] order) {
        int[] stack = new int[16];
        int depth = 0;
        stack[depth++] = top;
        while (depth > 0) {
            int s = stack[--depth];
            if (newNumber[s] != NONE) {
                continue;
            }
            newNumber[s] = next;
            order[next++] = s;
            int children = depth;
            for (int c = child[s]; c != NONE; c = sibling[c]) {
                if (depth == stack.length) {
                    stack = Arrays.copyOf(stack, 2 * depth);
                }
                stack[depth++] = c;
            }
            reverse(stack, children, depth);
        }
    }

    private static void reverse(int[] stack, int from, int to) {
        for (int a = from, b = to - 1; a < b; a++, b--) {
            int swap = stack[a];
            stack[a] = stack[b];
            stack[b] = swap;
        }
    }

    private void fill(Window window, int[] order, int[] parent) {
        int n = order.length;
        window.service = new int[n];
        window.instance = new int[n];
        window.version = new int[n];
        window.operation = new int[n];
        window.peer = new int[n];
        window.parent = new int[n];
        window.start = new long[n];
        window.end = new long[n];
        window.flags = new byte[n];
        for (int i = 0; i < n; i++) {
            int s = order[i];
            window.service[i] = in.service[s];
            window.instance[i] = in.instance[s];
            window.version[i] = in.version[s];
            window.operation[i] = in.operation[s];
            window.peer[i] = in.peer[s];
            window.parent[i] = parent[s] == NONE ? NONE : newNumber[parent[s]];
            window.start[i] = in.start[s];
            window.end[i] = in.end[s];
            window.flags[i] = in.flags[s];
        }
    }
}

package io.dettrace.formats.vcd;

import io.dettrace.normalize.ValueDigest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * The signals of a dump by number, in columns. Several variables may share one identifier code; they are one signal, which
 * goes by the variable with the fewest scopes around it and, among these, by the least name: that choice depends on no order.
 */
final class VcdSignals {
    /** Signals of one dump. */
    static final int MAX_SIGNALS = 4 << 20;

    /** Bytes that all names may take. */
    static final int MAX_NAMES = 256 << 20;

    /** What the values of a signal are. */
    static final byte BITS = 0;

    static final byte EVENT = 1;
    static final byte PORT = 2;

    final VcdCodes codes = new VcdCodes();
    private int count;
    private byte[] names = new byte[1 << 12];
    private int namesUsed;
    private int[] nameStart = new int[16];
    private int[] nameLength = new int[16];
    private int[] rangeLength = new int[16];
    private int[] depth = new int[16];
    private int[] width = new int[16];
    private byte[] kind = new byte[16];
    private int[] top = new int[16];

    int count() {
        return count;
    }

    int width(int signal) {
        return width[signal];
    }

    byte kind(int signal) {
        return kind[signal];
    }

    /** Number of the outermost scope. */
    int top(int signal) {
        return top[signal];
    }

    int depth(int signal) {
        return depth[signal];
    }

    byte[] names() {
        return names;
    }

    int nameStart(int signal) {
        return nameStart[signal];
    }

    int nameLength(int signal) {
        return nameLength[signal];
    }

    String name(int signal) {
        return new String(names, nameStart[signal], nameLength[signal], StandardCharsets.UTF_8);
    }

    /**
     * Takes a new signal.
     *
     * @param path dotted path without the range
     * @param range such as {@code [7:0]}, may be empty
     * @return false if there is no room for more names
     */
    boolean add(byte[] path, byte[] range, int scopes, int topScope, int bits, byte what) {
        if (count == nameStart.length) {
            int n = count * 2;
            nameStart = Arrays.copyOf(nameStart, n);
            nameLength = Arrays.copyOf(nameLength, n);
            rangeLength = Arrays.copyOf(rangeLength, n);
            depth = Arrays.copyOf(depth, n);
            width = Arrays.copyOf(width, n);
            kind = Arrays.copyOf(kind, n);
            top = Arrays.copyOf(top, n);
        }
        width[count] = bits;
        kind[count] = what;
        return count < MAX_SIGNALS && name(count++, path, range, scopes, topScope);
    }

    /** Takes a further name of a signal. */
    boolean alias(int signal, byte[] path, byte[] range, int scopes, int topScope) {
        int order = Integer.compare(scopes, depth[signal]);
        if (order == 0) {
            int start = nameStart[signal];
            order = Arrays.compareUnsigned(path, 0, path.length, names, start, start + nameLength[signal]);
        }
        return order >= 0 || name(signal, path, range, scopes, topScope);
    }

    private boolean name(int signal, byte[] path, byte[] range, int scopes, int topScope) {
        int start = store(path, range);
        if (start < 0) {
            return false;
        }
        nameStart[signal] = start;
        nameLength[signal] = path.length;
        rangeLength[signal] = range.length;
        depth[signal] = scopes;
        top[signal] = topScope;
        return true;
    }

    private int store(byte[] path, byte[] range) {
        int need = path.length + range.length;
        if ((long) namesUsed + need > MAX_NAMES) {
            return -1;
        }
        if (namesUsed + need > names.length) {
            names = Arrays.copyOf(names, Math.max(namesUsed + need, names.length * 2));
        }
        int start = namesUsed;
        System.arraycopy(path, 0, names, start, path.length);
        System.arraycopy(range, 0, names, start + path.length, range.length);
        namesUsed += need;
        return start;
    }

    /**
     * Tells signals of one name apart, by their ranges ({@code a[7:4]} and {@code a[3:0]}) and else by a number.
     *
     * @return false if there is no room for more names
     */
    boolean distinguish() {
        Long2LongHashMap seen = new Long2LongHashMap(0);
        for (int i = 0; i < count; i++) {
            long digest = digest(i);
            seen.put(digest, seen.get(digest) + 1);
        }
        if (seen.size() == count) {
            return true;
        }
        for (int i = 0; i < count; i++) {
            if (seen.get(digest(i)) > 1) {
                nameLength[i] += rangeLength[i];
                rangeLength[i] = 0;
            }
        }
        seen.clear();
        for (int i = 0; i < count; i++) {
            long digest = digest(i);
            long before = seen.get(digest);
            seen.put(digest, before + 1);
            if (before > 0) {
                byte[] path = (name(i) + "#" + (before + 1)).getBytes(StandardCharsets.UTF_8);
                if (!name(i, path, new byte[0], depth[i], top[i])) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The place of each signal in the order of their names, which depends on no order of declarations. */
    int[] ranks() {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(
                order,
                (a, b) -> Arrays.compareUnsigned(
                        names,
                        nameStart[a],
                        nameStart[a] + nameLength[a],
                        names,
                        nameStart[b],
                        nameStart[b] + nameLength[b]));
        int[] ranks = new int[count];
        for (int i = 0; i < count; i++) {
            ranks[order[i]] = i;
        }
        return ranks;
    }

    /** Digest of the signal's name. */
    long digest(int signal) {
        return ValueDigest.of(names, nameStart[signal], nameLength[signal]);
    }
}

package io.dettrace.formats;

import org.agrona.collections.Int2ObjectHashMap;

/**
 * The names of kinds, taken down while a run is read: the values of the fields that say what happened, parted by spaces, as
 * the first event of the kind has them. Written by the reader's thread; to be looked at when the run has ended.
 */
public final class KindNames {
    private final int most;
    private final Int2ObjectHashMap<String> names = new Int2ObjectHashMap<>();

    /** @param most kinds that are named; further ones have no name */
    public KindNames(int most) {
        this.most = most;
    }

    /** The name of a kind, or null if it has none. */
    public String of(int kind) {
        return names.get(kind);
    }

    /** True if the kind has no name yet and may have one. */
    boolean wants(int kind) {
        return !names.containsKey(kind) && names.size() < most;
    }

    /** Names a kind; nothing is no name. */
    void put(int kind, String name) {
        if (!name.isEmpty()) {
            names.put(kind, name);
        }
    }
}

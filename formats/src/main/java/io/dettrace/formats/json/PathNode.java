package io.dettrace.formats.json;

import io.dettrace.normalize.FieldPlan;
import io.dettrace.normalize.Mapping;
import java.util.HashMap;
import java.util.Map;

/**
 * A place in the tree of field names, with the plan for it; one node serves all records, so that a path is put together
 * and planned once.
 */
final class PathNode {
    private final String path;
    private final boolean root;
    private final Map<String, PathNode> children = new HashMap<>();
    private FieldPlan plan;

    /** Number of the object in which the name was last seen; a second time in the same object is a duplicate. */
    long seenIn;

    /** Entries of the last value, from (inclusive) and to (exclusive). */
    int from;

    int to;

    private PathNode(String path, boolean root) {
        this.path = path;
        this.root = root;
    }

    static PathNode root() {
        return new PathNode("", true);
    }

    /** The child called {@code name}, or null if it is new. */
    PathNode child(String name) {
        return children.get(name);
    }

    PathNode addChild(String name) {
        PathNode child = new PathNode(root ? name : path + "." + name, false);
        children.put(name, child);
        return child;
    }

    String path() {
        return path;
    }

    FieldPlan plan(Mapping mapping) {
        if (plan == null) {
            plan = mapping.plan(path);
        }
        return plan;
    }
}

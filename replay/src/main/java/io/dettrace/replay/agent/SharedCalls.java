package io.dettrace.replay.agent;

import java.util.Set;

/** Knows the classes of the JDK whose objects threads share: each call of one is an event. */
final class SharedCalls {
    private static final String CONCURRENT = "java/util/concurrent/";

    private static final Set<String> NOT_SHARED = Set.of(
            "java/util/concurrent/TimeUnit",
            "java/util/concurrent/ThreadLocalRandom",
            "java/util/concurrent/Executors",
            "java/util/concurrent/Callable",
            "java/util/concurrent/ThreadFactory",
            "java/util/concurrent/locks/LockSupport");

    private static final Set<String> SHARED = Set.of(
            "java/lang/StringBuffer",
            "java/lang/invoke/VarHandle",
            "java/lang/reflect/Field",
            "java/util/AbstractCollection",
            "java/util/AbstractList",
            "java/util/AbstractMap",
            "java/util/AbstractQueue",
            "java/util/AbstractSet",
            "java/util/ArrayDeque",
            "java/util/ArrayList",
            "java/util/BitSet",
            "java/util/Collection",
            "java/util/Deque",
            "java/util/Enumeration",
            "java/util/EnumMap",
            "java/util/HashMap",
            "java/util/HashSet",
            "java/util/Hashtable",
            "java/util/IdentityHashMap",
            "java/util/Iterator",
            "java/util/LinkedHashMap",
            "java/util/LinkedHashSet",
            "java/util/LinkedList",
            "java/util/List",
            "java/util/ListIterator",
            "java/util/Map",
            "java/util/NavigableMap",
            "java/util/NavigableSet",
            "java/util/PriorityQueue",
            "java/util/Properties",
            "java/util/Queue",
            "java/util/Set",
            "java/util/SortedMap",
            "java/util/SortedSet",
            "java/util/Stack",
            "java/util/TreeMap",
            "java/util/TreeSet",
            "java/util/Vector",
            "java/util/WeakHashMap");

    private SharedCalls() {}

    static boolean isEvent(String owner, String method) {
        if (method.equals("<init>")) {
            return false;
        }
        if (owner.startsWith(CONCURRENT)) {
            return !NOT_SHARED.contains(owner) && !owner.endsWith("Exception");
        }
        return SHARED.contains(owner) && !(owner.endsWith("VarHandle") && method.endsWith("Fence"));
    }
}

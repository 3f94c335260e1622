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
            "java/text/DateFormat",
            "java/text/SimpleDateFormat",
            "java/util/AbstractCollection",
            "java/util/AbstractList",
            "java/util/AbstractMap",
            "java/util/AbstractQueue",
            "java/util/AbstractSet",
            "java/util/ArrayDeque",
            "java/util/ArrayList",
            "java/util/BitSet",
            "java/util/Calendar",
            "java/util/Collection",
            "java/util/Deque",
            "java/util/Enumeration",
            "java/util/EnumMap",
            "java/util/GregorianCalendar",
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

    /** Classes whose objects do what they are asked in one step. */
    private static final Set<String> WHOLE =
            Set.of("java/lang/invoke/VarHandle", "java/lang/reflect/Field", "java/util/Enumeration");

    /** What a class of the program is likely to have from a class of the JDK; others are not worth reading its file. */
    private static final Set<String> INHERITED = Set.of("""
        acquire acquireUninterruptibly add addAll addAndGet addFirst addLast append arrive
        arriveAndAwaitAdvance arriveAndDeregister availablePermits await awaitTermination cancel clear
        compareAndSet complete completeExceptionally computeIfAbsent contains containsKey countDown
        decrementAndGet drainPermits exchange execute fork get getAndAdd getAndDecrement getAndIncrement
        getAndSet getCount getFirst getNow incrementAndGet invoke invokeAll invokeAny isCancelled isDone
        isEmpty isHeldByCurrentThread isLocked isShutdown isTerminated iterator join lock
        lockInterruptibly merge newCondition offer peek poll pop push put putAll putIfAbsent readLock
        register release remove removeFirst removeLast run schedule scheduleAtFixedRate
        scheduleWithFixedDelay set setLength shutdown shutdownNow size submit take tryAcquire tryLock
        unlock writeLock
        """.strip().split("\\s+"));

    private SharedCalls() {}

    /** True if a class of the program may have the method from a class of the JDK. */
    static boolean mayInherit(String method) {
        return INHERITED.contains(method);
    }

    /** True if what a call of such an object reads and writes can be events. */
    static boolean hasInside(String owner) {
        return !owner.startsWith(CONCURRENT) && !WHOLE.contains(owner);
    }

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

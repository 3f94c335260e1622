package io.dettrace.replay.agent;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The table of hooked methods of the JDK. */
final class JdkHooks {
    /** What is done to a method. */
    enum Kind {
        /** The hook is called first. */
        FIRST,
        /** If the hook says that it did the work, the method returns. */
        INSTEAD,
        /** If the hook says so, the method returns true. */
        INSTEAD_TRUE,
        /** If the hook gives an object, the method returns it. */
        INSTEAD_OBJECT,
        /** Nothing inside is an event. */
        UNSEEN,
        /** The body holds its object's monitor. */
        SYNCHRONISED,
        /** Inside, the thread waits for the outside. */
        OUTSIDE,
        /** The thread begins before the body and ends behind it. */
        LIFE
    }

    /** A hook: its name, its descriptor, and which of the method's own values it is given, as T (this) and indices. */
    record Hook(Kind kind, String name, String descriptor, String values) {}

    static final Hook SYNCHRONISED = new Hook(Kind.SYNCHRONISED, "", "", "");

    private static final Map<String, Hook> TABLE = new HashMap<>();
    private static final Set<String> CLASSES = new HashSet<>();
    private static final Set<String> REQUIRED = new HashSet<>();

    private static final String THREAD = "java/lang/Thread";
    private static final String VIRTUAL = "java/lang/VirtualThread";
    private static final String SUPPORT = "java/util/concurrent/locks/LockSupport";

    static {
        instead(SUPPORT, "park()V", "park", "(J)Z", "-");
        instead(SUPPORT, "park(Ljava/lang/Object;)V", "park", "(J)Z", "-");
        instead(SUPPORT, "parkNanos(J)V", "parkNanos", "(J)Z", "0");
        instead(SUPPORT, "parkNanos(Ljava/lang/Object;J)V", "parkNanos", "(J)Z", "1");
        instead(SUPPORT, "parkUntil(J)V", "parkUntil", "(J)Z", "0");
        instead(SUPPORT, "parkUntil(Ljava/lang/Object;J)V", "parkUntil", "(J)Z", "1");
        instead(SUPPORT, "unpark(Ljava/lang/Thread;)V", "unpark", "(Ljava/lang/Thread;)Z", "0");

        first(THREAD, "start()V", "starting", "(Ljava/lang/Thread;)V", "T");
        first(THREAD, "start(Ljdk/internal/vm/ThreadContainer;)V", "starting", "(Ljava/lang/Thread;)V", "T");
        first(THREAD, "run()V", "begin", "()V", "");
        first(THREAD, "exit()V", "end", "(Ljava/lang/Thread;)V", "T");
        first(
                THREAD,
                "dispatchUncaughtException(Ljava/lang/Throwable;)V",
                "uncaught",
                "(Ljava/lang/Thread;Ljava/lang/Throwable;)V",
                "T0");
        instead(THREAD, "join(J)V", "join", "(Ljava/lang/Thread;J)Z", "T0");
        instead(THREAD, "sleep(J)V", "sleep", "(J)Z", "0");
        instead(THREAD, "sleep(JI)V", "sleep", "(JI)Z", "01");
        instead(THREAD, "sleep(Ljava/time/Duration;)V", "sleep", "(Ljava/time/Duration;)Z", "0");
        instead(THREAD, "interrupt()V", "interrupt", "(Ljava/lang/Thread;)Z", "T");
        put(THREAD, "isInterrupted()Z", Kind.INSTEAD_TRUE, "interruptPending", "(Ljava/lang/Thread;)Z", "T");
        put(
                THREAD,
                "getState()Ljava/lang/Thread$State;",
                Kind.INSTEAD_OBJECT,
                "state",
                "(Ljava/lang/Thread;)Ljava/lang/Thread$State;",
                "T");

        first(VIRTUAL, "start()V", "starting", "(Ljava/lang/Thread;)V", "T");
        first(VIRTUAL, "start(Ljdk/internal/vm/ThreadContainer;)V", "starting", "(Ljava/lang/Thread;)V", "T");
        put(VIRTUAL, "run(Ljava/lang/Runnable;)V", Kind.LIFE, "", "", "");
        instead(VIRTUAL, "interrupt()V", "interrupt", "(Ljava/lang/Thread;)Z", "T");
        put(VIRTUAL, "isInterrupted()Z", Kind.INSTEAD_TRUE, "interruptPending", "(Ljava/lang/Thread;)Z", "T");

        first("java/util/concurrent/ForkJoinWorkerThread", "run()V", "begin", "()V", "");
        first("java/util/concurrent/DelayScheduler", "run()V", "begin", "()V", "");
        first("java/util/TimerThread", "run()V", "begin", "()V", "");
        first("java/lang/Runtime", "exit(I)V", "exiting", "(I)V", "0");
        first("java/lang/Runtime", "halt(I)V", "exiting", "(I)V", "0");
        first("java/lang/Runtime", "addShutdownHook(Ljava/lang/Thread;)V", "shutdownHook", "()V", "");
        instead("java/security/SecureRandom", "nextBytes([B)V", "secureBytes", "([B)Z", "0");

        for (String loader : new String[] {
            "java/lang/ClassLoader",
            "jdk/internal/loader/BuiltinClassLoader",
            "jdk/internal/loader/ClassLoaders$AppClassLoader"
        }) {
            unseen(loader, "loadClass(Ljava/lang/String;)Ljava/lang/Class;");
            unseen(loader, "loadClass(Ljava/lang/String;Z)Ljava/lang/Class;");
        }
        // What it reads is the JDK's own.
        unseen("sun/net/NetProperties", "loadDefaultProperties()V");
        for (String link : new String[] {
            "linkCallSite", "linkMethod", "linkMethodHandleConstant", "linkDynamicConstant", "findMethodHandleType"
        }) {
            unseen("java/lang/invoke/MethodHandleNatives", link + "*");
        }

        outside("java/lang/ref/ReferenceQueue", "remove()Ljava/lang/ref/Reference;");
        outside("java/lang/ref/ReferenceQueue", "remove(J)Ljava/lang/ref/Reference;");
        outside("sun/nio/ch/SocketChannelImpl", "read(Ljava/nio/ByteBuffer;)I");
        outside("sun/nio/ch/ServerSocketChannelImpl", "accept()Ljava/nio/channels/SocketChannel;");
        outside("sun/nio/ch/SelectorImpl", "lockAndDoSelect*");
        outside("sun/nio/ch/SourceChannelImpl", "read(Ljava/nio/ByteBuffer;)I");
        for (String read : new String[] {"readFullyAt([BIIJ)I", "readAt([BIIJ)I"}) {
            unseen("java/util/zip/ZipFile$Source", read);
        }
        for (String required : new String[] {
            SUPPORT + ".park(Ljava/lang/Object;)V",
            SUPPORT + ".unpark(Ljava/lang/Thread;)V",
            THREAD + ".start()V",
            THREAD + ".run()V",
            THREAD + ".exit()V",
            THREAD + ".join(J)V",
            THREAD + ".interrupt()V",
            THREAD + ".dispatchUncaughtException(Ljava/lang/Throwable;)V",
            "java/lang/Runtime.exit(I)V",
            "java/lang/Runtime.halt(I)V"
        }) {
            REQUIRED.add(required);
        }
    }

    private JdkHooks() {}

    private static void first(String type, String method, String name, String descriptor, String values) {
        put(type, method, Kind.FIRST, name, descriptor, values);
    }

    private static void instead(String type, String method, String name, String descriptor, String values) {
        put(type, method, Kind.INSTEAD, name, descriptor, values);
    }

    private static void unseen(String type, String method) {
        put(type, method, Kind.UNSEEN, "", "", "");
    }

    private static void outside(String type, String method) {
        put(type, method, Kind.OUTSIDE, "", "", "");
    }

    private static void put(String type, String method, Kind kind, String name, String descriptor, String values) {
        CLASSES.add(type);
        TABLE.put(type + "." + method, new Hook(kind, name, descriptor, values));
    }

    static boolean concerns(String type) {
        return CLASSES.contains(type);
    }

    /** The hook of a method, or null. Notes that the method was there. */
    static Hook of(String type, String method, String descriptor) {
        if (!CLASSES.contains(type)) {
            return null;
        }
        String key = type + "." + method + descriptor;
        REQUIRED.remove(key);
        Hook hook = TABLE.get(key);
        return hook != null ? hook : TABLE.get(type + "." + method + "*");
    }

    /** The required methods that this JDK does not have, or an empty text. */
    static String missing() {
        return String.join(", ", new java.util.TreeSet<>(REQUIRED));
    }
}

package io.dettrace.replay.runtime;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.Properties;
import java.util.Stack;
import java.util.Vector;

/**
 * Knows the classes of the JDK whose own methods synchronise on their objects. Where that code is not instrumented it would
 * block in earnest on a monitor that the program holds, so there a thread that holds one is not interrupted.
 */
final class JdkMonitors {
    /** Where a thread that holds a monitor may be interrupted. */
    enum Holder {
        ANYWHERE,
        /** Calls of these objects are minded, but not those of all code of the JDK. */
        AT_LOCKS,
        NOWHERE
    }

    private static final String WRAPPERS = "java.util.Collections$Synchronized";

    private static final IdentityHashMap<Class<?>, Holder> KNOWN = new IdentityHashMap<>();

    // The last answers: locks come in pairs, mostly of one object.
    private static Class<?> lastType;
    private static Holder lastAnswer;
    private static Class<?> lastWrapper;
    private static Class<?> lastOther;

    private JdkMonitors() {}

    /** True if methods of the object lock it, and say so. */
    static boolean locksItself(Object object) {
        return object instanceof StringBuffer || object instanceof Vector || object instanceof Hashtable;
    }

    /** True for a collection around another one that locks itself or a common object. */
    static boolean isWrapper(Object object) {
        Class<?> type = object.getClass();
        if (type == lastOther || type == lastWrapper) {
            return type == lastWrapper;
        }
        if (type.getName().startsWith(WRAPPERS)) {
            lastWrapper = type;
            return true;
        }
        lastOther = type;
        return false;
    }

    static Holder holderOf(Object object) {
        Class<?> type = object.getClass();
        if (type == Object.class || type == Class.class || type.isArray()) {
            return Holder.ANYWHERE;
        }
        if (type == lastType) {
            return lastAnswer;
        }
        Holder known = KNOWN.get(type);
        if (known == null) {
            known = find(type);
            KNOWN.put(type, known);
        }
        lastType = type;
        lastAnswer = known;
        return known;
    }

    private static Holder find(Class<?> type) {
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            if (c.getClassLoader() != null || c == Thread.class) {
                continue;
            }
            if (c == StringBuffer.class
                    || c == Vector.class
                    || c == Stack.class
                    || c == Hashtable.class
                    || c == Properties.class) {
                return Holder.AT_LOCKS;
            }
            if (c.getName().startsWith("java.io.")) {
                return Holder.NOWHERE;
            }
            for (Method method : c.getDeclaredMethods()) {
                if (Modifier.isSynchronized(method.getModifiers()) && !Modifier.isStatic(method.getModifiers())) {
                    return Holder.NOWHERE;
                }
            }
        }
        return Holder.ANYWHERE;
    }
}

package io.dettrace.replay.runtime;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.IdentityHashMap;

/**
 * Knows the classes of the JDK whose own methods synchronise on their objects. That code is not instrumented: it would
 * block in earnest on a monitor that the program holds, so a thread that holds one is not interrupted.
 */
final class JdkMonitors {
    private static final IdentityHashMap<Class<?>, Boolean> KNOWN = new IdentityHashMap<>();

    // The last answer: locks come in pairs, mostly of one object.
    private static Class<?> lastType;
    private static boolean lastAnswer;

    private JdkMonitors() {}

    static boolean usedByJdk(Object object) {
        Class<?> type = object.getClass();
        if (type == Object.class || type == Class.class || type.isArray()) {
            return false;
        }
        if (type == lastType) {
            return lastAnswer;
        }
        Boolean known = KNOWN.get(type);
        if (known == null) {
            known = synchronises(type);
            KNOWN.put(type, known);
        }
        lastType = type;
        lastAnswer = known;
        return known;
    }

    private static boolean synchronises(Class<?> type) {
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            if (c.getClassLoader() != null || c == Thread.class) {
                continue;
            }
            if (c.getName().startsWith("java.io.")) {
                return true;
            }
            if (c.getName().startsWith("java.util.Collections$Synchronized")) {
                return true;
            }
            for (Method method : c.getDeclaredMethods()) {
                if (Modifier.isSynchronized(method.getModifiers()) && !Modifier.isStatic(method.getModifiers())) {
                    return true;
                }
            }
        }
        return false;
    }
}

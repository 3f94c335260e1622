package io.dettrace.replay.agent;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ConcurrentHashMap;
import org.objectweb.asm.ClassReader;

/** Tells which of the program's classes are threads, from their class files, without loading them. */
final class Hierarchy {
    private static final int DEEPEST = 20;
    private static final ConcurrentHashMap<String, Boolean> THREADS = new ConcurrentHashMap<>();

    private final ClassLoader loader;

    Hierarchy(ClassLoader loader) {
        this.loader = loader;
    }

    boolean isThread(String type) {
        if (type.equals("java/lang/Thread")) {
            return true;
        }
        Boolean known = THREADS.get(type);
        if (known == null) {
            known = look(type, DEEPEST);
            THREADS.put(type, known);
        }
        return known;
    }

    private boolean look(String type, int depth) {
        if (type == null || type.startsWith("[") || depth == 0) {
            return false;
        }
        if (type.startsWith("java/")) {
            return type.equals("java/lang/Thread") || type.equals("java/util/concurrent/ForkJoinWorkerThread");
        }
        try (InputStream in = loader.getResourceAsStream(type + ".class")) {
            return in != null && look(new ClassReader(in).getSuperName(), depth - 1);
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}

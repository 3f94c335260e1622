package io.dettrace.replay.agent;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ConcurrentHashMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Tells which of the program's classes are threads or collections, from their class files, without loading them. */
final class Hierarchy {
    private static final int DEEPEST = 20;
    private static final ConcurrentHashMap<String, Boolean> THREADS = new ConcurrentHashMap<>();

    private static final ConcurrentHashMap<String, String> LIBRARY = new ConcurrentHashMap<>();
    private static final ConcurrentHashMap<String, Boolean> INHERITED = new ConcurrentHashMap<>();

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

    /** The class of the JDK whose calls are events and from which the program's class has the method; or null. */
    String inheritedFrom(String type, String method) {
        if (type.startsWith("java/") || type.startsWith("[")) {
            return null;
        }
        String library = LIBRARY.get(type);
        if (library == null) {
            library = library(type, DEEPEST);
            LIBRARY.put(type, library);
        }
        if (!SharedCalls.isEvent(library, method)) {
            return null;
        }
        String key = type + "." + method;
        Boolean known = INHERITED.get(key);
        if (known == null) {
            known = !declares(type, method, DEEPEST);
            INHERITED.put(key, known);
        }
        return known ? library : null;
    }

    /** The nearest superclass in the JDK; {@code java/lang/Object} if the class file cannot be found. */
    private String library(String type, int depth) {
        if (type == null || depth == 0) {
            return "java/lang/Object";
        }
        if (type.startsWith("java/")) {
            return type;
        }
        ClassReader reader = read(type);
        return reader == null ? "java/lang/Object" : library(reader.getSuperName(), depth - 1);
    }

    private boolean declares(String type, String method, int depth) {
        ClassReader reader = type.startsWith("java/") || depth == 0 ? null : read(type);
        if (reader == null) {
            return false;
        }
        boolean[] found = new boolean[1];
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        found[0] |= name.equals(method) && (access & Opcodes.ACC_SYNTHETIC) == 0;
                        return null;
                    }
                },
                ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return found[0] || declares(reader.getSuperName(), method, depth - 1);
    }

    private ClassReader read(String type) {
        try (InputStream in = loader.getResourceAsStream(type + ".class")) {
            return in == null ? null : new ClassReader(in);
        } catch (IOException | RuntimeException e) {
            return null;
        }
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

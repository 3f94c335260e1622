package io.dettrace.replay.agent;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What must be known of a class before its methods are rewritten. */
final class ClassFacts {
    private final Map<String, Integer> locals = new HashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private final Set<String> finals = new HashSet<>();
    private final Set<String> builders = new HashSet<>();

    private ClassFacts() {}

    static ClassFacts of(ClassReader reader) {
        ClassFacts facts = new ClassFacts();
        reader.accept(facts.new Collector(), ClassReader.SKIP_FRAMES);
        return facts;
    }

    /** The first local variable that the method does not use. */
    int freeLocal(String method, String descriptor) {
        return locals.getOrDefault(method + descriptor, 0);
    }

    /** The method's first source line, or 0. */
    int firstLine(String method, String descriptor) {
        return lines.getOrDefault(method + descriptor, 0);
    }

    /** Adds a method that is not in the class file. */
    void addMethod(String method, String descriptor, int freeLocal, int line) {
        locals.put(method + descriptor, freeLocal);
        lines.put(method + descriptor, line);
    }

    /** True if the method makes string builders of its own, as concatenation in old class files does. */
    boolean makesBuilders(String method, String descriptor) {
        return builders.contains(method + descriptor);
    }

    boolean isFinal(String field) {
        return finals.contains(field);
    }

    private final class Collector extends ClassVisitor {
        Collector() {
            super(Opcodes.ASM9);
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            if ((access & Opcodes.ACC_FINAL) != 0) {
                finals.add(name);
            }
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            String key = name + descriptor;
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitLineNumber(int line, Label start) {
                    lines.putIfAbsent(key, line);
                }

                @Override
                public void visitTypeInsn(int opcode, String type) {
                    if (opcode == Opcodes.NEW && type.equals("java/lang/StringBuilder")) {
                        builders.add(key);
                    }
                }

                @Override
                public void visitMaxs(int maxStack, int maxLocals) {
                    locals.put(key, maxLocals);
                }
            };
        }
    }
}

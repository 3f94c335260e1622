package io.dettrace.replay.agent;

import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Rewrites the bodies of a few methods of the JDK: those that block or wake threads, tell the time, or make randomness.
 * No member is added or changed, as these classes may be loaded already.
 */
final class JdkClasses {
    /** Classes that only ask for the time. */
    private static final Set<String> CLOCKS = Set.of(
            "java/util/Random",
            "java/util/SplittableRandom",
            "java/util/Date",
            "java/util/Calendar",
            "java/util/GregorianCalendar",
            "java/time/Clock",
            "java/time/Clock$SystemClock",
            "java/time/Clock$SystemInstantSource",
            "jdk/internal/util/random/RandomSupport");

    /** Classes whose monitors the program shares: they are under control like the program's own. */
    private static final Set<String> MONITORS = Set.of(
            "java/util/Timer",
            "java/util/Timer$1",
            "java/util/Timer$ThreadReaper",
            "java/util/TimerThread",
            "java/util/TimerTask",
            "java/util/TaskQueue",
            "java/io/PipedInputStream",
            "java/io/PipedOutputStream",
            "java/io/PipedReader",
            "java/io/PipedWriter");

    /** Classes whose methods hold their object's monitor. */
    private static final Set<String> SYNCHRONISED = Set.of(
            "java/util/Vector",
            "java/util/Stack",
            "java/util/Hashtable",
            "java/util/Properties",
            "java/lang/StringBuffer");

    private JdkClasses() {}

    /** True if the class has something to rewrite. */
    static boolean concerns(String name) {
        return name.startsWith("java/util/concurrent/")
                || name.startsWith("java/util/Collections$Synchronized")
                || name.startsWith("java/util/Vector$")
                || CLOCKS.contains(name)
                || MONITORS.contains(name)
                || SYNCHRONISED.contains(name)
                || JdkHooks.concerns(name)
                || JdkIo.concerns(name);
    }

    /** True if the class is rewritten like the program's own when it is loaded, as its monitors are the program's. */
    static boolean isLikeProgram(String name) {
        return MONITORS.contains(name);
    }

    static byte[] rewrite(String name, byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new Rewritten(writer, name), ClassReader.EXPAND_FRAMES);
        return writer.toByteArray();
    }

    /** Reads each byte with the method that has a hook, in place of the native one. */
    private static final class ReadLine extends MethodVisitor {
        private final String type;

        ReadLine(MethodVisitor next, String type) {
            super(Opcodes.ASM9, next);
            this.type = type;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            boolean reads = owner.equals(type) && name.equals("read0");
            super.visitMethodInsn(
                    reads ? Opcodes.INVOKEVIRTUAL : opcode, owner, reads ? "read" : name, descriptor, isInterface);
        }
    }

    private static final class Rewritten extends ClassVisitor {
        private final String type;
        private String source = "";

        Rewritten(ClassVisitor next, String type) {
            super(Opcodes.ASM9, next);
            this.type = type;
        }

        @Override
        public void visitSource(String source, String debug) {
            this.source = source == null ? "" : source;
            super.visitSource(source, debug);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
                return next;
            }
            boolean hooksOnly = type.equals("java/util/concurrent/locks/LockSupport")
                    || !type.startsWith("java/util/concurrent/")
                            && !type.startsWith("java/util/Collections$")
                            && !type.startsWith("java/util/Vector")
                            && !CLOCKS.contains(type)
                            && !MONITORS.contains(type);
            MethodVisitor calls = hooksOnly ? next : new JdkCalls(next, type, name, source, MONITORS.contains(type));
            JdkHooks.Hook hook = JdkHooks.of(type, name, descriptor);
            if (hook == null
                    && SYNCHRONISED.contains(type)
                    && (access & Opcodes.ACC_SYNCHRONIZED) != 0
                    && !name.equals("<init>")) {
                hook = JdkHooks.SYNCHRONISED;
            }
            if (type.equals("java/io/RandomAccessFile") && name.equals("implReadLine")) {
                return new ReadLine(next, type);
            }
            JdkIo.Io io = JdkIo.of(type, name, descriptor);
            if (io != null) {
                return new JdkIoMethod(calls, new Arguments(type, access, descriptor), io);
            }
            return hook == null
                    ? calls
                    : new JdkHookedMethod(calls, new Arguments(type, access, descriptor), name, source, hook);
        }
    }
}

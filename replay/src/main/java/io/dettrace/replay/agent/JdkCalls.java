package io.dettrace.replay.agent;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Replaces, inside methods of the JDK, native calls that block or tell the time, and minds their monitors. */
final class JdkCalls extends MethodVisitor {
    private static final String HOOKS = "io/dettrace/replay/runtime/Hooks";
    private static final String COLLECTION_HOOKS = "io/dettrace/replay/runtime/CollectionHooks";
    private static final String JVM_HOOKS = "io/dettrace/replay/runtime/JvmHooks";

    private final String type;
    private final String method;
    private final JdkPlace place;
    private final boolean waits;

    /** True for a collection that locks itself. */
    private final boolean locksItself;

    private int line;

    /**
     * Makes a visitor.
     *
     * @param waits true if the class waits and notifies, as {@code java.util.Timer} does
     */
    JdkCalls(MethodVisitor next, String type, String method, String source, boolean waits) {
        super(Opcodes.ASM9, next);
        this.type = type;
        this.method = method;
        place = new JdkPlace(type, method, source);
        this.waits = waits;
        locksItself = type.startsWith("java/util/Collections$") || type.startsWith("java/util/Vector");
    }

    @Override
    public void visitLineNumber(int line, Label start) {
        this.line = line;
        super.visitLineNumber(line, start);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode == Opcodes.MONITORENTER) {
            mv.visitInsn(Opcodes.DUP);
            monitorHook("enter", "lock");
            super.visitInsn(opcode);
        } else if (opcode == Opcodes.MONITOREXIT) {
            mv.visitInsn(Opcodes.DUP);
            super.visitInsn(opcode);
            monitorHook("exit", "unlock");
        } else {
            super.visitInsn(opcode);
        }
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (!replaced(opcode, owner, name, descriptor)) {
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }
    }

    private boolean replaced(int opcode, String owner, String name, String descriptor) {
        switch (owner) {
            case "java/lang/System":
                if (descriptor.equals("()J") && (name.equals("nanoTime") || name.equals("currentTimeMillis"))) {
                    hook(name, "()J");
                    return true;
                }
                return false;
            case "jdk/internal/misc/VM":
                return name.equals("getNanoTimeAdjustment") && adjust();
            case "java/lang/Thread":
                return opcode == Opcodes.INVOKESTATIC && thread(name, descriptor);
            case "jdk/internal/misc/Unsafe":
                return unsafe(name);
            case "java/util/concurrent/atomic/AtomicLong":
                if (method.equals("localInit") && name.equals("getAndAdd")) {
                    jvmHook("threadSeed", "(Ljava/util/concurrent/atomic/AtomicLong;J)J");
                    return true;
                }
                return false;
            case "java/util/concurrent/atomic/AtomicInteger":
                if (method.equals("localInit") && name.equals("addAndGet")) {
                    jvmHook("threadProbe", "(Ljava/util/concurrent/atomic/AtomicInteger;I)I");
                    return true;
                }
                return false;
            default:
                return waits && monitor(name, descriptor);
        }
    }

    /** {@code VM.getNanoTimeAdjustment}: the real one unless the thread is under control. */
    private boolean adjust() {
        mv.visitInsn(Opcodes.DUP2);
        jvmHook("nanoTimeAdjustment", "(J)J");
        mv.visitInsn(Opcodes.DUP2_X2);
        mv.visitInsn(Opcodes.POP2);
        mv.visitMethodInsn(Opcodes.INVOKESTATIC, "jdk/internal/misc/VM", "getNanoTimeAdjustment", "(J)J", false);
        jvmHook("either", "(JJ)J");
        return true;
    }

    /** {@code Unsafe.park} and {@code unpark}, which the fork-join pool calls directly, with the receiver as an argument. */
    private boolean unsafe(String name) {
        if (name.equals("park")) {
            jvmHook("parkHere", "(Ljava/lang/Object;ZJ)V");
            return true;
        }
        if (name.equals("unpark")) {
            jvmHook("unparkHere", "(Ljava/lang/Object;Ljava/lang/Object;)V");
            return true;
        }
        return false;
    }

    private boolean thread(String name, String descriptor) {
        switch (name) {
            case "yield":
            case "onSpinWait":
                site("yield", "");
                hook("giveWay", "(I)V");
                return true;
            case "sleep":
                if (descriptor.equals("(J)V") || descriptor.equals("(JI)V")) {
                    hook("sleepHere", descriptor);
                    return true;
                }
                return false;
            default:
                return false;
        }
    }

    private boolean monitor(String name, String descriptor) {
        if (name.equals("wait") && (descriptor.equals("()V") || descriptor.equals("(J)V"))) {
            site("wait", "");
            hook("await", "(Ljava/lang/Object;" + descriptor.substring(1).replace(")", "I)"));
            return true;
        }
        if ((name.equals("notify") || name.equals("notifyAll")) && descriptor.equals("()V")) {
            site(name, "");
            hook(name.equals("notify") ? "notifyOne" : "notifyEach", "(Ljava/lang/Object;I)V");
            return true;
        }
        return false;
    }

    /** A hook before a monitor is entered, or behind it; its object is on the stack. */
    private void monitorHook(String name, String operation) {
        if (locksItself) {
            mv.visitLdcInsn(place.inside(operation, "", line));
            mv.visitMethodInsn(Opcodes.INVOKESTATIC, COLLECTION_HOOKS, name, "(Ljava/lang/Object;I)V", false);
        } else {
            jvmHook(name + (waits ? "Quietly" : "Internal"), "(Ljava/lang/Object;)V");
        }
    }

    private void site(String operation, String what) {
        mv.visitLdcInsn(place.site(operation, what, line));
    }

    private void jvmHook(String name, String descriptor) {
        mv.visitMethodInsn(Opcodes.INVOKESTATIC, JVM_HOOKS, name, descriptor, false);
    }

    private void hook(String name, String descriptor) {
        mv.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, name, descriptor, false);
    }
}

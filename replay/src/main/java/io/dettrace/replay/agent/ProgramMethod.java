package io.dettrace.replay.agent;

import io.dettrace.replay.runtime.Sites;
import java.util.ArrayDeque;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Rewrites a method of the program: hooks before accesses and calls, around monitors, and in place of native methods of
 * threads. Straight-line code only, but for one handler around methods that must end something.
 */
final class ProgramMethod extends MethodVisitor {
    private static final String HOOKS = "io/dettrace/replay/runtime/Hooks";
    private static final String COLLECTION_HOOKS = "io/dettrace/replay/runtime/CollectionHooks";
    private static final String JVM_HOOKS = "io/dettrace/replay/runtime/JvmHooks";

    final String name;
    final String descriptor;

    /** True if the method is a run of its own. */
    boolean run;

    /** True if control begins here. */
    boolean main;

    private final ProgramClass type;
    private final boolean isStatic;
    private final boolean synchronised;
    private final boolean constructor;
    private final boolean initializer;
    private final int freeLocal;
    private int line;

    private final Label bodyStart = new Label();
    private final Label bodyEnd = new Label();

    /** In a constructor: before the call of another constructor, this is nothing that could be passed on. */
    private boolean constructed;

    /** In a constructor: true once other threads may know this object. */
    private boolean escaped;

    // Objects that are being made, innermost last: class, or class with a mark if there is a second reference.
    private final ArrayDeque<String> news = new ArrayDeque<>();
    private boolean afterNew;

    // Array initialisers that are open: their stores are seen by nobody else.
    private int initializers;
    private boolean afterNewArray;
    private boolean afterInitialStore;

    ProgramMethod(
            MethodVisitor next, ProgramClass type, int access, String name, String descriptor, boolean synchronised) {
        super(Opcodes.ASM9, next);
        this.type = type;
        this.name = name;
        this.descriptor = descriptor;
        this.synchronised = synchronised;
        isStatic = (access & Opcodes.ACC_STATIC) != 0;
        constructor = name.equals("<init>");
        initializer = name.equals("<clinit>");
        constructed = !constructor;
        freeLocal = type.facts().freeLocal(name, descriptor);
        line = type.facts().firstLine(name, descriptor);
    }

    // ---- beginning and end ----

    @Override
    public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
        return type.annotation(this, annotation, super.visitAnnotation(annotation, visible));
    }

    private boolean wrapped() {
        return synchronised || initializer || run;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        if (main) {
            hook("mainBegins", "()V");
        }
        if (initializer) {
            initialisation("lock", "initialising");
        }
        if (run) {
            mv.visitLdcInsn(type.name().replace('/', '.') + "." + name);
            hook("scopeBegins", "(Ljava/lang/String;)V");
        }
        if (name.equals("run") && descriptor.equals("()V") && !isStatic) {
            jvmHook("begin");
        }
        if (synchronised) {
            lock();
            site("lock", "");
            hook("enter", "(Ljava/lang/Object;I)V");
            lock();
            mv.visitInsn(Opcodes.MONITORENTER);
        }
        if (wrapped()) {
            mv.visitLabel(bodyStart);
        }
    }

    /** What must be done where the method is left; {@code thrown} if by an exception, which is on the stack. */
    private void leave(boolean thrown) {
        if (synchronised) {
            lock();
            mv.visitInsn(Opcodes.MONITOREXIT);
            lock();
            site("unlock", "");
            hook("exit", "(Ljava/lang/Object;I)V");
        }
        if (run) {
            mv.visitInsn(thrown ? Opcodes.DUP : Opcodes.ACONST_NULL);
            hook("scopeEnds", "(Ljava/lang/Throwable;)V");
        }
        if (initializer) {
            initialisation("unlock", "initialised");
        }
    }

    private void initialisation(String operation, String hook) {
        mv.visitLdcInsn(Type.getObjectType(type.name()));
        site(operation, type.name().replace('/', '.') + ".<clinit>");
        hook(hook, "(Ljava/lang/Class;I)V");
    }

    /** Before an instruction that initialises another class of the program, if that has not been done. */
    private void needs(String owner) {
        if (!owner.equals(type.name()) && isOfTheProgram(owner)) {
            mv.visitLdcInsn(Type.getObjectType(owner));
            site("init", owner.replace('/', '.'));
            hook("needs", "(Ljava/lang/Class;I)V");
        }
    }

    private static boolean isOfTheProgram(String owner) {
        return !owner.startsWith("java/")
                && !owner.startsWith("javax/")
                && !owner.startsWith("jdk/")
                && !owner.startsWith("sun/")
                && !owner.startsWith("io/dettrace/recorder/");
    }

    private void lock() {
        if (isStatic) {
            mv.visitLdcInsn(Type.getObjectType(type.name()));
        } else {
            mv.visitVarInsn(Opcodes.ALOAD, 0);
        }
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        if (wrapped()) {
            mv.visitLabel(bodyEnd);
            mv.visitTryCatchBlock(bodyStart, bodyEnd, bodyEnd, null);
            Object[] locals = isStatic ? new Object[0] : new Object[] {type.name()};
            mv.visitFrame(Opcodes.F_NEW, locals.length, locals, 1, new Object[] {"java/lang/Throwable"});
            leave(true);
            mv.visitInsn(Opcodes.ATHROW);
        }
        super.visitMaxs(maxStack, maxLocals);
    }

    @Override
    public void visitLineNumber(int line, Label start) {
        this.line = line;
        super.visitLineNumber(line, start);
    }

    // ---- instructions ----

    /** Keeps track of what is just being made; called before each instruction. */
    private void before(int opcode) {
        if (afterNew) {
            afterNew = false;
            if (opcode == Opcodes.DUP) {
                news.addLast(news.removeLast() + "!");
            }
        }
        if (afterNewArray) {
            afterNewArray = false;
            if (opcode == Opcodes.DUP) {
                initializers++;
            }
        } else if (afterInitialStore) {
            afterInitialStore = false;
            if (opcode != Opcodes.DUP) {
                initializers--;
            }
        }
    }

    @Override
    public void visitInsn(int opcode) {
        before(opcode);
        if (opcode == Opcodes.MONITORENTER) {
            mv.visitInsn(Opcodes.DUP);
            site("lock", "");
            hook("enter", "(Ljava/lang/Object;I)V");
            super.visitInsn(opcode);
        } else if (opcode == Opcodes.MONITOREXIT) {
            mv.visitInsn(Opcodes.DUP);
            super.visitInsn(opcode);
            site("unlock", "");
            hook("exit", "(Ljava/lang/Object;I)V");
        } else if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
            leave(false);
            super.visitInsn(opcode);
        } else if (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD) {
            if (type.fields()) {
                mv.visitInsn(Opcodes.DUP2);
                site("read", Arrays.name(opcode - Opcodes.IALOAD));
                hook("readElement", "(Ljava/lang/Object;II)V");
            }
            super.visitInsn(opcode);
        } else if (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE) {
            store(opcode);
        } else {
            super.visitInsn(opcode);
        }
    }

    private void store(int opcode) {
        if (initializers > 0) {
            afterInitialStore = true;
        } else if (type.fields()) {
            Type value = Arrays.element(opcode - Opcodes.IASTORE);
            mv.visitVarInsn(value.getOpcode(Opcodes.ISTORE), freeLocal);
            mv.visitInsn(Opcodes.DUP2);
            site("write", Arrays.name(opcode - Opcodes.IASTORE));
            hook("writeElement", "(Ljava/lang/Object;II)V");
            mv.visitVarInsn(value.getOpcode(Opcodes.ILOAD), freeLocal);
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
        before(opcode);
        if (opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC) {
            needs(owner);
        }
        if (type.fields() && isEvent(opcode, owner, field)) {
            boolean wide = descriptor.equals("J") || descriptor.equals("D");
            if (opcode == Opcodes.GETFIELD) {
                mv.visitInsn(Opcodes.DUP);
            } else if (opcode == Opcodes.PUTFIELD && wide) {
                mv.visitInsn(Opcodes.DUP2_X1);
                mv.visitInsn(Opcodes.POP2);
                mv.visitInsn(Opcodes.DUP_X2);
            } else if (opcode == Opcodes.PUTFIELD) {
                mv.visitInsn(Opcodes.DUP2);
                mv.visitInsn(Opcodes.POP);
            } else {
                mv.visitInsn(Opcodes.ACONST_NULL);
            }
            boolean write = opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC;
            site(write ? "write" : "read", owner.replace('/', '.') + "." + field);
            hook(write ? "write" : "read", "(Ljava/lang/Object;I)V");
        }
        super.visitFieldInsn(opcode, owner, field, descriptor);
    }

    private boolean isEvent(int opcode, String owner, String field) {
        // What the recorder does is no event either: a program runs alike with it and without.
        if (owner.startsWith("java/")
                || owner.startsWith("io/dettrace/recorder/")
                || field.startsWith("this$")
                || field.startsWith("val$")
                || field.startsWith("$")) {
            return false;
        }
        boolean own = owner.equals(type.name());
        if (own && type.facts().isFinal(field)) {
            return false;
        }
        boolean isStaticField = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
        if (constructor && own && !isStaticField) {
            return constructed && escaped;
        }
        return !(initializer && own && isStaticField);
    }

    @Override
    public void visitTypeInsn(int opcode, String operand) {
        before(opcode);
        if (opcode == Opcodes.NEW) {
            needs(operand);
        }
        super.visitTypeInsn(opcode, operand);
        if (opcode == Opcodes.NEW) {
            news.addLast(operand);
            afterNew = true;
        } else if (opcode == Opcodes.ANEWARRAY) {
            made();
            afterNewArray = true;
        }
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        before(opcode);
        super.visitIntInsn(opcode, operand);
        if (opcode == Opcodes.NEWARRAY) {
            made();
            afterNewArray = true;
        }
    }

    @Override
    public void visitMultiANewArrayInsn(String arrayDescriptor, int dimensions) {
        before(Opcodes.MULTIANEWARRAY);
        super.visitMultiANewArrayInsn(arrayDescriptor, dimensions);
        made();
    }

    private void made() {
        mv.visitInsn(Opcodes.DUP);
        hook("made", "(Ljava/lang/Object;)V");
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String method, String descriptor, boolean isInterface) {
        before(opcode);
        if (method.equals("<init>")) {
            super.visitMethodInsn(opcode, owner, method, descriptor, isInterface);
            constructorCalled(owner, descriptor);
            return;
        }
        if (constructed) {
            escaped = true;
        }
        if (opcode == Opcodes.INVOKESTATIC) {
            needs(owner);
        }
        if (replaced(opcode, owner, method, descriptor)) {
            return;
        }
        String shared = SharedCalls.isEvent(owner, method) || isForeignBuilder(owner)
                ? owner
                : inheritedFrom(opcode, owner, method);
        if (shared != null) {
            if (type.collections() && opcode != Opcodes.INVOKESTATIC && SharedCalls.hasInside(shared)) {
                callInside(opcode, owner, method, descriptor, isInterface);
                return;
            }
            call(opcode, owner, method, descriptor);
        } else if (owner.equals("java/util/concurrent/locks/LockSupport")) {
            site("call", "LockSupport." + method);
            hook("at", "(I)V");
        }
        super.visitMethodInsn(opcode, owner, method, descriptor, isInterface);
    }

    /** True for a string builder that comes from elsewhere: one that a method makes itself is hardly ever shared. */
    private boolean isForeignBuilder(String owner) {
        return type.collections()
                && owner.equals("java/lang/StringBuilder")
                && !type.facts().makesBuilders(name, this.descriptor);
    }

    /** The class of the JDK that the program's class has the method from, if its calls are events; or null. */
    private String inheritedFrom(int opcode, String owner, String method) {
        return opcode == Opcodes.INVOKEVIRTUAL && SharedCalls.mayInherit(method)
                ? type.hierarchy().inheritedFrom(owner, method)
                : null;
    }

    private void constructorCalled(String owner, String descriptor) {
        String last = news.peekLast();
        if (last != null && (last.equals(owner) || last.equals(owner + "!"))) {
            news.removeLast();
            if (last.endsWith("!") && Arrays.worthNaming(owner)) {
                made();
            }
            if (constructed && !(owner.startsWith("java/") && descriptor.equals("()V"))) {
                escaped = true;
            }
        } else if (constructor && !constructed) {
            constructed = true;
            escaped = !owner.startsWith("java/");
        }
    }

    /** Does the whole of a call differently, if it must be. */
    private boolean replaced(int opcode, String owner, String method, String descriptor) {
        if (opcode == Opcodes.INVOKEVIRTUAL || opcode == Opcodes.INVOKESPECIAL) {
            return replacedVirtual(owner, method, descriptor);
        }
        if (opcode != Opcodes.INVOKESTATIC) {
            return false;
        }
        if (owner.equals("java/lang/System") && descriptor.equals("()J")) {
            site("time", "System." + method);
            hook("point", "(I)V");
            hook(method, "()J");
            return true;
        }
        if (!owner.equals("java/lang/Thread")
                && !(threadMethod(method) && type.hierarchy().isThread(owner))) {
            return false;
        }
        switch (method) {
            case "sleep":
                site("sleep", "");
                hook("at", "(I)V");
                if (descriptor.equals("(Ljava/time/Duration;)V")) {
                    return false;
                }
                hook("sleepHere", descriptor);
                return true;
            case "yield":
            case "onSpinWait":
                site("yield", "");
                hook("giveWay", "(I)V");
                return true;
            case "interrupted":
                site("interrupted", "");
                hook("point", "(I)V");
                return false;
            default:
                return false;
        }
    }

    static boolean threadMethod(String method) {
        return method.equals("sleep")
                || method.equals("yield")
                || method.equals("onSpinWait")
                || method.equals("interrupted");
    }

    private boolean replacedVirtual(String owner, String method, String descriptor) {
        switch (method) {
            case "wait":
                if (descriptor.equals("()V") || descriptor.equals("(J)V") || descriptor.equals("(JI)V")) {
                    site("wait", "");
                    hook(
                            "await",
                            "(Ljava/lang/Object;" + descriptor.substring(1).replace(")", "I)"));
                    return true;
                }
                return false;
            case "notify":
            case "notifyAll":
                if (descriptor.equals("()V")) {
                    site(method, "");
                    hook(method.equals("notify") ? "notifyOne" : "notifyEach", "(Ljava/lang/Object;I)V");
                    return true;
                }
                return false;
            case "isAlive":
                if (descriptor.equals("()Z") && type.hierarchy().isThread(owner)) {
                    site("alive", "");
                    hook("point", "(I)V");
                    hook("isAlive", "(Ljava/lang/Thread;)Z");
                    return true;
                }
                return false;
            case "isInterrupted":
            case "getState":
                if (type.hierarchy().isThread(owner)) {
                    site("interrupted", method);
                    hook("point", "(I)V");
                }
                return false;
            case "join":
                if (type.hierarchy().isThread(owner)) {
                    site("join", "");
                    hook("at", "(I)V");
                    // Not inside the JDK's method, which would keep the thread's own monitor meanwhile.
                    if (descriptor.equals("()V") || descriptor.equals("(J)V") || descriptor.equals("(JI)V")) {
                        hook("joinHere", "(Ljava/lang/Thread;" + descriptor.substring(1));
                        return true;
                    }
                }
                return false;
            case "start":
            case "interrupt":
                if (type.hierarchy().isThread(owner)) {
                    site(method, "");
                    hook("at", "(I)V");
                }
                return false;
            default:
                return false;
        }
    }

    /** An event before a call, with its receiver: the arguments step aside meanwhile. */
    private void call(int opcode, String owner, String method, String descriptor) {
        String what = owner.substring(owner.lastIndexOf('/') + 1) + "." + method;
        if (opcode == Opcodes.INVOKESTATIC) {
            mv.visitInsn(Opcodes.ACONST_NULL);
            site("call", what);
            hook("call", "(Ljava/lang/Object;I)V");
            return;
        }
        int local = stepAside(descriptor, freeLocal);
        mv.visitInsn(Opcodes.DUP);
        site("call", what);
        hook("call", "(Ljava/lang/Object;I)V");
        stepBack(descriptor, local);
    }

    /** As {@link #call}, and what the call does inside are events, too: the thread knows what it calls meanwhile. */
    private void callInside(int opcode, String owner, String method, String descriptor, boolean isInterface) {
        int local = stepAside(descriptor, freeLocal + 1);
        mv.visitInsn(Opcodes.DUP);
        site("call", owner.substring(owner.lastIndexOf('/') + 1) + "." + method);
        mv.visitMethodInsn(
                Opcodes.INVOKESTATIC, COLLECTION_HOOKS, "call", "(Ljava/lang/Object;I)Ljava/lang/Object;", false);
        mv.visitVarInsn(Opcodes.ASTORE, freeLocal);
        stepBack(descriptor, local);
        super.visitMethodInsn(opcode, owner, method, descriptor, isInterface);
        mv.visitVarInsn(Opcodes.ALOAD, freeLocal);
        mv.visitMethodInsn(Opcodes.INVOKESTATIC, COLLECTION_HOOKS, "returned", "(Ljava/lang/Object;)V", false);
    }

    /** Puts a call's arguments aside, from a local variable on; the variable behind them is returned. */
    private int stepAside(String descriptor, int from) {
        Type[] arguments = Type.getArgumentTypes(descriptor);
        int local = from;
        for (int i = arguments.length - 1; i >= 0; i--) {
            mv.visitVarInsn(arguments[i].getOpcode(Opcodes.ISTORE), local);
            local += arguments[i].getSize();
        }
        return local;
    }

    private void stepBack(String descriptor, int behind) {
        int local = behind;
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            local -= argument.getSize();
            mv.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local);
        }
    }

    // ---- the remaining instructions only end what is just being made ----

    @Override
    public void visitVarInsn(int opcode, int variable) {
        before(opcode);
        super.visitVarInsn(opcode, variable);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        before(opcode);
        super.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitLdcInsn(Object value) {
        before(Opcodes.LDC);
        super.visitLdcInsn(value);
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
        before(Opcodes.IINC);
        super.visitIincInsn(variable, increment);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
        before(Opcodes.TABLESWITCH);
        super.visitTableSwitchInsn(min, max, otherwise, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
        before(Opcodes.LOOKUPSWITCH);
        super.visitLookupSwitchInsn(otherwise, keys, labels);
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        before(Opcodes.INVOKEDYNAMIC);
        Object[] bridged = arguments.clone();
        for (int i = 0; i < bridged.length; i++) {
            if (bridged[i] instanceof Handle handle) {
                bridged[i] = type.bridge(handle, line);
            }
        }
        super.visitInvokeDynamicInsn(name, descriptor, bootstrap, bridged);
    }

    // ---- code ----

    private void site(String operation, String what) {
        mv.visitLdcInsn(Sites.register(operation, what, type.place(name, line)));
    }

    private void jvmHook(String method) {
        mv.visitMethodInsn(Opcodes.INVOKESTATIC, JVM_HOOKS, method, "()V", false);
    }

    private void hook(String method, String descriptor) {
        mv.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, method, descriptor, false);
    }
}

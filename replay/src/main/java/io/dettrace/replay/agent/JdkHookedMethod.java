package io.dettrace.replay.agent;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Puts a hook of {@link JdkHooks} into the body of a method of the JDK. */
final class JdkHookedMethod extends MethodVisitor {
    private static final String COLLECTION_HOOKS = "io/dettrace/replay/runtime/CollectionHooks";
    private static final String HOOKS = "io/dettrace/replay/runtime/JvmHooks";

    private final String type;
    private final String descriptor;
    private final Arguments arguments;
    private final JdkHooks.Hook hook;

    private final JdkPlace place;

    private final boolean hasLines;
    private int line;
    private final Label bodyStart = new Label();
    private final Label bodyEnd = new Label();

    JdkHookedMethod(MethodVisitor next, Arguments arguments, String name, String source, JdkHooks.Hook hook) {
        super(Opcodes.ASM9, next);
        this.arguments = arguments;
        type = arguments.type;
        descriptor = arguments.descriptor;
        this.hook = hook;
        hasLines = !source.isEmpty();
        place = new JdkPlace(type, name, source);
    }

    @Override
    public void visitCode() {
        super.visitCode();
        switch (hook.kind()) {
            case FIRST:
                values();
                call(hook.name(), hook.descriptor());
                break;
            case INSTEAD:
            case INSTEAD_TRUE:
            case INSTEAD_OBJECT:
                values();
                call(hook.name(), hook.descriptor());
                leaveIfDone();
                break;
            case SYNCHRONISED:
                if (!hasLines) {
                    begin();
                }
                break;
            default:
                begin();
        }
    }

    private void begin() {
        enter();
        mv.visitLabel(bodyStart);
    }

    private void leaveIfDone() {
        Label goOn = new Label();
        Object[] stack = {};
        if (hook.kind() == JdkHooks.Kind.INSTEAD_OBJECT) {
            String result = Type.getReturnType(descriptor).getInternalName();
            mv.visitInsn(Opcodes.DUP);
            mv.visitJumpInsn(Opcodes.IFNULL, goOn);
            mv.visitInsn(Opcodes.ARETURN);
            stack = new Object[] {result};
        } else {
            mv.visitJumpInsn(Opcodes.IFEQ, goOn);
            if (hook.kind() == JdkHooks.Kind.INSTEAD_TRUE) {
                mv.visitInsn(Opcodes.ICONST_1);
                mv.visitInsn(Opcodes.IRETURN);
            } else {
                mv.visitInsn(Opcodes.RETURN);
            }
        }
        mv.visitLabel(goOn);
        Object[] locals = arguments.frame();
        mv.visitFrame(Opcodes.F_NEW, locals.length, locals, stack.length, stack);
        // Keeps this frame apart from one that the method may begin with.
        mv.visitInsn(stack.length == 0 ? Opcodes.NOP : Opcodes.POP);
    }

    /** The values that the hook is given: T is this, a digit the argument of that index, - the number -1. */
    private void values() {
        for (char value : hook.values().toCharArray()) {
            if (value == 'T') {
                mv.visitVarInsn(Opcodes.ALOAD, 0);
            } else if (value == '-') {
                mv.visitLdcInsn(-1L);
            } else {
                arguments.load(value - '0', mv);
            }
        }
    }

    private void enter() {
        switch (hook.kind()) {
            case UNSEEN:
                call("enterUnseen", "()V");
                break;
            case SYNCHRONISED:
                body("enterBody", "lock");
                break;
            case OUTSIDE:
                mv.visitLdcInsn(what());
                call("enterOutside", "(Ljava/lang/String;)V");
                break;
            default:
                call("begin", "()V");
        }
    }

    private void leave() {
        switch (hook.kind()) {
            case UNSEEN:
                call("leaveUnseen", "()V");
                break;
            case SYNCHRONISED:
                body("leaveBody", "unlock");
                break;
            case OUTSIDE:
                mv.visitLdcInsn(what());
                call("leaveOutside", "(Ljava/lang/String;)V");
                break;
            default:
                mv.visitVarInsn(Opcodes.ALOAD, 0);
                call("end", "(Ljava/lang/Thread;)V");
        }
    }

    private void body(String name, String operation) {
        mv.visitVarInsn(Opcodes.ALOAD, 0);
        mv.visitLdcInsn(place.inside(operation, "", line));
        mv.visitMethodInsn(Opcodes.INVOKESTATIC, COLLECTION_HOOKS, name, "(Ljava/lang/Object;I)V", false);
    }

    @Override
    public void visitLineNumber(int line, Label start) {
        super.visitLineNumber(line, start);
        boolean first = this.line == 0;
        this.line = line;
        if (first && hasLines && hook.kind() == JdkHooks.Kind.SYNCHRONISED) {
            begin();
        }
    }

    private boolean wraps() {
        switch (hook.kind()) {
            case UNSEEN:
            case SYNCHRONISED:
            case OUTSIDE:
            case LIFE:
                return true;
            default:
                return false;
        }
    }

    private String what() {
        return type.substring(type.lastIndexOf('/') + 1);
    }

    @Override
    public void visitInsn(int opcode) {
        if (wraps() && opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
            leave();
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        if (wraps()) {
            mv.visitLabel(bodyEnd);
            mv.visitTryCatchBlock(bodyStart, bodyEnd, bodyEnd, null);
            Object[] locals = arguments.handlerFrame();
            mv.visitFrame(Opcodes.F_NEW, locals.length, locals, 1, new Object[] {"java/lang/Throwable"});
            leave();
            mv.visitInsn(Opcodes.ATHROW);
        }
        super.visitMaxs(maxStack, maxLocals);
    }

    private void call(String name, String hookDescriptor) {
        mv.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, name, hookDescriptor, false);
    }
}

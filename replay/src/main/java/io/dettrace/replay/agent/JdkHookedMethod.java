package io.dettrace.replay.agent;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Puts a hook of {@link JdkHooks} into the body of a method of the JDK. */
final class JdkHookedMethod extends MethodVisitor {
    private static final String HOOKS = "io/dettrace/replay/runtime/JvmHooks";

    private final String type;
    private final boolean isStatic;
    private final String descriptor;
    private final JdkHooks.Hook hook;
    private final Label bodyStart = new Label();
    private final Label bodyEnd = new Label();

    JdkHookedMethod(MethodVisitor next, String type, int access, String descriptor, JdkHooks.Hook hook) {
        super(Opcodes.ASM9, next);
        this.type = type;
        this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
        this.descriptor = descriptor;
        this.hook = hook;
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
            default:
                enter();
                mv.visitLabel(bodyStart);
        }
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
        Object[] locals = locals();
        mv.visitFrame(Opcodes.F_NEW, locals.length, locals, stack.length, stack);
        // Keeps this frame apart from one that the method may begin with.
        mv.visitInsn(stack.length == 0 ? Opcodes.NOP : Opcodes.POP);
    }

    /** The values that the hook is given: T is this, a digit the argument of that index, - the number -1. */
    private void values() {
        Type[] arguments = Type.getArgumentTypes(descriptor);
        for (char value : hook.values().toCharArray()) {
            if (value == 'T') {
                mv.visitVarInsn(Opcodes.ALOAD, 0);
            } else if (value == '-') {
                mv.visitLdcInsn(-1L);
            } else {
                int local = isStatic ? 0 : 1;
                for (int i = 0; i < value - '0'; i++) {
                    local += arguments[i].getSize();
                }
                mv.visitVarInsn(arguments[value - '0'].getOpcode(Opcodes.ILOAD), local);
            }
        }
    }

    private void enter() {
        switch (hook.kind()) {
            case UNSEEN:
                call("enterUnseen", "()V");
                break;
            case UNSWITCHABLE:
                call("enterUnswitchable", "()V");
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
            case UNSWITCHABLE:
                call("leaveUnswitchable", "()V");
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

    private boolean wraps() {
        switch (hook.kind()) {
            case UNSEEN:
            case UNSWITCHABLE:
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
            Object[] locals = isStatic ? new Object[0] : new Object[] {type};
            mv.visitFrame(Opcodes.F_NEW, locals.length, locals, 1, new Object[] {"java/lang/Throwable"});
            leave();
            mv.visitInsn(Opcodes.ATHROW);
        }
        super.visitMaxs(maxStack, maxLocals);
    }

    private Object[] locals() {
        List<Object> locals = new ArrayList<>();
        if (!isStatic) {
            locals.add(type);
        }
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            switch (argument.getSort()) {
                case Type.LONG:
                    locals.add(Opcodes.LONG);
                    break;
                case Type.DOUBLE:
                    locals.add(Opcodes.DOUBLE);
                    break;
                case Type.FLOAT:
                    locals.add(Opcodes.FLOAT);
                    break;
                case Type.ARRAY:
                case Type.OBJECT:
                    locals.add(argument.getInternalName());
                    break;
                default:
                    locals.add(Opcodes.INTEGER);
            }
        }
        return locals.toArray();
    }

    private void call(String name, String hookDescriptor) {
        mv.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, name, hookDescriptor, false);
    }
}

package io.dettrace.replay.agent;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Puts hooks before what a method of a collection reads and writes. Straight-line code only. */
final class CollectionMethod extends MethodVisitor {
    /** What hooks put on the stack at most: the object, its array's index and element of two, this and the site. */
    private static final int DEEPER = 6;

    private static final String HOOKS = "io/dettrace/replay/runtime/CollectionHooks";

    private final String type;

    private final JdkPlace place;

    /** Where the object that the method acts for is, if it is not this one; or null. */
    private final CollectionBodies.Delegate delegate;

    private int line;

    CollectionMethod(
            MethodVisitor next, String type, String method, String source, CollectionBodies.Delegate delegate) {
        super(Opcodes.ASM9, next);
        this.type = type;
        place = new JdkPlace(type, method, source);
        this.delegate = delegate;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        if (delegate != null) {
            mv.visitVarInsn(Opcodes.ALOAD, 0);
            self();
            hook("carry", "(Ljava/lang/Object;Ljava/lang/Object;)V");
        }
    }

    @Override
    public void visitLineNumber(int line, Label start) {
        this.line = line;
        super.visitLineNumber(line, start);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
        if (isEvent(owner, field)) {
            if (opcode == Opcodes.GETFIELD) {
                mv.visitInsn(Opcodes.DUP);
                access("read", name(owner) + "." + field, "(Ljava/lang/Object;Ljava/lang/Object;I)V");
            } else if (opcode == Opcodes.PUTFIELD) {
                if (Type.getType(descriptor).getSize() == 2) {
                    mv.visitInsn(Opcodes.DUP2_X1);
                    mv.visitInsn(Opcodes.POP2);
                    mv.visitInsn(Opcodes.DUP_X2);
                } else {
                    mv.visitInsn(Opcodes.DUP2);
                    mv.visitInsn(Opcodes.POP);
                }
                access("write", name(owner) + "." + field, "(Ljava/lang/Object;Ljava/lang/Object;I)V");
            }
        }
        super.visitFieldInsn(opcode, owner, field, descriptor);
    }

    /** An iterator's own place is nobody else's business, and modCount only counts. */
    private boolean isEvent(String owner, String field) {
        boolean iterator = type.indexOf('$') > 0 && owner.equals(type);
        return !iterator && !field.startsWith("this$") && !field.equals("modCount") && CollectionBodies.concerns(owner);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD) {
            mv.visitInsn(Opcodes.DUP2);
            access("readElement", Arrays.name(opcode - Opcodes.IALOAD), "(Ljava/lang/Object;ILjava/lang/Object;I)V");
        } else if (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE) {
            if (Arrays.element(opcode - Opcodes.IASTORE).getSize() == 2) {
                mv.visitInsn(Opcodes.DUP2_X2);
                mv.visitInsn(Opcodes.POP2);
                mv.visitInsn(Opcodes.DUP2_X2);
            } else {
                mv.visitInsn(Opcodes.DUP_X2);
                mv.visitInsn(Opcodes.POP);
                mv.visitInsn(Opcodes.DUP2_X1);
            }
            access("writeElement", Arrays.name(opcode - Opcodes.IASTORE), "(Ljava/lang/Object;ILjava/lang/Object;I)V");
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        super.visitMaxs(maxStack + DEEPER, maxLocals);
    }

    private void access(String hook, String what, String descriptor) {
        self();
        String operation = hook.startsWith("read") ? "read" : "write";
        mv.visitLdcInsn(place.inside(operation, what, line));
        hook(hook, descriptor);
    }

    private void self() {
        mv.visitVarInsn(Opcodes.ALOAD, 0);
        if (delegate != null) {
            mv.visitFieldInsn(Opcodes.GETFIELD, delegate.owner(), delegate.field(), delegate.descriptor());
        }
    }

    private static String name(String type) {
        return type.replace('/', '.');
    }

    private void hook(String name, String descriptor) {
        mv.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, name, descriptor, false);
    }
}

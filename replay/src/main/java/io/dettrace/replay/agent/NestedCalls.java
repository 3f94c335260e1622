package io.dettrace.replay.agent;

import java.util.Set;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Puts a hook before calls that a method of a collection or buffer makes of another one, which it was given: that one may
 * lock itself, or change meanwhile.
 */
final class NestedCalls extends MethodVisitor {
    private static final String HOOKS = "io/dettrace/replay/runtime/CollectionHooks";

    private static final Set<String> OWNERS = Set.of(
            "java/lang/AbstractStringBuilder",
            "java/lang/CharSequence",
            "java/lang/StringBuffer",
            "java/util/Collection",
            "java/util/Iterator",
            "java/util/List",
            "java/util/Map",
            "java/util/Set");

    private static final Set<String> METHODS = Set.of(
            "charAt",
            "contains",
            "containsAll",
            "containsKey",
            "entrySet",
            "equals",
            "get",
            "getBytes",
            "getChars",
            "hashCode",
            "isEmpty",
            "iterator",
            "length",
            "next",
            "size",
            "toArray",
            "toString");

    /** Behind all variables of these methods: arguments step aside to here. */
    private static final int FREE = 32;

    private static final int MOST_ARGUMENTS = 4;

    private final String type;

    private final JdkPlace place;

    private int line;

    NestedCalls(MethodVisitor next, String type, String method, String source) {
        super(Opcodes.ASM9, next);
        this.type = type;
        place = new JdkPlace(type, method, source);
    }

    @Override
    public void visitLineNumber(int line, Label start) {
        this.line = line;
        super.visitLineNumber(line, start);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        boolean virtual = opcode == Opcodes.INVOKEINTERFACE || opcode == Opcodes.INVOKEVIRTUAL;
        if (virtual && OWNERS.contains(owner) && METHODS.contains(name)) {
            Type[] arguments = Type.getArgumentTypes(descriptor);
            if (arguments.length <= MOST_ARGUMENTS) {
                for (int i = arguments.length - 1; i >= 0; i--) {
                    mv.visitVarInsn(arguments[i].getOpcode(Opcodes.ISTORE), FREE + i);
                }
                mv.visitInsn(Opcodes.DUP);
                String what = owner.substring(owner.lastIndexOf('/') + 1) + "." + name;
                mv.visitLdcInsn(place.inside("call", what, line));
                mv.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, "nested", "(Ljava/lang/Object;I)V", false);
                for (int i = 0; i < arguments.length; i++) {
                    mv.visitVarInsn(arguments[i].getOpcode(Opcodes.ILOAD), FREE + i);
                }
            }
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        if (maxLocals > FREE) {
            throw new IllegalStateException(type + " uses " + maxLocals + " local variables in " + place);
        }
        super.visitMaxs(maxStack + 2, FREE + MOST_ARGUMENTS);
    }
}

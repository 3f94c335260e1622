package io.dettrace.replay.agent;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The arguments of a method as its body finds them: local variables from 0 on, this first unless it is static. */
final class Arguments {
    final String type;
    final String descriptor;
    private final boolean isStatic;
    private final Type[] types;

    Arguments(String type, int access, String descriptor) {
        this.type = type;
        this.descriptor = descriptor;
        isStatic = (access & Opcodes.ACC_STATIC) != 0;
        types = Type.getArgumentTypes(descriptor);
    }

    /** Puts the argument of that index on the stack. */
    void load(int index, MethodVisitor to) {
        int local = isStatic ? 0 : 1;
        for (int i = 0; i < index; i++) {
            local += types[i].getSize();
        }
        to.visitVarInsn(types[index].getOpcode(Opcodes.ILOAD), local);
    }

    /** What a frame at the beginning of the body holds. */
    Object[] frame() {
        List<Object> locals = new ArrayList<>();
        if (!isStatic) {
            locals.add(type);
        }
        for (Type argument : types) {
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

    /** What a frame of a handler around the whole body holds: an argument may have been overwritten, this cannot. */
    Object[] handlerFrame() {
        return isStatic ? new Object[0] : new Object[] {type};
    }
}

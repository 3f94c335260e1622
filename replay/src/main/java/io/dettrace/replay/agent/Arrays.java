package io.dettrace.replay.agent;

import org.objectweb.asm.Type;

/** Arrays and objects as the instructions name them. */
final class Arrays {
    private static final String[] NAMES = {"int", "long", "float", "double", "Object", "byte", "char", "short"};
    private static final Type[] TYPES = {
        Type.INT_TYPE,
        Type.LONG_TYPE,
        Type.FLOAT_TYPE,
        Type.DOUBLE_TYPE,
        Type.getObjectType("java/lang/Object"),
        Type.INT_TYPE,
        Type.INT_TYPE,
        Type.INT_TYPE
    };

    private Arrays() {}

    /** The name of arrays of the k-th kind of element, in the order of the instructions. */
    static String name(int kind) {
        return NAMES[kind] + "[]";
    }

    /** The type of the element as it lies on the stack. */
    static Type element(int kind) {
        return TYPES[kind];
    }

    /** False for classes whose objects are values, or only thrown. */
    static boolean worthNaming(String type) {
        return !type.endsWith("Exception")
                && !type.endsWith("Error")
                && !type.equals("java/lang/StringBuilder")
                && !type.equals("java/lang/String")
                && !type.equals("java/math/BigInteger")
                && !type.equals("java/math/BigDecimal");
    }
}

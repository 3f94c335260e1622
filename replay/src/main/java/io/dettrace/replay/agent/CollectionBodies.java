package io.dettrace.replay.agent;

import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Knows the classes of the JDK that are not safe for several threads: what their methods read and write is an event while
 * the program calls them, as a race inside one is the program's fault.
 */
final class CollectionBodies {
    private static final Set<String> CLASSES = Set.of(
            "java/lang/AbstractStringBuilder",
            "java/text/DateFormat",
            "java/text/SimpleDateFormat",
            "java/util/AbstractList",
            "java/util/ArrayDeque",
            "java/util/ArrayList",
            "java/util/BitSet",
            "java/util/Calendar",
            "java/util/GregorianCalendar",
            "java/util/HashMap",
            "java/util/HashSet",
            "java/util/LinkedHashMap",
            "java/util/LinkedList",
            "java/util/PriorityQueue",
            "java/util/TreeMap",
            "java/util/TreeSet");

    /** Classes whose methods only call other objects that the program gave them. */
    private static final Set<String> CALLERS = Set.of(
            "java/util/AbstractCollection",
            "java/util/AbstractMap",
            "java/util/AbstractSet",
            "java/util/Hashtable",
            "java/util/Vector");

    /** Methods that are no use to a race, or never called on a shared object; rewriting all would slow the start down. */
    private static final Set<String> LEFT = Set.of(
            "clone",
            "equals",
            "equalsArrayList",
            "equalsRange",
            "forEachRemaining",
            "hashCode",
            "hashCodeRange",
            "readObject",
            "spliterator",
            "stream",
            "writeObject");

    /** Of string builders, only these: what a writer and a reader call. */
    private static final Set<String> OF_BUILDERS = Set.of(
            "append",
            "charAt",
            "delete",
            "ensureCapacityInternal",
            "getCoder",
            "isLatin1",
            "length",
            "putStringAt",
            "setLength",
            "toString");

    /** What an object leaves its work to: the owner, name and descriptor of the field. */
    record Delegate(String owner, String field, String descriptor) {}

    private static final Map<String, Delegate> DELEGATES = Map.of(
            "java/util/HashSet", new Delegate("java/util/HashSet", "map", "Ljava/util/HashMap;"),
            "java/util/TreeSet", new Delegate("java/util/TreeSet", "m", "Ljava/util/NavigableMap;"),
            "java/text/DateFormat", new Delegate("java/text/DateFormat", "calendar", "Ljava/util/Calendar;"),
            "java/text/SimpleDateFormat", new Delegate("java/text/DateFormat", "calendar", "Ljava/util/Calendar;"));

    private CollectionBodies() {}

    /** True if accesses in the class's methods can be events. */
    static boolean concerns(String name) {
        if (CLASSES.contains(name)) {
            return true;
        }
        int dollar = name.indexOf('$');
        return dollar > 0 && name.startsWith("java/util/") && CLASSES.contains(name.substring(0, dollar));
    }

    /** True if a class has hooks in its methods. */
    static boolean isRewritten(String name) {
        return concerns(name) || CALLERS.contains(name);
    }

    /** The class with hooks in its methods; the same bytes if its methods act on no object of these classes. */
    static byte[] rewrite(String name, byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        Delegate delegate = name.indexOf('$') > 0 ? enclosing(reader, name) : DELEGATES.get(name);
        if (delegate == null && name.indexOf('$') > 0) {
            return bytes;
        }
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new Bodies(writer, name, delegate), 0);
        return writer.toByteArray();
    }

    /** An iterator or view leaves its work to the collection around it; null for a class that stands alone. */
    private static Delegate enclosing(ClassReader reader, String name) {
        Delegate[] found = new Delegate[1];
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public FieldVisitor visitField(
                            int access, String field, String descriptor, String signature, Object value) {
                        if (field.equals("this$0")) {
                            found[0] = new Delegate(name, field, descriptor);
                        }
                        return null;
                    }
                },
                ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return found[0];
    }

    private static final class Bodies extends ClassVisitor {
        private final String type;
        private final Delegate delegate;
        private String source = "";

        Bodies(ClassVisitor next, String type, Delegate delegate) {
            super(Opcodes.ASM9, next);
            this.type = type;
            this.delegate = delegate;
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
            if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_STATIC)) != 0
                    || name.equals("<init>")) {
                return next;
            }
            if (CALLERS.contains(type)) {
                return new NestedCalls(next, type, name, source);
            }
            boolean acts = (type.endsWith("Builder") ? OF_BUILDERS.contains(name) : !LEFT.contains(name));
            return acts
                    ? new CollectionMethod(new NestedCalls(next, type, name, source), type, name, source, delegate)
                    : next;
        }
    }
}

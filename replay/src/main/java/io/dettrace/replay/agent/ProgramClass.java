package io.dettrace.replay.agent;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Rewrites a class of the program. */
final class ProgramClass extends ClassVisitor {
    /** The first class file version whose classes can name themselves as constants: Java 5. */
    private static final int CLASS_CONSTANTS = 49;

    private final ClassFacts facts;
    private final Scope scope;
    private final Hierarchy hierarchy;
    private final boolean fields;
    private final boolean collections;

    /** The first class file version with method references: Java 8. */
    private static final int LAMBDAS = 52;

    private final List<Bridge> bridges = new ArrayList<>();
    private boolean isInterface;
    private String name;
    private String superName;
    private String source = "Unknown Source";
    private int version;

    ProgramClass(
            ClassVisitor next,
            ClassFacts facts,
            Scope scope,
            Hierarchy hierarchy,
            boolean fields,
            boolean collections) {
        super(Opcodes.ASM9, next);
        this.facts = facts;
        this.scope = scope;
        this.hierarchy = hierarchy;
        this.fields = fields;
        this.collections = collections;
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        // Older classes run as well as of this version, and their synchronised methods can be rewritten.
        int raised = (version & 0xffff) < CLASS_CONSTANTS ? CLASS_CONSTANTS : version;
        this.version = raised & 0xffff;
        this.name = name;
        isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
        this.superName = superName;
        super.visit(raised, access, name, signature, superName, interfaces);
    }

    @Override
    public void visitSource(String source, String debug) {
        if (source != null) {
            this.source = source;
        }
        super.visitSource(source, debug);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String method, String descriptor, String signature, String[] exceptions) {
        boolean body = (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
        boolean synchronised = body && (access & Opcodes.ACC_SYNCHRONIZED) != 0;
        MethodVisitor next = super.visitMethod(
                synchronised ? access & ~Opcodes.ACC_SYNCHRONIZED : access, method, descriptor, signature, exceptions);
        if (!body) {
            return next;
        }
        ProgramMethod made = new ProgramMethod(next, this, access, method, descriptor, synchronised);
        boolean isPublic = (access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC)) == Opcodes.ACC_PUBLIC;
        made.run = scope.isRun(name, method, descriptor, isPublic, false);
        made.main = scope.isMainClass(name)
                && (method.equals("<clinit>")
                        || method.equals("main")
                                && (descriptor.equals("([Ljava/lang/String;)V") || descriptor.equals("()V")));
        return made;
    }

    /** Tells whether an annotation makes a method a run of its own. */
    AnnotationVisitor annotation(ProgramMethod method, String annotation, AnnotationVisitor next) {
        if (Scope.marksTest(annotation) && scope.isRun(name, method.name, method.descriptor, true, true)) {
            method.run = true;
        }
        return next;
    }

    /**
     * A handle to use in place of one that a method reference names, if calls of that method are events: it leads to a
     * method of this class that does the call, where the event can stand.
     */
    Handle bridge(Handle handle, int line) {
        boolean isStatic = handle.getTag() == Opcodes.H_INVOKESTATIC;
        if (!isStatic && handle.getTag() != Opcodes.H_INVOKEVIRTUAL && handle.getTag() != Opcodes.H_INVOKEINTERFACE) {
            return handle;
        }
        String owner = handle.getOwner();
        String method = handle.getName();
        boolean wanted = SharedCalls.isEvent(owner, method)
                || isStatic
                        && owner.equals("java/lang/System")
                        && handle.getDesc().equals("()J")
                || isStatic && owner.equals("java/lang/Thread") && ProgramMethod.threadMethod(method)
                || !isStatic && (method.equals("wait") || method.equals("notify") || method.equals("notifyAll"));
        if (!wanted || version < LAMBDAS) {
            return handle;
        }
        String descriptor = isStatic
                ? handle.getDesc()
                : "(L" + owner + ";" + handle.getDesc().substring(1);
        String bridge = "dettrace$" + bridges.size();
        bridges.add(new Bridge(bridge, descriptor, handle, line));
        return new Handle(Opcodes.H_INVOKESTATIC, name, bridge, descriptor, isInterface);
    }

    @Override
    public void visitEnd() {
        for (int i = 0; i < bridges.size(); i++) {
            write(bridges.get(i));
        }
        super.visitEnd();
    }

    private void write(Bridge bridge) {
        int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
        Type[] arguments = Type.getArgumentTypes(bridge.descriptor);
        int size = (Type.getArgumentsAndReturnSizes(bridge.descriptor) >> 2) - 1;
        facts.addMethod(bridge.name, bridge.descriptor, size, bridge.line);
        MethodVisitor method = visitMethod(access, bridge.name, bridge.descriptor, null, null);
        method.visitCode();
        int local = 0;
        for (Type argument : arguments) {
            method.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local);
            local += argument.getSize();
        }
        Handle to = bridge.handle;
        int opcode = to.getTag() == Opcodes.H_INVOKESTATIC
                ? Opcodes.INVOKESTATIC
                : to.getTag() == Opcodes.H_INVOKEVIRTUAL ? Opcodes.INVOKEVIRTUAL : Opcodes.INVOKEINTERFACE;
        method.visitMethodInsn(opcode, to.getOwner(), to.getName(), to.getDesc(), to.isInterface());
        method.visitInsn(Type.getReturnType(bridge.descriptor).getOpcode(Opcodes.IRETURN));
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private record Bridge(String name, String descriptor, Handle handle, int line) {}

    String name() {
        return name;
    }

    String superName() {
        return superName;
    }

    ClassFacts facts() {
        return facts;
    }

    Hierarchy hierarchy() {
        return hierarchy;
    }

    boolean fields() {
        return fields;
    }

    /** True if accesses inside the JDK's collections are events. */
    boolean collections() {
        return collections;
    }

    /** The place of a line, as in a stack trace. */
    String place(String method, int line) {
        String at = name.replace('/', '.') + "." + method + "(" + source;
        return (line > 0 ? at + ":" + line : at) + ")";
    }
}

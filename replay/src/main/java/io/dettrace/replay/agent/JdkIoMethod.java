package io.dettrace.replay.agent;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Puts the hooks of {@link JdkIo} around the body of a method of the JDK:
 *
 * <pre>
 * if (IoHooks.enter...(this, ..., kind)) return IoHooks.given...();
 * try { body; IoHooks.took(result); } catch (Throwable t) { IoHooks.threw(t); throw t; }
 * </pre>
 */
final class JdkIoMethod extends MethodVisitor {
    private static final String HOOKS = "io/dettrace/replay/runtime/IoHooks";
    private static final String OBJECTS = "io/dettrace/replay/runtime/OutsideObjects";
    private static final String PROCESS = "io/dettrace/replay/runtime/OutsideProcess";

    /** The state of a {@code NioSocketImpl} that is connected. */
    private static final int CONNECTED = 3;

    private final String type;
    private final String descriptor;
    private final Arguments arguments;
    private final JdkIo.Io io;
    private final Type result;
    private final Label bodyStart = new Label();
    private final Label bodyEnd = new Label();

    JdkIoMethod(MethodVisitor next, Arguments arguments, JdkIo.Io io) {
        super(Opcodes.ASM9, next);
        this.arguments = arguments;
        type = arguments.type;
        descriptor = arguments.descriptor;
        this.io = io;
        result = Type.getReturnType(descriptor);
    }

    @Override
    public void visitCode() {
        super.visitCode();
        Label goOn = new Label();
        values();
        hook(io.enter(), io.descriptor());
        mv.visitJumpInsn(Opcodes.IFEQ, goOn);
        give();
        mv.visitLabel(goOn);
        Object[] locals = arguments.frame();
        mv.visitFrame(Opcodes.F_NEW, locals.length, locals, 0, new Object[0]);
        // Keeps this frame apart from one that the body may begin with.
        mv.visitInsn(Opcodes.NOP);
        mv.visitLabel(bodyStart);
    }

    private void values() {
        for (char value : io.values().toCharArray()) {
            switch (value) {
                case 'T':
                    mv.visitVarInsn(Opcodes.ALOAD, 0);
                    break;
                case '-':
                    mv.visitInsn(Opcodes.ACONST_NULL);
                    break;
                case 'p':
                    mv.visitVarInsn(Opcodes.ALOAD, 0);
                    mv.visitFieldInsn(Opcodes.GETFIELD, type, "path", "Ljava/lang/String;");
                    hook("streamKind", "(Ljava/lang/String;)Ljava/lang/String;");
                    break;
                default:
                    arguments.load(value - '0', mv);
            }
        }
        if (!io.kind().isEmpty()) {
            mv.visitLdcInsn(io.kind());
        }
    }

    // ---- the recorded answer ----

    private void give() {
        switch (io.answer()) {
            case POSITION:
                movePosition();
                giveValue();
                break;
            case OPEN:
                open();
                break;
            case SOCKET:
                mv.visitVarInsn(Opcodes.ALOAD, 0);
                giveFields();
                break;
            case CONNECTED:
                mv.visitVarInsn(Opcodes.ALOAD, 0);
                giveFields();
                giveState(0);
                break;
            case ACCEPTED:
                acceptedSocket();
                mv.visitInsn(Opcodes.ICONST_1);
                mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, type, "create", "(Z)V", false);
                acceptedSocket();
                giveFields();
                giveState(1);
                break;
            case PROCESS:
                mv.visitInsn(Opcodes.ACONST_NULL);
                wrapProcess();
                break;
            default:
                giveValue();
        }
        mv.visitInsn(result.getOpcode(Opcodes.IRETURN));
    }

    private void giveValue() {
        switch (result.getSort()) {
            case Type.VOID:
                return;
            case Type.INT:
                hook("given", "()J");
                mv.visitInsn(Opcodes.L2I);
                return;
            case Type.LONG:
                hook("given", "()J");
                return;
            default:
                hook("givenObject", "()Ljava/lang/Object;");
                mv.visitTypeInsn(Opcodes.CHECKCAST, result.getInternalName());
        }
    }

    /** Moves the file on as if the bytes had been read, for what asks for the position, or writes there. */
    private void movePosition() {
        boolean channel = type.endsWith("FileChannelImpl");
        mv.visitVarInsn(Opcodes.ALOAD, 0);
        mv.visitVarInsn(Opcodes.ALOAD, 0);
        mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, type, channel ? "position" : "getFilePointer", "()J", false);
        hook("givenMove", "()J");
        mv.visitInsn(Opcodes.LADD);
        if (channel) {
            String moved = "(J)Ljava/nio/channels/FileChannel;";
            mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, type, "position", moved, false);
            mv.visitInsn(Opcodes.POP);
        } else {
            mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, type, "seek", "(J)V", false);
        }
    }

    /** Opens the file, or an empty one in its place if it is gone: what it held is recorded. */
    private void open() {
        boolean mode = descriptor.contains("I)");
        mv.visitVarInsn(Opcodes.ALOAD, 0);
        mv.visitVarInsn(Opcodes.ALOAD, 1);
        if (mode) {
            mv.visitVarInsn(Opcodes.ILOAD, 2);
        } else {
            mv.visitInsn(Opcodes.ICONST_1);
        }
        hook("openable", "(Ljava/lang/String;I)Ljava/lang/String;");
        if (mode) {
            mv.visitVarInsn(Opcodes.ILOAD, 2);
        }
        mv.visitMethodInsn(Opcodes.INVOKESPECIAL, type, "open0", descriptor, false);
    }

    /** Sets the fields of the socket on the stack. */
    private void giveFields() {
        mv.visitInsn(Opcodes.DUP);
        mv.visitInsn(Opcodes.DUP);
        object("givenAddress", "()Ljava/net/InetAddress;");
        mv.visitFieldInsn(Opcodes.PUTFIELD, type, "address", "Ljava/net/InetAddress;");
        object("givenPort", "()I");
        mv.visitFieldInsn(Opcodes.PUTFIELD, type, "port", "I");
        object("givenLocalPort", "()I");
        mv.visitFieldInsn(Opcodes.PUTFIELD, type, "localport", "I");
    }

    private void giveState(int local) {
        mv.visitVarInsn(Opcodes.ALOAD, local);
        mv.visitTypeInsn(Opcodes.CHECKCAST, type);
        mv.visitInsn(Opcodes.ICONST_0 + CONNECTED);
        mv.visitFieldInsn(Opcodes.PUTFIELD, type, "state", "I");
    }

    private void acceptedSocket() {
        mv.visitVarInsn(Opcodes.ALOAD, 1);
        mv.visitTypeInsn(Opcodes.CHECKCAST, type);
    }

    // ---- the real answer ----

    @Override
    public void visitInsn(int opcode) {
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
            took();
        }
        super.visitInsn(opcode);
    }

    private void took() {
        switch (io.answer()) {
            case SOCKET:
            case CONNECTED:
                tookFields(0);
                break;
            case ACCEPTED:
                tookFields(1);
                break;
            case OPEN:
            case ALL:
                hook("tookAll", "()V");
                break;
            case PROCESS:
                hook("tookAll", "()V");
                wrapProcess();
                break;
            default:
                tookValue();
        }
    }

    private void tookValue() {
        switch (result.getSort()) {
            case Type.VOID:
                hook("tookAll", "()V");
                break;
            case Type.INT:
                mv.visitInsn(Opcodes.DUP);
                mv.visitInsn(Opcodes.I2L);
                hook("took", "(J)V");
                break;
            case Type.LONG:
                mv.visitInsn(Opcodes.DUP2);
                hook("took", "(J)V");
                break;
            default:
                mv.visitInsn(Opcodes.DUP);
                hook("took", "(Ljava/lang/Object;)V");
        }
    }

    private void tookFields(int local) {
        for (String field : new String[] {"address", "port", "localport"}) {
            mv.visitVarInsn(Opcodes.ALOAD, local);
            mv.visitTypeInsn(Opcodes.CHECKCAST, type);
            mv.visitFieldInsn(Opcodes.GETFIELD, type, field, field.equals("address") ? "Ljava/net/InetAddress;" : "I");
        }
        hook("tookSocket", "(Ljava/net/InetAddress;II)V");
    }

    private void wrapProcess() {
        mv.visitMethodInsn(Opcodes.INVOKESTATIC, PROCESS, "wrap", "(Ljava/lang/Process;)Ljava/lang/Process;", false);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        mv.visitLabel(bodyEnd);
        mv.visitTryCatchBlock(bodyStart, bodyEnd, bodyEnd, null);
        Object[] locals = arguments.handlerFrame();
        mv.visitFrame(Opcodes.F_NEW, locals.length, locals, 1, new Object[] {"java/lang/Throwable"});
        mv.visitInsn(Opcodes.DUP);
        hook("threw", "(Ljava/lang/Throwable;)V");
        mv.visitInsn(Opcodes.ATHROW);
        super.visitMaxs(maxStack, maxLocals);
    }

    private void hook(String name, String hookDescriptor) {
        mv.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, name, hookDescriptor, false);
    }

    private void object(String name, String hookDescriptor) {
        mv.visitMethodInsn(Opcodes.INVOKESTATIC, OBJECTS, name, hookDescriptor, false);
    }
}

package io.dettrace.replay.runtime;

import static io.dettrace.replay.runtime.Caller.holder;
import static io.dettrace.replay.runtime.Caller.leave;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * What the JDK's methods that speak with the outside call: sockets, channels, files, standard input, processes, name look-ups.
 *
 * <p>Each begins with a method that answers whether the call is answered from a recording; the caller then takes the answer
 * with {@link #given()} or {@link #givenObject()} and returns. Else it does the real thing and tells with {@link #took(long)},
 * {@link #took(Object)} or {@link #threw} what came of it. Between the two, what the JDK does is part of that one exchange.
 */
public final class IoHooks {
    private static final int IO = Sites.register("io", "", "");

    private static final int STEP = 1024;

    /** A file that holds nothing. */
    private static final String NOTHING = java.io.File.separatorChar == '\\' ? "NUL" : "/dev/null";

    private IoHooks() {}

    // ---- before ----

    /** A call without bytes of the program begins. */
    public static boolean enter(Object resource, String kind) {
        ControlledThread me = ready();
        return me != null && begin(me, Exchange.plain(kind, resource));
    }

    /** A single byte is about to be read, as a number. */
    public static boolean enterSingle(Object resource, String kind) {
        ControlledThread me = ready();
        if (me == null) {
            return false;
        }
        Exchange exchange = Exchange.plain(kind, resource);
        exchange.single = true;
        return begin(me, exchange);
    }

    /** An array is about to be read into. */
    public static boolean enterArray(Object resource, byte[] array, String kind) {
        return array != null && enterBytes(resource, array, 0, array.length, kind);
    }

    /** Part of an array is about to be read into. */
    public static boolean enterBytes(Object resource, byte[] array, int from, int length, String kind) {
        return bytes(resource, false, array, from, length, kind);
    }

    /** Part of an array is about to be sent. */
    public static boolean enterSend(Object resource, byte[] array, int from, int length, String kind) {
        return bytes(resource, true, array, from, length, kind);
    }

    private static boolean bytes(Object resource, boolean sends, byte[] array, int from, int length, String kind) {
        ControlledThread me = ready();
        if (me == null) {
            return false;
        }
        boolean refused = array == null || (from | length) < 0 || length > array.length - from;
        return begin(
                me,
                refused ? Exchange.plain(kind, resource) : Exchange.bytes(kind, resource, sends, array, from, length));
    }

    /** A buffer is about to be read into. */
    public static boolean enterBuffer(Object resource, ByteBuffer buffer, String kind) {
        return buffers(resource, false, new ByteBuffer[] {buffer}, 0, 1, kind);
    }

    /** Buffers are about to be read into. */
    public static boolean enterBuffers(Object resource, ByteBuffer[] buffers, int from, int length, String kind) {
        return buffers(resource, false, buffers, from, length, kind);
    }

    /** A buffer is about to be sent. */
    public static boolean enterSendBuffer(Object resource, ByteBuffer buffer, String kind) {
        return buffers(resource, true, new ByteBuffer[] {buffer}, 0, 1, kind);
    }

    /** Buffers are about to be sent. */
    public static boolean enterSendBuffers(Object resource, ByteBuffer[] buffers, int from, int length, String kind) {
        return buffers(resource, true, buffers, from, length, kind);
    }

    private static boolean buffers(
            Object resource, boolean sends, ByteBuffer[] buffers, int from, int length, String kind) {
        ControlledThread me = ready();
        if (me == null) {
            return false;
        }
        boolean refused = buffers == null || (from | length) < 0 || length > buffers.length - from;
        for (int i = 0; !refused && i < length; i++) {
            refused = buffers[from + i] == null || !sends && buffers[from + i].isReadOnly();
        }
        return begin(
                me,
                refused
                        ? Exchange.plain(kind, resource)
                        : Exchange.buffers(kind, resource, sends, buffers, from, length));
    }

    /** A process is about to be started; its command is what is sent. */
    public static boolean enterProcess(String[] command, String kind) {
        byte[] text = Text.bytes(String.join("\n", command));
        return bytes(null, true, text, 0, text.length, kind);
    }

    /** What reading from a stream is called: from a file if it has a path, else from standard input or a pipe. */
    public static String streamKind(String path) {
        return path == null ? "stdin.read" : "file.read";
    }

    /** The calling thread if an exchange of its begins here; else null, and if one is under way, this is part of it. */
    private static ControlledThread ready() {
        Scheduler scheduler = Scheduler.current;
        if (scheduler == null) {
            return null;
        }
        ControlledThread me = self(scheduler);
        if (me == null) {
            return null;
        }
        if (me.exchange != null) {
            me.exchange.nested++;
            return null;
        }
        return Caller.me();
    }

    private static ControlledThread self(Scheduler scheduler) {
        ControlledThread me = holder();
        return me != null ? me : scheduler.find(Thread.currentThread());
    }

    private static boolean begin(ControlledThread me, Exchange exchange) {
        Scheduler scheduler = Scheduler.current;
        boolean gives = scheduler.values.gives();
        me.inside++;
        me.exchange = exchange;
        if (exchange.leaves()) {
            Operations.leave(scheduler, me, exchange.kind);
            me.outside = true;
            if (gives) {
                Operations.comeBack(scheduler, me, exchange.kind);
            }
        }
        if (!gives) {
            return false;
        }
        me.exchange = null;
        boolean done = !scheduler.over && give(scheduler, me, exchange);
        leave(me, scheduler);
        if (done && me.given.thrown() != null) {
            if (me.given.thrown().equals("java.lang.InterruptedException")) {
                Thread.interrupted();
            }
            throw IoHooks.<RuntimeException>unchecked(me.given.exception());
        }
        return done;
    }

    /** Answers from the recording; false if that cannot be, and the run has been given up. */
    private static boolean give(Scheduler scheduler, ControlledThread me, Exchange exchange) {
        Answer answer = scheduler.values.next(me, exchange);
        if (answer == null) {
            scheduler.recording.mismatch(
                    scheduler.values.due(), exchange.kind + " as event " + me.number + " of thread " + me.path);
            return false;
        }
        if (exchange.sends && answer.thrown() == null) {
            Answer sent = Answer.of(answer.count(), exchange.data(Math.min(answer.count(), exchange.offered())));
            if (sent.digest() != answer.digest()) {
                scheduler.recording.mismatch(
                        exchange.kind + " of " + answer.text() + " by thread " + me.path,
                        "other bytes: " + sent.text() + ", " + exchange.offered() + " offered");
                return false;
            }
            exchange.sent(answer.count());
        } else if (answer.thrown() == null && !exchange.fill(answer.data())) {
            scheduler.recording.mismatch(
                    exchange.kind + " of " + answer.text() + " by thread " + me.path, "room for fewer bytes");
            return false;
        }
        me.given = answer;
        if (exchange.single && answer.count() > 0) {
            me.given = new Answer(answer.data()[0] & 0xff, answer.data(), null, answer.digest());
        }
        event(scheduler, me, exchange, answer);
        return true;
    }

    private static void event(Scheduler scheduler, ControlledThread me, Exchange exchange, Answer answer) {
        long name = exchange.resource == null ? 0 : scheduler.names.name(exchange.resource, me);
        scheduler.event(me, IO, name, exchange.kind, answer.json());
        if (exchange.kind.equals("process.start")) {
            // The JDK takes hashes for the threads that watch a process, as many as the system's mood asks for.
            ObjectNames.evenHashes(STEP);
        }
    }

    // ---- the recorded answer ----

    /** The number that was recorded. */
    public static long given() {
        ControlledThread me = holder();
        return me == null ? 0 : me.given.count();
    }

    /** The bytes that were recorded. */
    public static byte[] givenBytes() {
        ControlledThread me = holder();
        return me == null ? new byte[0] : me.given.data();
    }

    /** The object that was recorded. */
    public static Object givenObject() {
        return OutsideObjects.decode(givenBytes());
    }

    /** How far the recorded call moved a file's position. */
    public static long givenMove() {
        return givenBytes().length;
    }

    /** The file to open in place of one that was there when it was recorded, if it is gone and was only read. */
    public static String openable(String path, int mode) {
        boolean onlyRead = (mode & 1) != 0;
        java.io.File file = new java.io.File(path);
        return !onlyRead || file.canRead() && !file.isDirectory() ? path : NOTHING;
    }

    // ---- after ----

    /** The call has returned a number. */
    public static void took(long count) {
        Exchange exchange = ending();
        if (exchange == null) {
            return;
        }
        if (exchange.single) {
            finish(exchange, count < 0 ? Answer.of(-1, new byte[0]) : Answer.of(1, new byte[] {(byte) count}));
        } else {
            finish(exchange, Answer.of(count, exchange.data(count)));
        }
    }

    /** The call has returned nothing, and all that was offered has gone out. */
    public static void tookAll() {
        Exchange exchange = ending();
        if (exchange != null) {
            long count = exchange.sends ? exchange.offered() : 0;
            finish(exchange, Answer.of(count, exchange.data(count)));
        }
    }

    /** The call has returned an object. */
    public static void took(Object result) {
        Exchange exchange = ending();
        if (exchange != null) {
            byte[] data = OutsideObjects.encode(result);
            finish(exchange, Answer.of(data.length, data));
        }
    }

    /** A socket is connected, or bound: its other end, and its own port. */
    public static void tookSocket(InetAddress address, int port, int localPort) {
        Exchange exchange = ending();
        if (exchange != null) {
            byte[] data = OutsideObjects.socket(address, port, localPort);
            finish(exchange, Answer.of(data.length, data));
        }
    }

    /** The call has thrown. */
    public static void threw(Throwable thrown) {
        Exchange exchange = ending();
        if (exchange != null) {
            finish(exchange, Answer.thrown(thrown));
        }
    }

    /** The exchange of the calling thread that ends here, with the token held again; null if none does. */
    private static Exchange ending() {
        Scheduler scheduler = Scheduler.current;
        ControlledThread me = scheduler == null ? null : self(scheduler);
        if (me == null || me.exchange == null) {
            return null;
        }
        Exchange exchange = me.exchange;
        if (exchange.nested > 0) {
            exchange.nested--;
            return null;
        }
        if (exchange.leaves() && !me.expelled) {
            Operations.comeBack(scheduler, me, exchange.kind);
        } else if (holder() == null) {
            Caller.me();
        }
        me.exchange = null;
        if (scheduler.over) {
            me.inside--;
            return null;
        }
        return exchange;
    }

    private static void finish(Exchange exchange, Answer answer) {
        Scheduler scheduler = Scheduler.current;
        ControlledThread me = holder();
        if (scheduler == null || me == null) {
            return;
        }
        scheduler.values.keep(me, exchange, answer);
        event(scheduler, me, exchange, answer);
        leave(me, scheduler);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }
}

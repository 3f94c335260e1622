package io.dettrace.replay.runtime;

import java.nio.ByteBuffer;

/** One call that asks the outside for something, or tells it: what was asked, while the answer is awaited. */
final class Exchange {
    /** What is done, such as {@code socket.read}: the {@code what} of its event. */
    final String kind;

    /** The object that stands for the other side in the log, or null. */
    final Object resource;

    /** True if the bytes go out. */
    final boolean sends;

    /** Where bytes go to or come from; one of the two, or neither. */
    private byte[] array;

    private ByteBuffer[] buffers;
    private int from;
    private int length;

    // The positions at the start of the buffers that take part.
    private int[] starts;

    /** True if the answer is a single byte as a number, -1 at the end. */
    boolean single;

    /** How many exchanges the JDK has begun within this one: they are part of it. */
    int nested;

    private Exchange(String kind, Object resource, boolean sends) {
        this.kind = kind;
        this.resource = resource;
        this.sends = sends;
    }

    /** An exchange without bytes of the program. */
    static Exchange plain(String kind, Object resource) {
        return new Exchange(kind, resource, false);
    }

    /** An exchange of part of an array; a part that is none is left to the JDK to refuse. */
    static Exchange bytes(String kind, Object resource, boolean sends, byte[] array, int from, int length) {
        Exchange made = new Exchange(kind, resource, sends);
        made.array = array;
        made.from = from;
        made.length = length;
        return made;
    }

    /** An exchange of buffers, each from its position on. */
    static Exchange buffers(String kind, Object resource, boolean sends, ByteBuffer[] buffers, int from, int length) {
        Exchange made = new Exchange(kind, resource, sends);
        made.buffers = buffers;
        made.from = from;
        made.length = length;
        made.starts = new int[length];
        for (int i = 0; i < length; i++) {
            made.starts[i] = buffers[from + i].position();
        }
        return made;
    }

    /** The bytes that went over: {@code count} of them, none if that is not above 0. */
    byte[] data(long count) {
        if (array == null && buffers == null) {
            return new byte[0];
        }
        byte[] data = new byte[(int) Math.max(0, count)];
        if (array != null) {
            System.arraycopy(array, from, data, 0, data.length);
        } else if (buffers != null) {
            int done = 0;
            for (int i = 0; i < length && done < data.length; i++) {
                ByteBuffer part = buffers[from + i].duplicate();
                part.position(starts[i]);
                part.limit(buffers[from + i].limit());
                int size = Math.min(part.remaining(), data.length - done);
                part.get(data, done, size);
                done += size;
            }
        }
        return data;
    }

    /** How many bytes the program wants to send, all told. */
    long offered() {
        if (buffers == null) {
            return length;
        }
        long sum = 0;
        for (int i = 0; i < length; i++) {
            sum += buffers[from + i].remaining();
        }
        return sum;
    }

    /** Hands recorded bytes to the program; false if they do not fit. */
    boolean fill(byte[] data) {
        if (array != null) {
            if (data.length > length) {
                return false;
            }
            System.arraycopy(data, 0, array, from, data.length);
        } else if (buffers != null) {
            int done = 0;
            for (int i = 0; i < length && done < data.length; i++) {
                int size = Math.min(buffers[from + i].remaining(), data.length - done);
                buffers[from + i].put(data, done, size);
                done += size;
            }
            return done == data.length;
        }
        return true;
    }

    /** Takes {@code count} bytes out of the program's buffers, as if they had been sent. */
    void sent(long count) {
        long left = count;
        for (int i = 0; buffers != null && i < length && left > 0; i++) {
            ByteBuffer buffer = buffers[from + i];
            int size = (int) Math.min(buffer.remaining(), left);
            buffer.position(buffer.position() + size);
            left -= size;
        }
    }

    /** True if the thread may wait for long, so that others go on meanwhile. */
    boolean leaves() {
        switch (kind) {
            case "socket.read":
            case "socket.accept":
            case "datagram.receive":
            case "stdin.read":
            case "process.read":
            case "process.wait":
                return true;
            default:
                return false;
        }
    }
}

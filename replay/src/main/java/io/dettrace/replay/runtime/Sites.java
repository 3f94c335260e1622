package io.dettrace.replay.runtime;

import java.util.Arrays;
import java.util.HashMap;

/**
 * The places in the program where events happen: operation, what it touches, and the source line, as the bytes that the
 * log needs. Their numbers are constants in the instrumented code.
 */
public final class Sites {
    /** No place in the program's own code is known. */
    static final int NONE = 0;

    private static final Object LOCK = new Object();
    private static final HashMap<String, Integer> NUMBERS = new HashMap<>();
    private static volatile Site[] all = {new Site("", "", "", "", 0)};
    private static int count = 1;

    private Sites() {}

    /** One place: never changed. The bytes for the log are made when they are first needed, by the holder of the token. */
    static final class Site {
        final String operation;
        final String what;
        final String at;

        /** The place inside the JDK without its line, where {@code at} is the program's call; or empty. */
        private final String in;

        private final int line;
        private byte[] operationBytes;
        private byte[] resourceBytes;
        private byte[] whatBytes;
        private byte[] atBytes;
        private byte[] endBytes;
        private byte[] restBytes;

        /** True if the operation cannot be what another thread waits for: doing nothing else is spinning. */
        final boolean spin;

        Site(String operation, String what, String at, String in, int line) {
            this.operation = operation;
            this.what = what;
            this.at = at;
            this.in = in;
            this.line = line;
            spin = operation.equals("read")
                    || operation.equals("yield")
                    || operation.equals("time")
                    || operation.equals("interrupted")
                    || operation.equals("call") && asks(what.substring(what.lastIndexOf('.') + 1));
        }

        byte[] operationBytes() {
            if (operationBytes == null) {
                operationBytes = Text.bytes(",\"op\":" + Text.quoted(operation));
            }
            return operationBytes;
        }

        /** The same, and how the object's name begins. */
        byte[] resourceBytes() {
            if (resourceBytes == null) {
                resourceBytes = Text.joined(operationBytes(), Text.bytes(",\"res\":\""));
            }
            return resourceBytes;
        }

        /** What is touched; empty for nothing in particular. */
        byte[] whatBytes() {
            if (whatBytes == null) {
                whatBytes = what.isEmpty() ? new byte[0] : whatMember(what);
            }
            return whatBytes;
        }

        /** The place in the program's code, or null if the thread's last one is meant. */
        byte[] atBytes() {
            if (atBytes == null && !at.isEmpty()) {
                atBytes = Text.bytes(",\"at\":" + Text.quoted(at));
            }
            return atBytes;
        }

        /** The place inside the JDK, if it is one, and the end of the line. */
        byte[] endBytes() {
            if (endBytes == null) {
                endBytes = Text.bytes((in.isEmpty() ? "" : ",\"in\":" + Text.quoted(in + line + ")")) + "}\n");
            }
            return endBytes;
        }

        /** What follows the object in most lines of a place in the program's code: what is touched, the place, the end. */
        byte[] restBytes() {
            if (restBytes == null) {
                byte[] place = atBytes() == null ? new byte[0] : atBytes();
                restBytes = Text.joined(Text.joined(whatBytes(), place), endBytes());
            }
            return restBytes;
        }

        private static boolean asks(String method) {
            return method.startsWith("get") && !method.startsWith("getAnd")
                    || method.startsWith("is")
                    || method.startsWith("peek")
                    || method.startsWith("poll")
                    || method.startsWith("try")
                    || method.startsWith("contains")
                    || method.startsWith("compareAnd")
                    || method.startsWith("weakCompareAnd")
                    || method.equals("size");
        }
    }

    /**
     * Registers a place; the same one again gets the same number.
     *
     * @param operation the kind of event, such as {@code write}
     * @param what what is touched, such as {@code demo.Queue.head}; empty if nothing in particular
     * @param at the place, such as {@code demo.Queue.take(Queue.java:14)}
     * @return its number
     */
    public static int register(String operation, String what, String at) {
        synchronized (LOCK) {
            String key = operation + '\n' + what + '\n' + at;
            Integer known = NUMBERS.get(key);
            if (known == null) {
                known = add(new Site(operation, what, at, "", 0));
                NUMBERS.put(key, known);
            }
            return known;
        }
    }

    /**
     * Registers a place inside the JDK, whose place in the program is the call that leads there.
     *
     * @param in the place up to its line, such as {@code java.util.ArrayList.add(ArrayList.java:}
     * @return its number
     */
    public static int registerInside(String operation, String what, String in, int line) {
        synchronized (LOCK) {
            return add(new Site(operation, what, "", in, line));
        }
    }

    private static int add(Site site) {
        if (count == all.length) {
            all = Arrays.copyOf(all, Math.max(1024, count * 2));
        }
        all[count] = site;
        return count++;
    }

    /** What is touched, as it stands in a line of the log. */
    static byte[] whatMember(String what) {
        return Text.bytes(",\"what\":" + Text.quoted(what));
    }

    static Site get(int site) {
        return all[site];
    }
}

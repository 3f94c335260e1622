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
    private static volatile Site[] all = {new Site("", "", "", "")};
    private static int count = 1;

    private Sites() {}

    /** One place: never changed. */
    static final class Site {
        final String operation;
        final String what;
        final String at;
        final byte[] operationBytes;
        final byte[] whatBytes;
        final byte[] atBytes;

        /** The place inside the JDK, where {@code at} is the program's call; or null. */
        final byte[] inBytes;

        /** True if the operation cannot be what another thread waits for: doing nothing else is spinning. */
        final boolean spin;

        Site(String operation, String what, String at, String in) {
            this.operation = operation;
            this.what = what;
            this.at = at;
            operationBytes = Text.bytes(",\"op\":" + Text.quoted(operation));
            whatBytes = what.isEmpty() ? null : whatMember(what);
            atBytes = at.isEmpty() ? null : Text.bytes(",\"at\":" + Text.quoted(at));
            inBytes = in.isEmpty() ? null : Text.bytes(",\"in\":" + Text.quoted(in));
            spin = operation.equals("read")
                    || operation.equals("yield")
                    || operation.equals("time")
                    || operation.equals("interrupted")
                    || operation.equals("call") && asks(what.substring(what.lastIndexOf('.') + 1));
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
        return register(operation, what, at, "");
    }

    /**
     * Registers a place inside the JDK, whose place in the program is the call that leads there.
     *
     * @param in the place, such as {@code java.util.ArrayList.add(ArrayList.java:455)}
     * @return its number
     */
    public static int registerInside(String operation, String what, String in) {
        return register(operation, what, "", in);
    }

    private static int register(String operation, String what, String at, String in) {
        synchronized (LOCK) {
            String key = operation + '\n' + what + '\n' + at + '\n' + in;
            Integer known = NUMBERS.get(key);
            if (known != null) {
                return known;
            }
            NUMBERS.put(key, count);
            if (count == all.length) {
                all = Arrays.copyOf(all, Math.max(1024, count * 2));
            }
            all[count] = new Site(operation, what, at, in);
            return count++;
        }
    }

    /** What is touched, as it stands in a line of the log. */
    static byte[] whatMember(String what) {
        return Text.bytes(",\"what\":" + Text.quoted(what));
    }

    static Site get(int site) {
        return all[site];
    }
}

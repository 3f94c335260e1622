package io.dettrace.replay;

import org.jspecify.annotations.Nullable;

/**
 * An event of a run's log.
 *
 * @param thread path of the thread
 * @param n the thread's own event number, from 0
 * @param op what was done, in a word
 * @param res the object it was done to, by the thread that made it and that thread's count; null for none
 * @param index the array element, or -1
 * @param what the field, method or type; null for none
 * @param at method, file and line; null if not known
 */
record LogEvent(
        String thread,
        long n,
        String op,
        @Nullable String res,
        long index,
        @Nullable String what,
        @Nullable String at) {
    /** How an event can bear on another thread, the most telling first. */
    enum Sort {
        /** A field or an array element is read or written. */
        MEMORY,
        /** A method of a shared object of the library is called. */
        CALL,
        /** A lock, a monitor's waiting set, a permit, a thread's life. */
        SYNC,
        /** Nothing that another thread could notice. */
        OTHER
    }

    Sort sort() {
        return switch (op) {
            case "read", "write" -> Sort.MEMORY;
            case "call" -> Sort.CALL;
            case "lock",
                    "unlock",
                    "wait",
                    "woken",
                    "notify",
                    "notifyAll",
                    "park",
                    "unpark",
                    "join",
                    "start",
                    "interrupt" -> Sort.SYNC;
            default -> Sort.OTHER;
        };
    }

    /** True if the two may not change places without a possible effect: the same thing, and not both only look at it. */
    boolean conflictsWith(LogEvent other) {
        if (thread.equals(other.thread) || sort() == Sort.OTHER || other.sort() == Sort.OTHER) {
            return false;
        }
        boolean memory = sort() == Sort.MEMORY;
        if (memory != (other.sort() == Sort.MEMORY)) {
            return false;
        }
        if (memory) {
            return sameLocation(other) && (op.equals("write") || other.op.equals("write"));
        }
        if (res == null || other.res == null) {
            return permits(other) || other.permits(this);
        }
        return res.equals(other.res) && !(looksOnly() && other.looksOnly());
    }

    /** True if this lets the thread of the other event go on, or will. */
    private boolean permits(LogEvent other) {
        boolean lets = op.equals("unpark") && other.op.equals("park") || op.equals("interrupt");
        return lets && other.thread.equals(what);
    }

    /** True if both are accesses of one field of one object, or of one array element. */
    boolean sameLocation(LogEvent other) {
        return index == other.index
                && (res == null ? other.res == null : res.equals(other.res))
                && (what == null ? other.what == null : what.equals(other.what));
    }

    private boolean looksOnly() {
        if (sort() != Sort.CALL || what == null) {
            return false;
        }
        String name = what.substring(what.lastIndexOf('.') + 1);
        return switch (name) {
            case "get",
                    "getPlain",
                    "getAcquire",
                    "getOpaque",
                    "getVolatile",
                    "intValue",
                    "longValue",
                    "isEmpty",
                    "size",
                    "peek",
                    "contains",
                    "containsKey",
                    "isDone",
                    "getCount" -> true;
            default -> false;
        };
    }

    /** True if the two are the same step of the same thread. */
    boolean sameStep(LogEvent other) {
        return thread.equals(other.thread) && n == other.n && op.equals(other.op) && sameLocation(other);
    }

    /** The event in words, without thread and place: {@code write demo.Queue.head}. */
    String brief() {
        String text = what == null ? op : op + " " + what;
        return index < 0 ? text : text + "[" + index + "]";
    }

    /** The place, or a remark that it is not known. */
    String place() {
        return at == null ? "(place not known)" : at;
    }
}

package io.dettrace.formats.kernel;

/** The head of one event as a kernel tracer prints it, filled again and again. */
public final class KernelEvent {
    /** CPUs that a trace may have. */
    public static final int MAX_CPUS = 1 << 16;

    /** {@link #time} of an event without one. */
    public static final long NO_TIME = Long.MIN_VALUE;

    /** Name of the thread's command, perhaps empty. */
    public String comm;

    /** Number of the thread, or -1. */
    public long tid;

    /** Number of the thread's process, or -1. */
    public long tgid;

    /** CPU, or -1. */
    public int cpu;

    /** Latency flags, such as {@code d.h3}, perhaps empty. */
    public String flags;

    /** Nanoseconds of the trace's clock, or {@link #NO_TIME}. */
    public long time;

    /** Name of the event, without its subsystem. */
    public String name;

    /** What stands behind the name. */
    public String payload;

    /** Where {@link #payload} begins in the line, in characters. */
    public int payloadAt;

    /** True if the flags say that the event happened in a hard or soft interrupt, which no thread asked for. */
    public boolean inInterrupt() {
        if (flags.length() < 3) {
            return false;
        }
        char c = flags.charAt(2);
        return c == 'h' || c == 'H' || c == 's' || c == 'z' || c == 'Z';
    }

    /**
     * Nanoseconds of a decimal number of seconds with up to nine decimals, of a whole number of {@code unit} nanoseconds, or
     * {@link #NO_TIME} if it is neither or too large.
     */
    public static long nanos(String s, int from, int to, long unit) {
        long whole = 0;
        int i = from;
        for (; i < to && Payload.isDigit(s.charAt(i)); i++) {
            if (whole > Long.MAX_VALUE / 100) {
                return NO_TIME;
            }
            whole = whole * 10 + s.charAt(i) - '0';
        }
        if (i == from) {
            return NO_TIME;
        }
        if (i == to) {
            return whole > Long.MAX_VALUE / unit ? NO_TIME : whole * unit;
        }
        if (s.charAt(i) != '.' || i + 1 == to || whole > Long.MAX_VALUE / 2_000_000_000L) {
            return NO_TIME;
        }
        long part = 0;
        int digits = 0;
        for (i++; i < to; i++) {
            if (!Payload.isDigit(s.charAt(i))) {
                return NO_TIME;
            }
            if (digits < 9) {
                part = part * 10 + s.charAt(i) - '0';
                digits++;
            }
        }
        for (; digits < 9; digits++) {
            part *= 10;
        }
        return whole * 1_000_000_000L + part;
    }

    /** A whole number of at most nine digits, or -1. */
    public static int number(String s, int from, int to) {
        if (to <= from || to - from > 9) {
            return -1;
        }
        int n = 0;
        for (int i = from; i < to; i++) {
            if (!Payload.isDigit(s.charAt(i))) {
                return -1;
            }
            n = n * 10 + s.charAt(i) - '0';
        }
        return n;
    }
}

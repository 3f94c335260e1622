package io.dettrace.replay.runtime;

import java.util.ArrayList;

/**
 * The call stacks at a few chosen events. They are asked for by the control file's {@code stacks} and come back under the
 * same key of the resulting schedule.
 *
 * <p>During the run a stack is only taken down, as the JVM's own record inside a {@link Throwable}: that runs no Java code,
 * loads no class and gives no identity hash, so the run stays as it is. Names and lines are looked up when it is over.
 */
final class Stacks {
    /** The key of what is wanted, {@code THREAD:NUMBER} with spaces between, and of what was found. */
    static final String KEY = "stacks";

    /** Most frames of the program that are kept of one stack. */
    private static final int MOST_FRAMES = 200;

    private final String[] threads;
    private final int[] numbers;
    // Two lists and no class for the pair: it would be loaded in the middle of a run, which uses up identity hashes.
    private final ArrayList<String> keys = new ArrayList<>();
    private final ArrayList<Throwable> stacks = new ArrayList<>();
    private final StringBuilder names = new StringBuilder();

    /** Reads what is wanted; null stands for nothing. */
    Stacks(String wanted) {
        String[] events = wanted == null || wanted.isEmpty() ? new String[0] : wanted.split(" ");
        threads = new String[events.length];
        numbers = new int[events.length];
        for (int i = 0; i < events.length; i++) {
            int colon = events[i].lastIndexOf(':');
            if (colon <= 0) {
                throw new IllegalArgumentException(KEY + " must be THREAD:NUMBER with spaces between, not " + wanted);
            }
            threads[i] = events[i].substring(0, colon);
            numbers[i] = Integer.parseInt(events[i].substring(colon + 1));
        }
    }

    /** The event numbers of a thread at which its stack is wanted, or null. */
    int[] of(String thread) {
        int count = 0;
        for (String wanted : threads) {
            count += wanted.equals(thread) ? 1 : 0;
        }
        if (count == 0) {
            return null;
        }
        int[] own = new int[count];
        for (int i = threads.length - 1; i >= 0; i--) {
            if (threads[i].equals(thread)) {
                own[--count] = numbers[i];
            }
        }
        return own;
    }

    /** Takes down the stack of the running thread if it is wanted at its present event. */
    void take(ControlledThread me) {
        for (int number : me.stacks) {
            if (number == me.number && Thread.currentThread() == me.thread) {
                keys.add(me.path + ":" + number);
                stacks.add(new Throwable());
            }
        }
    }

    /** Takes down where a thread waits that will never go on; the run is over. */
    void takeBlocked(ControlledThread thread) {
        if (threads.length > 0) {
            Throwable stack = new Throwable();
            stack.setStackTrace(thread.thread.getStackTrace());
            keys.add(thread.path + ":blocked");
            stacks.add(stack);
        }
    }

    /** Takes down what a thread is called. */
    void takeName(ControlledThread thread) {
        names.append(',').append(Text.quoted(thread.path + ":name"));
        names.append(":[").append(Text.quoted(thread.thread.getName())).append(']');
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /**
     * What was found: a JSON object from {@code THREAD:NUMBER}, or {@code THREAD:blocked} in a deadlock, to the program's
     * frames, the innermost first, and from {@code THREAD:name} to what the thread is called.
     */
    String json() {
        StringBuilder out = new StringBuilder("{");
        for (int i = 0; i < keys.size(); i++) {
            out.append(i == 0 ? "" : ",").append(Text.quoted(keys.get(i)));
            out.append(":[");
            int frames = 0;
            for (StackTraceElement element : stacks.get(i).getStackTrace()) {
                if (!Recording.ofTheJdk(element.getClassName()) && frames < MOST_FRAMES) {
                    out.append(frames++ == 0 ? "" : ",").append(Text.quoted(Recording.text(element)));
                }
            }
            out.append(']');
        }
        return out.append(names).append('}').toString();
    }
}

package io.dettrace.replay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * How a run ended.
 *
 * @param kind what happened, in one word
 * @param detail what the kind says more: class and place of an exception, threads and places of a deadlock
 */
public record Outcome(Kind kind, String detail) {
    /** The run ended as it should. */
    public static final Outcome OK = new Outcome(Kind.OK, "");

    /** The kinds of outcomes; the names in lower case are those of the schedule file. */
    public enum Kind {
        /** Ended by itself with exit status 0. */
        OK,
        /** An exception that nobody caught, in any controlled thread. */
        FAILURE,
        /** Ended by itself with another exit status than 0. */
        EXIT,
        /** Nobody can run and nobody ever will. */
        DEADLOCK,
        /** The step limit was reached. */
        LIVELOCK,
        /** The user's oracle said that the run is wrong. */
        ORACLE,
        /** A thread blocked, or was started, where the agent has no control. */
        UNCONTROLLED,
        /** A replay did something else than was recorded. */
        MISMATCH,
        /** The time limit of the host was reached. */
        TIMEOUT,
        /** The agent left no result: it did not start, or the JVM ended without it. */
        LOST;

        /** The kind's word in the schedule file. */
        public String word() {
            return switch (this) {
                case OK -> "ok";
                case FAILURE -> "failure";
                case EXIT -> "exit";
                case DEADLOCK -> "deadlock";
                case LIVELOCK -> "livelock";
                case ORACLE -> "oracle";
                case UNCONTROLLED -> "uncontrolled";
                case MISMATCH -> "mismatch";
                case TIMEOUT -> "timeout";
                case LOST -> "lost";
            };
        }
    }

    /** A thread of a deadlock and the place where it waits. */
    public record Blocked(String thread, String at) {}

    /** Reads the {@code outcome} line of a schedule file, without its key. Unknown kinds count as lost. */
    public static Outcome parse(String text) {
        int space = text.indexOf(' ');
        String word = space < 0 ? text : text.substring(0, space);
        String detail = space < 0 ? "" : text.substring(space + 1).strip();
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(word)) {
                return new Outcome(kind, detail);
            }
        }
        return new Outcome(Kind.LOST, "the outcome '" + text + "' is not known here");
    }

    /** The outcome as it stands in a schedule file. */
    public String text() {
        return detail.isEmpty() ? kind.word() : kind.word() + " " + detail;
    }

    /** True if the program did wrong. */
    public boolean failed() {
        return switch (kind) {
            case FAILURE, EXIT, DEADLOCK, LIVELOCK, ORACLE -> true;
            default -> false;
        };
    }

    /** True if the program ended as it should. */
    public boolean passed() {
        return kind == Kind.OK;
    }

    /** True if the run says nothing about the program, because it could not be controlled to its end. */
    public boolean isTrouble() {
        return !failed() && !passed();
    }

    /**
     * What failures of one cause have in common: kind, class of the exception and place. Of a deadlock the places without
     * the threads, because it does not matter which of several equal threads stands where; of a livelock nothing, because
     * where it is cut off is chance. Addresses and the numbers of
     * generated classes are left out.
     */
    public String signature() {
        return switch (kind) {
            case DEADLOCK -> {
                TreeSet<String> places = new TreeSet<>();
                blocked().forEach(b -> places.add(stable(b.at())));
                yield kind.word() + " at " + String.join(", ", places);
            }
            case LIVELOCK, UNCONTROLLED, MISMATCH, LOST -> kind.word();
            default -> stable(text());
        };
    }

    /** The threads of a deadlock, in the order given; empty for other kinds. */
    public List<Blocked> blocked() {
        if (kind != Kind.DEADLOCK) {
            return Collections.emptyList();
        }
        List<Blocked> threads = new ArrayList<>();
        for (String word : detail.split(" ")) {
            int at = word.indexOf('@');
            if (at > 0) {
                threads.add(new Blocked(word.substring(0, at), word.substring(at + 1)));
            }
        }
        return threads;
    }

    /** Without what differs from JVM to JVM: the numbers of generated classes ({@code $$Lambda/0x0001}). */
    private static String stable(String text) {
        return text.replaceAll("\\$\\$Lambda(\\$\\d+)?(/(0x)?[0-9a-f]+)?", "\\$\\$Lambda")
                .replaceAll("@[0-9a-f]{4,16}\\b", "");
    }

    @Override
    public String toString() {
        return text();
    }
}

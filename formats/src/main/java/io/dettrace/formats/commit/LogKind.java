package io.dettrace.formats.commit;

import java.util.List;

/** How one tool writes its log. */
interface LogKind {
    /** What a line is. */
    enum Line {
        /** Begins an instruction or a trap, which is now in the commit given. */
        NEW,
        /** Says more about the instruction before. */
        MORE,
        /** Is known and says nothing that is read. */
        SKIP,
        /** Is nothing of the log, such as output of the program. */
        OTHER,
        /** Begins as a line of the log and goes on wrong. */
        BROKEN
    }

    /** Stable name. */
    String name();

    /** Tells the log from its first lines: how many of them are an instruction each. */
    int matches(List<String> head);

    /**
     * Takes a line apart.
     *
     * @param before the instruction before, {@code open} if there is one; {@link Line#MORE} adds to it
     * @param next empty; {@link Line#NEW} fills it
     */
    Line take(String line, Commit before, Commit next);
}

package io.dettrace.formats;

import io.dettrace.event.InputNote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a reader needs besides its file: whether broken records are to be left out, and where to count what was tolerated.
 * One context belongs to one pass over one run; not thread-safe.
 */
public final class ReadContext {
    private final boolean lenient;
    private final int execution;
    private final Map<String, InputNote> notes = new TreeMap<>();

    /**
     * @param lenient true to leave broken records out and count them, false to fail at the first
     * @param execution in a text log of several executions the number of the one to read, from 0; -1 for all
     */
    public ReadContext(boolean lenient, int execution) {
        this.lenient = lenient;
        this.execution = execution;
    }

    /** True if broken records are left out and counted. */
    public boolean lenient() {
        return lenient;
    }

    /** Number of the execution to read, or -1 for all. */
    public int execution() {
        return execution;
    }

    /**
     * Counts something that was tolerated.
     *
     * @param code stable name
     * @param message one sentence; that of the first call stays
     * @param place {@code file:line} of this occurrence; that of the first call stays
     */
    public void note(String code, String message, String place) {
        notes.merge(
                code,
                new InputNote(code, message, 1, place),
                (old, now) -> new InputNote(code, old.message(), old.count() + 1, old.first()));
    }

    /** The notes by code. */
    public List<InputNote> notes() {
        return new ArrayList<>(notes.values());
    }
}

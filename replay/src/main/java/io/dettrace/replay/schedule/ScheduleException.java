package io.dettrace.replay.schedule;

import java.io.IOException;

/** A schedule file that cannot be read as one. The message names file and line, what was expected and what was found. */
public final class ScheduleException extends IOException {
    private static final long serialVersionUID = 1L;

    /** An error at a line, counted from 1. */
    ScheduleException(String file, int line, String what) {
        super(file + ":" + line + ": " + what);
    }
}

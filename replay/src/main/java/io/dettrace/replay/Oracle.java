package io.dettrace.replay;

import java.io.IOException;
import java.util.Optional;

/** The user's judgement of a run that ended well by itself. */
public interface Oracle {
    /** Takes every such run as right. */
    Oracle NONE = new Oracle() {
        @Override
        public boolean readsLog() {
            return false;
        }

        @Override
        public Optional<String> wrong(RunResult run) {
            return Optional.empty();
        }
    };

    /** True if it reads the run's events. */
    boolean readsLog();

    /** What is wrong with the run, in words without numbers that differ from run to run; empty if nothing is. */
    Optional<String> wrong(RunResult run) throws IOException, InterruptedException;
}

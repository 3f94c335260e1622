package io.dettrace.replay.programs;

import java.io.IOException;
import java.nio.file.Path;

/**
 * One program of the corpus.
 *
 * @param name simple name of its class
 * @param className full name of its class, to be given to a launcher
 * @param minimumJdk least feature release of the JDK it runs on, 17 or 21
 * @param kind what it is there for
 * @param expected how it ends under the schedules that make it fail; for programs without a fault, how it always ends
 * @param failsByDefault whether it fails under the schedule that never interrupts a thread
 */
public record CorpusProgram(
        String name, String className, int minimumJdk, Kind kind, Expected expected, boolean failsByDefault) {

    /** What a program is there for. */
    public enum Kind {
        /** Right under every schedule; its output tells the schedule. */
        DETERMINISM,
        /** Fails under some schedules; the place of the fault is marked in its source. */
        BUGGY,
        /** A loop for measuring slowdown; takes the number of rounds as its argument. */
        KERNEL
    }

    /** How a program ends. */
    public enum Expected {
        /** Exit status 0 and no uncaught exception. */
        PASS,
        /** An exception that no code catches, in some thread; the thread may have a handler for it. */
        EXCEPTION,
        /** No thread can go on. */
        DEADLOCK,
        /** An exit status other than 0, by System.exit. */
        EXIT
    }

    /** The source file below this root, for example {@code src/test/java} of the module. */
    public Path source(Path sourceRoot) {
        return sourceRoot.resolve(className.replace('.', '/') + ".java");
    }

    /** The fault markers in the source file below this root. */
    public FaultMarkers faults(Path sourceRoot) throws IOException {
        return FaultMarkers.read(source(sourceRoot));
    }
}

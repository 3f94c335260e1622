package io.dettrace.benchmarks.replay;

import org.jetbrains.lincheck.Lincheck;

/**
 * Runs one of the {@link SmallPrograms} under Lincheck's model checker: {@code NAME ROUNDS RUNS}. Prints whether a failure
 * was found and the seconds it took, the start of the JVM left out.
 */
public final class LincheckPeer {
    private LincheckPeer() {}

    /** Runs the program up to the given number of times. */
    public static void main(String[] args) {
        String name = args[0];
        int rounds = Integer.parseInt(args[1]);
        long from = System.nanoTime();
        String found = "nothing";
        try {
            Lincheck.runConcurrentTest(Integer.parseInt(args[2]), () -> once(name, rounds));
        } catch (AssertionError e) {
            found = e.getMessage() == null ? e.toString() : firstLine(e.getMessage());
        }
        System.out.printf("%.3f %s%n", (System.nanoTime() - from) / 1e9, found);
    }

    private static void once(String name, int rounds) {
        try {
            SmallPrograms.run(name, rounds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String firstLine(String report) {
        return report.lines().filter(line -> !line.isBlank() && !line.startsWith("= ")).findFirst().orElse(report);
    }
}

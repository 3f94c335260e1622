package io.dettrace.replay.programs;

/**
 * Two checks note their result by read and write of one status; the program's exit status tells of a lost note.
 *
 * <p>Source: lost update (Lu et al., ASPLOS 2008) that shows only as an exit status.
 */
public final class ExitStatusRace {
    private static int passed;

    private ExitStatusRace() {}

    public static void main(String[] args) throws InterruptedException {
        Thread[] checks = new Thread[3];
        for (int i = 0; i < checks.length; i++) {
            checks[i] = new Thread(ExitStatusRace::pass, "check-" + i);
            checks[i].start();
        }
        for (Thread check : checks) {
            check.join();
        }
        System.out.println("passed " + passed);
        System.exit(passed == checks.length ? 0 : 9);
    }

    private static void pass() {
        int before = passed; // fault: begin
        passed = before + 1; // fault: end, intruder
    }
}

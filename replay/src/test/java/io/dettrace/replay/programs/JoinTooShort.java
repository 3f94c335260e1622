package io.dettrace.replay.programs;

/** A report is read after a join with a time limit, as if that meant that the writer is done. */
public final class JoinTooShort {
    private static String head = "";
    private static String body = "";

    private JoinTooShort() {}

    public static void main(String[] args) throws InterruptedException {
        Thread writer = new Thread(JoinTooShort::write, "writer");
        writer.start();
        writer.join(50); // fault: begin
        String report = head + body; // fault: end
        writer.join();
        if (!report.equals("head body")) {
            throw new IllegalStateException("an incomplete report: \"" + report + "\"");
        }
        System.out.println(report);
    }

    private static void write() {
        head = "head "; // fault: intruder
        body = "body"; // fault: intruder
    }
}

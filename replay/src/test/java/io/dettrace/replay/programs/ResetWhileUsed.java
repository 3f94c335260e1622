package io.dettrace.replay.programs;

/**
 * A value is made when first asked for, and can be reset: between the question and the use it is gone again.
 *
 * <p>Source: the check-then-use pattern of Lu, Park, Seo, Zhou, "Learning from mistakes", ASPLOS 2008 (MySQL's proc_info).
 */
public final class ResetWhileUsed {
    private static volatile String title;

    private ResetWhileUsed() {}

    public static void main(String[] args) throws InterruptedException {
        Thread reader = new Thread(ResetWhileUsed::show, "reader");
        Thread editor = new Thread(ResetWhileUsed::reset, "editor");
        reader.start();
        editor.start();
        reader.join();
        editor.join();
        System.out.println("title " + title);
    }

    private static void show() {
        if (title == null) { // fault: begin
            title = "untitled";
        }
        System.out.println(title.length()); // fault: end
    }

    private static void reset() {
        title = null; // fault: intruder
    }
}

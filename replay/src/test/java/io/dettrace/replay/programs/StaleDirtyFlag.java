package io.dettrace.replay.programs;

/**
 * A saver copies the dirty flag, writes, and clears the flag; an edit in between is taken as saved.
 *
 * <p>Source: lost update of a flag, write-write variant of Lu et al., ASPLOS 2008 (MySQL binlog flags).
 */
public final class StaleDirtyFlag {
    private static volatile int text;
    private static volatile int saved;
    private static volatile boolean dirty;

    private StaleDirtyFlag() {}

    public static void main(String[] args) throws InterruptedException {
        edit(1);
        Thread saver = new Thread(StaleDirtyFlag::save, "saver");
        Thread editor = new Thread(() -> edit(2), "editor");
        saver.start();
        editor.start();
        saver.join();
        editor.join();
        save();
        System.out.println("text " + text + ", saved " + saved);
        if (saved != text) {
            throw new IllegalStateException("an edit was never saved");
        }
    }

    private static void edit(int next) {
        text = next; // fault: intruder
        dirty = true; // fault: intruder
    }

    private static void save() {
        if (dirty) {
            saved = text; // fault: begin
            dirty = false; // fault: end
        }
    }
}

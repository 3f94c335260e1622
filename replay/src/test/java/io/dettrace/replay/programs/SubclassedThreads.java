package io.dettrace.replay.programs;

/** Threads by subclassing, a thread that starts threads, and a thread started twice. */
public final class SubclassedThreads extends Thread {
    private static final StringBuffer ORDER = new StringBuffer();

    private final int depth;

    private SubclassedThreads(String name, int depth) {
        super(name);
        this.depth = depth;
    }

    public static void main(String[] args) throws InterruptedException {
        SubclassedThreads root = new SubclassedThreads("r", 0);
        root.start();
        root.join();
        System.out.println(ORDER.toString().trim());
        try {
            root.start();
        } catch (IllegalThreadStateException e) {
            System.out.println("not twice, " + root.getState());
        }
    }

    @Override
    public void run() {
        if (depth < 2) {
            SubclassedThreads left = new SubclassedThreads(getName() + "l", depth + 1);
            SubclassedThreads right = new SubclassedThreads(getName() + "r", depth + 1);
            left.start();
            right.start();
            try {
                left.join();
                right.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        ORDER.append(getName()).append(' ');
    }
}

package io.dettrace.replay.programs;

/**
 * A class makes an instance of its subclass as it is initialised; another thread uses the subclass first, which needs the class.
 *
 * <p>Source: the deadlock of class initialisers that The Java Virtual Machine Specification, 5.5, allows.
 */
public final class ClassInitCycle {
    private static class Shape {
        private static final Shape UNIT = new Circle(1); // fault: begin, end, intruder

        private final int size;

        Shape(int size) {
            this.size = size;
        }

        static int unit() {
            return UNIT.size;
        }
    }

    private static final class Circle extends Shape {
        private static int made = 0;

        Circle(int size) {
            super(size);
            made++;
        }

        static int count() {
            return made;
        }
    }

    private ClassInitCycle() {}

    public static void main(String[] args) throws InterruptedException {
        Thread drawer = new Thread(ClassInitCycle::draw, "drawer");
        Thread counter = new Thread(ClassInitCycle::count, "counter");
        drawer.start();
        counter.start();
        drawer.join();
        counter.join();
    }

    private static void draw() {
        System.out.println(Shape.unit() == 1 ? "a shape" : "no shape");
    }

    private static void count() {
        System.out.println(Circle.count() < 2 ? "few circles" : "many circles"); // fault: begin, end, intruder
    }
}

package io.dettrace.replay.programs;

/** Two classes need each other as they are initialised, and two threads begin at opposite ends. */
public final class ClassInitCrossing {
    private static final class Country {
        private static final String MONEY = Currency.name(); // fault: begin, end, intruder

        private Country() {}

        static String name() {
            return MONEY == null ? "nowhere" : "somewhere";
        }
    }

    private static final class Currency {
        private static final String PLACE = Country.name(); // fault: begin, end, intruder

        private Currency() {}

        static String name() {
            return PLACE == null ? "shells" : "coins";
        }
    }

    private ClassInitCrossing() {}

    public static void main(String[] args) throws InterruptedException {
        Thread traveller = new Thread(() -> ask(true), "traveller");
        Thread banker = new Thread(() -> ask(false), "banker");
        traveller.start();
        banker.start();
        traveller.join();
        banker.join();
    }

    private static void ask(boolean country) {
        String name = country ? Country.name() : Currency.name();
        System.out.println(name.isEmpty() ? "nothing" : "something");
    }
}

package io.dettrace.replay.programs;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Vector;

/** A thread adds to a synchronized map while it holds a vector's lock, another one to the vector while it holds the map's. */
public final class WrappersCrossed {
    private static final Map<String, Integer> STOCK = Collections.synchronizedMap(new HashMap<>());
    private static final Vector<String> ORDERS = new Vector<>();

    private WrappersCrossed() {}

    public static void main(String[] args) throws InterruptedException {
        Thread seller = new Thread(WrappersCrossed::sell, "seller");
        Thread storer = new Thread(WrappersCrossed::store, "storer");
        seller.start();
        storer.start();
        seller.join();
        storer.join();
        System.out.println("pears " + STOCK.get("pears") + ", orders " + ORDERS.size());
    }

    private static void sell() {
        synchronized (ORDERS) { // fault: begin, intruder
            ORDERS.add("pears");
            STOCK.merge("pears", -1, Integer::sum); // fault: end
        }
    }

    private static void store() {
        synchronized (STOCK) { // fault: begin, intruder
            STOCK.merge("pears", 1, Integer::sum);
            ORDERS.remove("pears"); // fault: end
        }
    }
}

package io.dettrace.clocks;

import java.util.function.UnaryOperator;

/** Common ways to tell from a lane's name which clock it has. */
public final class ClockDomains {
    private ClockDomains() {}

    /** Every lane has a clock of its own. */
    public static UnaryOperator<String> eachLane() {
        return lane -> lane;
    }

    /** Lanes share a clock if their names are the same up to the first slash: {@code host/thread}. */
    public static UnaryOperator<String> byHost() {
        return lane -> hasHost(lane) ? lane.substring(0, lane.indexOf('/')) : lane;
    }

    /** True if a lane's name has something before a slash, and something behind it. */
    public static boolean hasHost(String lane) {
        int slash = lane.indexOf('/');
        return slash > 0 && slash < lane.length() - 1;
    }
}

package io.dettrace.oracle.rules;

/** How many keys all rules may hold open together. */
final class Budget {
    private final long most;
    private long used;

    Budget(long most) {
        this.most = most;
    }

    boolean take() {
        if (used == most) {
            return false;
        }
        used++;
        return true;
    }

    void giveBack(long n) {
        used -= n;
    }
}

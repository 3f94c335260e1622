package io.dettrace.formats.ctf;

/**
 * What an event says about which thread runs: those of the Linux kernel as LTTng and perf name them, and those of Zephyr.
 */
enum Scheduling {
    /** Nothing. */
    NONE,
    /** A processor goes from one thread to another. */
    SWITCH,
    /** A thread begins to run. */
    SWITCHED_IN,
    /** A thread stops running. */
    SWITCHED_OUT,
    /** An interrupt handler begins. */
    INTERRUPT_ENTER,
    /** An interrupt handler ends. */
    INTERRUPT_EXIT,
    /** A thread may go on. */
    WAKEUP;

    static Scheduling of(String event) {
        return switch (event) {
            case "sched_switch", "sched:sched_switch" -> SWITCH;
            case "thread_switched_in" -> SWITCHED_IN;
            case "thread_switched_out" -> SWITCHED_OUT;
            case "isr_enter" -> INTERRUPT_ENTER;
            case "isr_exit", "isr_exit_to_scheduler" -> INTERRUPT_EXIT;
            case "sched_wakeup", "sched_wakeup_new", "sched:sched_wakeup", "sched:sched_wakeup_new" -> WAKEUP;
            default -> NONE;
        };
    }

    /** True if lanes of threads follow from it. */
    boolean tracks() {
        return this == SWITCH || this == SWITCHED_IN;
    }
}

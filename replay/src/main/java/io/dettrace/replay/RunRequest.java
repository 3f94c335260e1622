package io.dettrace.replay;

import io.dettrace.replay.schedule.Decision;
import io.dettrace.replay.schedule.Schedule;
import java.util.List;

/**
 * A run that is wanted.
 *
 * @param control what to follow: policy, seed and decisions
 * @param log true if the events are wanted as a file
 */
public record RunRequest(Schedule control, boolean log) {
    /** A run under the base policy with decisions that differ from it. */
    public static RunRequest scripted(List<? extends Decision> decisions, boolean log) {
        Schedule.Builder control = Schedule.builder().header("policy", "base");
        decisions.forEach(control::add);
        return new RunRequest(control.build(), log);
    }

    /** A run that was there before: with its decisions, and in its order of what came from outside. */
    public static RunRequest again(Schedule made, boolean log) {
        Schedule.Builder control = Schedule.builder().header("policy", "base");
        String admit = made.header("admit");
        if (admit != null) {
            control.header("admit", admit);
        }
        made.preemptions().forEach(control::add);
        made.choices().forEach(control::add);
        return new RunRequest(control.build(), log);
    }

    /**
     * A run under a policy.
     *
     * @param policy such as {@code pct:3}
     * @param length the expected number of decisions, for policies that spread switches over a run
     */
    public static RunRequest seeded(String policy, long seed, long length, boolean log) {
        Schedule control = Schedule.builder()
                .header("policy", policy)
                .header("seed", Long.toString(seed))
                .header("length", Long.toString(length))
                .build();
        return new RunRequest(control, log);
    }
}

package io.dettrace.replay;

import io.dettrace.replay.schedule.Decision;
import java.util.List;
import java.util.Optional;

/**
 * What was proved of a failing run, and by which experiments.
 *
 * @param verdict the result in a word
 * @param detail the result in a sentence, where the verdict alone does not say it
 * @param failure how the run failed
 * @param message the failure's message; may be empty
 * @param recorded number of decisions of the recorded run
 * @param steps the decisions that are each necessary and together sufficient, in the order in which they take effect
 * @param base the passing schedule that the failing one is held against; empty for the base policy
 * @param deadlock what each thread of a deadlock holds and waits for; empty for other failures
 * @param paths by which calls the program came to the events named
 * @param evidence what was tried
 * @param failing the minimal failing run, with its log; absent unless proved
 * @param passing the run that lacks one decision and passes, with its log; absent unless proved
 */
public record Proof(
        Verdict verdict,
        String detail,
        Outcome failure,
        String message,
        int recorded,
        List<Step> steps,
        List<Decision> base,
        List<Held> deadlock,
        CallPaths paths,
        Evidence evidence,
        Optional<RunResult> failing,
        Optional<RunResult> passing) {
    /** The verdicts. */
    public enum Verdict {
        /** Each decision is necessary, all together are sufficient; shown by runs. */
        PROVED("proved"),
        /** The recorded run does not fail, so there is nothing to explain. */
        NOT_FAILING("nothing to prove"),
        /** Its schedule alone does not make the run fail the same way again. */
        NOT_REPRODUCIBLE("not reproducible"),
        /** No passing schedule was found: the order of threads does not matter, or never rightly. */
        ALWAYS_FAILS("fails under every schedule tried"),
        /** The budget of runs was used up before the decisions were minimal. */
        OVER_BUDGET("not finished");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        /** The verdict as it is reported. */
        public String words() {
            return words;
        }
    }

    /**
     * One of the minimal decisions.
     *
     * @param decision the decision
     * @param event the event that its thread was about to do; absent if the log does not show it
     * @param made true if the failing run makes it; false if only the passing one does and the failing one lacks it
     * @param without how the run ends without it, everything else as it was
     * @param window where it takes effect; absent if the two runs' logs do not show it
     */
    public record Step(
            Decision decision, Optional<LogEvent> event, boolean made, Outcome without, Optional<Window> window) {
        /** The same with another window. */
        Step with(Window other) {
            return new Step(decision, event, made, without, Optional.of(other));
        }
    }

    /**
     * A thread of a deadlock.
     *
     * @param thread its path
     * @param holds where it took what it holds, in the order taken, what others wait for first
     * @param blocked the event at which it waits, or its last one
     * @param at the place where it waits
     * @param waitsFor the object that it waits for, if known
     * @param holder the thread that it waits for, if known
     * @param signal whether it waits to be notified, and what became of the notification
     * @param lastSignal if it waits to be notified: the last notification of that object, if there was one
     */
    public record Held(
            String thread,
            List<LogEvent> holds,
            Optional<LogEvent> blocked,
            String at,
            Optional<String> waitsFor,
            Optional<String> holder,
            Signal signal,
            Optional<LogEvent> lastSignal) {}

    /** What became of the notification that a thread waits for. */
    public enum Signal {
        /** It waits for something else. */
        NOT_AWAITED,
        /** Nobody ever notified that object. */
        NEVER,
        /** The last one came before the thread waited. */
        TOO_EARLY,
        /** The last one came while it waited, and did not wake it. */
        MISSED
    }

    /**
     * The experiments.
     *
     * @param searchRuns runs to find the minimal decisions and the window
     * @param savedRuns experiments that needed no run because their result was known
     * @param repeats fresh runs of the failing and of the passing schedule, each
     * @param failedAgain of these, failing ones that failed the same way with the same log
     * @param passedAgain of these, passing ones that passed
     * @param whole random schedules under which the window stayed whole
     * @param wholeFailing of these, those that failed
     * @param broken random schedules under which the window was broken
     * @param brokenFailing of these, those that failed
     */
    public record Evidence(
            int searchRuns,
            int savedRuns,
            int repeats,
            int failedAgain,
            int passedAgain,
            int whole,
            int wholeFailing,
            int broken,
            int brokenFailing) {
        /** No experiment. */
        static final Evidence NONE = new Evidence(0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** The step whose window says most, the last of equals; empty if none has a window. */
    public Optional<Step> telling() {
        return telling(failure, steps);
    }

    static Optional<Step> telling(Outcome failure, List<Step> steps) {
        Step best = null;
        for (Step s : steps) {
            if (s.window().isPresent() && (best == null || rank(failure, s) <= rank(failure, best))) {
                best = s;
            }
        }
        return Optional.ofNullable(best);
    }

    /** How telling a step's window is, less for more: one with both ends that closes in the method that failed is first. */
    private static int rank(Outcome failure, Step step) {
        Window window = step.window().orElseThrow();
        String at = window.after().map(LogEvent::place).orElse("");
        int paren = at.indexOf('(');
        boolean whereItFailed = paren > 0
                && window.before().isPresent()
                && failure.detail().contains(" at " + at.substring(0, paren + 1));
        return window.rank() - (whereItFailed ? 30 : 0);
    }
}

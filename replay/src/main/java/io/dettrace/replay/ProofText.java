package io.dettrace.replay;

import io.dettrace.replay.Proof.Evidence;
import io.dettrace.replay.Proof.Held;
import io.dettrace.replay.Proof.Step;
import io.dettrace.replay.Proof.Verdict;
import io.dettrace.replay.schedule.Decision;
import io.dettrace.replay.schedule.Preemption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A proof as text: first the cause in a sentence, then where, then what shows it. */
public final class ProofText {
    private static final int SHOWN_INTRUSION = 6;
    private static final int SHOWN_CALLERS = 3;
    private static final Pattern PACKAGES = Pattern.compile("\\b(?:[a-z_][a-z0-9_]*\\.)+(?=[A-Z])");

    private final Proof proof;
    private final StringBuilder out = new StringBuilder();

    private ProofText(Proof proof) {
        this.proof = proof;
    }

    /** Renders a proof. */
    public static String render(Proof proof) {
        ProofText text = new ProofText(proof);
        text.head();
        if (!proof.steps().isEmpty()) {
            text.cause();
            text.deadlock();
            text.threads();
            text.steps();
            text.passes();
            text.evidence();
        }
        return text.out.toString();
    }

    private void head() {
        line(proof.verdict().words().toUpperCase(java.util.Locale.ROOT));
        if (proof.verdict() != Verdict.NOT_FAILING) {
            line("  " + proof.failure().text());
        }
        if (!proof.message().isEmpty()) {
            line("  " + proof.message());
        }
        if (proof.verdict() != Verdict.PROVED) {
            line("  " + proof.detail());
        }
    }

    private void cause() {
        line("");
        line("Cause: " + sentence(proof));
        proof.telling().flatMap(Step::window).ifPresent(this::window);
    }

    /** The cause in a sentence. */
    static String sentence(Proof proof) {
        List<Held> circle = Deadlocks.circle(proof.deadlock());
        if (!circle.isEmpty()) {
            return String.join(
                    ", and ", circle.stream().map(h -> holdsAndWaits(proof, h)).toList());
        }
        List<Held> stuck = Deadlocks.stuck(proof.deadlock());
        if (!stuck.isEmpty()) {
            Map<String, List<String>> threads = new LinkedHashMap<>();
            stuck.forEach(h -> threads.computeIfAbsent(stuck(proof, h), k -> new ArrayList<>())
                    .add(h.thread()));
            return threads.entrySet().stream()
                    .map(e -> (e.getValue().size() == 1 ? "thread " : "threads ")
                            + String.join(" and ", e.getValue())
                            + (e.getValue().size() == 1 ? " waits" : " wait")
                            + e.getKey())
                    .collect(Collectors.joining("; and "));
        }
        Optional<Step> telling = proof.telling();
        if (telling.isEmpty()) {
            return "the order in which the threads ran; no shared access of it is in the log";
        }
        Window w = telling.get().window().orElseThrow();
        String between = w.between().map(ProofText::done).orElse("");
        return switch (w.kind()) {
            case ATOMICITY, ATOMICITY_OF_SEVERAL ->
                "thread " + w.intruder() + " came between two accesses of thread " + w.interrupted()
                        + " that belong together"
                        + w.region(proof.paths())
                                .map(r -> ", in " + bare(r.place()))
                                .orElse("") + ": " + between
                        + w.between().map(e -> callers(proof, e, 1)).orElse("")
                        + w.second().map(e -> ", and " + done(e)).orElse("");
            case ORDER -> {
                LogEvent own = w.after().or(w::before).orElseThrow();
                yield w.after().isPresent()
                        ? "thread " + w.intruder() + " did " + between + " before thread " + w.interrupted() + " did "
                                + done(own)
                        : "thread " + w.intruder() + " did " + between + " after thread " + w.interrupted() + " did "
                                + done(own)
                                + (stopped(proof, w).isPresent()
                                        ? ", and thread " + w.interrupted() + " could not go on"
                                        : "");
            }
            case UNKNOWN ->
                "thread " + w.intruder() + " ran where thread " + w.interrupted()
                        + " would have gone on; what they share is not in the log";
        };
    }

    /** For what a thread waits that nobody can let go on any more, the rest of a sentence. */
    private static String stuck(Proof proof, Held h) {
        List<String> path = proof.paths().waiting(h);
        StringBuilder text = new StringBuilder(" at " + bare(path.get(0)) + called(path, 1));
        String signal = h.lastSignal()
                .map(e -> "thread " + e.thread() + ", " + done(e) + callers(proof, e, 1))
                .orElse("");
        text.append(
                switch (h.signal()) {
                    case NOT_AWAITED -> " for what no other thread gives it";
                    case NEVER -> " to be notified, and nobody ever notifies that object";
                    case TOO_EARLY -> " to be notified, but the last notification came before that: " + signal;
                    case MISSED -> " to be notified, and the last notification woke somebody else: " + signal;
                });
        Deadlocks.wanted(h, proof.deadlock())
                .ifPresent(e -> text.append("; meanwhile holding ")
                        .append(bare(object(e)))
                        .append(", taken at ")
                        .append(bare(e.place()))
                        .append(", for which others wait"));
        return text.toString();
    }

    /** Where the interrupted thread stands, if it is in a deadlock. */
    private static Optional<Held> stopped(Proof proof, Window w) {
        return proof.deadlock().stream()
                .filter(h -> h.thread().equals(w.interrupted()))
                .findFirst();
    }

    private void window(Window w) {
        line("");
        LogEvent before = w.before().or(w::last).orElse(null);
        if (before != null) {
            event(before, w.before().isPresent() ? "" : "(last event before the switch)");
        }
        if (before == null) {
            line("  thread " + w.interrupted() + " had done nothing yet");
        }
        int ran = w.ran();
        line("         -- thread " + w.interrupted() + " was stopped here; " + ran + (ran == 1 ? " event" : " events")
                + " of others came in between:");
        intrusion(w);
        LogEvent after = w.after().or(w::next).orElse(null);
        boolean reached = after == null
                || stopped(proof, w)
                        .flatMap(Held::blocked)
                        .map(last -> after.n() <= last.n())
                        .orElse(true);
        line("         -- thread " + w.interrupted()
                + (w.next().isEmpty()
                        ? " never went on"
                        : reached ? " went on:" : " did not get so far; without the switch it goes on:"));
        if (after != null) {
            event(after, "");
        }
    }

    /** The events that came in between: the first ones, and those that conflict. */
    private void intrusion(Window w) {
        Set<LogEvent> conflicts = new LinkedHashSet<>();
        w.between().ifPresent(conflicts::add);
        w.second().ifPresent(conflicts::add);
        boolean gap = false;
        for (int i = 0; i < w.intrusion().size(); i++) {
            LogEvent e = w.intrusion().get(i);
            boolean conflict = conflicts.remove(e);
            if (i >= SHOWN_INTRUSION && !conflict) {
                gap = true;
                continue;
            }
            if (gap) {
                line("         ...");
                gap = false;
            }
            event(e, conflict ? "<- conflicts" : "");
        }
        if (gap || w.ran() > w.intrusion().size()) {
            line("         ...");
        }
        conflicts.forEach(e -> event(e, "<- conflicts"));
    }

    private void event(LogEvent e, String remark) {
        String text = String.format(java.util.Locale.ROOT, "  %-6s #%-4d %s  %s", e.thread(), e.n(), done(e), remark);
        line(text.stripTrailing());
        String callers = callers(proof, e, SHOWN_CALLERS);
        if (!callers.isEmpty()) {
            line("               " + callers.substring(2));
        }
    }

    /** By which calls the program came there, the nearest first. */
    private static String callers(Proof proof, LogEvent e, int most) {
        return called(proof.paths().of(e), most);
    }

    private static String called(List<String> path, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < path.size() && i <= most; i++) {
            text.append(i == 1 ? ", called from " : ", from ").append(bare(path.get(i)));
        }
        return text.toString();
    }

    /** An event and its place, without packages: the file's name tells enough. */
    private static String done(LogEvent e) {
        return bare(e.at() == null ? e.brief() : e.brief() + " at " + e.at());
    }

    private static String bare(String text) {
        return PACKAGES.matcher(text).replaceAll("");
    }

    private void deadlock() {
        if (proof.deadlock().isEmpty()) {
            return;
        }
        line("");
        line("Nobody could go on:");
        for (Held h : proof.deadlock()) {
            List<String> path = proof.paths().waiting(h);
            String what = h.waitsFor().map(res -> " for " + res).orElse("");
            String holder = h.holder()
                    .map(t -> (what.isEmpty() ? " for thread " : " of thread ") + t)
                    .orElse("");
            line("  thread " + h.thread() + " waits" + what + holder + " at " + bare(path.get(0))
                    + called(path, SHOWN_CALLERS));
            for (LogEvent e : h.holds()) {
                line("    and holds " + bare(object(e)) + ", taken at " + bare(e.place())
                        + callers(proof, e, SHOWN_CALLERS));
            }
            h.lastSignal()
                    .ifPresent(e -> line("    it was last notified by thread " + e.thread() + ": " + done(e)
                            + callers(proof, e, SHOWN_CALLERS)));
        }
    }

    private static String holdsAndWaits(Proof proof, Held h) {
        List<String> path = proof.paths().waiting(h);
        String holds = h.holds().stream()
                .findFirst()
                .map(e ->
                        " holds " + bare(object(e)) + ", taken at " + bare(e.place()) + callers(proof, e, 1) + ", and")
                .orElse("");
        return "thread " + h.thread() + holds + " waits for thread "
                + h.holder().orElse("?") + " at " + bare(path.get(0)) + called(path, 1);
    }

    private static String object(LogEvent e) {
        return (e.what() == null ? "" : e.what() + " ") + e.res();
    }

    private void threads() {
        if (!proof.paths().names().isEmpty()) {
            line("");
            line("Threads: "
                    + proof.paths().names().entrySet().stream()
                            .map(e -> e.getKey() + " " + e.getValue())
                            .collect(Collectors.joining(", ")));
        }
    }

    private void steps() {
        line("");
        int count = proof.steps().size();
        boolean ofRecorded = proof.steps().stream().allMatch(Step::made);
        line("Minimal set: " + count + (count == 1 ? " decision" : " decisions")
                + (ofRecorded ? " of " + proof.recorded() + " recorded" : "")
                + (count == 1 ? "; necessary and sufficient" : "; each necessary, together sufficient"));
        int number = 1;
        for (Step s : proof.steps()) {
            line("  " + number++ + ". " + words(s));
            line("     without it: " + s.without().text());
        }
    }

    private static String words(Step s) {
        String at = s.event().map(e -> " (" + done(e) + ")").orElse("");
        Decision d = s.decision();
        String decision = d instanceof Preemption
                ? "before event " + d.n() + " of thread " + d.thread() + at + ", thread " + d.to() + " runs"
                : "the notification that is event " + d.n() + " of thread " + d.thread() + " wakes thread " + d.to();
        return s.made() ? decision : "it does not happen that " + decision;
    }

    private void passes() {
        line("");
        line("What passes: " + passing(proof));
    }

    /** The cheapest order that passes, of those tried. */
    static String passing(Proof proof) {
        Optional<Window> window = proof.telling().flatMap(Step::window);
        StringBuilder text = new StringBuilder();
        if (proof.base().isEmpty()) {
            text.append("the base policy (each thread runs until it blocks), with no switch at all");
        } else {
            text.append("the base policy with ").append(lines(proof.base()));
        }
        window.ifPresent(w -> {
            if (w.passesLater() && w.after().isPresent()) {
                text.append("; also the failing schedule if thread ").append(w.interrupted());
                text.append(" is stopped only after ").append(done(w.after().get()));
            }
            if (w.passesEarlier() && w.before().isPresent()) {
                text.append(w.passesLater() ? ", or " : "; also the failing schedule if it is stopped ")
                        .append("before ");
                text.append(done(w.before().get()));
            }
        });
        return text.toString();
    }

    private static String lines(List<Decision> decisions) {
        return String.join(", ", decisions.stream().map(Decision::line).toList());
    }

    private void evidence() {
        Evidence e = proof.evidence();
        line("");
        line("Shown by: " + e.failedAgain() + " of " + e.repeats() + " replays failed the same way, " + e.passedAgain()
                + " of " + e.repeats() + " runs without the decision passed");
        if (e.whole() + e.broken() > 0) {
            line("  " + (e.whole() + e.broken()) + " random schedules around it: window whole " + e.whole()
                    + ", of these "
                    + e.wholeFailing() + " failed" + (e.wholeFailing() > 0 ? " by another way" : "")
                    + "; window broken " + e.broken() + ", of these " + e.brokenFailing()
                    + " failed");
        }
        line("  " + e.searchRuns() + " runs to find it, " + 2 * e.repeats() + " to confirm, " + (e.whole() + e.broken())
                + " around it");
        line("Not explored: what the memory model allows beyond interleaving threads.");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}

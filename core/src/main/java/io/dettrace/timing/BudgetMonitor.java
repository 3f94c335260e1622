package io.dettrace.timing;

import io.dettrace.compare.EventPoint;
import io.dettrace.compare.ObservedPair;
import io.dettrace.event.EventBlock;
import io.dettrace.event.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/** Holds the candidate's events against budgets. */
final class BudgetMonitor implements EventTap.Watcher {
    private static final Checker[] NONE = {};

    private final List<Checker> checkers = new ArrayList<>();
    private final List<DelayChecker> delays = new ArrayList<>();
    private final Int2ObjectHashMap<Checker[]> byLane = new Int2ObjectHashMap<>();
    private long last = EventBlock.NO_TIME;

    /**
     * A monitor for events whose kind is told by the given fields.
     *
     * @throws InputException if budgets name kinds and the runs have none
     */
    BudgetMonitor(Budgets budgets, List<String> kindPaths) throws InputException {
        for (Budget budget : budgets.all()) {
            String place = budgets.file() + ":" + budget.line();
            if (budget instanceof Budget.OwnDelay d) {
                delays.add(new DelayChecker(d, EventSelector.of(place, d.events(), kindPaths)));
            } else if (budget instanceof Budget.Response r) {
                checkers.add(new ResponseChecker(
                        r, EventSelector.of(place, r.from(), kindPaths), EventSelector.of(place, r.to(), kindPaths)));
            } else if (budget instanceof Budget.Period p) {
                checkers.add(new PeriodChecker(p, EventSelector.of(place, p.events(), kindPaths)));
            }
        }
    }

    /** Takes the own delay of a pair's candidate. */
    void delay(ObservedPair pair, long delay, OwnDelay own) {
        for (DelayChecker d : delays) {
            if (delay > d.budget.atMost() && d.selector.matches(pair.kind(), pair.laneName())) {
                d.broken(pair, delay, own);
            }
        }
    }

    @Override
    public void event(EventTap at, int lane, int kind, long time) {
        if (checkers.isEmpty() || time == EventBlock.NO_TIME) {
            return;
        }
        last = Math.max(last, time);
        Checker[] wanted = byLane.get(lane);
        if (wanted == null) {
            String name = at.laneName(lane);
            wanted = checkers.stream().filter(c -> c.isAbout(name)).toArray(Checker[]::new);
            byLane.put(lane, wanted.length == 0 ? NONE : wanted);
        }
        for (Checker c : wanted) {
            c.event(at, lane, kind, time);
        }
    }

    /** The budgets that were broken, in the order of the file. */
    List<Violation> violations() {
        List<Checker> all = new ArrayList<>(checkers);
        all.addAll(delays);
        all.forEach(c -> c.end(last));
        return all.stream()
                .filter(c -> c.count > 0)
                .map(Checker::violation)
                .sorted((a, b) -> Integer.compare(a.budget().line(), b.budget().line()))
                .toList();
    }

    /** Counts what breaks one budget, and keeps the first. */
    private abstract static class Checker {
        private final Budget stated;
        private long count;
        private EventPoint first;
        private Optional<EventPoint> since = Optional.empty();
        private long actual;
        private boolean never;
        private long worst;

        Checker(Budget stated) {
            this.stated = stated;
        }

        abstract boolean isAbout(String lane);

        abstract void event(EventTap at, int lane, int kind, long time);

        /** The run ended at this time. */
        void end(long time) {}

        final void broken(EventPoint event, Optional<EventPoint> from, long took, boolean neverCame, boolean isWorse) {
            if (count++ == 0) {
                first = event;
                since = from;
                actual = took;
                never = neverCame;
            }
            worst = count == 1 || isWorse ? took : worst;
        }

        final long worst() {
            return worst;
        }

        final Violation violation() {
            return new Violation(stated, count, first, since, actual, never, worst);
        }
    }

    private static final class DelayChecker extends Checker {
        final Budget.OwnDelay budget;
        final EventSelector selector;

        DelayChecker(Budget.OwnDelay budget, EventSelector selector) {
            super(budget);
            this.budget = budget;
            this.selector = selector;
        }

        @Override
        boolean isAbout(String lane) {
            return false;
        }

        @Override
        void event(EventTap at, int lane, int kind, long time) {}

        void broken(ObservedPair pair, long delay, OwnDelay own) {
            broken(pair.point(1), own.enabling(), delay, false, delay > worst());
        }
    }

    private static final class ResponseChecker extends Checker {
        private final Budget.Response budget;
        private final EventSelector from;
        private final EventSelector to;

        /** The oldest event that waits, by lane, or by 0 where any lane may answer. */
        private final Long2ObjectHashMap<EventPoint> waiting = new Long2ObjectHashMap<>();

        ResponseChecker(Budget.Response budget, EventSelector from, EventSelector to) {
            super(budget);
            this.budget = budget;
            this.from = from;
            this.to = to;
        }

        @Override
        boolean isAbout(String lane) {
            return from.isIn(lane) || !budget.sameLane() && to.isIn(lane);
        }

        @Override
        void event(EventTap at, int lane, int kind, long time) {
            String name = at.laneName(lane);
            long key = budget.sameLane() ? lane : 0;
            if (to.isKind(kind) && (budget.sameLane() || to.isIn(name))) {
                EventPoint asked = waiting.remove(key);
                if (asked != null && time - asked.time() > budget.atMost()) {
                    long took = time - asked.time();
                    broken(at.point(), Optional.of(asked), took, false, took > worst());
                }
            }
            if (from.isKind(kind) && from.isIn(name) && !waiting.containsKey(key)) {
                waiting.put(key, at.point());
            }
        }

        @Override
        void end(long time) {
            waiting.values().stream()
                    .filter(asked -> time - asked.time() > budget.atMost())
                    .sorted((a, b) -> Long.compare(a.index(), b.index()))
                    .forEach(asked -> {
                        long took = time - asked.time();
                        broken(asked, Optional.of(asked), took, true, took > worst());
                    });
            waiting.clear();
        }
    }

    private static final class PeriodChecker extends Checker {
        private final Budget.Period budget;
        private final EventSelector events;
        private final Int2ObjectHashMap<EventPoint> before = new Int2ObjectHashMap<>();

        PeriodChecker(Budget.Period budget, EventSelector events) {
            super(budget);
            this.budget = budget;
            this.events = events;
        }

        @Override
        boolean isAbout(String lane) {
            return events.isIn(lane);
        }

        @Override
        void event(EventTap at, int lane, int kind, long time) {
            if (!events.isKind(kind)) {
                return;
            }
            EventPoint now = at.point();
            EventPoint previous = before.put(lane, now);
            if (previous == null) {
                return;
            }
            long gap = time - previous.time();
            if (Math.abs(gap - budget.period()) > budget.within()) {
                boolean worse = Math.abs(gap - budget.period()) > Math.abs(worst() - budget.period());
                broken(now, Optional.of(previous), gap, false, worse);
            }
        }
    }
}

package io.dettrace.oracle.mine;

import io.dettrace.oracle.rules.EventPattern;
import io.dettrace.oracle.rules.Rule;
import io.dettrace.oracle.rules.Rule.Machine.Move;
import io.dettrace.oracle.rules.Scope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The orders of kinds that hold in all runs for one scope, and which of them follow from others. {@code followed} and
 * {@code preceded} are strict partial orders (an a that a b always follows, whose b an a always follows, would never end), so
 * that leaving out what is transitive leaves the least.
 */
final class KindOrders {
    /** Where rules go. */
    interface Offer {
        void rule(Rule rule, String anyScope, long[] seen, boolean follows);
    }

    private final Scope scope;
    private final List<String> kinds;
    private final List<Relations> runs;
    private final int support;
    private final boolean[][] followed;
    private final boolean[][] preceded;
    private final boolean[][] never;
    private final boolean[] once;
    private final boolean[][] turns;

    /** Pairs in a machine that says how it ends, so that the one is always followed by the other. */
    private final boolean[][] ended;

    KindOrders(Scope scope, List<String> kinds, List<Relations> runs, int support) {
        this.scope = scope;
        this.kinds = kinds;
        this.runs = runs;
        this.support = support;
        int n = kinds.size();
        followed = new boolean[n][n];
        preceded = new boolean[n][n];
        never = new boolean[n][n];
        turns = new boolean[n][n];
        ended = new boolean[n][n];
        once = new boolean[n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                followed[a][b] = a != b;
                preceded[a][b] = a != b;
                never[a][b] = a != b;
                turns[a][b] = a != b;
            }
            once[a] = true;
        }
        runs.forEach(this::intersect);
    }

    private void intersect(Relations r) {
        int n = kinds.size();
        boolean lanes = scope.equals(Scope.EACH_LANE);
        for (int a = 0; a < n; a++) {
            int x = r.kinds.indexOf(kinds.get(a));
            once[a] &= !r.repeated[x] && r.keys[x] >= support && !lanes;
            for (int b = 0; b < n; b++) {
                int y = r.kinds.indexOf(kinds.get(b));
                followed[a][b] &= !r.notFollowed[x][y];
                preceded[a][b] &= !r.notPreceded[x][y];
                never[a][b] &= !r.follows[x][y] && r.together[x][y] >= (lanes ? 2 : support);
                turns[a][b] &= !r.notAlternating[x][y] && r.repeated[x];
            }
        }
    }

    private long[] seen(int kind) {
        return runs.stream()
                .mapToLong(r -> r.events[r.kinds.indexOf(kinds.get(kind))])
                .toArray();
    }

    /** All rules, those that follow from others marked. */
    void offer(Offer to) {
        int n = kinds.size();
        boolean[][] bySequence = sequences(to);
        for (int a = 0; a < n; a++) {
            if (once[a]) {
                to.rule(new Rule.AtMost(1, of(a), scope), "once " + kinds.get(a), seen(a), false);
            }
        }
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                String pair = kinds.get(a) + "\u001F" + kinds.get(b);
                if (followed[a][b]) {
                    boolean follows = ended[a][b] || transitive(followed, a, b);
                    to.rule(new Rule.Follows(of(a), of(b), scope, Rule.NO_LIMIT), "followed " + pair, seen(a), follows);
                }
                if (preceded[a][b]) {
                    boolean follows = bySequence[b][a] || transitive(preceded, a, b);
                    to.rule(
                            new Rule.Preceded(of(a), of(b), scope, Rule.NO_LIMIT),
                            "preceded " + pair,
                            seen(a),
                            follows);
                }
            }
        }
        nevers(to);
    }

    private boolean transitive(boolean[][] order, int a, int c) {
        for (int b = 0; b < kinds.size(); b++) {
            if (order[a][b] && order[b][c]) {
                return true;
            }
        }
        return false;
    }

    /** No b after a. */
    private void nevers(Offer to) {
        int n = kinds.size();
        boolean[][] left = new boolean[n][];
        for (int a = 0; a < n; a++) {
            left[a] = never[a].clone();
        }
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                if (!never[a][b]) {
                    continue;
                }
                boolean follows = preceded[a][b] && once[b] || followed[b][a] && once[a];
                for (int c = 0; c < n; c++) {
                    follows |= c != a && c != b && (left[a][c] && followed[b][c] || left[c][b] && preceded[a][c]);
                }
                left[a][b] = !follows;
                to.rule(
                        new Rule.Never(of(b), of(a), scope, Optional.empty()),
                        "never " + kinds.get(b) + "\u001F" + kinds.get(a),
                        seen(a),
                        follows);
            }
        }
    }

    // ---- kinds that take turns -------------------------------------------------------------------------------------

    /** Kinds each two of which take turns come round in one order: a machine. True for the pairs that are in one. */
    private boolean[][] sequences(Offer to) {
        int n = kinds.size();
        boolean[][] covered = new boolean[n][n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                if (turns[a][b] && !covered[a][b]) {
                    List<Integer> round = round(a, b);
                    for (int i = 0; i < round.size(); i++) {
                        for (int j = i + 1; j < round.size(); j++) {
                            covered[round.get(i)][round.get(j)] = true;
                            ended[round.get(i)][round.get(j)] |= ends(round);
                        }
                    }
                    to.rule(
                            machine(round),
                            "turns " + round.stream().map(kinds::get).toList(),
                            seen(round.get(0)),
                            false);
                }
            }
        }
        return covered;
    }

    private List<Integer> round(int a, int b) {
        List<Integer> round = new ArrayList<>(List.of(a, b));
        for (int c = 0; c < kinds.size(); c++) {
            int kind = c;
            if (round.contains(c) || !round.stream().allMatch(r -> turns[r][kind] || turns[kind][r])) {
                continue;
            }
            int place = (int) round.stream().filter(r -> turns[r][kind]).count();
            round.add(place, c);
        }
        return round;
    }

    private Rule machine(List<Integer> round) {
        List<Move> moves = new ArrayList<>();
        for (int i = 0; i < round.size(); i++) {
            moves.add(new Move(null, kinds.get(round.get(i)), kinds.get(round.get((i + 1) % round.size()))));
        }
        String last = kinds.get(round.get(round.size() - 1));
        Set<String> start = new LinkedHashSet<>(List.of(kinds.get(round.get(0))));
        Set<String> end = ends(round) ? new LinkedHashSet<>(List.of(last)) : Set.of();
        return new Rule.Machine("turns", scope, Optional.empty(), moves, start, end, false);
    }

    /** True if in every run each key ends with the last kind of the round, among those of the round. */
    private boolean ends(List<Integer> round) {
        int last = round.get(round.size() - 1);
        return round.stream().allMatch(k -> k == last || followed[k][last]);
    }

    private EventPattern of(int kind) {
        return EventPattern.of(kinds.get(kind));
    }
}

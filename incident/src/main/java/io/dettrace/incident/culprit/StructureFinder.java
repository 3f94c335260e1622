package io.dettrace.incident.culprit;

import io.dettrace.incident.window.Names;
import java.util.ArrayList;
import java.util.List;

/**
 * Where requests take another step than the baseline's. At each node two questions are asked of each step: is it left out more
 * often (Fisher's exact test, one-sided), and is it taken more often. A step that was left behind by units that failed, for one in
 * units that do not, is an improvement and no departure.
 */
final class StructureFinder {
    private final Transitions t;
    private final Peers peers;
    private final Names names;
    /** All p-values, for the control of false discoveries. */
    final List<Double> tests = new ArrayList<>();

    StructureFinder(Transitions t, Peers peers, Names names) {
        this.peers = peers;
        this.t = t;
        this.names = names;
    }

    /**
     * A node at which requests depart: the step that they left out most clearly, and the one that they took instead.
     *
     * @param byLoss true if the step left out tells more than the one taken
     */
    record Found(int node, int expected, int instead, boolean byLoss, Departure departure) {
        Found with(Departure other) {
            return new Found(node, expected, instead, byLoss, other);
        }
    }

    /** The departures, in the order of nodes, whatever their significance; bounds are given to those that are selected. */
    List<Found> find() {
        int[] lost = new int[t.nodes];
        int[] gained = new int[t.nodes];
        double[] lostP = new double[t.nodes];
        double[] gainedP = new double[t.nodes];
        java.util.Arrays.fill(lost, -1);
        java.util.Arrays.fill(gained, -1);
        for (int s = 0; s < t.steps; s++) {
            int n = t.stepNode[s];
            int before = t.passing[2 * n];
            int now = t.passing[2 * n + 1];
            if (before == 0 || now == 0) {
                continue;
            }
            int b = t.taking[2 * s];
            int i = t.taking[2 * s + 1];
            double less = Counting.more(before - b, before, now - i, now);
            double more = Counting.more(b, before, i, now);
            tests.add(less);
            tests.add(more);
            if (less < 1 && (lost[n] < 0 || less < lostP[n])) {
                lost[n] = s;
                lostP[n] = less;
            }
            if (more < 1 && (gained[n] < 0 || more < gainedP[n])) {
                gained[n] = s;
                gainedP[n] = more;
            }
        }
        List<Found> found = new ArrayList<>();
        for (int n = 0; n < t.nodes; n++) {
            if ((lost[n] >= 0 || gained[n] >= 0) && !isImprovement(lost[n], gained[n])) {
                found.add(found(n, lost[n], gained[n], lostP[n], gainedP[n]));
            }
        }
        return found;
    }

    private boolean isImprovement(int lost, int gained) {
        if (lost < 0) {
            return false;
        }
        boolean failedBefore = 2 * t.failing[2 * lost] > t.taking[2 * lost];
        boolean failsNow = gained >= 0 && 2 * t.failing[2 * gained + 1] > t.taking[2 * gained + 1];
        return failedBefore && !failsNow;
    }

    private String callee(int step) {
        int target = step < 0 || !Token.isChild(t.stepTo[step]) ? -1 : peers.target(Token.name(t.stepTo[step]));
        return target < 0 ? "" : names.get(target);
    }

    private Found found(int n, int lost, int gained, double lostP, double gainedP) {
        int before = t.passing[2 * n];
        int now = t.passing[2 * n + 1];
        boolean byLoss = lost >= 0 && (gained < 0 || lostP <= gainedP);
        int b = byLoss ? before - t.taking[2 * lost] : t.taking[2 * gained];
        int i = byLoss ? now - t.taking[2 * lost + 1] : t.taking[2 * gained + 1];
        int operation = t.nodeOperation[n];
        return new Found(
                n,
                lost,
                gained,
                byLoss,
                new Departure(
                        Departure.Kind.STRUCTURE,
                        names.get(t.nodeService[n]),
                        names.get(operation),
                        Token.text(t.nodeFrom[n], names, operation),
                        lost < 0 ? "" : Token.text(t.stepTo[lost], names, operation),
                        gained < 0 ? "" : Token.text(t.stepTo[gained], names, operation),
                        callee(lost),
                        before,
                        b,
                        now,
                        i,
                        0,
                        1,
                        0,
                        byLoss ? lostP : gainedP,
                        0,
                        0,
                        null));
    }
}

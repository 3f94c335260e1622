package io.dettrace.incident.simulation;

import io.dettrace.incident.simulation.ServiceGraph.Protocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Who calls whom, drawn at random, before rules and sizes are known: services in layers, which call only layers below, and
 * below all of them databases and foreign services.
 */
final class GraphDraft {
    /** Nanoseconds of a millisecond. */
    static final double MILLI = 1e6;

    /** A service that is being drawn. */
    static final class Node {
        final int number;
        final int layer;
        final Protocol protocol;
        final boolean instrumented;
        final double popularity;
        final List<Op> operations = new ArrayList<>();

        Node(int number, int layer, Protocol protocol, boolean instrumented, double popularity) {
            this.number = number;
            this.layer = layer;
            this.protocol = protocol;
            this.instrumented = instrumented;
            this.popularity = popularity;
        }
    }

    /** An operation: work, then groups of calls with more work after each. Rate per second, times in nanoseconds. */
    static final class Op {
        final Node node;
        final int number;
        final List<Double> work = new ArrayList<>();
        final List<List<Link>> groups = new ArrayList<>();
        double sigma;
        double rate;
        double response;

        Op(Node node) {
            this.node = node;
            number = node.operations.size();
            node.operations.add(this);
        }

        double ownWork() {
            return work.stream().mapToDouble(w -> w).sum() * StrictMath.exp(sigma * sigma / 2);
        }
    }

    /** A call. */
    record Link(Op target, double probability, double hitRatio, boolean optional) {
        double weight() {
            return probability * (1 - hitRatio);
        }
    }

    final List<Node> nodes = new ArrayList<>();
    final int entries;
    private final Random random;
    private final int depth;

    GraphDraft(Random random) {
        this.random = random;
        int all = 8 + random.nextInt(23);
        int below = Math.max(1, (int) (all * (0.15 + 0.15 * random.nextDouble())));
        int own = all - below;
        entries = 1 + random.nextInt(Math.min(3, own / 3));
        depth = 2 + random.nextInt(own > 10 ? 4 : 2);
        for (int i = 0; i < own; i++) {
            add(i < entries ? 0 : i - entries < depth ? 1 + i - entries : 1 + random.nextInt(depth), true);
        }
        for (int i = 0; i < below; i++) {
            add(depth + 1, false);
        }
        nodes.forEach(this::fill);
        callTheUncalled();
    }

    private void add(int layer, boolean instrumented) {
        double u = random.nextDouble();
        Protocol protocol;
        if (!instrumented) {
            protocol = u < 0.75 ? Protocol.DATABASE : Protocol.HTTP;
        } else if (layer > 0 && u < 0.12) {
            protocol = Protocol.MESSAGE;
        } else {
            protocol = layer > 0 && u < 0.5 ? Protocol.GRPC : Protocol.HTTP;
        }
        double popularity = StrictMath.exp(random.nextGaussian());
        Node node = new Node(nodes.size(), layer, protocol, instrumented, popularity);
        nodes.add(node);
        for (int i = 1 + random.nextInt(layer == 0 ? 4 : 3); i > 0; i--) {
            new Op(node);
        }
    }

    private void fill(Node node) {
        for (Op op : node.operations) {
            op.sigma = 0.2 + 0.5 * random.nextDouble();
            op.work.add(anyWork());
            int groups = node.instrumented ? 1 + random.nextInt(3) : 0;
            for (int i = 0; i < groups; i++) {
                List<Link> group = new ArrayList<>();
                int parallel = random.nextDouble() < 0.25 ? 2 + random.nextInt(2) : 1;
                for (int k = 0; k < parallel; k++) {
                    Op target = anyBelow(node.layer);
                    if (group.stream().noneMatch(l -> l.target().node == target.node)) {
                        group.add(link(target));
                    }
                }
                addGroup(op, group);
            }
        }
    }

    private void addGroup(Op op, List<Link> group) {
        op.groups.add(group);
        op.work.add(anyWork() * 0.5);
    }

    private double anyWork() {
        return StrictMath.exp(0.9 * random.nextGaussian()) * 3 * MILLI;
    }

    private Link link(Op target) {
        double probability = random.nextDouble() < 0.65 ? 1 : 0.1 + 0.85 * random.nextDouble();
        boolean cached = target.node.protocol != Protocol.MESSAGE && random.nextDouble() < 0.15;
        return new Link(target, probability, cached ? 0.3 + 0.6 * random.nextDouble() : 0, random.nextDouble() < 0.15);
    }

    private Op anyBelow(int layer) {
        List<Node> below = nodes.stream().filter(n -> n.layer > layer).toList();
        double at = random.nextDouble()
                * below.stream().mapToDouble(n -> n.popularity).sum();
        for (Node node : below) {
            at -= node.popularity;
            if (at <= 0) {
                return node.operations.get(random.nextInt(node.operations.size()));
            }
        }
        Node last = below.get(below.size() - 1);
        return last.operations.get(0);
    }

    private void callTheUncalled() {
        List<Op> called = new ArrayList<>();
        nodes.forEach(n -> n.operations.forEach(o -> o.groups.forEach(g -> g.forEach(l -> called.add(l.target())))));
        for (Node node : nodes) {
            for (Op op : node.operations) {
                if (node.layer > 0 && !called.contains(op)) {
                    List<Node> above = nodes.stream()
                            .filter(n -> n.layer < node.layer && n.instrumented)
                            .toList();
                    Node caller = above.get(random.nextInt(above.size()));
                    Op from = caller.operations.get(random.nextInt(caller.operations.size()));
                    addGroup(from, new ArrayList<>(List.of(link(op))));
                }
            }
        }
    }

    /** Works out rates from those of the entries, and expected response times; returns spans per second. */
    double flow(List<Op> entryOperations, List<Double> rates) {
        List<Node> down = new ArrayList<>(nodes);
        down.sort(Comparator.comparingInt(n -> n.layer));
        nodes.forEach(n -> n.operations.forEach(o -> o.rate = 0));
        for (int i = 0; i < entryOperations.size(); i++) {
            entryOperations.get(i).rate += rates.get(i);
        }
        double spans = 0;
        for (Node node : down) {
            for (Op op : node.operations) {
                spans += op.rate * (node.instrumented && node.layer > 0 ? 2 : 1);
                op.groups.forEach(g -> g.forEach(l -> l.target().rate += op.rate * l.weight()));
            }
        }
        for (int i = down.size() - 1; i >= 0; i--) {
            down.get(i).operations.forEach(GraphDraft::respond);
        }
        return spans;
    }

    private static void respond(Op op) {
        op.response = op.ownWork();
        for (List<Link> group : op.groups) {
            op.response += group.stream()
                    .filter(l -> l.target().node.protocol != Protocol.MESSAGE)
                    .mapToDouble(l -> l.weight() * (l.target().response + MILLI))
                    .max()
                    .orElse(0);
        }
    }
}

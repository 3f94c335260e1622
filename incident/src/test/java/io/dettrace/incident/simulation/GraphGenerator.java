package io.dettrace.incident.simulation;

import static io.dettrace.incident.simulation.GraphDraft.MILLI;

import io.dettrace.incident.simulation.GraphDraft.Link;
import io.dettrace.incident.simulation.GraphDraft.Node;
import io.dettrace.incident.simulation.GraphDraft.Op;
import io.dettrace.incident.simulation.ServiceGraph.Call;
import io.dettrace.incident.simulation.ServiceGraph.Calls;
import io.dettrace.incident.simulation.ServiceGraph.Edge;
import io.dettrace.incident.simulation.ServiceGraph.Entry;
import io.dettrace.incident.simulation.ServiceGraph.Instance;
import io.dettrace.incident.simulation.ServiceGraph.Operation;
import io.dettrace.incident.simulation.ServiceGraph.Protocol;
import io.dettrace.incident.simulation.ServiceGraph.Service;
import io.dettrace.incident.simulation.ServiceGraph.Step;
import io.dettrace.incident.simulation.ServiceGraph.Style;
import io.dettrace.incident.simulation.ServiceGraph.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random service graphs: 8 to 30 services, sized so that queues are short when all is well (workers and cores used to 15 to
 * 50 %), with rules of calls as programmers set them, good and bad.
 */
final class GraphGenerator {
    private static final List<String> EXCEPTIONS = List.of(
            "java.lang.IllegalStateException",
            "java.lang.NullPointerException",
            "ValueError",
            "KeyError",
            "System.InvalidOperationException",
            "TypeError");
    private static final long EPOCH = 1_750_000_000_000_000_000L;

    private final Random random;
    private final Names names;
    private final Map<Long, Edge> edges = new LinkedHashMap<>();
    private int instances;

    private GraphGenerator(Random random) {
        this.random = random;
        names = new Names(random);
    }

    /** The graph of a seed, with this many requests a second. */
    static ServiceGraph generate(long seed, double rate) {
        Random random = new Random(Draws.mix(seed, 17));
        while (true) {
            GraphDraft draft = new GraphDraft(random);
            List<Op> operations = new ArrayList<>();
            draft.nodes.subList(0, draft.entries).forEach(n -> operations.addAll(n.operations));
            List<Double> shares = shares(random, operations.size());
            double spans =
                    draft.flow(operations, shares.stream().map(s -> s * rate).toList()) / rate;
            if (spans >= 6 && spans <= 40) {
                return new GraphGenerator(random).graph(draft, operations, shares, rate, seed);
            }
        }
    }

    private static List<Double> shares(Random random, int number) {
        double[] weights = new double[number];
        double sum = 0;
        for (int i = 0; i < number; i++) {
            weights[i] = StrictMath.exp(random.nextGaussian());
            sum += weights[i];
        }
        List<Double> shares = new ArrayList<>();
        for (double weight : weights) {
            shares.add(weight / sum);
        }
        return shares;
    }

    private ServiceGraph graph(GraphDraft draft, List<Op> entries, List<Double> shares, double rate, long seed) {
        for (Node node : draft.nodes) {
            for (Op op : node.operations) {
                op.groups.forEach(g -> g.forEach(l -> edge(op, l.target(), draft)));
            }
        }
        List<Service> services = draft.nodes.stream().map(this::service).toList();
        List<Entry> open = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            open.add(new Entry(entries.get(i).node.number, entries.get(i).number, shares.get(i)));
        }
        long start = EPOCH + (Draws.mix(seed, 3) >>> 24) * 1_000L;
        return new ServiceGraph(services, List.copyOf(edges.values()), open, rate, start);
    }

    private Edge edge(Op from, Op to, GraphDraft draft) {
        long key = (long) from.node.number << 32 | to.node.number;
        return edges.computeIfAbsent(key, k -> newEdge(from.node, to.node));
    }

    private Edge newEdge(Node from, Node to) {
        double response = 0;
        double rate = 0;
        for (Op op : to.operations) {
            response = Math.max(response, op.response);
        }
        for (Op op : from.operations) {
            for (List<Link> group : op.groups) {
                rate += group.stream()
                                .filter(l -> l.target().node == to)
                                .mapToDouble(Link::weight)
                                .sum()
                        * op.rate;
            }
        }
        double patience = random.nextDouble() < 0.25 ? between(4, 6) : between(8, 30);
        double least = between(60, 400) * MILLI;
        return new Edge(
                edges.size(),
                from.number,
                to.number,
                (long) Math.max(least, response * patience),
                random.nextDouble() < 0.5 ? 0 : 1 + random.nextInt(3),
                (long) (between(10, 150) * MILLI),
                random.nextBoolean(),
                random.nextDouble() < 0.25,
                2 + (int) Math.ceil(rate * response / 1e9 / between(0.1, 0.4)) + random.nextInt(6),
                between(0.15, 0.8) * MILLI,
                to.protocol == Protocol.MESSAGE);
    }

    private Service service(Node node) {
        boolean oneActive = !node.instrumented && node.protocol == Protocol.DATABASE && random.nextBoolean();
        String name = names.next();
        if (!node.instrumented) {
            name = node.protocol == Protocol.DATABASE ? name + ".internal" : "api." + name + ".example";
        } else if (random.nextDouble() < 0.6) {
            name += random.nextBoolean() ? "-service" : "-" + names.next();
        }
        int size = oneActive ? 2 : node.instrumented ? 1 + random.nextInt(4) : 1;
        Style style = new Style(
                random.nextDouble() < 0.6,
                random.nextDouble() < 0.7,
                random.nextDouble() < 0.5,
                random.nextDouble() < 0.5,
                random.nextDouble() < 0.25);
        List<Instance> members = new ArrayList<>();
        double load = 0;
        double work = 0;
        for (Op op : node.operations) {
            load += op.rate * op.response / 1e9;
            work += op.rate * op.ownWork() / 1e9;
        }
        int active = oneActive ? 1 : size;
        int workers = 2 + random.nextInt(5) + (int) Math.ceil(load / active / between(0.15, 0.4));
        double cores = Math.max(1, Math.ceil(work / active / between(0.15, 0.4)));
        for (int i = 0; i < size; i++) {
            members.add(instance(node, name, i, workers, cores));
        }
        List<Operation> operations = new ArrayList<>();
        node.operations.forEach(o -> operations.add(operation(o)));
        return new Service(node.number, name, node.protocol, node.instrumented, oneActive, style, members, operations);
    }

    private Instance instance(Node node, String service, int index, int workers, double cores) {
        String name = service + "-" + Long.toString(random.nextInt(1 << 25) + (1L << 25), 36) + "-" + index;
        String host = "10.0." + node.number + "." + (10 + index);
        long offset = (long) (random.nextGaussian() * 1.5 * MILLI);
        return new Instance(instances++, node.number, name, host, offset, workers, cores);
    }

    private Operation operation(Op op) {
        List<Step> steps = new ArrayList<>();
        int call = 0;
        for (int i = 0; i < op.work.size(); i++) {
            steps.add(new Work(op.work.get(i), op.sigma));
            if (i < op.groups.size()) {
                List<Call> calls = new ArrayList<>();
                for (Link link : op.groups.get(i)) {
                    Edge edge = edges.get((long) op.node.number << 32 | link.target().node.number);
                    calls.add(new Call(
                            call++, edge, link.target().number, link.probability(), link.hitRatio(), link.optional()));
                }
                steps.add(new Calls(List.copyOf(calls)));
            }
        }
        double errors = random.nextDouble() < 0.5 ? 0 : 0.01 * random.nextDouble() * random.nextDouble();
        String exception = EXCEPTIONS.get(random.nextInt(EXCEPTIONS.size()));
        return new Operation(op.node.number, op.number, names.next(), errors, exception, List.copyOf(steps));
    }

    private double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }
}

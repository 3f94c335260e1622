package io.dettrace.incident.simulation;

import io.dettrace.incident.simulation.ServiceGraph.Edge;
import io.dettrace.incident.simulation.ServiceGraph.Entry;
import io.dettrace.incident.simulation.ServiceGraph.Instance;
import io.dettrace.incident.simulation.ServiceGraph.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A discrete-event simulation of a service graph under a load, with a fault or without. Time 0 is the window's begin; three
 * seconds before it are simulated to warm up and not recorded. Same arguments, same result.
 */
final class Simulation {
    private static final long SECOND = 1_000_000_000L;
    private static final long WARM_UP = 3 * SECOND;
    private static final long DRAIN = 60 * SECOND;
    private static final long SAMPLE = 10 * SECOND;

    /** Something that happens at a time; of two at the same time the one that was planned first. */
    private record Event(long time, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final ServiceGraph graph;
    private final Load load;
    private final EffectTable effects;
    private final Telemetry telemetry;
    private final List<List<InstanceState>> states = new ArrayList<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long now = -WARM_UP;
    private long planned;

    private Simulation(ServiceGraph graph, Load load, List<Effect> happening) {
        this.graph = graph;
        this.load = load;
        effects = new EffectTable(happening);
        telemetry = new Telemetry(graph, load, effects);
        for (Service service : graph.services()) {
            List<InstanceState> members = new ArrayList<>();
            for (Instance instance : service.instances()) {
                InstanceState state = new InstanceState(service, instance, members.size());
                state.advance(now);
                members.add(state);
            }
            states.add(members);
        }
    }

    /** Runs a window in which nothing but these effects happens. */
    static Window run(ServiceGraph graph, Load load, List<Effect> effects) {
        Simulation simulation = new Simulation(graph, load, effects);
        simulation.run();
        return simulation.telemetry.window(simulation.states);
    }

    /** Runs a window with a fault. */
    static Window run(ServiceGraph graph, Load load, Fault fault) {
        List<Effect> effects = new ArrayList<>(fault.effects());
        effects.addAll(fault.setting());
        Simulation simulation = new Simulation(graph, load, effects);
        simulation.run();
        simulation.telemetry.announce(fault.announcements());
        return simulation.telemetry.window(simulation.states);
    }

    private void run() {
        arrivals(0, -1, 1, -WARM_UP, load.duration());
        for (int i = 0; i < effects.all().size(); i++) {
            if (effects.all().get(i) instanceof Effect.Surge surge) {
                Entry entry = graph.entries().get(surge.entry());
                long from = Math.max(surge.from(), -WARM_UP);
                long to = Math.min(surge.to(), load.duration());
                arrivals(i + 1, surge.entry(), (surge.factor() - 1) * entry.share(), from, to);
            }
        }
        for (long time = SAMPLE; time <= load.duration(); time += SAMPLE) {
            at(time, () -> telemetry.sample(states, now));
        }
        while (!events.isEmpty()) {
            Event event = events.poll();
            now = event.time();
            if (now > load.duration() + DRAIN) {
                return;
            }
            event.action().run();
        }
    }

    /** Lets requests of a Poisson process with {@code factor} times the graph's rate come; {@code entry} -1 is any. */
    private void arrivals(int stream, int entry, double factor, long from, long to) {
        double most = graph.rate() * load.level() * factor * 1.15 / SECOND;
        arrive(Draws.mix(load.seed(), 1_000 + stream), 0, entry, most, from, to);
    }

    private void arrive(long key, int number, int entry, double most, double after, long to) {
        long request = Draws.mix(key, number);
        double time = after + Draws.exponential(request, 0) / most;
        if (time < to) {
            at((long) time, () -> {
                if (Draws.uniform(request, 1) * 1.15 < load.drift(now)) {
                    enter(request, entry);
                }
                arrive(key, number + 1, entry, most, time, to);
            });
        }
    }

    private void enter(long key, int entry) {
        Entry chosen = graph.entries().get(entry < 0 ? anyEntry(key) : entry);
        Service service = graph.services().get(chosen.service());
        InstanceState to = route(service, -1, Draws.mix(key, 4));
        Execution.Request request = new Execution.Request(key, now >= 0, 0);
        new Execution(this, to, graph.operation(chosen.service(), chosen.operation()), request, Draws.mix(key, 5), null)
                .arrive();
    }

    private int anyEntry(long key) {
        double at = Draws.uniform(key, 3);
        for (int i = 0; i < graph.entries().size(); i++) {
            at -= graph.entries().get(i).share();
            if (at < 0) {
                return i;
            }
        }
        return graph.entries().size() - 1;
    }

    /** The instance that a balancer or the caller chooses. */
    InstanceState route(Service service, int caller, long key) {
        List<InstanceState> members = states.get(service.number());
        int first = service.oneActive() ? 0 : (int) (Draws.uniform(key, 20) * members.size());
        for (int i = 0; i < members.size(); i++) {
            InstanceState state = members.get((first + i) % members.size());
            if (!effects.drained(service.number(), state.index, caller, now)) {
                return state;
            }
        }
        return members.get(first);
    }

    long now() {
        return now;
    }

    void after(long delay, Runnable action) {
        at(now + delay, action);
    }

    private void at(long time, Runnable action) {
        events.add(new Event(time, planned++, action));
    }

    Service callee(Edge edge) {
        return graph.services().get(edge.to());
    }

    EffectTable effects() {
        return effects;
    }

    Telemetry telemetry() {
        return telemetry;
    }
}

package io.dettrace.incident.simulation;

import io.dettrace.incident.simulation.ServiceGraph.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Prints how rankers do on simulated incidents: {@code [N] [SEED] [CLASS]}, by default 500 incidents of seed 1 and the rankers
 * for comparison; CLASS names one more {@link Ranker} with a public constructor without arguments.
 */
public final class SimulatedIncidents {
    private SimulatedIncidents() {}

    /** Prints the tables. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        int number = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        List<Ranker> rankers = new ArrayList<>();
        for (int i = 2; i < arguments.length; i++) {
            rankers.add((Ranker)
                    Class.forName(arguments[i]).getDeclaredConstructor().newInstance());
        }
        rankers.addAll(List.of(new AlertCounter(), new RandomWalk(), new FixedLimits()));
        Map<Ranker, Scorer> scorers = new LinkedHashMap<>();
        rankers.forEach(r -> scorers.put(r, new Scorer(r.name())));
        List<Row> rows = IntStream.range(0, number)
                .parallel()
                .mapToObj(i -> row(Incident.generate(seed, i), rankers))
                .toList();
        System.out.println(summary(rows, seed));
        for (int i = 0; i < rankers.size(); i++) {
            Scorer scorer = scorers.get(rankers.get(i));
            for (Row row : rows) {
                scorer.add(row.truth(), row.answers().get(i), row.own());
            }
            System.out.println(scorer.table());
            System.out.print(scorer.confusion());
        }
        System.out.println("prec, recall: services said to be hit, all incidents together; /i: mean of the incidents;"
                + " -m: without services near the limit of being hit");
    }

    private record Row(
            Truth truth, Set<String> own, List<Answer> answers, int services, long spans, long traces, int tries) {}

    private static Row row(Incident incident, List<Ranker> rankers) {
        Set<String> own = incident.graph().services().stream()
                .filter(Service::instrumented)
                .map(Service::name)
                .collect(Collectors.toSet());
        Observed before = Observed.of(incident.baseline());
        Observed after = Observed.of(incident.window());
        List<Answer> answers = rankers.stream()
                .map(r -> r instanceof ObservedRanker simple
                        ? simple.rank(before, after)
                        : r.rank(incident.baseline(), incident.window()))
                .toList();
        long traces =
                incident.window().spans().stream().filter(s -> s.parent() == 0).count();
        return new Row(
                incident.truth(),
                own,
                answers,
                incident.graph().services().size(),
                incident.baseline().spans().size() + incident.window().spans().size(),
                traces,
                incident.tries());
    }

    private static String summary(List<Row> rows, long seed) {
        return String.format(
                Locale.ROOT,
                "%d incidents of seed %d: %.1f services, %.0f requests in the incident's window, %.0f spans in both;"
                        + " %.1f services hit, %.1f directly; %.2f faults drawn for each%n",
                rows.size(),
                seed,
                rows.stream().mapToInt(Row::services).average().orElse(0),
                rows.stream().mapToLong(Row::traces).average().orElse(0),
                rows.stream().mapToLong(Row::spans).average().orElse(0),
                rows.stream().mapToInt(r -> r.truth().hit().size()).average().orElse(0),
                rows.stream().mapToInt(r -> r.truth().direct().size()).average().orElse(0),
                rows.stream().mapToInt(Row::tries).average().orElse(0));
    }
}

package io.dettrace.learn;

import io.dettrace.compare.CompareOptions;
import io.dettrace.compare.Progress;
import io.dettrace.compare.RunComparator;
import io.dettrace.normalize.Mapping;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Prints, for each of the {@link Systems}, what its profile promises beside what further runs show. Arguments: passing runs to
 * learn from, further passing runs to judge. Ends with 1 if a figure is out of its bounds.
 */
final class ProfileFigures {
    private ProfileFigures() {}

    public static void main(String[] args) throws IOException {
        int runs = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        int fresh = args.length > 1 ? Integer.parseInt(args[1]) : 500;
        boolean kept = true;
        System.out.printf(
                Locale.ROOT,
                "%-9s %5s %7s %6s %7s %7s %14s %8s %10s %7s%n",
                "system",
                "runs",
                "events",
                "rules",
                "tested",
                "bound",
                "false alarms",
                "LOO",
                "blindness",
                "time");
        for (Systems system : Systems.values()) {
            List<RunTable> tables =
                    LongStream.range(0, runs).mapToObj(system::run).toList();
            long start = System.nanoTime();
            Learnt learnt = Learner.learn(tables, Mapping.builder().build(), false, List.of());
            double seconds = (System.nanoTime() - start) / 1e9;
            int alarms = alarms(system, learnt, fresh);
            System.out.printf(
                    Locale.ROOT,
                    "%-9s %5d %7d %6d %7d %6.1f%% %4d/%d %5.1f%% %8s %9.1f%% %6.1fs%n",
                    system.name().toLowerCase(Locale.ROOT),
                    runs,
                    tables.stream().mapToInt(RunTable::size).sum(),
                    learnt.profile().learnt().size(),
                    learnt.quantities(),
                    100 * learnt.falseAlarmBound(),
                    alarms,
                    fresh,
                    100.0 * alarms / fresh,
                    learnt.cleanRuns() + "/" + learnt.clean().size(),
                    100 * learnt.blindness().share(),
                    seconds);
            kept &= alarms <= fresh * learnt.falseAlarmBound()
                    && learnt.cleanRuns() == runs
                    && learnt.blindness().share() <= 0.05;
        }
        if (!kept) {
            System.out.println("a figure is out of its bounds");
            System.exit(1);
        }
    }

    private static int alarms(Systems system, Learnt learnt, int fresh) throws IOException {
        Mapping ruled = learnt.profile().ruled();
        RunTable reference = system.run(learnt.reference());
        int alarms = 0;
        for (int i = 0; i < fresh; i++) {
            boolean equal = RunComparator.compare(
                            reference.run(ruled, Map.of()),
                            system.run(1_000_000 + i).run(ruled, Map.of()),
                            CompareOptions.DEFAULT,
                            Progress.NONE)
                    .isEqual();
            alarms += equal ? 0 : 1;
        }
        return alarms;
    }
}

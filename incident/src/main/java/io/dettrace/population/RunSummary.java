package io.dettrace.population;

import io.dettrace.event.Field;
import io.dettrace.learn.RunTable;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.MappingInference;
import io.dettrace.normalize.Role;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What occurs in one run, each with the event where it first did, by its number from 0. */
final class RunSummary {
    /** Different values of a field in a run beyond which its single values are not looked at. */
    static final int MAX_VALUES = 64;

    /** How far apart in its lane two events may be that another one comes between. */
    static final int MAX_LANE_DISTANCE = 3;

    /** How far apart they may be in the run. */
    static final int MAX_DISTANCE = 64;

    /** Different interruptions that are kept of a run. */
    static final int MAX_INTERRUPTIONS = 100_000;

    /** Roles whose values say nothing about what a run did, or differ from run to run in any case. */
    private static final Set<Role> NOT_VALUES = EnumSet.of(
            Role.LANE, Role.KIND, Role.TIME, Role.ID, Role.EVENT, Role.LINK, Role.MESSAGE, Role.CLOCK, Role.IGNORE);

    /** A field of the events of a kind. */
    record Place(String kind, String path) {}

    /** Two things in a row. */
    record Two(String first, String second) {}

    /** Two kinds in a lane, and the kind of an event of another lane between them. */
    record Three(String first, String second, String between) {}

    /** A value and the first event that has it. */
    record At(double value, int event) {}

    /** What a field holds. */
    static final class Values {
        /** First event by value; no longer complete if {@link #many}. */
        final Map<String, Integer> first = new HashMap<>();

        /** Ever greater and ever smaller values. */
        final List<At> rising = new ArrayList<>();

        final List<At> falling = new ArrayList<>();
        boolean many;

        void add(Field f, int event) {
            if (!many) {
                first.putIfAbsent(f.text(), event);
                many = first.size() > MAX_VALUES;
            }
            if (f.type() == Field.Type.NUMBER) {
                double value = Double.parseDouble(f.text());
                if (rising.isEmpty() || value > rising.get(rising.size() - 1).value()) {
                    rising.add(new At(value, event));
                }
                if (falling.isEmpty() || value < falling.get(falling.size() - 1).value()) {
                    falling.add(new At(value, event));
                }
            }
        }
    }

    final RunTable table;
    final Map<String, List<Integer>> events = new HashMap<>();
    final Map<Two, Integer> inLane = new HashMap<>();
    final Map<Place, Values> values = new HashMap<>();
    final Map<Two, Integer> follows = new HashMap<>();
    final Map<Two, Integer> interleaves = new HashMap<>();
    final Map<Three, Integer> interrupts = new HashMap<>();
    private final List<String> kinds = new ArrayList<>();
    private final List<String> lanes = new ArrayList<>();

    /** For each event that of its lane before it, -1 if there is none. */
    private final List<Integer> before = new ArrayList<>();

    /**
     * Goes through a run.
     *
     * @param aliases lanes of the run that go by another name in the others
     */
    RunSummary(RunTable table, Mapping mapping, Map<String, String> aliases) {
        this.table = table;
        List<String> kindPaths = mapping.fields(Role.KIND);
        List<String> lanePaths = mapping.fields(Role.LANE);
        Map<String, Boolean> isValue = new HashMap<>();
        Map<String, Integer> lastInLane = new HashMap<>();
        for (int i = 0; i < table.size(); i++) {
            int event = i;
            List<Field> fields = table.fields(i);
            String kind = RunTable.kind(fields, kindPaths);
            String own = MappingInference.lane(fields, lanePaths);
            String lane = aliases.getOrDefault(own, own);
            events.computeIfAbsent(kind, k -> new ArrayList<>()).add(i);
            inLane.putIfAbsent(new Two(kind, lane), i);
            kinds.add(kind);
            lanes.add(lane);
            Integer last = lastInLane.put(lane, i);
            before.add(last == null ? -1 : last);
            order(i);
            for (Field f : fields) {
                if (isValue.computeIfAbsent(f.path(), p -> isValue(mapping, p))) {
                    values.computeIfAbsent(new Place(kind, f.path()), p -> new Values())
                            .add(f, event);
                }
            }
        }
    }

    private void order(int event) {
        String kind = kinds.get(event);
        int last = before.get(event);
        if (last >= 0) {
            follows.putIfAbsent(new Two(kinds.get(last), kind), event);
        }
        if (event > 0 && last != event - 1) {
            interleaves.putIfAbsent(new Two(kinds.get(event - 1), kind), event);
        }
        for (int n = 0; n < MAX_LANE_DISTANCE && last >= 0 && event - last <= MAX_DISTANCE; n++) {
            for (int i = last + 1; i < event && interrupts.size() < MAX_INTERRUPTIONS; i++) {
                if (!lanes.get(i).equals(lanes.get(event))) {
                    interrupts.putIfAbsent(new Three(kinds.get(last), kind, kinds.get(i)), i);
                }
            }
            last = before.get(last);
        }
    }

    /** The place of an event, by the run's own name where that is its file's. */
    static String place(RunTable table, int event) {
        String place = table.place(event);
        String file = place.substring(0, place.lastIndexOf(':'));
        return table.name().endsWith(file) ? table.name() + place.substring(file.length()) : place;
    }

    private static boolean isValue(Mapping mapping, String path) {
        return mapping.plan(path).roles().stream().noneMatch(NOT_VALUES::contains);
    }

    /** Number of the first event by which the statement is true of the run, -1 if it is not. */
    int first(Predicate p) {
        return switch (p.form()) {
            case EVENT -> nth(p.first(), 1);
            case EVENT_IN_LANE -> inLane.getOrDefault(new Two(p.first(), p.second()), -1);
            case VALUE -> {
                Values v = values.get(new Place(p.first(), p.second()));
                yield v == null ? -1 : v.first.getOrDefault(p.value(), -1);
            }
            case ABOVE -> beyond(p, true);
            case BELOW -> beyond(p, false);
            case COUNT -> nth(p.first(), Integer.parseInt(p.value()));
            case FOLLOWS -> follows.getOrDefault(new Two(p.first(), p.second()), -1);
            case INTERLEAVES -> interleaves.getOrDefault(new Two(p.first(), p.second()), -1);
            case INTERRUPTS -> interrupts.getOrDefault(new Three(p.first(), p.second(), p.value()), -1);
            case ORDER -> {
                int a = nth(p.first(), 1);
                int b = nth(p.second(), 1);
                yield a >= 0 && a < b ? b : -1;
            }
        };
    }

    private int nth(String kind, int n) {
        List<Integer> at = events.getOrDefault(kind, List.of());
        return at.size() < n ? -1 : at.get(n - 1);
    }

    private int beyond(Predicate p, boolean above) {
        Values v = values.get(new Place(p.first(), p.second()));
        double bound = Double.parseDouble(p.value());
        for (At at : v == null ? List.<At>of() : above ? v.rising : v.falling) {
            if (above ? at.value() > bound : at.value() < bound) {
                return at.event();
            }
        }
        return -1;
    }
}

package io.dettrace.oracle.rules;

import io.dettrace.event.Field;
import io.dettrace.oracle.history.Place;
import java.util.ArrayList;
import java.util.List;

/** Small runs for tests: an event is {@code kind field=value …}; {@code t} is its time in milliseconds, {@code lane} its lane. */
public final class Events {
    private Events() {}

    /** An event of a small run. */
    public record Event(String kind, List<Field> fields, long line) implements Observation {
        @Override
        public String lane() {
            String lane = field("lane");
            return lane == null ? "" : lane;
        }

        @Override
        public String field(String path) {
            return fields.stream()
                    .filter(f -> f.path().equals(path))
                    .map(Field::text)
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public long time() {
            String t = field("t");
            return t == null ? NO_TIME : Long.parseLong(t) * 1_000_000;
        }

        @Override
        public Place place() {
            return new Place("run", line);
        }
    }

    /** The events of a run, parted by {@code ;}. */
    public static List<Event> of(String run) {
        List<Event> events = new ArrayList<>();
        for (String one : run.split(";")) {
            if (one.isBlank()) {
                continue;
            }
            String[] words = one.strip().split("\\s+");
            List<Field> fields = new ArrayList<>();
            for (int i = 1; i < words.length; i++) {
                String[] pair = words[i].split("=");
                boolean number = pair[1].matches("-?[0-9]+(\\.[0-9]+)?");
                fields.add(new Field(pair[0], number ? Field.Type.NUMBER : Field.Type.STRING, pair[1]));
            }
            events.add(new Event(words[0], fields, events.size() + 1));
        }
        return events;
    }

    /** Checks rules, given without their first line. */
    public static RuleResult check(String rules, List<Event> run, boolean cut) throws Exception {
        RuleChecker checker = new RuleChecker(RuleFile.parse("r", RuleFile.MAGIC + "\n" + rules), 1_000_000);
        run.forEach(checker::take);
        return checker.end(cut);
    }
}

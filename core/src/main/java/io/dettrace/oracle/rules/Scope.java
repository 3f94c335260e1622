package io.dettrace.oracle.rules;

import java.util.List;

/**
 * Which events a rule takes together: those with the same values in some fields, those of a lane, or all.
 *
 * @param fields the fields, or {@link #LANE} for the lane; none for the whole run
 */
public record Scope(List<String> fields) {
    /** What stands for the lane among fields, also in merged runs. */
    public static final String LANE = "$lane";

    /** Each lane by itself. */
    public static final Scope EACH_LANE = new Scope(List.of(LANE));

    /** The whole run. */
    public static final Scope OVERALL = new Scope(List.of());

    private static final char BETWEEN = '\u001F';

    public Scope {
        fields = List.copyOf(fields);
    }

    /** What the event is taken together by, or null if it lacks one of the fields. */
    public String keyOf(Observation event) {
        if (fields.size() == 1) {
            return value(event, fields.get(0));
        }
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < fields.size(); i++) {
            String value = value(event, fields.get(i));
            if (value == null) {
                return null;
            }
            key.append(i == 0 ? "" : BETWEEN).append(value);
        }
        return key.toString();
    }

    static String value(Observation event, String field) {
        return field.equals(LANE) ? event.lane() : event.field(field);
    }

    /** A key for people: {@code lock m1, thread 7}. */
    String describe(String key) {
        String[] values = key.split(String.valueOf(BETWEEN), -1);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < fields.size(); i++) {
            boolean lane = fields.get(i).equals(LANE);
            if (lane && values[i].isEmpty()) {
                continue;
            }
            out.append(out.isEmpty() ? "" : ", ")
                    .append(lane ? "lane" : fields.get(i))
                    .append(' ')
                    .append(values[i]);
        }
        return out.toString();
    }

    /** As in a rule file, with a space before it; nothing if it is what a rule means that says nothing. */
    String suffix(Scope usual) {
        if (equals(usual)) {
            return "";
        }
        return fields.isEmpty() ? " overall" : " by " + names();
    }

    /** The fields as in a rule file. */
    public String names() {
        return String.join(
                ", ",
                fields.stream()
                        .map(f -> f.equals(LANE) ? "lane" : RuleWords.quoted(f))
                        .toList());
    }
}

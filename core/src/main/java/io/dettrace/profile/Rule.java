package io.dettrace.profile;

import io.dettrace.normalize.FieldRule;
import io.dettrace.normalize.NoiseRules;
import java.util.List;

/** One rule of a profile. Kinds are named as {@link NoiseRules.Builder} says. */
public sealed interface Rule {
    /**
     * Adds the rule to {@code noise}.
     *
     * @param because why it holds, may be empty
     */
    void addTo(NoiseRules.Builder noise, String because);

    /** Kinds of events that the rule speaks of, of which there should be some; {@link NoiseRules#ANY_KIND} for all. */
    List<String> kinds();

    /** What the rule is about; of two rules about the same the later wins. */
    String about();

    /**
     * How a field is compared.
     *
     * @param kind kind of the events, or {@link NoiseRules#ANY_KIND}
     */
    record OfField(String kind, String path, FieldRule rule) implements Rule {
        @Override
        public void addTo(NoiseRules.Builder noise, String because) {
            noise.field(kind, path, rule, because);
        }

        @Override
        public List<String> kinds() {
            return List.of(kind);
        }

        @Override
        public String about() {
            return "field " + kind + "\n" + path;
        }
    }

    /**
     * Events of a kind may be there or not.
     *
     * @param low least number of them in a run
     * @param high greatest number of them in a run, {@link Long#MAX_VALUE} for any
     */
    record Optional(String kind, long low, long high) implements Rule {
        @Override
        public void addTo(NoiseRules.Builder noise, String because) {
            noise.optional(kind, low, high);
        }

        @Override
        public List<String> kinds() {
            return List.of(kind);
        }

        @Override
        public String about() {
            return "optional " + kind;
        }
    }

    /**
     * A stretch of events may be repeated.
     *
     * @param kinds of the stretch's events, 1 to {@value NoiseRules#MAX_BODY}
     * @param low least number of times in a row, 1 or more
     * @param high greatest number of times in a row, {@link Long#MAX_VALUE} for any
     */
    record Repeats(List<String> kinds, long low, long high) implements Rule {
        /** Any number of times. */
        public Repeats(List<String> kinds) {
            this(kinds, 1, Long.MAX_VALUE);
        }

        @Override
        public void addTo(NoiseRules.Builder noise, String because) {
            noise.repeats(kinds, low, high);
        }

        @Override
        public String about() {
            return "repeats " + String.join("\n", kinds);
        }
    }

    /** Events of two kinds may come in either order in a lane. */
    record Independent(String kind, String other) implements Rule {
        @Override
        public void addTo(NoiseRules.Builder noise, String because) {
            noise.independent(kind, other);
        }

        @Override
        public List<String> kinds() {
            return List.of(kind, other);
        }

        @Override
        public String about() {
            return "independent " + (kind.compareTo(other) < 0 ? kind + "\n" + other : other + "\n" + kind);
        }
    }
}

package io.dettrace.normalize;

import io.dettrace.event.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which field of an event means what. A mapping is declared in a small file ({@link MappingFile}), on the command line,
 * or inferred from samples ({@link MappingInference}); either way every decision carries its reason.
 *
 * <p>Fields are named by dotted path ({@code metadata.register}); the path of an object stands for all fields in it, and
 * {@code *} for any run of characters. A field that no role mentions is compared. Immutable.
 */
public final class Mapping {
    private final Map<Role, List<String>> fields;
    private final TimeScale timeScale;
    private final Optional<String> split;
    private final Optional<String> pattern;
    private final Optional<String> delimiter;
    private final Map<String, String> reasons;
    private final NoiseRules noise;
    private final Map<Role, List<Pattern>> globs = new EnumMap<>(Role.class);

    private Mapping(Builder b) {
        Map<Role, List<String>> copy = new EnumMap<>(Role.class);
        b.fields.forEach((role, paths) -> copy.put(role, List.copyOf(paths)));
        fields = Collections.unmodifiableMap(copy);
        timeScale = b.timeScale;
        split = Optional.ofNullable(b.split);
        pattern = Optional.ofNullable(b.pattern);
        delimiter = Optional.ofNullable(b.delimiter);
        reasons = Collections.unmodifiableMap(new LinkedHashMap<>(b.reasons));
        noise = b.noise;
        fields.forEach((role, paths) ->
                globs.put(role, paths.stream().map(Mapping::glob).toList()));
    }

    /** The paths that play {@code role}, in declared order; for lanes the order is that of the lane name's parts. */
    public List<String> fields(Role role) {
        return fields.getOrDefault(role, List.of());
    }

    /** How numbers in the time field are read. */
    public TimeScale timeScale() {
        return timeScale;
    }

    /** The field that tells several runs in one input apart. */
    public Optional<String> split() {
        return split;
    }

    /** The regular expression that reads an event from a text log, with named groups as fields. */
    public Optional<String> pattern() {
        return pattern;
    }

    /** The regular expression whose matches part several executions in one text log. */
    public Optional<String> delimiter() {
        return delimiter;
    }

    /** True if rules of a profile say what is noise besides. */
    public boolean isRuled() {
        return noise != null;
    }

    /** The rule of a profile for a field of an event; empty if there is none. */
    public Optional<NoiseRules.Reasoned> rule(List<Field> event, String path) {
        return noise == null ? Optional.empty() : noise.rule(event, path);
    }

    /** Where the rules of a profile come from; empty without a profile. */
    public Optional<NoiseRules.Origin> origin() {
        return noise == null ? Optional.empty() : Optional.ofNullable(noise.origin());
    }

    /** Kinds that rules written by hand speak of and of which no event was read since; empty without a profile. */
    public List<String> kindsNotMet() {
        return noise == null ? List.of() : noise.kindsNotMet();
    }

    /** What is noise besides, by rules of a profile; null if there are none. */
    NoiseRules noise() {
        return noise;
    }

    /** Why: a sentence for each decision, by role key or by {@code role path}, in the order decided. */
    public Map<String, String> reasons() {
        return reasons;
    }

    /** True if no lane is declared, so that the whole run is one lane in its recorded order. */
    public boolean isRecordedOrder() {
        return fields(Role.LANE).isEmpty() && fields(Role.CLOCK).isEmpty();
    }

    /** What to do with the field at {@code path}. */
    public FieldPlan plan(String path) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        globs.forEach((role, patterns) -> {
            if (patterns.stream().anyMatch(g -> g.matcher(path).matches())) {
                roles.add(role);
            }
        });
        int slot = roles.contains(Role.LANE) ? laneSlot(path) : -1;
        if (roles.contains(Role.IGNORE)) {
            roles.remove(Role.COMPARE);
            roles.remove(Role.ID);
        } else if (roles.isEmpty()) {
            roles.add(fields(Role.COMPARE).isEmpty() ? Role.COMPARE : Role.IGNORE);
        } else if (roles.equals(EnumSet.of(Role.RESOURCE))
                && fields(Role.COMPARE).isEmpty()) {
            roles.add(Role.COMPARE);
        }
        boolean causalOnly = (roles.contains(Role.EVENT) || roles.contains(Role.LINK))
                && fields(Role.IGNORE).contains(path);
        if (roles.size() > 1 && !causalOnly) {
            roles.remove(Role.IGNORE);
        }
        boolean splits = split.isPresent() && split.get().equals(path);
        if (splits && roles.equals(EnumSet.of(Role.COMPARE))) {
            roles.clear();
            roles.add(Role.IGNORE);
        }
        return new FieldPlan(path, roles, slot, splits, noise == null ? null : noise.of(path));
    }

    private int laneSlot(String path) {
        List<Pattern> lanes = globs.get(Role.LANE);
        for (int i = 0; i < lanes.size(); i++) {
            if (lanes.get(i).matcher(path).matches()) {
                return i;
            }
        }
        return -1;
    }

    private static Pattern glob(String path) {
        StringBuilder regex = new StringBuilder();
        for (String literal : path.split("\\*", -1)) {
            if (regex.length() > 0) {
                regex.append(".*");
            }
            regex.append(literal.isEmpty() ? "(?:)" : Pattern.quote(literal));
        }
        return Pattern.compile(regex + "(\\..*)?", Pattern.DOTALL);
    }

    /** A builder that starts with everything of this mapping. */
    public Builder toBuilder() {
        Builder b = new Builder();
        fields.forEach((role, paths) -> b.fields.put(role, new ArrayList<>(paths)));
        b.timeScale = timeScale;
        b.split = split.orElse(null);
        b.pattern = pattern.orElse(null);
        b.delimiter = delimiter.orElse(null);
        b.reasons.putAll(reasons);
        b.noise = noise;
        return b;
    }

    /** An empty builder: one lane, every field compared. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Mapping m
                && fields.equals(m.fields)
                && timeScale == m.timeScale
                && split.equals(m.split)
                && pattern.equals(m.pattern)
                && delimiter.equals(m.delimiter);
    }

    @Override
    public int hashCode() {
        return Objects.hash(fields, timeScale, split, pattern, delimiter);
    }

    @Override
    public String toString() {
        return MappingFile.write(this);
    }

    /** Collects the parts of a {@link Mapping}. Not thread-safe. */
    public static final class Builder {
        private final Map<Role, List<String>> fields = new EnumMap<>(Role.class);
        private final Map<String, String> reasons = new LinkedHashMap<>();
        private TimeScale timeScale = TimeScale.AUTO;
        private String split;
        private String pattern;
        private String delimiter;
        private NoiseRules noise;

        /** What was built last, until something changes; building takes a pattern for each field. */
        private Mapping built;

        private Builder() {}

        /** Adds a field to a role, once. */
        public Builder field(Role role, String path) {
            built = null;
            List<String> paths = fields.computeIfAbsent(role, r -> new ArrayList<>());
            if (!paths.contains(path)) {
                paths.add(path);
            }
            return this;
        }

        /** Adds a field to a role with the reason for it. */
        public Builder field(Role role, String path, String reason) {
            built = null;
            reasons.put(role.key() + " " + path, reason);
            return field(role, path);
        }

        /** Takes all fields out of a role. */
        public Builder clear(Role role) {
            built = null;
            fields.remove(role);
            reasons.keySet().removeIf(k -> k.startsWith(role.key() + " "));
            return this;
        }

        /** Takes one field out of all roles. */
        public Builder clearField(String path) {
            built = null;
            fields.values().forEach(paths -> paths.remove(path));
            fields.values().removeIf(List::isEmpty);
            reasons.keySet().removeIf(k -> k.endsWith(" " + path));
            return this;
        }

        /** Sets how numbers in the time field are read. */
        public Builder timeScale(TimeScale scale) {
            built = null;
            timeScale = scale;
            return this;
        }

        /** Sets the field that tells several runs in one input apart. */
        public Builder split(String path) {
            built = null;
            split = path;
            return this;
        }

        /** Sets the regular expression that reads an event from a text log. */
        public Builder pattern(String regex) {
            built = null;
            pattern = regex;
            return this;
        }

        /** Sets the regular expression that parts several executions in one text log. */
        public Builder delimiter(String regex) {
            built = null;
            delimiter = regex;
            return this;
        }

        /** Sets the rules of a profile, null for none. */
        public Builder noise(NoiseRules rules) {
            built = null;
            noise = rules;
            return this;
        }

        /** Records why something was decided. */
        public Builder reason(String about, String sentence) {
            built = null;
            reasons.put(about, sentence);
            return this;
        }

        /** The mapping. */
        public Mapping build() {
            if (built == null) {
                built = new Mapping(this);
            }
            return built;
        }
    }
}

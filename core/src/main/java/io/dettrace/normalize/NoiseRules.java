package io.dettrace.normalize;

import com.dynatrace.hash4j.hashing.Hashing;
import io.dettrace.event.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongHashSet;

/**
 * The rules of a profile in the form in which {@link EventAssembler} applies them: by digests of kinds and values, so that
 * an event costs a look-up for each ruled field. Immutable once built, but for the note of which kinds were met.
 */
public final class NoiseRules {
    /** Stands for every kind of event. */
    public static final String ANY_KIND = "*";

    /** Events of a repeated stretch at most; a power of two. */
    public static final int MAX_BODY = 8;

    private final Map<String, ByKind> byPath;
    private final Long2ObjectHashMap<Times> optional;
    private final Long2ObjectHashMap<Body[]> repeats;
    private final Long2ObjectHashMap<LongHashSet> independent;
    private final Map<Long, String> kindNames;
    private final Map<String, Long> digests = new HashMap<>();
    private final List<String> kindPaths;
    private final Origin origin;
    private final Long2ObjectHashMap<OfKind> kinds = new Long2ObjectHashMap<>();
    private final int[] bodyLengths;
    private final List<OfKind> expected = new ArrayList<>();

    /**
     * Where the rules come from.
     *
     * @param name what people call the profile
     * @param runs passing runs that the learnt rules come from, 0 if there are none
     * @param rules how many rules there are
     * @param byHand how many of them a person wrote
     * @param note more that a reader of a report should know
     */
    public record Origin(String name, int runs, int rules, int byHand, Optional<String> note) {}

    private NoiseRules(Builder b) {
        origin = b.origin;
        byPath = b.byPath;
        optional = b.optional;
        repeats = b.repeats;
        independent = b.independent;
        kindNames = b.kindNames;
        kindPaths = b.kindPaths;
        kindNames.forEach((digest, name) -> digests.put(name, digest));
        kindNames.forEach((digest, name) -> kinds.put(digest, new OfKind(digest, name)));
        optional.forEachLong((kind, times) -> kinds.get(kind).optional = times);
        independent.forEachLong((kind, others) -> kinds.get(kind).independent = others);
        byPath.values()
                .forEach(rules -> rules.kinds.keySet().forEach(k -> kinds.get(k.longValue()).hasFieldRules = true));
        b.expected.forEach(kind -> expected.add(kinds.get(kind.longValue())));
        bodyLengths = repeats.values().stream()
                .flatMap(Arrays::stream)
                .mapToInt(body -> body.kinds.length)
                .distinct()
                .sorted()
                .toArray();
    }

    /** The rules of one path by kind. */
    static final class ByKind {
        private final Long2ObjectHashMap<Compiled> kinds = new Long2ObjectHashMap<>();
        private Compiled any;

        Compiled of(long kind) {
            Compiled found = kinds.get(kind);
            return found == null ? any : found;
        }
    }

    /** A rule with its texts as digests. */
    static final class Compiled {
        final FieldRule.Form form;
        final boolean optional;
        final double low;
        final double high;
        final LongHashSet values;

        /** Seed of the path that it depends on, or 0. */
        final long other;

        /** What it was made of, and why it holds. */
        final Reasoned source;

        Compiled(FieldRule rule, String because) {
            source = new Reasoned(rule, because);
            form = rule.form();
            optional = rule.optional();
            low = rule.low();
            high = rule.high();
            values = new LongHashSet();
            rule.values().forEach(v -> values.add(digest(v)));
            other = rule.other().map(NoiseRules::seed).orElse(0L);
        }
    }

    /**
     * A rule and why it holds.
     *
     * @param because such as {@code learnt from 20 runs}, may be empty
     */
    public record Reasoned(FieldRule rule, String because) {}

    /** The rule for a field of an event, whose kind its fields tell; empty if there is none. */
    Optional<Reasoned> rule(List<Field> event, String path) {
        ByKind rules = byPath.get(path);
        if (rules == null) {
            return Optional.empty();
        }
        List<Optional<String>> values = new ArrayList<>();
        for (String kindPath : kindPaths) {
            values.add(event.stream()
                    .filter(f -> f.path().equals(kindPath))
                    .map(Field::text)
                    .findFirst());
        }
        Compiled found = rules.of(digests.getOrDefault(kindName(values), 0L));
        return found == null ? Optional.empty() : Optional.of(found.source);
    }

    /** Where the rules come from; null if that was not said. */
    Origin origin() {
        return origin;
    }

    /** Rules for the field at a path, null if there are none. */
    ByKind of(String path) {
        return byPath.get(path);
    }

    /** How often events of a kind may be there, or a stretch in a row. */
    record Times(long low, long high) {}

    /** A stretch that may be repeated. */
    record Body(long[] kinds, Times times) {}

    /** What is said of the events of one kind as a whole. */
    static final class OfKind {
        final long kind;
        final String name;

        /** How often they may be there in a run; null if they must be. */
        Times optional;

        /** True once there was one; readers of both runs set it. */
        private volatile boolean met;

        /** True if rules say what their fields may hold. */
        boolean hasFieldRules;

        /** Kinds whose events may come before them or behind them; null if there are none. */
        LongHashSet independent;

        private OfKind(long kind, String name) {
            this.kind = kind;
            this.name = name;
        }

        /** True if they may come in either order with events of the other kind in a lane. */
        boolean isIndependentOf(long other) {
            return independent != null && independent.contains(other);
        }
    }

    /** What is said of events of the kind; null if nothing is. */
    OfKind ofKind(long kind) {
        return kinds.get(kind);
    }

    /** Notes that there was an event of the kind. */
    void meet(long kind) {
        OfKind known = expected.isEmpty() ? null : kinds.get(kind);
        if (known != null && !known.met) {
            known.met = true;
        }
    }

    /** Kinds that rules written by hand speak of and that were not met, in the order of the rules. */
    List<String> kindsNotMet() {
        return expected.stream().filter(k -> !k.met).map(k -> k.name).toList();
    }

    /** The stretches that may be repeated and end with this kind; null if there are none. */
    Body[] repeatsEndingWith(long kind) {
        return repeats.get(kind);
    }

    /** True if there is a repeated stretch. */
    boolean foldsRepeats() {
        return !repeats.isEmpty();
    }

    /** Lengths of the stretches that may be repeated, ascending. */
    int[] bodyLengths() {
        return bodyLengths;
    }

    /** True if there is a rule about events, not only about fields. */
    boolean isAboutEvents() {
        return !optional.isEmpty() || !repeats.isEmpty() || !independent.isEmpty();
    }

    private static long seed(String path) {
        return Hashing.xxh3_64().hashBytesToLong(path.getBytes(StandardCharsets.UTF_8));
    }

    private static long digest(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ValueDigest.of(bytes, 0, bytes.length);
    }

    /** Collects rules for runs whose kinds are told by given fields. Not thread-safe. */
    public static final class Builder {
        private final List<String> kindPaths;
        private final Map<String, ByKind> byPath = new HashMap<>();
        private final Long2ObjectHashMap<Times> optional = new Long2ObjectHashMap<>();
        private final Long2ObjectHashMap<Body[]> repeats = new Long2ObjectHashMap<>();
        private final Long2ObjectHashMap<LongHashSet> independent = new Long2ObjectHashMap<>();
        private final Map<Long, String> kindNames = new LinkedHashMap<>();
        private final Set<Long> expected = new LinkedHashSet<>();
        private Origin origin;

        /**
         * A builder.
         *
         * @param kindPaths paths of the fields that make the kind; a kind is named by their values, parted by
         *     {@code " | "} if there are several, with nothing for a field that is not there
         */
        public Builder(List<String> kindPaths) {
            this.kindPaths = List.copyOf(kindPaths);
        }

        /** Says where the rules come from. */
        public Builder origin(Origin from) {
            origin = from;
            return this;
        }

        /**
         * Adds a rule for a field of a kind, or of {@link #ANY_KIND}.
         *
         * @param because why it holds, may be empty
         */
        public Builder field(String kind, String path, FieldRule rule, String because) {
            ByKind rules = byPath.computeIfAbsent(path, p -> new ByKind());
            if (kind.equals(ANY_KIND)) {
                rules.any = new Compiled(rule, because);
            } else {
                rules.kinds.put(kind(kind), new Compiled(rule, because));
            }
            rule.other().ifPresent(o -> byPath.computeIfAbsent(o, p -> new ByKind()));
            return this;
        }

        /** Says that events of the kind are expected, as a person wrote rules for them; that there were none is noted. */
        public Builder expect(String kind) {
            if (!kind.equals(ANY_KIND)) {
                expected.add(kind(kind));
            }
            return this;
        }

        /** Events of the kind may be there or not, {@code low} to {@code high} times in a run. */
        public Builder optional(String kind, long low, long high) {
            optional.put(kind(kind), new Times(low, high));
            return this;
        }

        /** A stretch of events of these kinds may be repeated, {@code low} to {@code high} times in a row. */
        public Builder repeats(List<String> kinds, long low, long high) {
            long[] body = kinds.stream().mapToLong(this::kind).toArray();
            Body[] known = repeats.get(body[body.length - 1]);
            Body[] more = known == null ? new Body[1] : Arrays.copyOf(known, known.length + 1);
            more[more.length - 1] = new Body(body, new Times(low, high));
            repeats.put(body[body.length - 1], more);
            return this;
        }

        /** Events of the two kinds may come in either order in a lane. */
        public Builder independent(String kind, String other) {
            long a = kind(kind);
            long b = kind(other);
            independent.computeIfAbsent(a, k -> new LongHashSet()).add(b);
            independent.computeIfAbsent(b, k -> new LongHashSet()).add(a);
            return this;
        }

        /** The rules. */
        public NoiseRules build() {
            return new NoiseRules(this);
        }

        private long kind(String name) {
            String[] parts = kindPaths.size() == 1 ? new String[] {name} : name.split(" \\| ", -1);
            long digest = 0;
            for (int i = 0; i < kindPaths.size() && i < parts.length; i++) {
                if (!parts[i].isEmpty() || kindPaths.size() == 1) {
                    digest += ValueDigest.mix(seed(kindPaths.get(i)), digest(parts[i]));
                }
            }
            kindNames.put(digest, name);
            return digest;
        }
    }

    /** The kind of an event by the rules' way of naming it. */
    public static String kindName(List<Optional<String>> values) {
        return String.join(" | ", values.stream().map(v -> v.orElse("")).toList());
    }
}

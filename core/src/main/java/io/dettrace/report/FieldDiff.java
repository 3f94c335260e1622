package io.dettrace.report;

import io.dettrace.event.Field;
import io.dettrace.event.Original;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.MappingInference;
import io.dettrace.normalize.NoiseRules;
import io.dettrace.normalize.Role;
import io.dettrace.normalize.ValueDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Field by field: in what two events differ, and what of an event is worth naming. */
final class FieldDiff {
    private static final int BRIEF_FIELDS = 4;
    private static final int BRIEF_LENGTH = 100;
    private static final int SHOWN_LENGTH = 2_000;

    /** Fields that name what an event is about, in formats where its component is not the last part of the path. */
    private static final Set<String> SUBJECTS = Set.of("activityType.name", "markerName", "signalName");

    private final Mapping mapping;

    FieldDiff(Mapping mapping) {
        this.mapping = mapping;
    }

    /**
     * A field whose values differ.
     *
     * @param expected the baseline's value, empty if the field is absent
     * @param actual the candidate's value, empty if the field is absent
     * @param allowed what a rule of a profile allows and why, empty if there is none that allows but some
     */
    record Difference(String path, Optional<String> expected, Optional<String> actual, Optional<String> allowed) {}

    List<Difference> between(Original expected, Original actual) {
        List<Difference> differences = between(expected, actual, false);
        return differences.isEmpty() && mapping.isRuled() ? between(expected, actual, true) : differences;
    }

    /**
     * The differences.
     *
     * @param lookingBack true to count those which only events before tell from what a rule allows
     */
    private List<Difference> between(Original expected, Original actual, boolean lookingBack) {
        Map<String, Field> left = compared(expected.fields());
        Map<String, Field> right = compared(actual.fields());
        List<Difference> differences = new ArrayList<>();
        left.forEach((path, field) -> {
            Field other = right.get(path);
            if (!same(field, other) && !isNoise(expected, field, actual, other, lookingBack)) {
                differences.add(difference(actual, path, field, other));
            }
        });
        right.forEach((path, field) -> {
            if (!left.containsKey(path) && !isNoise(expected, null, actual, field, lookingBack)) {
                differences.add(difference(actual, path, null, field));
            }
        });
        return differences;
    }

    /** True if rules of a profile allow both values, so that it is not they that make the events differ. */
    private boolean isNoise(Original expected, Field left, Original actual, Field right, boolean lookingBack) {
        return isAllowed(expected, left, right, lookingBack) && isAllowed(actual, right, left, lookingBack);
    }

    private boolean isAllowed(Original event, Field field, Field other, boolean lookingBack) {
        String path = field == null ? other.path() : field.path();
        return mapping.rule(event.fields(), path)
                .map(NoiseRules.Reasoned::rule)
                .filter(rule -> !lookingBack || !rule.looksBack())
                .filter(rule -> field == null ? rule.optional() : rule.allows(field))
                .isPresent();
    }

    private Difference difference(Original in, String path, Field expected, Field actual) {
        Optional<String> allowed = mapping.rule(in.fields(), path)
                .flatMap(r -> r.rule().words().map(w -> r.because().isEmpty() ? w : w + ", " + r.because()));
        if (expected != null && actual != null && expected.text().equals(actual.text())) {
            return new Difference(path, Optional.of(typed(expected)), Optional.of(typed(actual)), allowed);
        }
        return new Difference(
                path,
                Optional.ofNullable(expected).map(Field::text),
                Optional.ofNullable(actual).map(Field::text),
                allowed);
    }

    /**
     * Identifiers, which are compared up to renaming, that both events have; those first whose texts differ. It is not they
     * that differ, but which event before in the lane they name.
     */
    List<Difference> identifiers(Original expected, Original actual) {
        List<Difference> different = new ArrayList<>();
        List<Difference> alike = new ArrayList<>();
        for (Field field : expected.fields()) {
            Set<Role> roles = mapping.plan(field.path()).roles();
            boolean renamed = roles.contains(Role.ID) || roles.contains(Role.EVENT) || roles.contains(Role.LINK);
            if (renamed && !roles.contains(Role.IGNORE)) {
                actual.fields().stream()
                        .filter(f -> f.path().equals(field.path()))
                        .findFirst()
                        .ifPresent(f -> (f.text().equals(field.text()) ? alike : different)
                                .add(new Difference(
                                        f.path(), Optional.of(field.text()), Optional.of(f.text()), Optional.empty())));
            }
        }
        different.addAll(alike);
        return different;
    }

    /** A value whose type has to be told from its text: strings in quotes. */
    private static String typed(Field field) {
        return field.type() == Field.Type.STRING ? '"' + field.text() + '"' : field.text();
    }

    private static boolean same(Field a, Field b) {
        if (b == null || a.type() != b.type()) {
            return false;
        }
        return a.text().equals(b.text())
                || a.type() == Field.Type.NUMBER
                        && ValueDigest.canonicalNumber(a.text()).equals(ValueDigest.canonicalNumber(b.text()));
    }

    private Map<String, Field> compared(List<Field> fields) {
        Map<String, Field> kept = new LinkedHashMap<>();
        for (Field f : fields) {
            Set<Role> roles = mapping.plan(f.path()).roles();
            if (roles.contains(Role.COMPARE) || roles.contains(Role.KIND)) {
                kept.put(f.path(), f);
            }
        }
        return kept;
    }

    String compared(Original event) {
        List<String> parts = new ArrayList<>();
        compared(event.fields()).forEach((path, f) -> parts.add(path + "=" + f.text()));
        return "{" + String.join(", ", parts) + "}";
    }

    /** An event in a few words: its kind and where it happened, else its first fields, else its text. */
    String brief(Original event) {
        Map<String, Field> compared = compared(event.fields());
        List<String> kinds = new ArrayList<>();
        String where = null;
        for (Field f : event.fields()) {
            if (mapping.plan(f.path()).roles().contains(Role.KIND)) {
                kinds.add(f.text());
            } else if (where == null && compared.containsKey(f.path()) && namesWhere(f.path())) {
                where = f.type() == Field.Type.NUMBER ? f.path() + " " + f.text() : f.text();
            }
        }
        if (!kinds.isEmpty()) {
            return cut(String.join(" ", kinds)) + (where == null ? "" : " (" + where + ")");
        }
        List<String> parts = new ArrayList<>();
        compared.values().stream()
                .filter(f -> f.type() != Field.Type.NULL && !f.text().isEmpty())
                .limit(BRIEF_FIELDS)
                .forEach(f -> parts.add(compared.size() == 1 ? f.text() : f.path() + "=" + f.text()));
        return cut(parts.isEmpty() ? event.text() : String.join(" ", parts));
    }

    private static boolean namesWhere(String path) {
        return MappingInference.namesComponent(path) || SUBJECTS.contains(path);
    }

    /** An event on one line: its kind, then its other compared fields; a text event as it stands. */
    String line(Original event) {
        if (!event.json()) {
            return head(event.text()).strip().replaceAll("\\s*\\R\\s*", "  ");
        }
        List<String> parts = new ArrayList<>();
        for (Field f : compared(event.fields()).values()) {
            boolean kind = mapping.plan(f.path()).roles().contains(Role.KIND);
            String text = head(f.text()).replaceAll("\\R", " ");
            boolean empty = f.type() == Field.Type.NULL || text.isEmpty() || text.equals("[]") || text.equals("{}");
            if (kind) {
                parts.add(0, text);
            } else if (!empty) {
                parts.add(f.path() + "=" + (text.contains(" ") ? '"' + text + '"' : text));
            }
        }
        return parts.isEmpty() ? head(event.text()).strip().replaceAll("\\s+", " ") : String.join("  ", parts);
    }

    /** The difference that says most in a sentence: rather a plain value than a text. */
    static Optional<Difference> telling(List<Difference> differences) {
        return differences.stream()
                .filter(d -> d.expected().filter(t -> t.contains(" ")).isEmpty()
                        && d.actual().filter(t -> t.contains(" ")).isEmpty())
                .findFirst()
                .or(() -> differences.stream().findFirst());
    }

    /** As much of a text as could be shown. */
    private static String head(String text) {
        return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH);
    }

    private static String cut(String text) {
        String line = head(text).strip().replaceAll("\\s+", " ");
        return line.length() <= BRIEF_LENGTH ? line : line.substring(0, BRIEF_LENGTH - 1) + "…";
    }
}

package io.dettrace.learn;

import io.dettrace.compare.Comparison;
import io.dettrace.compare.Divergence;
import io.dettrace.compare.EventPoint;
import io.dettrace.normalize.Mapping;
import io.dettrace.profile.ProfileFile;
import io.dettrace.report.Explanation;
import io.dettrace.report.Json;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What {@link Suggestions} found, for people and for programs. */
public final class SuggestionsReport {
    /** Name and version of the JSON form. */
    public static final String SCHEMA = "dettrace/profile_suggestions/1";

    private static final int SHOWN = 6;

    private final String profile;
    private final Suggestions suggestions;
    private final Map<Integer, List<Suggestions.Suggestion>> found;
    private final Comparison comparison;
    private final Explanation explanation;

    /**
     * A report.
     *
     * @param profile what people call the profile
     * @param ruled the mapping with its rules
     * @param found rules by the number of the root, from 0
     */
    public SuggestionsReport(
            String profile, Suggestions suggestions, Mapping ruled, Map<Integer, List<Suggestions.Suggestion>> found)
            throws IOException {
        this.profile = profile;
        this.suggestions = suggestions;
        this.found = found;
        comparison = suggestions.comparison();
        explanation = Explanation.of(comparison, suggestions.baseline(), suggestions.candidate(), ruled);
    }

    /** The report for people. */
    public String text() {
        if (comparison.isEqual()) {
            return "EQUIVALENT\n  There is nothing to suggest: the runs do not differ.\n";
        }
        StringBuilder out = new StringBuilder();
        out.append(comparison.roots().size())
                .append(comparison.roots().size() == 1 ? " root divergence" : " root divergences")
                .append(profile.equals("none") ? "" : " under " + profile)
                .append('\n');
        found.forEach((number, rules) -> {
            Divergence root = comparison.roots().get(number);
            out.append("\nroot ")
                    .append(number + 1)
                    .append(", lane ")
                    .append(root.lane())
                    .append(": ");
            out.append(explanation.sentence(root))
                    .append("   ")
                    .append(place(root))
                    .append('\n');
            if (rules.isEmpty()) {
                out.append("  No single rule makes it vanish.\n");
            }
            for (int i = 0; i < Math.min(SHOWN, rules.size()); i++) {
                out.append(String.format(
                        Locale.ROOT,
                        "  %d. %s%n",
                        i + 1,
                        ProfileFile.write(rules.get(i).rule())));
                out.append("     ").append(cost(rules.get(i))).append('\n');
            }
            if (rules.size() > SHOWN) {
                out.append("  and ").append(rules.size() - SHOWN).append(" wider ones\n");
            }
        });
        int more = comparison.roots().size() - found.size();
        if (more > 0) {
            out.append("\n")
                    .append(more)
                    .append(more == 1 ? " more root" : " more roots")
                    .append("; choose one with --root\n");
        }
        return out.toString();
    }

    private static String cost(Suggestions.Suggestion s) {
        String left = s.rootsLeft() == 0
                ? "the runs are then equivalent"
                : "leaves " + s.rootsLeft() + (s.rootsLeft() == 1 ? " root" : " roots");
        return String.format(
                Locale.ROOT,
                "about %d of %d %s; hides %d more of %d injected faults; %s",
                s.scope(),
                s.all(),
                s.unit(),
                s.hidden(),
                s.injected(),
                left);
    }

    private String place(Divergence root) {
        Optional<EventPoint> actual = root.actual();
        return suggestions.place(actual.isEmpty(), actual.or(root::expected).orElseThrow());
    }

    /** The report for programs. */
    public String json() throws IOException {
        return Json.object(json -> {
            json.writeStringField("schema", SCHEMA);
            json.writeStringField("profile", profile);
            json.writeNumberField("root_count", comparison.roots().size());
            json.writeArrayFieldStart("roots");
            for (Map.Entry<Integer, List<Suggestions.Suggestion>> e : found.entrySet()) {
                Divergence root = comparison.roots().get(e.getKey());
                json.writeStartObject();
                json.writeNumberField("root", e.getKey() + 1);
                json.writeStringField("class", root.type().key());
                json.writeStringField("lane", root.lane());
                json.writeStringField("place", place(root));
                json.writeStringField("sentence", explanation.sentence(root));
                json.writeArrayFieldStart("rules");
                for (Suggestions.Suggestion s : e.getValue()) {
                    json.writeStartObject();
                    json.writeStringField("rule", ProfileFile.write(s.rule()));
                    json.writeNumberField("scope", s.scope());
                    json.writeNumberField("of", s.all());
                    json.writeStringField("unit", s.unit());
                    json.writeNumberField("roots_left", s.rootsLeft());
                    json.writeNumberField("hidden", s.hidden());
                    json.writeNumberField("injected", s.injected());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}

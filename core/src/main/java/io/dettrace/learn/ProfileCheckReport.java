package io.dettrace.learn;

import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.NoiseRules;
import io.dettrace.profile.Profile;
import io.dettrace.profile.ProfileFile;
import io.dettrace.profile.ProfileTable;
import io.dettrace.profile.Rule;
import io.dettrace.report.Json;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What {@link ProfileCheck} found, for people and for programs. */
public final class ProfileCheckReport {
    /** Name and version of the JSON form. */
    public static final String SCHEMA = "dettrace/profile_check/1";

    private static final int SHOWN_VALUES = 5;
    private static final int WIDTH = 60;

    private ProfileCheckReport() {}

    /** The result for people: first whether the profile holds, then what does not meet it. */
    public static String text(String profile, ProfileCheck check, List<RunTable> runs) {
        StringBuilder out = new StringBuilder();
        out.append(check.holds() ? "HOLDS" : "VIOLATED").append('\n');
        out.append(String.format(
                Locale.ROOT,
                "  %s, %d rules, %d %s, %d events%n%n",
                profile,
                check.uses().size() + check.delays().size(),
                runs.size(),
                runs.size() == 1 ? "run" : "runs",
                runs.stream().mapToLong(RunTable::size).sum()));
        for (ProfileCheck.Verdict v : check.verdicts()) {
            out.append("  ").append(v.run()).append(": ");
            out.append(
                    v.divergences() == 0
                            ? "equivalent to " + runs.get(0).name()
                            : v.divergences()
                                    + (v.divergences() == 1 ? " root divergence from " : " root divergences from ")
                                    + runs.get(0).name());
            out.append('\n');
        }
        out.append(check.verdicts().isEmpty() ? "" : "\n");
        out.append(String.format(Locale.ROOT, "  %9s %9s  %s%n", "applied", "violated", "rule"));
        for (ProfileCheck.Use use : check.uses()) {
            out.append(String.format(
                    Locale.ROOT,
                    "  %9d %9d  %s%n",
                    use.applied(),
                    use.violated(),
                    ProfileFile.write(use.entry().rule())));
            if (!use.first().isEmpty()) {
                out.append("                       first: ").append(use.first()).append('\n');
            }
        }
        for (ProfileCheck.DelayUse use : check.delays()) {
            out.append(String.format(
                    Locale.ROOT, "  %9d %9d  %s%n", use.applied(), use.violated(), ProfileFile.write(use.rule())));
            if (!use.first().isEmpty()) {
                out.append("                       first: ").append(use.first()).append('\n');
            }
        }
        long idle = check.uses().stream().filter(u -> u.applied() == 0).count()
                + check.delays().stream().filter(u -> u.applied() == 0).count();
        if (idle > 0) {
            out.append("\n  ")
                    .append(idle)
                    .append(idle == 1 ? " rule is" : " rules are")
                    .append(" about nothing in these runs.\n");
        }
        return out.toString();
    }

    /** The result for programs. */
    public static String json(String profile, ProfileCheck check, List<RunTable> runs) throws IOException {
        return Json.object(json -> {
            json.writeStringField("schema", SCHEMA);
            json.writeStringField("profile", profile);
            json.writeBooleanField("holds", check.holds());
            json.writeArrayFieldStart("runs");
            for (int i = 0; i < runs.size(); i++) {
                json.writeStartObject();
                json.writeStringField("run", runs.get(i).name());
                json.writeNumberField("events", runs.get(i).size());
                json.writeNumberField(
                        "root_divergences",
                        i == 0 ? 0 : check.verdicts().get(i - 1).divergences());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("rules");
            for (ProfileCheck.Use use : check.uses()) {
                json.writeStartObject();
                ProfileTable.rule(json, use.entry(), use.isByHand());
                json.writeNumberField("applied", use.applied());
                json.writeNumberField("violated", use.violated());
                json.writeStringField("first_violation", use.first());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("delays");
            for (ProfileCheck.DelayUse use : check.delays()) {
                json.writeStartObject();
                ProfileTable.delay(json, use.rule());
                json.writeNumberField("applied", use.applied());
                json.writeNumberField("violated", use.violated());
                json.writeStringField("first_violation", use.first());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** How each field of an event is compared. */
    public static String event(String place, List<ProfileCheck.Treated> fields) {
        StringBuilder out = new StringBuilder(place).append('\n');
        int path = fields.stream().mapToInt(f -> f.path().length()).max().orElse(1);
        int value =
                fields.stream().mapToInt(f -> brief(f.value()).length()).max().orElse(1);
        String format = "  %-" + Math.max(1, path) + "s  %-" + Math.max(1, value) + "s  %s%s%n";
        for (ProfileCheck.Treated f : fields) {
            out.append(String.format(
                    Locale.ROOT,
                    format,
                    f.path(),
                    brief(f.value()),
                    f.how(),
                    f.why().isEmpty() ? "" : "  (" + f.why() + ")"));
        }
        return out.toString();
    }

    /** How a field is compared, by kinds of events, and what the runs hold there. */
    public static String field(String path, Profile profile, List<RunTable> runs) {
        StringBuilder out = new StringBuilder(path).append('\n');
        Mapping mapping = profile.mapping();
        String why = ProfileCheck.reason(mapping, path);
        out.append("  by the mapping   ").append(ProfileCheck.roles(mapping, path));
        out.append(why.isEmpty() ? "" : "  (" + why + ")").append('\n');
        boolean ruled = false;
        for (Profile.Entry e : profile.rules()) {
            if (e.rule() instanceof Rule.OfField f && f.path().equals(path)) {
                ruled = true;
                out.append(profile.byHand().contains(e) ? "  by hand          " : "  learnt           ");
                out.append(ProfileFile.write(e.rule()));
                out.append(e.why().isEmpty() ? "" : "  # " + e.why()).append('\n');
            }
            if (e.rule() instanceof Rule.Optional || e.rule() instanceof Rule.Repeats) {
                ruled |= whole(out, e, path, mapping, runs);
            }
        }
        if (!ruled) {
            out.append("  no rule          where the mapping compares it, every difference is a divergence\n");
        }
        values(out, path, mapping, runs);
        return out.toString();
    }

    /** A rule about whole events that have the field. */
    private static boolean whole(
            StringBuilder out, Profile.Entry e, String path, Mapping mapping, List<RunTable> runs) {
        ComparedFields compared = new ComparedFields(mapping);
        for (RunTable run : runs) {
            for (FieldFacts f : new RunFacts(run, mapping, compared).fields.values()) {
                boolean about = e.rule() instanceof Rule.Optional o
                        ? o.kind().equals(f.kind)
                        : ((Rule.Repeats) e.rule()).kinds().contains(f.kind);
                if (about && f.path.equals(path)) {
                    out.append("  with its event   ")
                            .append(ProfileFile.write(e.rule()))
                            .append('\n');
                    return true;
                }
            }
        }
        return false;
    }

    private static void values(StringBuilder out, String path, Mapping mapping, List<RunTable> runs) {
        Map<String, FieldEvidence> byKind = new TreeMap<>();
        // Also fields that the mapping leaves out are shown.
        ComparedFields compared = new ComparedFields(Mapping.builder().build());
        for (RunTable run : runs) {
            RunFacts facts = new RunFacts(run, mapping, compared);
            facts.fields.values().stream()
                    .filter(f -> f.path.equals(path))
                    .forEach(f -> byKind.computeIfAbsent(f.kind, k -> new FieldEvidence(k, path))
                            .add(f));
        }
        if (byKind.isEmpty() && !runs.isEmpty()) {
            out.append("  in the runs      no event has it; perhaps a name is mistyped\n");
        }
        byKind.values().forEach(e -> {
            String kind = e.kind.isEmpty() ? NoiseRules.ANY_KIND : e.kind;
            out.append("  in the runs      ")
                    .append(kind)
                    .append(": ")
                    .append(e.present)
                    .append(" values, ");
            if (e.manyValues) {
                out.append("more than ")
                        .append(FieldFacts.MAX_VALUES)
                        .append(" different, such as ")
                        .append(brief(e.example));
            } else {
                out.append(e.values.size()).append(" different: ");
                out.append(String.join(
                        ", ",
                        e.values.keySet().stream()
                                .limit(SHOWN_VALUES)
                                .map(ProfileCheckReport::brief)
                                .toList()));
                out.append(e.values.size() > SHOWN_VALUES ? ", …" : "");
            }
            out.append('\n');
        });
    }

    private static String brief(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    }
}

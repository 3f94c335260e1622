package io.dettrace.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dettrace.normalize.FieldRule;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.NoiseRules;
import io.dettrace.normalize.Role;
import io.dettrace.report.Json;
import io.dettrace.timing.DelayRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A profile as a table, for people and for programs. */
public final class ProfileTable {
    /** Name and version of the JSON form. */
    public static final String SCHEMA = "dettrace/profile/1";

    private ProfileTable() {}

    /** The profile for people. */
    public static String text(String name, Profile profile) {
        StringBuilder out = new StringBuilder();
        List<Profile.Entry> rules = profile.rules();
        List<DelayRule> delays = profile.delayRules();
        int all = rules.size() + delays.size();
        out.append(name)
                .append(": ")
                .append(all)
                .append(all == 1 ? " rule" : " rules")
                .append(", ")
                .append(profile.byHand().size()
                        + delays.stream().filter(DelayRule::byHand).count())
                .append(" by hand\n");
        if (!profile.evidence().isEmpty()) {
            out.append('\n');
            profile.evidence().forEach((k, v) -> out.append(String.format(Locale.ROOT, "  %-20s %s%n", k, v)));
        }
        List<List<String>> fields = new ArrayList<>();
        for (Role role : Role.values()) {
            for (String path : profile.mapping().fields(role)) {
                fields.add(List.of(role.key(), path, why(profile.mapping(), role, path)));
            }
        }
        table(out, List.of("role", "field", "why"), fields);
        List<List<String>> ofFields = new ArrayList<>();
        List<List<String>> ofEvents = new ArrayList<>();
        for (Profile.Entry e : rules) {
            String from = isByHand(profile, e) ? "hand" : "learnt";
            if (e.rule() instanceof Rule.OfField f) {
                ofFields.add(List.of(from, kind(f.kind()), f.path(), what(e.rule()), e.why()));
            } else {
                ofEvents.add(List.of(from, what(e.rule()), String.join(", ", kinds(e.rule())), e.why()));
            }
        }
        table(out, List.of("from", "kind", "field", "may be", "why"), ofFields);
        table(out, List.of("from", "rule", "kinds", "why"), ofEvents);
        List<List<String>> ofDelays = new ArrayList<>();
        for (DelayRule d : delays) {
            String lane = d.events().lane().equals(DelayRule.ANY)
                    ? "(any)"
                    : d.events().lane();
            ofDelays.add(List.of(
                    d.byHand() ? "hand" : "learnt",
                    kind(d.events().kind()),
                    lane,
                    kind(d.after()),
                    DelayLine.range(d),
                    d.why()));
        }
        table(out, List.of("from", "kind", "lane", "after", "own delay", "why"), ofDelays);
        out.append("\nWhat no rule mentions is compared strictly.\n");
        return out.toString();
    }

    private static String why(Mapping mapping, Role role, String path) {
        return mapping.reasons().getOrDefault(role.key() + " " + path, "");
    }

    /** True if a person wrote the rule that holds. */
    private static boolean isByHand(Profile profile, Profile.Entry entry) {
        return profile.byHand().contains(entry);
    }

    private static String kind(String kind) {
        return kind.equals(NoiseRules.ANY_KIND) ? "(any)" : kind.isEmpty() ? "(none)" : kind;
    }

    /** The rule without what it is about. */
    private static String what(Rule rule) {
        String line = ProfileFile.write(rule);
        return line.substring(line.lastIndexOf(rule instanceof Rule.OfField ? prefix(rule) : ": ")
                + (rule instanceof Rule.OfField ? prefix(rule).length() : 2));
    }

    private static String prefix(Rule rule) {
        Rule.OfField f = (Rule.OfField) rule;
        String same = ProfileFile.write(new Rule.OfField(f.kind(), f.path(), FieldRule.of(FieldRule.Form.SAME)));
        return same.substring(0, same.length() - "same".length());
    }

    private static List<String> kinds(Rule rule) {
        if (rule instanceof Rule.Repeats r) {
            return r.kinds();
        }
        if (rule instanceof Rule.Independent i) {
            return List.of(i.kind(), i.other());
        }
        return rule instanceof Rule.Optional o ? List.of(o.kind()) : List.of(((Rule.OfField) rule).kind());
    }

    /** Adds a table with columns as wide as they have to be, the last one excepted. */
    private static void table(StringBuilder out, List<String> head, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        int[] width = new int[head.size()];
        List<List<String>> all = new ArrayList<>(List.of(head));
        all.addAll(rows);
        for (List<String> row : all) {
            for (int i = 0; i < width.length; i++) {
                width[i] = Math.max(width[i], row.get(i).length());
            }
        }
        out.append('\n');
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder(" ");
            for (int i = 0; i < width.length; i++) {
                line.append(' ')
                        .append(row.get(i))
                        .append(" ".repeat(width[i] - row.get(i).length() + 1));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
    }

    /** The profile for programs. */
    public static String json(String name, Profile profile) throws IOException {
        return Json.object(json -> {
            json.writeStringField("schema", SCHEMA);
            json.writeStringField("profile", name);
            json.writeObjectFieldStart("evidence");
            for (Map.Entry<String, String> e : profile.evidence().entrySet()) {
                json.writeStringField(e.getKey(), e.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("fields");
            for (Role role : Role.values()) {
                for (String path : profile.mapping().fields(role)) {
                    json.writeStartObject();
                    json.writeStringField("role", role.key());
                    json.writeStringField("field", path);
                    json.writeStringField("why", why(profile.mapping(), role, path));
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
            json.writeArrayFieldStart("rules");
            for (Profile.Entry e : profile.rules()) {
                json.writeStartObject();
                rule(json, e, isByHand(profile, e));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("delays");
            for (DelayRule d : profile.delayRules()) {
                json.writeStartObject();
                delay(json, d);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** Writes the members that tell a rule for delays. */
    public static void delay(JsonGenerator json, DelayRule rule) throws IOException {
        json.writeStringField("from", rule.byHand() ? "hand" : "learnt");
        json.writeStringField("rule", DelayLine.write(rule));
        json.writeStringField("kind", rule.events().kind());
        json.writeStringField("lane", rule.events().lane());
        json.writeStringField("after", rule.after());
        if (rule.range().isPresent()) {
            json.writeNumberField("low_ns", rule.range().get().low());
            json.writeNumberField("high_ns", rule.range().get().high());
        }
        json.writeStringField("why", rule.why());
    }

    /** Writes the members that tell a rule. */
    public static void rule(JsonGenerator json, Profile.Entry entry, boolean byHand) throws IOException {
        Rule rule = entry.rule();
        json.writeStringField("from", byHand ? "hand" : "learnt");
        json.writeStringField("rule", ProfileFile.write(rule));
        json.writeStringField(
                "about",
                rule instanceof Rule.OfField
                        ? "field"
                        : rule instanceof Rule.Independent
                                ? "order"
                                : rule instanceof Rule.Repeats ? "repeats" : "optional");
        json.writeArrayFieldStart("kinds");
        for (String kind : kinds(rule)) {
            json.writeString(kind);
        }
        json.writeEndArray();
        if (rule instanceof Rule.OfField f) {
            json.writeStringField("field", f.path());
            json.writeStringField("form", f.rule().form().name().toLowerCase(Locale.ROOT));
        }
        json.writeStringField("why", entry.why());
    }
}

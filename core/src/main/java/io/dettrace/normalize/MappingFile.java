package io.dettrace.normalize;

import io.dettrace.event.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The text form of a {@link Mapping}, for people to write and keep.
 *
 * <p>Format, UTF-8: the first line is {@code # dettrace mapping 1}. Further lines are {@code key = value}; {@code #}
 * starts a comment line, blank lines are skipped. Keys are the role names ({@code lane, kind, time, id, event, link,
 * message, clock, resource, compare, ignore}), each with a list of field paths parted by commas ({@code *} is a
 * wildcard), and {@code time_unit} ({@code auto, s, ms, us, ns}), {@code split} (a field), {@code pattern} and
 * {@code delimiter} (regular expressions, taken as they stand up to the line's end). A role may stand on several lines. A
 * comment {@code # field: why} above a role's line is the reason for that field.
 */
public final class MappingFile {
    private static final String MAGIC = "# dettrace mapping 1";

    private MappingFile() {}

    /**
     * Reads a mapping.
     *
     * @param file the file's name, for messages
     * @throws InputException naming the line that is wrong
     */
    public static Mapping parse(String file, String text) throws InputException {
        String[] lines = text.split("\r?\n|\r", -1);
        if (!lines[0].replace("\uFEFF", "").strip().equals(MAGIC)) {
            throw InputException.at(file, 1, 0, 0, "expected \"" + MAGIC + "\" as the first line of a mapping file");
        }
        Mapping.Builder builder = Mapping.builder();
        List<String> comments = new ArrayList<>();
        long offset = 0;
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (i > 0 && line.startsWith("#")) {
                comments.add(line.substring(1).strip());
            } else if (i > 0 && !line.isEmpty()) {
                entry(builder, file, i + 1, offset, line, comments);
                comments.clear();
            }
            offset += lines[i].length() + 1;
        }
        for (String comment : comments) {
            int colon = comment.indexOf(": ");
            if (comment.startsWith(MappingInference.SUSPECT) || comment.startsWith(MappingInference.RENAMED_LANE)) {
                builder.reason(
                        comment.substring(0, Math.max(0, colon)),
                        comment.substring(colon + 1).strip());
            }
        }
        return builder.build();
    }

    /** Why a field has its role, as the comments above the line say; else that the file says so. */
    private static String reason(String path, List<String> comments, String file) {
        return comments.stream()
                .filter(c -> c.startsWith(path + ": "))
                .map(c -> c.substring(path.length() + 2).strip())
                .reduce((first, last) -> last)
                .orElse("declared in " + file);
    }

    private static void entry(
            Mapping.Builder builder, String file, int number, long offset, String line, List<String> comments)
            throws InputException {
        int eq = line.indexOf('=');
        if (eq < 1 || line.substring(eq + 1).isBlank()) {
            throw InputException.at(file, number, 0, offset, "expected \"key = value\", found \"" + line + "\"");
        }
        String key = line.substring(0, eq).strip().toLowerCase(Locale.ROOT);
        String value = line.substring(eq + 1).strip();
        try {
            switch (key) {
                case "time_unit" -> builder.timeScale(TimeScale.valueOf(value.toUpperCase(Locale.ROOT)));
                case "split" -> {
                    builder.split(value);
                    comments.forEach(c -> builder.reason("split", c));
                }
                case "pattern" -> builder.pattern(value);
                case "delimiter" -> builder.delimiter(value);
                default -> {
                    Role role = Role.valueOf(key.toUpperCase(Locale.ROOT));
                    Arrays.stream(value.split(","))
                            .map(String::strip)
                            .filter(p -> !p.isEmpty())
                            .forEach(p -> builder.field(role, p, reason(p, comments, file)));
                }
            }
        } catch (IllegalArgumentException unknown) {
            throw InputException.at(
                    file,
                    number,
                    0,
                    offset,
                    "unknown key or value \"" + line + "\"; keys are "
                            + String.join(
                                    ", ",
                                    Arrays.stream(Role.values()).map(Role::key).toList())
                            + ", time_unit (auto, s, ms, us, ns), split, pattern, delimiter");
        }
    }

    /** The text of a mapping, with the reason of each decision as a comment above it. Reading it back gives an equal mapping. */
    public static String write(Mapping mapping) {
        StringBuilder out = new StringBuilder(MAGIC).append('\n');
        Map<String, String> reasons = new LinkedHashMap<>(mapping.reasons());
        for (Role role : Role.values()) {
            List<String> paths = mapping.fields(role);
            for (String path : paths) {
                String why = reasons.remove(role.key() + " " + path);
                if (why != null) {
                    out.append("# ").append(path).append(": ").append(why).append('\n');
                }
            }
            if (!paths.isEmpty()) {
                out.append(role.key())
                        .append(" = ")
                        .append(String.join(", ", paths))
                        .append('\n');
            }
        }
        if (mapping.timeScale() != TimeScale.AUTO) {
            line(out, reasons, "time_unit", mapping.timeScale().key());
        }
        mapping.split().ifPresent(s -> line(out, reasons, "split", s));
        mapping.pattern().ifPresent(p -> line(out, reasons, "pattern", p));
        mapping.delimiter().ifPresent(d -> line(out, reasons, "delimiter", d));
        reasons.forEach((about, why) ->
                out.append("# ").append(about).append(": ").append(why).append('\n'));
        return out.toString();
    }

    private static void line(StringBuilder out, Map<String, String> reasons, String key, String value) {
        String why = reasons.remove(key);
        if (why != null) {
            out.append("# ").append(why).append('\n');
        }
        out.append(key).append(" = ").append(value).append('\n');
    }
}

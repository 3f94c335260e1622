package io.dettrace.formats.pattern;

import io.dettrace.event.InputException;
import io.dettrace.formats.input.InputFile;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The expressions that a log in ShiViz's upload form brings along: its first line is the parser's expression, its second the
 * expression that parts executions or empty, the rest is the log. Collectors of GoVector logs write this form.
 */
final class OwnExpression {
    /** Names of groups that say when an event happened. */
    private static final List<String> TIMES = List.of("time", "timestamp", "date", "datetime", "ts");

    /** Names of groups that every such expression has. */
    private static final List<String> GROUPS = List.of("host", "clock", "event");

    private OwnExpression() {}

    /** The mapping that the first two lines give, or empty if the first is no expression with host, clock and event. */
    static Optional<Mapping> of(byte[] head) {
        int bom = InputFile.bomLength(head, head.length);
        List<String> lines = new String(head, bom, head.length - bom, StandardCharsets.UTF_8)
                .lines()
                .limit(2)
                .map(String::strip)
                .toList();
        if (lines.isEmpty() || !speaksOfGroups(lines.get(0))) {
            return Optional.empty();
        }
        EventPattern pattern;
        try {
            pattern = EventPattern.compile("pattern", lines.get(0));
        } catch (InputException isText) {
            return Optional.empty();
        }
        if (!GROUPS.stream().allMatch(name -> pattern.group(name).isPresent())) {
            return Optional.empty();
        }
        Mapping.Builder builder = Mapping.builder()
                .pattern(lines.get(0))
                .reason("pattern", "the first line of the file is the expression that reads it, as ShiViz takes it")
                .field(Role.LANE, "host", "group of the file's own expression")
                .field(Role.CLOCK, "clock", "group of the file's own expression");
        TIMES.stream()
                .filter(name -> pattern.group(name).isPresent())
                .findFirst()
                .ifPresent(name -> builder.field(Role.TIME, name, "named as a time in the file's own expression"));
        if (lines.size() > 1 && isExpression(lines.get(1))) {
            builder.delimiter(lines.get(1))
                    .reason("delimiter", "the second line of the file is the expression that parts it into executions");
        }
        return Optional.of(builder.build());
    }

    /** True if the groups are written in the line, though what is quoted is no group. */
    private static boolean speaksOfGroups(String line) {
        return GROUPS.stream().allMatch(name -> line.contains("(?<" + name + ">"));
    }

    private static boolean isExpression(String line) {
        try {
            EventPattern.compile("delimiter", line);
            return !line.isEmpty();
        } catch (InputException isText) {
            return false;
        }
    }
}

package io.dettrace.formats.log;

import io.dettrace.event.Field;
import io.dettrace.formats.record.EventRecord;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes the fields of one event of a log. Not thread-safe. */
final class LogEvent {
    /** Names of parameters that a log may have; the parameters of further names are numbered. */
    static final int MAX_NAMES = 2_000;

    /** Bytes of a message that are looked through for parameters. */
    static final int MAX_MESSAGE = 1 << 16;

    private static final int MAX_USES = 100_000;

    private final EventRecord record;
    private final Masker masker = new Masker();
    private final Set<String> names = new HashSet<>();

    /** By name, and by the name in lower case: the event that had it last, and how often. */
    private final Map<String, long[]> uses = new HashMap<>();

    private long event;
    private final Map<Masker.Sort, Map<String, Integer>> paths = new EnumMap<>(Masker.Sort.class);
    private final int timePath;
    private final int eventPath;
    private final int[] partPaths = new int[Header.NAMES.length];

    /** Turns the text of a message into the kind of event and further parameters; the plain one takes it as it is. */
    interface Templates {
        /** The template of a message's text. */
        String of(String text);
    }

    private final Templates templates;

    LogEvent(EventRecord record, Templates templates) {
        this.record = record;
        this.templates = templates;
        for (Masker.Sort sort : Masker.Sort.values()) {
            paths.put(sort, new HashMap<>());
        }
        timePath = record.path("time_ns");
        eventPath = record.path("event");
        for (int i = 0; i < partPaths.length; i++) {
            partPaths[i] = record.path(Header.NAMES[i]);
        }
    }

    /** Fills the event from its first line. */
    void write(LogLine line, byte[] b, int end) {
        record.clear();
        event++;
        if (uses.size() > MAX_USES) {
            uses.clear();
        }
        if (line.hasTime()) {
            record.number(timePath, line.nanos());
        }
        if (line.hasContainer()) {
            value(partPaths[Header.SOURCE], b, line.containerFrom(), line.containerTo());
        }
        if (line.isHeaded()) {
            parts(line, b);
        }
        switch (line.kind()) {
            case HEADER -> message(b, line.message(), end);
            case PAIRS -> pairs(line, b);
            case ACCESS -> access(line, b, end);
            case PLAIN -> message(b, line.message(), end);
        }
    }

    private void parts(LogLine line, byte[] b) {
        Header h = line.header();
        for (int i = 0; i < Header.NAMES.length; i++) {
            boolean twice = i == Header.SOURCE && line.hasContainer()
                    || i == Header.LEVEL && line.kind() == LogLine.Kind.PAIRS && line.levelPair() >= 0;
            if (h.from(i) >= 0 && !twice) {
                value(partPaths[i], b, h.from(i), h.to(i));
            }
        }
    }

    private void message(byte[] b, int from, int end) {
        int stop = Math.min(end, from + MAX_MESSAGE);
        masker.mask(b, from, stop);
        if (templates == null) {
            record.text(eventPath, masker.text(), 0, masker.textLength());
        } else {
            template(new String(masker.text(), 0, masker.textLength(), StandardCharsets.UTF_8));
        }
        for (int i = 0; i < masker.count(); i++) {
            put(masker.sort(i), masker.name(i), i + 1, b, masker.from(i), masker.end(i));
        }
        if (stop < end) {
            record.text(record.path("rest"), b, stop, end - stop);
        }
    }

    /** The words in which messages of the template differ become parameters too. */
    private void template(String text) {
        String template = templates.of(text);
        record.text(eventPath, template);
        String[] tokens = text.split(" ");
        String[] fixed = template.split(" ");
        for (int i = 0; i < tokens.length && tokens.length == fixed.length; i++) {
            if (fixed[i].equals(Masker.HOLE) && !tokens[i].contains(Masker.HOLE)) {
                record.text(record.path("args." + unique("w" + (i + 1))), tokens[i]);
            }
        }
    }

    private void pairs(LogLine line, byte[] b) {
        if (line.levelPair() >= 0) {
            value(partPaths[Header.LEVEL], b, line.valueFrom(line.levelPair()), line.valueTo(line.levelPair()));
        }
        if (line.textPair() >= 0) {
            message(b, line.valueFrom(line.textPair()), line.valueTo(line.textPair()));
        } else {
            StringBuilder keys = new StringBuilder();
            for (int i = 0; i < line.pairs(); i++) {
                keys.append(i == 0 ? "" : " ").append(line.key(i));
            }
            record.text(eventPath, keys);
        }
        for (int i = 0; i < line.pairs(); i++) {
            if (i != line.levelPair() && i != line.textPair() && i != line.timePair()) {
                int from = line.valueFrom(i);
                int to = line.valueTo(i);
                put(masker.sortOf(b, from, to, line.key(i)), line.key(i), i + 1, b, from, to);
            }
        }
    }

    /** The method is the kind; path, protocol, status, size, referrer and agent are fields. */
    private void access(LogLine line, byte[] b, int end) {
        value(partPaths[Header.CLIENT], b, line.valueFrom(0), line.valueTo(0));
        if (line.valueTo(1) - line.valueFrom(1) != 1 || b[line.valueFrom(1)] != '-') {
            record.text(record.path("args.user"), b, line.valueFrom(1), line.valueTo(1) - line.valueFrom(1));
        }
        int quote = line.message() + 1;
        int close = quote;
        while (close < end && b[close] != '"') {
            close += b[close] == '\\' ? 2 : 1;
        }
        close = Math.min(close, end);
        String[] request = new String(b, quote, close - quote, StandardCharsets.UTF_8).split(" ", 3);
        record.text(eventPath, request[0]);
        String[] requestNames = {"", "path", "protocol"};
        for (int i = 1; i < request.length; i++) {
            record.text(record.path("args." + requestNames[i]), request[i]);
        }
        String[] names = {"status", "bytes", "referrer", "agent"};
        int p = Math.min(close + 1, end);
        for (int i = 0; i < names.length && p < end; i++) {
            p = accessField(names[i], b, p, end);
        }
        if (p < end) {
            record.text(record.path("rest"), b, p, end - p);
        }
    }

    private int accessField(String name, byte[] b, int start, int end) {
        int from = start;
        while (from < end && b[from] == ' ') {
            from++;
        }
        int to = from;
        boolean quoted = from < end && b[from] == '"';
        from += quoted ? 1 : 0;
        to = from;
        while (to < end && (quoted ? b[to] != '"' : b[to] != ' ')) {
            to += quoted && b[to] == '\\' ? 2 : 1;
        }
        to = Math.min(to, end);
        if (to > from) {
            value(record.path("args." + name), b, from, to);
        }
        return Math.min(quoted ? to + 1 : to, end);
    }

    private void put(Masker.Sort sort, String given, int number, byte[] b, int from, int to) {
        String name = given;
        if (name == null || !names.contains(name) && names.size() >= MAX_NAMES) {
            name = "p" + number;
        } else {
            names.add(name);
        }
        int path = pathOf(sort, unique(name));
        if (sort == Masker.Sort.VALUE) {
            value(path, b, from, to);
        } else {
            record.text(path, b, from, to - from);
        }
    }

    private int pathOf(Masker.Sort sort, String name) {
        Map<String, Integer> known = paths.get(sort);
        Integer path = known.get(name);
        if (path == null) {
            String group = switch (sort) {
                case VALUE -> "args.";
                case ID -> "ids.";
                case DURATION -> "durations.";
                case TIME -> "times.";
            };
            path = record.path(group + name);
            known.put(name, path);
        }
        return path;
    }

    private String unique(String name) {
        long[] use = uses.get(name);
        if (use == null) {
            use = uses.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new long[2]);
            uses.put(name, use);
        }
        if (use[0] != event) {
            use[0] = event;
            use[1] = 0;
        }
        long nth = ++use[1];
        return nth == 1 ? name : unique(name + "_" + nth);
    }

    /** Adds a value: a number if it is written as JSON writes numbers, else a string. */
    private void value(int path, byte[] b, int from, int to) {
        int n = to - from;
        boolean number = n > 0 && n <= 18;
        int dots = 0;
        for (int i = from; i < to && number; i++) {
            boolean sign = i == from && b[i] == '-' && n > 1;
            boolean dot = b[i] == '.' && i > from && i < to - 1;
            dots += dot ? 1 : 0;
            number = sign || dot || b[i] >= '0' && b[i] <= '9';
        }
        int first = n > 1 && b[from] == '-' ? from + 1 : from;
        boolean leadingZero = first + 1 < to && b[first] == '0' && b[first + 1] != '.';
        if (number && dots <= 1 && !leadingZero && b[first] != '.') {
            record.value(path, Field.Type.NUMBER, b, from, n);
        } else {
            record.text(path, b, from, n);
        }
    }

    /** Adds the further lines of an event, what changes from run to run in them left out. */
    void detail(byte[] b, int length) {
        StringBuilder text = new StringBuilder(length);
        int from = 0;
        for (int i = 0; i <= length; i++) {
            if (i == length || b[i] == '\n') {
                masker.mask(b, from, i);
                text.append(text.length() == 0 ? "" : "\n");
                int at = from;
                for (int k = 0; k < masker.count(); k++) {
                    if (masker.sort(k) != Masker.Sort.VALUE) {
                        text.append(new String(b, at, masker.from(k) - at, StandardCharsets.UTF_8))
                                .append(Masker.HOLE);
                        at = masker.end(k);
                    }
                }
                text.append(new String(b, at, i - at, StandardCharsets.UTF_8));
                from = i + 1;
            }
        }
        record.text(record.path("detail"), text);
    }
}

package io.dettrace.formats.jepsen;

import io.dettrace.formats.ReadContext;
import io.dettrace.formats.record.EventRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the operations of one history as events: process, type, function, key, value, time, index, error and whatever else an
 * operation has, and which invocation a completion belongs to.
 *
 * <p>A process does one operation after the other (Jepsen's {@code jepsen.history}, pairs): a completion belongs to the open
 * invocation of its process. Processes that are no numbers, such as the nemesis, write {@code info} at both ends and are not
 * paired. What cannot be paired is noted.
 */
final class Operation {
    /** Processes with an open invocation at a time. */
    static final int MAX_OPEN = 1_000_000;

    /** Names of further fields that a history may have. */
    static final int MAX_NAMES = 256;

    private static final Set<String> TYPES = Set.of("invoke", "ok", "fail", "info");
    private static final Set<String> OURS = Set.of("op", "completes", "key");

    private final String file;
    private final ReadContext context;
    private final boolean independent;
    private final EventRecord record;
    private final Map<String, Long> open = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> inThis = new HashSet<>();
    private long invocations;

    /** An operation that lacks what every operation has. */
    static final class Incomplete extends Exception {
        private static final long serialVersionUID = 1L;

        Incomplete(String message) {
            super(message);
        }
    }

    /** @param independent true if values are vectors of a key and a value, as {@code jepsen.independent} makes them */
    Operation(String file, ReadContext context, boolean independent, EventRecord record) {
        this.file = file;
        this.context = context;
        this.independent = independent;
        this.record = record;
    }

    /** Fills the event, but for its place. */
    void write(Edn.Dict op, long line) throws Incomplete {
        String process = word(op, "process");
        String type = word(op, "type");
        if (process == null || type == null || !TYPES.contains(type)) {
            throw new Incomplete("an operation needs :process and :type, which is :invoke, :ok, :fail or :info; found "
                    + (process == null ? "no :process" : type == null ? "no :type" : ":type " + type));
        }
        record.clear();
        inThis.clear();
        for (int i = 0; i < op.size(); i++) {
            field(op.key(i), op.value(i), line);
        }
        pair(process, type, line);
    }

    private void field(String key, Edn value, long line) {
        String name = key.startsWith(":") ? key.substring(1) : key;
        if (name.equals("key") && inThis.add("key")) {
            put("key", value);
        } else if (name.equals("value")
                && independent
                && value instanceof Edn.Seq s
                && s.items().size() == 2) {
            if (inThis.add("key")) {
                put("key", s.items().get(0));
            }
            if (inThis.add("value")) {
                put("value", s.items().get(1));
            }
        } else {
            further(OURS.contains(name) ? name + "_" : name, value, line);
        }
    }

    private void further(String name, Edn value, long line) {
        if (!inThis.add(name)) {
            context.note("keys_twice", "an operation has a key twice; the first is taken", file + ":" + line);
        } else if (names.contains(name) || names.size() < MAX_NAMES) {
            names.add(name);
            put(name, name.equals("type") || name.equals("f") ? plain(value) : value);
        } else {
            context.note(
                    "too_many_keys",
                    "operations have more than " + MAX_NAMES + " different keys; the others are left out",
                    file + ":" + line);
        }
    }

    private void put(String name, Edn value) {
        int path = record.path(name);
        if (value instanceof Edn.Text t) {
            record.text(path, t.text());
        } else if (value instanceof Edn.Literal l) {
            switch (l.text()) {
                case "null" -> record.nothing(path);
                case "true", "false" -> record.flag(path, l.text().equals("true"));
                default -> record.decimal(path, l.text());
            }
        } else {
            record.json(path, value.json());
        }
    }

    /** The value of a key as a word, with or without a colon, or null. */
    static String word(Edn.Dict op, String key) {
        for (int i = 0; i < op.size(); i++) {
            String name = op.key(i);
            if (name.equals(key) || name.length() == key.length() + 1 && name.startsWith(":") && name.endsWith(key)) {
                Edn value = plain(op.value(i));
                return value instanceof Edn.Text t
                        ? t.text()
                        : value instanceof Edn.Literal l && l != Edn.Literal.NIL ? l.text() : null;
            }
        }
        return null;
    }

    /** JSON exports may keep the colon of keywords. */
    private static Edn plain(Edn value) {
        return value instanceof Edn.Text t && t.text().length() > 1 && t.text().startsWith(":")
                ? new Edn.Text(t.text().substring(1))
                : value;
    }

    private void pair(String process, String type, long line) {
        if (!isClient(process)) {
            return;
        }
        if (type.equals("invoke")) {
            invocations++;
            if (open.size() >= MAX_OPEN) {
                context.note("not_paired", "more than " + MAX_OPEN + " invocations are open", file + ":" + line);
            } else if (open.put(process, invocations) != null) {
                context.note(
                        "invoked_while_open",
                        "a process invokes an operation while its last one is open",
                        file + ":" + line);
            }
            record.number("op", invocations);
            return;
        }
        Long invocation = open.remove(process);
        if (invocation == null) {
            context.note(
                    "completion_without_invocation",
                    "an operation completes that its process has not invoked, or has completed before",
                    file + ":" + line);
        } else {
            record.number("completes", invocation);
        }
    }

    private static boolean isClient(String process) {
        for (int i = 0; i < process.length(); i++) {
            if (process.charAt(i) < '0' || process.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** True if every value among these operations of clients is a vector of a key and a value, some without a value yet. */
    static boolean areIndependent(List<Edn.Dict> ops) {
        boolean some = false;
        for (Edn.Dict op : ops) {
            String process = word(op, "process");
            if (process == null || !isClient(process)) {
                continue;
            }
            Edn value = null;
            for (int i = 0; i < op.size(); i++) {
                value = op.key(i).equals("value") ? op.value(i) : value;
            }
            if (!(value instanceof Edn.Seq s)
                    || s.items().size() != 2
                    || s.items().get(0) instanceof Edn.Seq) {
                return false;
            }
            some |= s.items().get(1) == Edn.Literal.NIL;
        }
        return some;
    }
}

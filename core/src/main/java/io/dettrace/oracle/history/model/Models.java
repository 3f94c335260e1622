package io.dettrace.oracle.history.model;

import io.dettrace.oracle.history.Call;
import io.dettrace.oracle.history.History;
import io.dettrace.oracle.history.Model;
import io.dettrace.oracle.history.Operation;
import io.dettrace.oracle.history.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The built-in models by name, and which of them a history is about. */
public final class Models {
    private Models() {}

    /** Makes a model that begins with a value. */
    private interface Maker {
        Model make(Value initial);
    }

    private record Entry(Maker maker, Value initial, String about) {}

    private static final Map<String, Entry> ALL = new LinkedHashMap<>();

    static {
        add("register", Registers::register, Value.NIL, "read, write");
        add("cas-register", Registers::casRegister, Value.NIL, "read, write, cas [old new]");
        add("kv", Registers::map, Value.NIL, "get, put, append, delete, cas [old new], by key");
        add("set", Collections::set, Value.of(List.of()), "add, remove, contains, read of all");
        add("grow-set", Collections::growSet, Value.of(List.of()), "add, contains, read of all");
        add(
                "queue",
                Collections::queue,
                Value.of(List.of()),
                "enqueue, dequeue (empty: nil or fail), peek; first in, first out");
        add("stack", Collections::stack, Value.of(List.of()), "push, pop (empty: nil or fail), peek");
        add("bag", Collections::bag, Value.of(List.of()), "enqueue, dequeue in any order (unordered queue)");
        add(
                "log",
                Collections::log,
                Value.of(List.of()),
                "append (returns its offset, or nothing), read at an offset, read of all");
        add("counter", Numbers::counter, Value.of(0), "add n, increment, decrement, read");
        add(
                "fetch-and-add",
                Numbers::fetchAndAdd,
                Value.of(0),
                "fetch-and-add n (returns the value before), add-and-get, read");
        add("mutex", Numbers::mutex, Value.FALSE, "acquire, try-acquire, release");
    }

    private static void add(String name, Maker maker, Value initial, String about) {
        ALL.put(name, new Entry(maker, initial, about));
    }

    /** Names of the built-in models, and what each is about. */
    public static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        ALL.forEach((name, entry) -> names.put(name, entry.about));
        return names;
    }

    /** A built-in model; empty if there is none of this name. */
    public static Optional<Model> named(String name, Optional<Value> initial) {
        return Optional.ofNullable(ALL.get(name)).map(e -> e.maker.make(initial.orElse(e.initial)));
    }

    /** The functions of a history that a model does not know, with the first operation of each. */
    public static Map<String, Operation> unknown(Model model, History history) {
        Map<String, Operation> unknown = new LinkedHashMap<>();
        for (Operation o : history.operations()) {
            if (!model.knows(o.call().function())) {
                unknown.putIfAbsent(o.call().function(), o);
            }
        }
        return unknown;
    }

    /**
     * The one model that knows all functions of a history, told by the functions and where several have the same ones (a set
     * and a counter both have {@code add} and {@code read}) by the values.
     *
     * @return empty if there is none
     */
    public static Optional<String> inferred(History history) {
        Set<String> functions = new TreeSet<>();
        boolean keys = false;
        boolean lists = false;
        boolean numbers = false;
        for (Operation o : history.operations()) {
            functions.add(o.call().function());
            keys |= !o.call().key().equals(Value.NIL);
            boolean read = o.call().function().equals("read") && o.ending() == Operation.Ending.OK;
            lists |= read && o.result() instanceof Value.Items;
            numbers |= read && o.result() instanceof Value.Whole;
        }
        List<String> fitting = new ArrayList<>();
        ALL.forEach((name, entry) -> {
            Model model = entry.maker.make(entry.initial);
            if (functions.stream().allMatch(model::knows)) {
                fitting.add(name);
            }
        });
        if (functions.contains("add") && (fitting.contains("set") || fitting.contains("counter"))) {
            boolean counts = numbers && !lists || fitting.size() == 1;
            fitting.removeIf(m -> m.equals(counts ? "set" : "counter"));
        }
        if (functions.contains("append") && functions.contains("read") && fitting.contains("log")) {
            return Optional.of(keys && !lists ? "kv" : "log");
        }
        if (functions.contains("get") && fitting.contains("kv") && keys) {
            return Optional.of("kv");
        }
        return fitting.stream().findFirst();
    }

    /** What is compared, exchanged or transferred: two values, from a list or the members of a map. */
    static Optional<List<Value>> pair(Call call, String first, String second) {
        if (call.argument() instanceof Value.Items items && items.size() == 2) {
            return Optional.of(items.values());
        }
        if (call.argument() instanceof Value.Dict d
                && d.values().containsKey(first)
                && d.values().containsKey(second)) {
            return Optional.of(List.of(d.values().get(first), d.values().get(second)));
        }
        return Optional.empty();
    }
}

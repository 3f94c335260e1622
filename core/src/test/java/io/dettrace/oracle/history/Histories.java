package io.dettrace.oracle.history;

import io.dettrace.event.InputException;
import io.dettrace.oracle.history.Operation.Ending;
import io.dettrace.oracle.history.model.ModelFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Makes histories by running an object of a model under concurrent processes, with crashes, failures and faults. */
final class Histories {
    /** What processes do: a function and how its argument is drawn. */
    record Function(String name, java.util.function.Function<Random, Value> argument) {}

    private final Model model;
    private final List<Function> functions;
    private final Random random;
    private final int keys;
    private final double faults;
    private final double crashes;

    private final Map<Value, Object> states = new HashMap<>();
    private final History.Builder history = new History.Builder();
    private long line;

    private static final class Running {
        Call call;
        Outcome outcome;
    }

    Histories(Model model, List<Function> functions, Random random, int keys, double faults, double crashes) {
        this.model = model;
        this.functions = functions;
        this.random = random;
        this.keys = keys;
        this.faults = faults;
        this.crashes = crashes;
    }

    /** A history of so many calls. */
    History make(int calls, int processes) {
        Running[] running = new Running[processes];
        String[] names = new String[processes];
        for (int p = 0; p < processes; p++) {
            names[p] = "p" + p;
        }
        int open = 0;
        int idle = 0;
        while ((history.operations() < calls || open > 0) && idle < 1_000) {
            int p = random.nextInt(processes);
            Running r = running[p];
            idle++;
            if (r == null) {
                if (history.operations() < calls) {
                    running[p] = begin(names[p]);
                    open++;
                    idle = 0;
                }
            } else if (r.outcome == null) {
                takeEffect(r);
                if (r.outcome == null && idle > 50) {
                    idle = 0; // it would wait for ever, as for a lock
                    end(names[p], Ending.UNKNOWN, Value.NIL);
                    running[p] = null;
                    names[p] = names[p] + "'";
                    open--;
                } else if (random.nextDouble() < crashes) {
                    end(names[p], Ending.UNKNOWN, Value.NIL);
                    running[p] = null;
                    names[p] = names[p] + "'";
                    open--;
                }
            } else if (random.nextInt(3) > 0) {
                finish(names[p], r);
                running[p] = null;
                open--;
                idle = 0;
            }
        }
        return history.build();
    }

    private Place here() {
        return new Place("h", ++line);
    }

    private void end(String process, Ending ending, Value value) {
        history.end(process, ending, value, Optional.empty(), here());
    }

    private Running begin(String process) {
        Function f = functions.get(random.nextInt(functions.size()));
        Running r = new Running();
        Value key = keys == 1 ? Value.NIL : Value.of("k" + random.nextInt(keys));
        r.call = new Call(f.name, key, f.argument.apply(random));
        history.invoke(process, process, r.call, here());
        return r;
    }

    private void takeEffect(Running r) {
        Value key = r.call.key();
        Object state = states.getOrDefault(key, model.initial());
        List<Outcome> may = model.apply(state, r.call);
        if (!may.isEmpty()) {
            r.outcome = may.get(random.nextInt(may.size()));
            boolean lost = random.nextDouble() < faults / 2;
            states.put(key, lost ? state : r.outcome.state());
        }
    }

    private void finish(String process, Running r) {
        Value value = r.outcome.result() == null ? Value.NIL : r.outcome.result();
        boolean refused = r.outcome.refused();
        if (random.nextDouble() < faults) {
            value = wrong(value);
            refused ^= random.nextInt(4) == 0;
        }
        end(process, refused ? Ending.FAIL : Ending.OK, value);
    }

    private Value wrong(Value value) {
        if (value instanceof Value.Items items && items.size() > 0) {
            return items.without(random.nextInt(items.size()));
        }
        return value instanceof Value.Flag f ? Value.of(!f.value()) : Value.of(random.nextInt(4));
    }

    /** Model files: an account, of two variables with failures, and a lock that may hand over to anyone. */
    static final Map<String, String> DECLARED = Map.of("account", """
            model account
            state balance = 2
            state withdrawals = 0
            operation deposit(amount)
              set balance = balance + amount
            operation withdraw(amount)
              when balance >= amount
                set balance = balance - amount
                set withdrawals = withdrawals + 1
                return true
              otherwise
                fail
            operation reset
              set balance = 0
              set withdrawals = 0
            operation read
              return balance
            operation audit
              return [balance, withdrawals]
            """, "wish list", """
            model wish list
            state wishes = []
            operation add(wish)
              when not contains(wishes, wish)
                set wishes = append(wishes, wish)
              otherwise
                return "known"
            operation grant
              when size(wishes) > 0
                set wishes = rest(wishes)
                return first(wishes)
              when size(wishes) > 1
                set wishes = most(wishes)
                return last(wishes)
            """);

    /** The model of a file in {@link #DECLARED}. */
    static Model declared(String name) {
        try {
            return ModelFile.parse(name, DECLARED.get(name));
        } catch (InputException e) {
            throw new AssertionError(e);
        }
    }

    /** Functions and arguments for each built-in model, and each declared one. */
    static Map<String, List<Function>> of() {
        java.util.function.Function<Random, Value> none = r -> Value.NIL;
        java.util.function.Function<Random, Value> small = r -> Value.of(r.nextInt(3));
        java.util.function.Function<Random, Value> pair = r -> Value.of(List.of(small.apply(r), small.apply(r)));
        java.util.function.Function<Random, Value> letter = r -> Value.of("" + (char) ('a' + r.nextInt(3)));
        Map<String, List<Function>> all = new java.util.LinkedHashMap<>();
        all.put("register", List.of(new Function("read", none), new Function("write", small)));
        all.put(
                "cas-register",
                List.of(new Function("read", none), new Function("write", small), new Function("cas", pair)));
        all.put(
                "kv",
                List.of(
                        new Function("get", none),
                        new Function("put", letter),
                        new Function("append", letter),
                        new Function("delete", none)));
        all.put(
                "set",
                List.of(
                        new Function("add", small),
                        new Function("remove", small),
                        new Function("contains", small),
                        new Function("read", none)));
        all.put(
                "set of elements",
                List.of(new Function("add", small), new Function("remove", small), new Function("contains", small)));
        all.put("grow-set", List.of(new Function("add", small), new Function("read", none)));
        all.put(
                "queue",
                List.of(new Function("enqueue", small), new Function("dequeue", none), new Function("peek", none)));
        all.put("stack", List.of(new Function("push", small), new Function("pop", none), new Function("top", none)));
        all.put("bag", List.of(new Function("enqueue", small), new Function("dequeue", none)));
        all.put(
                "log",
                List.of(
                        new Function("append", r -> Value.of(10 + r.nextInt(2))),
                        new Function("read", none),
                        new Function("read", small)));
        all.put(
                "counter",
                List.of(new Function("add", small), new Function("decrement", none), new Function("read", none)));
        all.put(
                "fetch-and-add",
                List.of(
                        new Function("fetch-and-add", small),
                        new Function("add-and-get", small),
                        new Function("read", none)));
        all.put(
                "account",
                List.of(
                        new Function("deposit", small),
                        new Function("withdraw", small),
                        new Function("reset", none),
                        new Function("read", none),
                        new Function("audit", none)));
        all.put("wish list", List.of(new Function("add", letter), new Function("grant", none)));
        all.put("mutex", List.of(new Function("acquire", none), new Function("release", none)));
        return all;
    }

    /** The history's operations with other processes, keys or values. */
    static List<Operation> map(List<Operation> operations, java.util.function.UnaryOperator<Operation> by) {
        List<Operation> mapped = new ArrayList<>();
        operations.forEach(o -> mapped.add(by.apply(o)));
        return mapped;
    }
}

package io.dettrace.oracle.history.model;

import io.dettrace.oracle.history.Access;
import io.dettrace.oracle.history.Answer;
import io.dettrace.oracle.history.Call;
import io.dettrace.oracle.history.Discipline;
import io.dettrace.oracle.history.Model;
import io.dettrace.oracle.history.Outcome;
import io.dettrace.oracle.history.Value;
import io.dettrace.oracle.history.Value.Items;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Models that hold many values: the state is a list of them, in order where the object has an order, else sorted. */
final class Collections {
    private static final Comparator<Value> ORDER = Comparator.comparing(Value::json);
    private static final String[] ADD = {"add", "insert"};
    private static final String[] CONTAINS = {"contains", "has", "member"};
    private static final String[] ENQUEUE = {"enqueue", "enq", "offer", "send", "produce"};
    private static final String[] DEQUEUE = {"dequeue", "deq", "poll", "take", "receive", "consume"};

    private Collections() {}

    private static Items items(Object state) {
        return (Items) state;
    }

    private static Items list(Value initial) {
        return initial instanceof Items items ? items : Items.of(List.of(initial));
    }

    // ---- sets ------------------------------------------------------------------------------------------------------

    static Model set(Value initial) {
        return sets("set", initial).changes(Collections::remove, "remove", "delete");
    }

    static Model growSet(Value initial) {
        return sets("grow-set", initial);
    }

    private static TableModel sets(String name, Value initial) {
        List<Value> start = List.copyOf(sorted(list(initial).values()));
        return new SetModel(name, Items.of(start))
                .changes(Collections::add, ADD)
                .looks(Collections::contains, CONTAINS)
                .reads(Collections::items, "read", "members", "elements");
    }

    /** A set; its elements are independent as long as nobody reads them all. */
    private static final class SetModel extends TableModel {
        private final boolean parted;

        SetModel(String name, Items initial) {
            super(name, initial);
            parted = initial.size() == 0;
            part(call -> knowsElement(call) && parted
                    ? Optional.of(
                            call.key().equals(Value.NIL)
                                    ? call.argument()
                                    : Value.of(List.of(call.key(), call.argument())))
                    : Optional.empty());
        }

        private static boolean knowsElement(Call call) {
            return !List.of("read", "members", "elements").contains(call.function());
        }

        /** What is read is a set, whatever its order; adding and removing may tell whether anything changed. */
        @Override
        public boolean accepts(Call call, Answer answer, Outcome outcome) {
            if (!knowsElement(call)) {
                return !answer.failed()
                        && answer.value() instanceof Items read
                        && outcome.result().equals(Items.of(sorted(read.values())));
            }
            boolean tells = answer.value() instanceof Value.Flag
                    && !answer.failed()
                    && !answer.value().equals(call.argument());
            boolean looks = outcome.result() != null && List.of(CONTAINS).contains(call.function());
            return looks || tells ? outcome.result().equals(answer.value()) : !answer.failed();
        }
    }

    private static List<Value> sorted(List<Value> values) {
        TreeSet<Value> sorted = new TreeSet<>(ORDER);
        sorted.addAll(values);
        return List.copyOf(sorted);
    }

    private static List<Outcome> add(Object state, Call call) {
        Items now = items(state);
        boolean there = now.values().contains(call.argument());
        Object after = there ? now : Items.of(sorted(now.with(call.argument()).values()));
        return List.of(Outcome.returns(after, Value.of(!there)));
    }

    private static List<Outcome> remove(Object state, Call call) {
        int at = items(state).values().indexOf(call.argument());
        return List.of(Outcome.returns(at < 0 ? state : items(state).without(at), Value.of(at >= 0)));
    }

    private static List<Outcome> contains(Object state, Call call) {
        return List.of(Outcome.returns(state, Value.of(items(state).values().contains(call.argument()))));
    }

    // ---- queues and stacks -----------------------------------------------------------------------------------------

    private static Outcome empty(Object state) {
        return Outcome.refused(state, Value.NIL);
    }

    private static Optional<Value> element(Call call, Answer answer, String[] adding) {
        Value element = List.of(adding).contains(call.function()) ? call.argument() : answer.value();
        return element.equals(Value.NIL) || answer.failed() ? Optional.empty() : Optional.of(element);
    }

    static Model queue(Value initial) {
        return new TableModel("queue", list(initial))
                .changes((state, call) -> List.of(Outcome.done(items(state).with(call.argument()))), ENQUEUE)
                .mayRefuse(
                        (state, call) -> List.of(
                                items(state).size() == 0
                                        ? empty(state)
                                        : Outcome.returns(
                                                items(state).without(0),
                                                items(state).values().get(0))),
                        DEQUEUE)
                .looks(
                        (state, call) -> List.of(Outcome.returns(
                                state,
                                items(state).size() == 0
                                        ? Value.NIL
                                        : items(state).values().get(0))),
                        "peek")
                .element((call, answer) -> element(call, answer, ENQUEUE))
                .gives(
                        list(initial).size() > 0 ? Discipline.UNKNOWN : Discipline.FIRST_IN_FIRST_OUT,
                        Collections::access);
    }

    /** What a call does with elements; nil and false are none, as they stand for an empty queue where they are returned. */
    private static Optional<Access> access(Call call, Answer answer) {
        if (List.of(ENQUEUE).contains(call.function())) {
            return Optional.of(call.argument())
                    .filter(v -> !v.equals(Value.NIL) && !v.equals(Value.FALSE))
                    .map(v -> new Access(Access.Kind.PUT, v));
        }
        boolean takes = List.of(DEQUEUE).contains(call.function());
        if (answer == null) {
            return takes ? Optional.of(new Access(Access.Kind.TAKE, null)) : Optional.empty();
        }
        if (answer.value().equals(Value.NIL)
                || takes && (answer.failed() || answer.value().equals(Value.FALSE))) {
            return Optional.of(new Access(Access.Kind.FIND_NONE, null));
        }
        return takes ? Optional.of(new Access(Access.Kind.TAKE, answer.value())) : Optional.empty();
    }

    static Model stack(Value initial) {
        return new TableModel("stack", list(initial))
                .changes((state, call) -> List.of(Outcome.done(items(state).with(call.argument()))), "push")
                .mayRefuse(
                        (state, call) -> {
                            int last = items(state).size() - 1;
                            return List.of(
                                    last < 0
                                            ? empty(state)
                                            : Outcome.returns(
                                                    items(state).without(last),
                                                    items(state).values().get(last)));
                        },
                        "pop")
                .looks(
                        (state, call) -> {
                            int last = items(state).size() - 1;
                            return List.of(Outcome.returns(
                                    state,
                                    last < 0 ? Value.NIL : items(state).values().get(last)));
                        },
                        "peek",
                        "top")
                .element((call, answer) -> element(call, answer, new String[] {"push"}));
    }

    /** The state is sorted, as the order does not count. */
    static Model bag(Value initial) {
        List<Value> start = new ArrayList<>(list(initial).values());
        start.sort(ORDER);
        return new TableModel("bag", Items.of(start))
                .changes(
                        (state, call) -> {
                            List<Value> more = new ArrayList<>(items(state).values());
                            more.add(call.argument());
                            more.sort(ORDER);
                            return List.of(Outcome.done(Items.of(more)));
                        },
                        ENQUEUE)
                .mayRefuse(
                        (state, call) -> {
                            List<Outcome> any = new ArrayList<>();
                            List<Value> values = items(state).values();
                            for (int i = 0; i < values.size(); i++) {
                                if (i == 0 || !values.get(i).equals(values.get(i - 1))) {
                                    any.add(Outcome.returns(items(state).without(i), values.get(i)));
                                }
                            }
                            return any.isEmpty() ? List.of(empty(state)) : any;
                        },
                        DEQUEUE)
                .element((call, answer) -> element(call, answer, ENQUEUE))
                .gives(list(initial).size() > 0 ? Discipline.UNKNOWN : Discipline.ANY_ORDER, Collections::access);
    }

    // ---- logs ------------------------------------------------------------------------------------------------------

    static Model log(Value initial) {
        return new LogModel(list(initial))
                .changes(
                        (state, call) -> List.of(Outcome.returns(
                                items(state).with(call.argument()),
                                Value.of(items(state).size()))),
                        "append",
                        "send",
                        "push")
                .looks(Collections::readLog, "read", "poll");
    }

    /** A log; an append's result counts if it is a number and not just what was appended. */
    private static final class LogModel extends TableModel {
        LogModel(Items initial) {
            super("log", initial);
        }

        @Override
        public boolean accepts(Call call, Answer answer, Outcome outcome) {
            boolean append = !List.of("read", "poll").contains(call.function());
            boolean tells =
                    answer.value() instanceof Value.Whole && !answer.value().equals(call.argument());
            return append && !tells ? !answer.failed() : super.accepts(call, answer, outcome);
        }
    }

    private static List<Outcome> readLog(Object state, Call call) {
        if (call.argument() instanceof Value.Whole offset) {
            boolean there = offset.value() >= 0 && offset.value() < items(state).size();
            return List.of(Outcome.returns(state, there ? items(state).values().get((int) offset.value()) : Value.NIL));
        }
        return List.of(Outcome.returns(state, items(state)));
    }
}

package io.dettrace.oracle.history;

import io.dettrace.event.InputNote;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A recorded history: operations that overlap in time. Events are numbered in the order in which they happened, from 0.
 *
 * @param operations by their invocation
 * @param events number of events, invocations and ends together
 * @param notes what was tolerated
 */
public record History(List<Operation> operations, int events, List<InputNote> notes) {
    /** Operations that a history may have; they are held in memory. */
    public static final int MAX_OPERATIONS = 20_000_000;

    /** Collects a history event by event, in the order in which the events happened. */
    public static final class Builder {
        private record Open(int number, String process, Call call, int invoked, Place at) {}

        private final List<Operation> ended = new ArrayList<>();
        private final Map<String, Open> open = new HashMap<>();
        private final Map<String, InputNote> notes = new LinkedHashMap<>();
        private int operations;
        private int events;

        /** A history without events. */
        public Builder() {}

        /** Number of operations so far. */
        public int operations() {
            return operations;
        }

        /**
         * A call begins.
         *
         * @param pairing by what its end is known: the process, or a number of the call's own
         */
        public void invoke(String pairing, String process, Call call, Place at) {
            Open last = open.put(pairing, new Open(operations++, process, call, events++, at));
            if (last != null) {
                note(
                        "invoked_while_open",
                        "a process calls while its last call is open, which then may take effect at any time",
                        at);
                ended.add(unknown(last));
            }
        }

        /**
         * A call ends.
         *
         * @param answered the value that stands at its end, or null to take {@link Value#NIL}
         * @return false if no such call is open
         */
        public boolean end(String pairing, Operation.Ending ending, Value answered, Optional<String> error, Place at) {
            Open call = open.remove(pairing);
            if (call == null) {
                return false;
            }
            boolean unknown = ending == Operation.Ending.UNKNOWN;
            ended.add(new Operation(
                    call.number,
                    call.process,
                    call.call,
                    ending,
                    answered == null ? Value.NIL : answered,
                    error,
                    call.invoked,
                    unknown ? Operation.NEVER : events,
                    call.at,
                    Optional.of(at)));
            events++;
            return true;
        }

        /** The call that is open, or null. */
        public Call open(String pairing) {
            Open call = open.get(pairing);
            return call == null ? null : call.call;
        }

        /** Counts something that was tolerated. */
        public void note(String code, String message, Place at) {
            notes.merge(
                    code,
                    new InputNote(code, message, 1, at.toString()),
                    (a, b) -> new InputNote(a.code(), a.message(), a.count() + 1, a.first()));
        }

        private static Operation unknown(Open call) {
            return new Operation(
                    call.number,
                    call.process,
                    call.call,
                    Operation.Ending.UNKNOWN,
                    Value.NIL,
                    Optional.empty(),
                    call.invoked,
                    Operation.NEVER,
                    call.at,
                    Optional.empty());
        }

        /** The history; calls that are still open may have taken effect or not. */
        public History build() {
            Operation[] all = new Operation[operations];
            for (Operation o : ended) {
                all[o.number()] = o;
            }
            for (Open o : open.values()) {
                all[o.number] = unknown(o);
            }
            return new History(List.of(all), events, List.copyOf(notes.values()));
        }
    }
}

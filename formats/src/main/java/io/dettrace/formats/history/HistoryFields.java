package io.dettrace.formats.history;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.formats.OpenedRun;
import io.dettrace.normalize.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which fields of a run's events make it a history. What is empty is told from the usual names and from the values of the first
 * events.
 *
 * @param phase says whether an event begins a call or how it ends; none if an event is a whole call
 * @param operation the function that is called
 * @param process who calls, one call at a time
 * @param object which of several like objects is called (a key)
 * @param argument what is handed over; several fields make a list
 * @param result what is returned
 * @param error why a call failed
 * @param call the same value at both ends of a call and nowhere else; none if a call ends where its process says so next
 * @param start the time at which a call begins, where an event is a whole call
 * @param end the time at which it ends
 */
public record HistoryFields(
        Optional<String> phase,
        Optional<String> operation,
        List<String> process,
        Optional<String> object,
        List<String> argument,
        Optional<String> result,
        Optional<String> error,
        Optional<String> call,
        Optional<String> start,
        Optional<String> end) {
    /** Nothing said: all is told from names and values. */
    public static final HistoryFields INFERRED = new HistoryFields(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private static final List<String> PHASES =
            List.of("type", "phase", "event", "kind", "record", "status", "state", "ev", "ph", "action");
    private static final List<String> OPERATIONS = List.of(
            "f", "op", "operation", "function", "func", "method", "name", "action", "command", "cmd", "kind", "type");
    private static final List<String> PROCESSES = List.of(
            "process",
            "client",
            "client_id",
            "clientid",
            "clientId",
            "ClientId",
            "proc",
            "worker",
            "thread",
            "tid",
            "pid",
            "actor",
            "goroutine",
            "session",
            "lane");
    private static final List<String> OBJECTS = List.of("key", "k", "object", "obj");
    private static final List<String> ARGUMENTS =
            List.of("argument", "arg", "args", "arguments", "input", "Input", "in", "params", "value", "val", "v");
    private static final List<String> RESULTS = List.of(
            "result", "res", "ret", "return", "returned", "output", "Output", "out", "response", "value", "val", "v");
    private static final List<String> ERRORS = List.of("error", "err", "exception", "reason");
    private static final List<String> CALLS = List.of(
            "call_id", "callId", "call", "op_id", "opId", "opid", "request_id", "requestId", "req_id", "span_id", "id");
    private static final List<List<String>> TIMES = List.of(
            List.of("start", "end"),
            List.of("start_ns", "end_ns"),
            List.of("start_time", "end_time"),
            List.of("startTime", "endTime"),
            List.of("call", "return"),
            List.of("Call", "Return"),
            List.of("invoked", "returned"),
            List.of("invoke", "return"),
            List.of("begin", "end"));

    /** All that is not said, from a run's first events. */
    HistoryFields complete(OpenedRun run) throws InputException {
        List<List<Field>> sample = run.sample();
        Set<String> there = new HashSet<>();
        sample.forEach(record -> record.forEach(f -> there.add(f.path())));
        check(run, there);
        Optional<List<String>> times = phase.isPresent() ? Optional.empty() : times(there);
        Optional<String> phases = phase.isPresent() || start.isPresent() || end.isPresent()
                ? phase
                : PHASES.stream().filter(p -> tellsPhases(sample, p)).findFirst();
        if (phases.isEmpty() && times.isEmpty()) {
            throw new InputException(run.run().name()
                    + ": is no history of operations: no field says where calls begin and end; name it with --phase, or"
                    + " with --start and --end where an event is a whole call");
        }
        Set<String> taken = new HashSet<>(argument);
        phases.ifPresent(taken::add);
        if (phases.isEmpty()) {
            taken.addAll(times.orElseThrow());
        }
        object.ifPresent(taken::add);
        result.ifPresent(taken::add);
        Optional<String> function = operation.or(() -> first(OPERATIONS, there, taken));
        if (function.isEmpty()) {
            throw new InputException(run.run().name() + ": no field says what was called; name it with --op");
        }
        taken.add(function.get());
        List<String> who = process.isEmpty()
                ? first(PROCESSES, there, taken)
                        .map(List::of)
                        .orElse(run.mapping().fields(Role.LANE).stream()
                                .filter(there::contains)
                                .toList())
                : process;
        taken.addAll(who);
        Optional<String> id = call.or(() -> phases.flatMap(p -> CALLS.stream()
                .filter(c -> there.contains(c) && !taken.contains(c) && pairs(sample, p, c))
                .findFirst()));
        if (phases.isPresent() && who.isEmpty() && id.isEmpty()) {
            throw new InputException(run.run().name()
                    + ": nothing says which end belongs to which call; name the process with --process, or a number of"
                    + " the call with --call");
        }
        return new HistoryFields(
                phases,
                function,
                who,
                object.or(() -> first(OBJECTS, there, taken)),
                argument.isEmpty()
                        ? ARGUMENTS.stream()
                                .filter(a -> there.contains(a) && !taken.contains(a))
                                .limit(1)
                                .toList()
                        : argument,
                result.or(() -> first(RESULTS, there, taken)),
                error.or(() -> first(ERRORS, there, taken)),
                id,
                phases.isPresent() ? Optional.empty() : times.map(t -> t.get(0)),
                phases.isPresent() ? Optional.empty() : times.map(t -> t.get(1)));
    }

    private void check(OpenedRun run, Set<String> there) throws InputException {
        List<String> said = new ArrayList<>(process);
        said.addAll(argument);
        for (Optional<String> o : List.of(phase, operation, object, result, error, call, start, end)) {
            o.ifPresent(said::add);
        }
        for (String name : said) {
            if (!there.contains(name)) {
                throw new InputException(run.run().name() + ": none of the first events has a field " + name
                        + "; dettrace inspect lists the fields");
            }
        }
    }

    private Optional<List<String>> times(Set<String> there) {
        if (start.isPresent() && end.isPresent()) {
            return Optional.of(List.of(start.get(), end.get()));
        }
        return TIMES.stream().filter(there::containsAll).findFirst();
    }

    private static Optional<String> first(List<String> names, Set<String> there, Set<String> taken) {
        return names.stream()
                .filter(n -> there.contains(n) && !taken.contains(n))
                .findFirst();
    }

    /** True if the field says begin and end, each at least once. */
    private static boolean tellsPhases(List<List<Field>> sample, String path) {
        boolean begins = false;
        boolean ends = false;
        for (List<Field> record : sample) {
            for (Field f : record) {
                if (f.path().equals(path)) {
                    Phase phase = Phase.of(f.text());
                    begins |= phase == Phase.BEGIN;
                    ends |= phase == Phase.OK;
                }
            }
        }
        return begins && ends;
    }

    /** True if among the first events no two begin with the same value, and most values that end have begun. */
    private static boolean pairs(List<List<Field>> sample, String phasePath, String path) {
        Map<String, Integer> open = new HashMap<>();
        int ended = 0;
        int lost = 0;
        for (List<Field> record : sample) {
            Phase phase = null;
            String value = null;
            for (Field f : record) {
                phase = f.path().equals(phasePath) ? Phase.of(f.text()) : phase;
                value = f.path().equals(path) ? f.text() : value;
            }
            if (phase == null || value == null) {
                continue;
            }
            if (phase == Phase.BEGIN) {
                if (open.put(value, 1) != null) {
                    return false;
                }
            } else if (open.containsKey(value)) {
                ended++;
            } else {
                lost++;
            }
        }
        return ended > lost;
    }
}

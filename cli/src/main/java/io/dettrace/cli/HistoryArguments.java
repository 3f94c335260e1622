package io.dettrace.cli;

import io.dettrace.formats.history.HistoryFields;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which fields of events make a run a history of operations. */
final class HistoryArguments {
    @Option(
            names = "--phase",
            paramLabel = "FIELD",
            description =
                    "Field that says whether a call begins (invoke, call, start, …) or how it ended (ok, return, fail,"
                            + " info, timeout, …).")
    private String phase;

    @Option(names = "--op", paramLabel = "FIELD", description = "Field that says what is called.")
    private String operation;

    @Option(
            names = "--process",
            paramLabel = "FIELD",
            split = ",",
            description = "Field(s) that say who calls, one call at a time.")
    private List<String> process = List.of();

    @Option(
            names = "--object",
            paramLabel = "FIELD",
            description = "Field that says which of several like objects is called (a key).")
    private String object;

    @Option(
            names = "--argument",
            paramLabel = "FIELD",
            split = ",",
            description = "Field with what is handed over; several make a list.")
    private List<String> argument = List.of();

    @Option(names = "--result", paramLabel = "FIELD", description = "Field with what is returned.")
    private String result;

    @Option(names = "--error", paramLabel = "FIELD", description = "Field that says why a call failed.")
    private String error;

    @Option(
            names = "--call",
            paramLabel = "FIELD",
            description = "Field that is the same at both ends of a call, where processes make several at a time.")
    private String call;

    @Option(names = "--start", paramLabel = "FIELD", description = "Time a call began, where an event is a whole call.")
    private String start;

    @Option(names = "--end", paramLabel = "FIELD", description = "Time it ended; absent if it never did.")
    private String end;

    HistoryFields toFields() {
        return new HistoryFields(
                Optional.ofNullable(phase),
                Optional.ofNullable(operation),
                process,
                Optional.ofNullable(object),
                argument,
                Optional.ofNullable(result),
                Optional.ofNullable(error),
                Optional.ofNullable(call),
                Optional.ofNullable(start),
                Optional.ofNullable(end));
    }
}

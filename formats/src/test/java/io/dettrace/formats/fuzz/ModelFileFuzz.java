package io.dettrace.formats.fuzz;

import io.dettrace.event.InputException;
import io.dettrace.oracle.history.Call;
import io.dettrace.oracle.history.History;
import io.dettrace.oracle.history.Limits;
import io.dettrace.oracle.history.Linearizability;
import io.dettrace.oracle.history.LinearizabilityChecker;
import io.dettrace.oracle.history.Model;
import io.dettrace.oracle.history.ModelException;
import io.dettrace.oracle.history.Operation;
import io.dettrace.oracle.history.Place;
import io.dettrace.oracle.history.Value;
import io.dettrace.oracle.history.Verdict;
import io.dettrace.oracle.history.model.ModelFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Any text as a model file: a message with its line, or a model against which a history can be checked. */
public final class ModelFileFuzz {
    private static final List<String> FUNCTIONS = List.of("a", "b", "c");
    private static final int CALLS = 12;
    private static final Limits FEW = new Limits(200, 4_000);

    private ModelFileFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        Model model;
        try {
            model = ModelFile.parse("fuzzed.model", new String(data, StandardCharsets.UTF_8));
        } catch (InputException e) {
            FuzzFile.require(
                    e.getMessage().startsWith("fuzzed.model:"), "a message without its place: " + e.getMessage());
            return;
        }
        History.Builder history = new History.Builder();
        for (int i = 0; i < Math.min(CALLS, data.length); i++) {
            int what = data[data.length - 1 - i];
            String process = "p" + (what & 1);
            if (!history.end(
                    process, Operation.Ending.values()[(what & 2) / 2], value(what), Optional.empty(), at(i))) {
                String function = FUNCTIONS.get((what >> 2 & 0xF) % FUNCTIONS.size());
                if (model.knows(function)) {
                    history.invoke(process, process, new Call(function, Value.NIL, value(what)), at(i));
                }
            }
        }
        try {
            Linearizability found = LinearizabilityChecker.check(history.build(), model, FEW);
            FuzzFile.require(
                    (found.verdict() == Verdict.NOT_LINEARIZABLE)
                            == found.violation().isPresent(),
                    "a verdict without its violation");
        } catch (ModelException tooLarge) {
            FuzzFile.require(tooLarge.getMessage().contains("model"), tooLarge.getMessage());
            FuzzFile.require(tooLarge.getCause() == null, "a model file's own error: " + tooLarge);
        }
    }

    private static Place at(int i) {
        return new Place("h", i + 1);
    }

    private static Value value(int what) {
        return switch (what >> 5 & 3) {
            case 0 -> Value.NIL;
            case 1 -> Value.of(what & 3);
            case 2 -> Value.of(List.of(Value.of(1), Value.of(what & 1)));
            default -> Value.of((what & 1) == 0);
        };
    }
}

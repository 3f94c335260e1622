package io.dettrace.formats.fuzz;

import io.dettrace.event.InputException;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.pattern.LogLayouts;
import io.dettrace.formats.pattern.PatternFormat;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Any bytes as a text log, in the layout that is detected, else by one of a few patterns, which the first byte chooses. */
public final class PatternFuzz {
    private static final List<String> PATTERNS = List.of(
            "^(?<host>\\S+) (?<clock>\\{.*\\})\\n(?<event>.*)$",
            "(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})",
            "^(?<time>\\d+) (?<host>\\w+) (?<event>[^\\n]*)$",
            "(?<host>[a-z]+):(?<event>[^;]*);");

    private PatternFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        if (data.length == 0) {
            return;
        }
        InputFile file = FuzzFile.of(data, 1);
        FuzzFile.check(new PatternFormat(), file, detected(file).orElseGet(() -> chosen(data[0])));
    }

    private static Optional<Mapping> detected(InputFile file) throws IOException {
        try {
            return LogLayouts.detect(file);
        } catch (InputException notText) {
            return Optional.empty();
        }
    }

    private static Mapping chosen(int number) {
        String pattern = PATTERNS.get((number & 0xFF) % PATTERNS.size());
        Mapping.Builder b =
                Mapping.builder().pattern(pattern).field(Role.LANE, "host").field(Role.TIME, "time");
        if (pattern.contains("clock")) {
            b.field(Role.CLOCK, "clock");
        }
        if ((number & 0x80) != 0) {
            b.delimiter("^=== (?<trace>.*) ===$");
        }
        return b.build();
    }
}

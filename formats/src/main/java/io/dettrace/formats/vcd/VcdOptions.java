package io.dettrace.formats.vcd;

import io.dettrace.event.InputException;
import io.dettrace.formats.record.RecordInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What {@code --with} says about a dump.
 *
 * @param clock the clock's name, {@code none} for none, empty to find it
 * @param signals which signals to read, by full name without the range
 */
record VcdOptions(Optional<String> clock, Predicate<String> signals) {
    static final String NO_CLOCK = "none";

    static VcdOptions of(RecordInput input) throws InputException {
        Optional<String> clock = input.option("clock");
        if (clock.isPresent() && clock.get().isBlank()) {
            throw new InputException(
                    input.name() + ": --with clock=NAME needs the name of a signal of one bit, or none");
        }
        return new VcdOptions(clock, globs(input.option("signals").orElse("*")));
    }

    private static Predicate<String> globs(String list) {
        if (list.equals("*")) {
            return name -> true;
        }
        List<Pattern> patterns = new ArrayList<>();
        for (String glob : list.split(",")) {
            StringBuilder regex = new StringBuilder();
            for (String literal : glob.strip().split("\\*", -1)) {
                regex.append(regex.length() > 0 ? ".*" : "").append(Pattern.quote(literal));
            }
            patterns.add(Pattern.compile(regex.toString(), Pattern.DOTALL));
        }
        return name -> patterns.stream().anyMatch(p -> p.matcher(name).matches());
    }

    /** True if the user says that this variable is the clock. */
    boolean names(String path) {
        return clock.isPresent() && (path.equals(clock.get()) || path.endsWith("." + clock.get()));
    }
}

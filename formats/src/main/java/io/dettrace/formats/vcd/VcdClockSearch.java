package io.dettrace.formats.vcd;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import java.io.IOException;

/** Finds the clocks of a dump: variables named so, as the beginning of the value changes shows them to tick. */
final class VcdClockSearch {
    /** Bytes behind the first values that are looked at. */
    static final int LOOK = 4 << 20;

    private VcdClockSearch() {}

    /**
     * The clock's signal for each outermost scope, or null if there is none.
     *
     * @param start where the value changes begin
     */
    static int[] find(InputFile file, long start, long line, VcdHeader header, VcdOptions options) throws IOException {
        boolean none = options.clock().isPresent() && options.clock().get().equals(VcdOptions.NO_CLOCK);
        if (none) {
            return null;
        }
        if (header.clocks().isEmpty()) {
            if (options.clock().isPresent()) {
                throw new InputException(file.name() + ": has no signal of one bit called "
                        + options.clock().get() + ", which --with clock names");
            }
            return null;
        }
        VcdClock.Edges[] edges = new VcdClock.Edges[header.signals().count()];
        header.clocks().forEach(c -> edges[c.signal()] = new VcdClock.Edges());
        try (VcdTokens tokens = VcdTokens.open(file, start, line)) {
            watch(tokens, header.signals(), edges);
        } catch (InputException brokenFurtherOn) {
            // Reading will say so at its place.
        }
        int[] clocks = VcdClock.choose(header.clocks(), edges, header.tops());
        for (int clock : clocks) {
            if (clock >= 0) {
                return clocks;
            }
        }
        return null;
    }

    private static void watch(VcdTokens tokens, VcdSignals signals, VcdClock.Edges[] edges) throws IOException {
        VcdBody body = new VcdBody(tokens, signals, new ReadContext(true, -1), false);
        VcdStep step = new VcdStep();
        long stop = -1;
        while ((stop < 0 || tokens.taken() < stop) && body.read(step)) {
            stop = stop < 0 ? tokens.taken() + LOOK : stop;
            for (int i = 0; i < step.size; i++) {
                VcdClock.Edges of = edges[step.signal[i]];
                if (of != null && step.kind[i] == VcdStep.BITS && step.values[step.start(i)] == '1') {
                    of.rise(step.ticks);
                }
            }
        }
    }
}

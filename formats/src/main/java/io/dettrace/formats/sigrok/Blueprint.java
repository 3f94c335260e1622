package io.dettrace.formats.sigrok;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A decoder that is to be built.
 *
 * @param about what it is and why, for a note; empty if the user asked for it as it is
 * @param make builds it for a receiver of events
 */
record Blueprint(String about, Function<Consumer<WireEvent>, Decoder> make) {
    Decoder build(Consumer<WireEvent> out) {
        return make.apply(out);
    }
}

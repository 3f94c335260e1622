package io.dettrace.formats.sigrok;

import java.util.List;
import java.util.function.Consumer;

/**
 * A state machine that makes events of the levels of some channels. It hears of every sample at which one of the channels
 * that are looked at changes, also those of other decoders, so that it knows how time goes on.
 */
abstract class Decoder {
    /** What {@link #pendingSince} says when nothing is pending. */
    static final long NOTHING = Long.MAX_VALUE;

    private final Consumer<WireEvent> out;

    Decoder(Consumer<WireEvent> out) {
        this.out = out;
    }

    /** Hands an event over. Events of one lane come in the order of their starts. */
    final void emit(WireEvent event) {
        out.accept(event);
    }

    /** The channels that it looks at. */
    abstract List<Channel> channels();

    /** The first sample, number 0, begins at {@code at}. */
    abstract void start(byte[] samples, int at);

    /** Sample number {@code sample}, which begins at {@code at}, differs from the one before. */
    abstract void change(long sample, byte[] samples, int at);

    /** The capture ends: {@code samples} is their number. */
    abstract void end(long samples);

    /** Where the first event begins that is still to come and has begun; {@link #NOTHING} if none has. */
    abstract long pendingSince();
}

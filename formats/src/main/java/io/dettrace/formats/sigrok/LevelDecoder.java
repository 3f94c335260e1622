package io.dettrace.formats.sigrok;

import java.util.List;
import java.util.function.Consumer;

/** No protocol: every change of the channel's level is an event, as in a value change dump. */
final class LevelDecoder extends Decoder {
    private final Channel channel;
    private int level;

    LevelDecoder(Channel channel, Consumer<WireEvent> out) {
        super(out);
        this.channel = channel;
    }

    @Override
    List<Channel> channels() {
        return List.of(channel);
    }

    @Override
    void start(byte[] samples, int at) {
        level = channel.level(samples, at);
        emit(new WireEvent(channel.name(), "initial", 0, 1).with("value", level));
    }

    @Override
    void change(long sample, byte[] samples, int at) {
        int now = channel.level(samples, at);
        if (now != level) {
            level = now;
            emit(new WireEvent(channel.name(), "level", sample, sample + 1).with("value", level));
        }
    }

    @Override
    void end(long samples) {
        // A level has no end.
    }

    @Override
    long pendingSince() {
        return NOTHING;
    }
}

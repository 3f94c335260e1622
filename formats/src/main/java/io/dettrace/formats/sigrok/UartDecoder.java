package io.dettrace.formats.sigrok;

import java.util.List;
import java.util.function.Consumer;

/**
 * One direction of a UART. There is no standard; the frame is that of the 16550 data sheet: idle high, a start bit (low), 5
 * to 9 data bits, a parity bit if there is one, stop bits (high). Every bit is looked at in its middle, counted from the
 * edge of the start bit.
 *
 * <pre>
 * IDLE --falling edge--> START --low in the middle--> DATA --last bit--> PARITY --> STOP --> IDLE
 *                          \--high: a glitch--> IDLE
 * </pre>
 *
 * <p>A low line for a whole frame is a break. After a frame whose stop bit is low, the next edge begins a frame, as receivers
 * do. Of several stop bits the first is checked, as receivers do.
 */
final class UartDecoder extends Decoder {
    private static final int START = 0;

    private final Channel channel;
    private final UartSettings settings;
    private final UartLines lines;
    private final double bit;
    private final int parityAt;
    private final int stopAt;
    private final double frame;

    private int level;
    private boolean inFrame;
    private long frameStart;
    private int next;
    private long nextPoint;
    private int value;
    private int ones;
    private String error;
    private boolean maybeBreak;

    /** Since when the line is low, -1 if it is high or was low from the beginning. */
    private long lowSince = -1;

    /** Frames without and with an error, glitches, and the sum of how far edges are off the bits' grid, in bits. */
    long good;

    long bad;
    double off;
    long edges;

    /**
     * @param dialog name of the dialog that this is a direction of; empty if there is none
     */
    UartDecoder(Channel channel, UartSettings settings, Group group, String dialog, Consumer<WireEvent> out) {
        super(out);
        this.channel = channel;
        this.settings = settings;
        bit = settings.bit();
        int data = settings.dataBits();
        parityAt = settings.parity() == UartSettings.Parity.NONE ? -1 : data + 1;
        stopAt = data + (parityAt < 0 ? 1 : 2);
        frame = bit * (stopAt + settings.stopBits());
        lines = new UartLines("uart " + channel.name(), group, dialog, data, this::emit);
    }

    @Override
    List<Channel> channels() {
        return List.of(channel);
    }

    private int read(byte[] samples, int at) {
        return channel.level(samples, at) ^ (settings.inverted() ? 1 : 0);
    }

    @Override
    void start(byte[] samples, int at) {
        level = read(samples, at);
    }

    @Override
    void change(long sample, byte[] samples, int at) {
        advance(sample);
        int now = read(samples, at);
        if (now == level) {
            return;
        }
        level = now;
        if (inFrame) {
            double bits = (sample - frameStart) / bit;
            off += Math.abs(bits - Math.rint(bits));
            edges++;
        }
        boolean looked = inFrame && nextPoint == sample;
        if (looked) {
            look();
        }
        if (level == 1) {
            endOfLow(sample);
            lowSince = -1;
        } else {
            lowSince = sample;
            if (!inFrame && !looked) {
                begin(sample);
            }
        }
    }

    private void begin(long sample) {
        inFrame = true;
        frameStart = sample;
        next = START;
        nextPoint = point(START);
        value = 0;
        ones = 0;
        error = null;
    }

    /** The middle of a bit. */
    private long point(int number) {
        return (long) Math.ceil(frameStart + (bit - 1) / 2 + number * bit);
    }

    private void advance(long sample) {
        while (inFrame && nextPoint < sample) {
            look();
        }
    }

    private void look() {
        if (next == START) {
            if (level == 1) {
                inFrame = false;
                bad++;
                lines.glitch(frameStart, nextPoint);
                return;
            }
        } else if (next == parityAt) {
            error = settings.parity().holds(level, ones) ? null : "parity";
        } else if (next == stopAt) {
            endOfFrame();
            return;
        } else {
            int number = settings.msbFirst() ? settings.dataBits() - next : next - 1;
            value |= level << number;
            ones += level;
        }
        nextPoint = point(++next);
    }

    private void endOfFrame() {
        inFrame = false;
        if (level == 0) {
            bad++;
            if (value == 0) {
                maybeBreak = true;
                return;
            }
            error = error == null ? "framing" : error + ", framing";
        } else if (error == null) {
            good++;
        } else {
            bad++;
        }
        lines.add(value, frameStart, (long) Math.ceil(frameStart + frame), error);
    }

    /** The line rises, or the capture ends. */
    private void endOfLow(long sample) {
        if (lowSince >= 0 && sample - lowSince >= frame) {
            lines.lineBreak(lowSince, sample);
        } else if (maybeBreak) {
            lines.add(0, frameStart, sample, "framing");
        }
        maybeBreak = false;
    }

    @Override
    void end(long samples) {
        advance(samples);
        endOfLow(samples);
        lines.end();
    }

    @Override
    long pendingSince() {
        long here = inFrame || maybeBreak ? frameStart : lowSince >= 0 ? lowSince : NOTHING;
        return Math.min(here, lines.pendingSince());
    }
}

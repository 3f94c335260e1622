package io.dettrace.formats.sigrok;

import java.util.List;
import java.util.function.Consumer;

/**
 * The link layer of a 1-Wire bus (Maxim DS18B20 data sheet, section 1-Wire signaling; application notes 126 and 937): the
 * master pulls the line low for a reset or for each bit. A low time of 480 us and more is a reset, which devices answer
 * within 60 us by a low of 60 to 240 us, the presence pulse. A low time below 15 us is a 1, up to 120 us a 0. Overdrive is
 * about eight times faster; it begins with the ROM commands 3C and 69 and ends with a reset of normal length.
 *
 * <pre>
 * IDLE --low &gt;= 480 us--> RESET --low within 60 us--> PRESENCE --high--> IDLE
 *   ^ \                      \--60 us pass: nobody there--> IDLE
 *   |  \--low &lt; 120 us--> SLOT: a bit, when the slot's 60 us have passed without a further edge
 *   \----------------------/
 * </pre>
 */
final class OneWireDecoder extends Decoder {
    /** Times in microseconds, normal and overdrive (DS18B20 and DS2408 data sheets, AC electrical characteristics). */
    private static final double[] RESET_LOW = {480, 48};

    private static final double RESET_LOW_MAX_OVERDRIVE = 80;
    private static final double[] PRESENCE_WITHIN = {60, 6};
    private static final double[] SLOT_MIN = {60, 6};
    private static final double[] SLOT_MAX = {120, 16};
    private static final double[] ONE_BELOW = {15, 2};

    private enum State {
        IDLE,
        LOW,
        AFTER_RESET,
        PRESENCE,
        SLOT
    }

    private final Channel channel;
    private final SampleClock clock;
    private final OneWireBytes bytes;
    private State state = State.IDLE;
    private int level;
    private long fall;
    private long rise;
    private long resetStart;
    private int bit;
    private int speed;

    /** Resets that were answered, bits, and lows of no known length. */
    long present;

    long bits;
    long wrong;

    OneWireDecoder(
            String lane, Channel channel, boolean overdrive, SampleClock clock, Group group, Consumer<WireEvent> out) {
        super(out);
        this.channel = channel;
        this.clock = clock;
        speed = overdrive ? 1 : 0;
        bytes = new OneWireBytes(lane, group, this::emit);
    }

    @Override
    List<Channel> channels() {
        return List.of(channel);
    }

    @Override
    void start(byte[] samples, int at) {
        level = channel.level(samples, at);
    }

    private double micros(long samples) {
        return samples * 1e6 / clock.rate();
    }

    private long samples(double micros) {
        return (long) clock.samples(micros);
    }

    @Override
    void change(long sample, byte[] samples, int at) {
        advance(sample);
        int now = channel.level(samples, at);
        if (now == level) {
            return;
        }
        level = now;
        if (level == 0) {
            fell(sample);
        } else {
            rose(sample);
        }
    }

    /** Ends what ends by time alone. */
    private void advance(long sample) {
        if (state == State.SLOT && sample >= fall + samples(SLOT_MIN[speed])) {
            state = State.IDLE;
            bits++;
            if (bytes.bit(bit, fall, fall + samples(SLOT_MIN[speed]))) {
                speed = 1;
            }
        } else if (state == State.AFTER_RESET && sample >= rise + samples(PRESENCE_WITHIN[speed])) {
            state = State.IDLE;
            bytes.reset(false, resetStart, rise);
        }
    }

    private void fell(long sample) {
        if (state == State.SLOT) {
            bytes.error("slot too short");
        }
        state = state == State.AFTER_RESET ? State.PRESENCE : State.LOW;
        fall = sample;
    }

    private void rose(long sample) {
        if (state == State.PRESENCE) {
            state = State.IDLE;
            present++;
            bytes.reset(true, resetStart, sample);
        } else if (state == State.LOW) {
            endOfLow(sample);
        }
    }

    private void endOfLow(long sample) {
        rise = sample;
        double low = micros(sample - fall);
        if (low >= RESET_LOW[0] || speed == 1 && low >= RESET_LOW[1] && low < RESET_LOW_MAX_OVERDRIVE) {
            speed = low >= RESET_LOW[0] ? 0 : 1;
            resetStart = fall;
            bytes.beforeReset();
            state = State.AFTER_RESET;
        } else if (low < SLOT_MAX[speed]) {
            bit = low < ONE_BELOW[speed] ? 1 : 0;
            state = State.SLOT;
        } else {
            wrong++;
            state = State.IDLE;
            bytes.wrongLow(fall, sample);
        }
    }

    @Override
    void end(long samples) {
        advance(samples);
        if (state == State.PRESENCE) {
            bytes.reset(true, resetStart, samples);
        }
        bytes.end();
    }

    @Override
    long pendingSince() {
        long here = switch (state) {
            case IDLE -> NOTHING;
            case AFTER_RESET, PRESENCE -> resetStart;
            case LOW, SLOT -> fall;
        };
        return Math.min(here, bytes.pendingSince());
    }
}

package io.dettrace.formats.sigrok;

import java.util.List;
import java.util.StringJoiner;
import java.util.function.Consumer;

/**
 * An I2C bus (NXP UM10204). SDA falls while SCL is high: START; SDA rises while SCL is high: STOP (section 3.1.4). Bits are
 * valid while SCL is high and are taken when it rises; the ninth bit is the acknowledge, low for ACK (3.1.6). The first byte
 * is a 7-bit address and the direction (3.1.10), or {@code 11110} and the first part of a 10-bit address (3.1.11). A target
 * may hold SCL low as long as it likes (3.1.9), which does not show.
 *
 * <pre>
 * IDLE --START--> ADDRESS --9 bits--> DATA --9 bits--> DATA ...
 *   ^------STOP-----/ (from any state; START from any state is a repeated START)
 * </pre>
 *
 * <p>Bits that are left over when START or STOP comes are named, since a byte was cut by a glitch or a reset. The one rising
 * edge of SCL that every repeated START and STOP needs is no such bit.
 */
final class I2cDecoder extends Decoder {
    /** Bytes of a message in one event; longer messages are several. */
    static final int MAX_BYTES = 4096;

    private static final int TEN_BIT_PREFIX = 0b11110;

    private final String lane;
    private final Channel scl;
    private final Channel sda;
    private final boolean byByte;

    private int clock;
    private int data;
    private boolean inMessage;
    private boolean repeated;
    private long start;
    private int bits;
    private int shift;
    private long byteStart;
    private int bytes;
    private int address;
    private boolean read;
    private boolean tenBit;
    private boolean tenBitPending;
    private int tenBitAddress = -1;
    private final StringBuilder text = new StringBuilder();
    private StringJoiner nacks = new StringJoiner("; ");
    private boolean continued;

    /** Bytes that were complete, acknowledged ones among them, messages, and bits left over. */
    long complete;

    long acknowledged;
    long messages;
    long left;

    I2cDecoder(String lane, Channel scl, Channel sda, Group group, Consumer<WireEvent> out) {
        super(out);
        this.lane = lane;
        this.scl = scl;
        this.sda = sda;
        byByte = group == Group.BYTE;
    }

    @Override
    List<Channel> channels() {
        return List.of(scl, sda);
    }

    @Override
    void start(byte[] samples, int at) {
        clock = scl.level(samples, at);
        data = sda.level(samples, at);
    }

    @Override
    void change(long sample, byte[] samples, int at) {
        int clockNow = scl.level(samples, at);
        int dataNow = sda.level(samples, at);
        if (clock == 1 && clockNow == 1 && dataNow != data) {
            if (dataNow == 0) {
                startCondition(sample);
            } else if (inMessage) {
                endOfMessage(sample, "stop");
                repeated = false;
            }
        } else if (clock == 0 && clockNow == 1 && inMessage) {
            bit(sample, dataNow);
        }
        clock = clockNow;
        data = dataNow;
    }

    private void startCondition(long sample) {
        boolean again = inMessage;
        if (again) {
            endOfMessage(sample, "repeated start");
        } else {
            tenBitAddress = -1;
        }
        inMessage = true;
        repeated = again;
        start = sample;
        bits = 0;
        bytes = 0;
        tenBit = false;
        tenBitPending = false;
        continued = false;
        messages++;
        if (byByte) {
            emit(new WireEvent(lane, again ? "repeated start" : "start", sample, sample + 1));
        }
    }

    private void bit(long sample, int level) {
        if (bits == 0) {
            byteStart = sample;
        }
        if (bits++ < 8) {
            shift = shift << 1 | level;
            return;
        }
        int value = shift & 0xFF;
        bits = 0;
        complete++;
        boolean ack = level == 0;
        acknowledged += ack ? 1 : 0;
        if (bytes++ == 0) {
            firstByte(value, ack, sample + 1);
        } else if (tenBitPending) {
            tenBitPending = false;
            address |= value;
            tenBitAddress = address;
            addressed(ack, sample + 1);
        } else {
            dataByte(value, ack, sample + 1);
        }
    }

    private void firstByte(int value, boolean ack, long end) {
        read = (value & 1) == 1;
        address = value >> 1;
        if (value >> 3 == TEN_BIT_PREFIX) {
            tenBit = true;
            address = (value >> 1 & 3) << 8;
            if (!read) {
                tenBitPending = true;
                if (!ack) {
                    nacks.add("address");
                }
                return;
            }
            // A read is addressed in full by the write before it (3.1.11).
            if (tenBitAddress >> 8 == address >> 8) {
                address = tenBitAddress;
            }
        }
        addressed(ack, end);
    }

    private void addressed(boolean ack, long end) {
        if (byByte) {
            emit(addressEvent(byteStart, end).with("ack", ack));
        } else if (!ack) {
            nacks.add("address");
        }
    }

    private WireEvent addressEvent(long from, long end) {
        String written = "0x" + (tenBit ? Hex.of(address, 10) + " (10 bit)" : Hex.of(address, 7));
        return new WireEvent(lane, read ? "read" : "write", from, end).with("address", written);
    }

    private void dataByte(int value, boolean ack, long end) {
        if (byByte) {
            emit(new WireEvent(lane, read ? "data read" : "data write", byteStart, end)
                    .with("hex", Hex.of(value, 8))
                    .with("ack", ack));
            return;
        }
        if (text.length() > 0) {
            text.append(' ');
        }
        Hex.append(text, value, 8);
        int number = bytes - (tenBit && !read ? 2 : 1);
        if (!ack) {
            nacks.add("byte " + number);
        }
        if (number % MAX_BYTES == 0) {
            emit(message(end).with("continues", true));
            continued = true;
            start = end;
        }
    }

    private WireEvent message(long end) {
        WireEvent event;
        if (bytes == 0) {
            event = new WireEvent(lane, "no address", start, end);
        } else {
            event = addressEvent(start, end).with("data", text.toString());
        }
        if (repeated && !continued) {
            event.with("repeated_start", true);
        }
        if (nacks.length() > 0) {
            event.with("nack", nacks.toString());
        }
        text.setLength(0);
        nacks = new StringJoiner("; ");
        return event;
    }

    private void endOfMessage(long sample, String how) {
        // SCL has risen once for the condition itself, unless it was high since the START.
        int over = Math.max(0, bits - 1);
        left += over;
        inMessage = false;
        if (byByte) {
            if (over > 0) {
                emit(new WireEvent(lane, "incomplete byte", byteStart, sample).with("bits_left", over));
            }
            if (how.equals("stop")) {
                emit(new WireEvent(lane, how, sample, sample + 1));
            }
        } else if (!(continued && text.length() == 0 && over == 0)) {
            WireEvent event = message(sample).with("end", how);
            emit(over == 0 ? event : event.with("bits_left", over));
        }
        bits = 0;
    }

    @Override
    void end(long samples) {
        if (inMessage) {
            endOfMessage(samples, "none");
        }
    }

    @Override
    long pendingSince() {
        return !inMessage ? NOTHING : byByte ? (bits > 0 ? byteStart : NOTHING) : start;
    }
}

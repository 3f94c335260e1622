package io.dettrace.formats.sigrok;

import java.util.Map;
import java.util.function.Consumer;

/**
 * What the bits of a 1-Wire bus mean (Maxim DS18B20 data sheet, section ROM commands; application note 187 for the search):
 * after a reset a ROM command, with some of them a ROM code of 64 bits, then data. Bits come lowest first.
 *
 * <p>A ROM code is a family, a serial number of 48 bits and a CRC-8 (polynomial x^8 + x^5 + x^4 + 1, application note 27). A
 * search sends three bits for each bit of the code: what the devices have, its complement, and which way the master goes.
 */
final class OneWireBytes {
    /** Bytes in one event; more are several. */
    static final int MAX_BYTES = 4096;

    private static final int ROM_BITS = 64;

    private static final Map<Integer, String> COMMANDS = Map.of(
            0x33, "READ ROM",
            0x0F, "READ ROM (old)",
            0xCC, "SKIP ROM",
            0x55, "MATCH ROM",
            0xF0, "SEARCH ROM",
            0xEC, "ALARM SEARCH",
            0x3C, "OVERDRIVE SKIP ROM",
            0x69, "OVERDRIVE MATCH ROM",
            0xA5, "RESUME");

    private enum State {
        COMMAND,
        ROM,
        SEARCH,
        DATA
    }

    private final String lane;
    private final boolean byByte;
    private final Consumer<WireEvent> out;
    private State state = State.DATA;
    private int count;
    private long value;
    private long start = Decoder.NOTHING;
    private long lastEnd;
    private final StringBuilder data = new StringBuilder();
    private long dataStart;
    private int dataBytes;
    private String error;

    OneWireBytes(String lane, Group group, Consumer<WireEvent> out) {
        this.lane = lane;
        this.byByte = group == Group.BYTE;
        this.out = out;
    }

    /** A reset pulse has ended: what was before it is complete. */
    void beforeReset() {
        flush();
        state = State.COMMAND;
    }

    void reset(boolean presence, long from, long to) {
        out.accept(new WireEvent(lane, "reset", from, to).with("presence", presence));
    }

    /** A low of a length that means nothing. */
    void wrongLow(long from, long to) {
        flush();
        out.accept(new WireEvent(lane, "glitch", from, to).with("error", "low of no known length"));
    }

    /** Something was wrong within the byte that is under way. */
    void error(String what) {
        error = what;
    }

    /** A bit; true if it completes a command that begins overdrive. */
    boolean bit(int bit, long from, long to) {
        if (count == 0) {
            start = from;
            value = 0;
        }
        lastEnd = to;
        if (state == State.SEARCH) {
            search(bit);
            return false;
        }
        value |= (long) bit << count++;
        if (state == State.ROM) {
            if (count == ROM_BITS) {
                rom();
            }
        } else if (count == 8) {
            count = 0;
            if (state == State.COMMAND) {
                return command();
            }
            dataByte();
        }
        return false;
    }

    private void search(int bit) {
        if (count % 3 == 2) {
            value |= (long) bit << (count / 3);
        }
        if (++count == 3 * ROM_BITS) {
            rom();
        }
    }

    private boolean command() {
        int code = (int) value;
        WireEvent event = new WireEvent(lane, "rom command", start, lastEnd)
                .with("command", COMMANDS.getOrDefault(code, "unknown"))
                .with("hex", Hex.of(code, 8));
        emit(event);
        state = switch (code) {
            case 0x33, 0x0F, 0x55, 0x69 -> State.ROM;
            case 0xF0, 0xEC -> State.SEARCH;
            default -> State.DATA;
        };
        return code == 0x3C || code == 0x69;
    }

    private void rom() {
        emit(new WireEvent(lane, "rom", start, lastEnd)
                .with("code", Hex.of(value, ROM_BITS))
                .with("crc", crc8(value, 8) == 0 ? "ok" : "wrong"));
        count = 0;
        state = State.DATA;
    }

    private void emit(WireEvent event) {
        out.accept(error == null ? event : event.with("error", error));
        error = null;
        start = Decoder.NOTHING;
    }

    /** CRC-8 of the lowest bytes; 0 if the last of them is the right CRC of those before. */
    static int crc8(long bytes, int count) {
        int crc = 0;
        for (int i = 0; i < 8 * count; i++) {
            int mix = (crc ^ (int) (bytes >>> i)) & 1;
            crc = crc >> 1 ^ (mix == 1 ? 0x8C : 0);
        }
        return crc;
    }

    private void dataByte() {
        if (data.length() == 0) {
            dataStart = start;
        } else {
            data.append(' ');
        }
        Hex.append(data, value, 8);
        start = Decoder.NOTHING;
        if (++dataBytes == (byByte ? 1 : MAX_BYTES)) {
            data();
        }
    }

    private void data() {
        if (dataBytes > 0) {
            long left = start;
            start = dataStart;
            emit(new WireEvent(lane, "data", dataStart, lastEnd).with("hex", data.toString()));
            start = left;
        }
        data.setLength(0);
        dataBytes = 0;
    }

    private void flush() {
        int left = count;
        data();
        if (left > 0) {
            emit(new WireEvent(lane, "incomplete", start, lastEnd)
                    .with("of", state == State.SEARCH || state == State.ROM ? "rom" : "byte")
                    .with("bits_left", left));
        }
        count = 0;
        start = Decoder.NOTHING;
        error = null;
    }

    void end() {
        flush();
    }

    long pendingSince() {
        return Math.min(dataBytes > 0 ? dataStart : Decoder.NOTHING, count > 0 ? start : Decoder.NOTHING);
    }
}

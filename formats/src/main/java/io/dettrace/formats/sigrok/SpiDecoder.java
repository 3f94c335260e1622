package io.dettrace.formats.sigrok;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A Serial Peripheral Interface bus (Motorola SPI Block Guide V03.06): words go both ways at once, a bit for each clock.
 * With CPHA 0 data are valid at the clock's first edge, which leads away from its idle level CPOL, with CPHA 1 at its second.
 *
 * <pre>
 * IDLE --CS asserted--> TRANSFER --sampling edge--> a bit; a word when there are enough
 *   ^-------CS released-----/
 * </pre>
 *
 * <p>A transfer is all words from asserting to releasing CS. Without CS every word is an event of its own.
 */
final class SpiDecoder extends Decoder {
    /** Words of a transfer in one event; longer transfers are several. */
    static final int MAX_WORDS = 4096;

    private final String lane;
    private final SpiSettings settings;
    private final Channel clk;
    private final Channel mosi;
    private final Channel miso;
    private final Channel cs;
    private final boolean byWord;

    private int clkLevel;
    private int csLevel;
    private boolean selected;
    private long transferStart;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder in = new StringBuilder();
    private int words;
    private int bits;
    private long outWord;
    private long inWord;
    private long wordStart;
    private long lastEdge;

    /** Words that were complete, and bits that were left over when CS was released. */
    long complete;

    long left;

    /**
     * @param mosi null if it was not recorded
     * @param miso null if it was not recorded
     * @param cs null if there is none
     */
    SpiDecoder(
            String lane,
            SpiSettings settings,
            Channel clk,
            Channel mosi,
            Channel miso,
            Channel cs,
            Group group,
            Consumer<WireEvent> sink) {
        super(sink);
        this.lane = lane;
        this.settings = settings;
        this.clk = clk;
        this.mosi = mosi;
        this.miso = miso;
        this.cs = cs;
        byWord = group == Group.BYTE || cs == null;
    }

    @Override
    List<Channel> channels() {
        List<Channel> used = new ArrayList<>(List.of(clk));
        for (Channel c : new Channel[] {mosi, miso, cs}) {
            if (c != null) {
                used.add(c);
            }
        }
        return used;
    }

    @Override
    void start(byte[] samples, int at) {
        clkLevel = clk.level(samples, at);
        csLevel = cs == null ? settings.active() : cs.level(samples, at);
        selected = csLevel == settings.active();
    }

    @Override
    void change(long sample, byte[] samples, int at) {
        if (cs != null) {
            int now = cs.level(samples, at);
            if (now != csLevel) {
                csLevel = now;
                select(sample);
            }
        }
        int now = clk.level(samples, at);
        if (now != clkLevel) {
            clkLevel = now;
            if (selected && now == settings.samplingLevel()) {
                bit(sample, samples, at);
            }
        }
    }

    private void select(long sample) {
        if (selected) {
            endOfTransfer(sample, false);
        }
        selected = csLevel == settings.active();
        transferStart = sample;
    }

    private void bit(long sample, byte[] samples, int at) {
        if (bits == 0) {
            wordStart = sample;
        }
        lastEdge = sample;
        int place = settings.msbFirst() ? settings.wordSize() - 1 - bits : bits;
        outWord |= mosi == null ? 0 : (long) mosi.level(samples, at) << place;
        inWord |= miso == null ? 0 : (long) miso.level(samples, at) << place;
        if (++bits == settings.wordSize()) {
            word(sample + 1);
        }
    }

    private void word(long end) {
        complete++;
        bits = 0;
        if (byWord) {
            WireEvent event = new WireEvent(lane, "word", wordStart, end);
            with(event, "mosi", mosi, Hex.of(outWord, settings.wordSize()));
            with(event, "miso", miso, Hex.of(inWord, settings.wordSize()));
            emit(event);
        } else {
            append(out, outWord);
            append(in, inWord);
            if (++words == MAX_WORDS) {
                emit(transfer(end).with("continues", true));
                transferStart = end;
            }
        }
        outWord = 0;
        inWord = 0;
    }

    private void append(StringBuilder text, long word) {
        if (text.length() > 0) {
            text.append(' ');
        }
        Hex.append(text, word, settings.wordSize());
    }

    private static void with(WireEvent event, String path, Channel channel, String value) {
        if (channel != null) {
            event.with(path, value);
        }
    }

    private WireEvent transfer(long end) {
        WireEvent event = new WireEvent(lane, "transfer", transferStart, end);
        with(event, "mosi", mosi, out.toString());
        with(event, "miso", miso, in.toString());
        out.setLength(0);
        in.setLength(0);
        words = 0;
        return event;
    }

    private void endOfTransfer(long sample, boolean ofCapture) {
        left += bits;
        if (byWord) {
            if (bits > 0) {
                emit(new WireEvent(lane, "incomplete word", wordStart, lastEdge + 1).with("bits_left", bits));
            }
        } else if (!ofCapture || words > 0 || bits > 0) {
            WireEvent event = transfer(sample);
            emit(bits == 0 ? event : event.with("bits_left", bits));
        }
        bits = 0;
        outWord = 0;
        inWord = 0;
    }

    @Override
    void end(long samples) {
        if (selected) {
            endOfTransfer(samples, true);
        }
    }

    @Override
    long pendingSince() {
        return byWord ? (bits > 0 ? wordStart : NOTHING) : selected ? transferStart : NOTHING;
    }
}

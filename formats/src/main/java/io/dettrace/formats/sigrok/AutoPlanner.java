package io.dettrace.formats.sigrok;

import io.dettrace.formats.sigrok.ChannelNames.Named;
import io.dettrace.formats.sigrok.ChannelNames.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Guesses what a capture holds: first by the names of the channels, then by the signals of the channels whose names say
 * nothing. A guess counts only if the decoder finds on the wire what its protocol asks for.
 */
final class AutoPlanner {
    /** Unnamed channels that are tried against each other. */
    private static final int MAX_UNNAMED = 12;

    /** Frames, bytes or bits that must be right where only the signal speaks for a protocol. */
    private static final int ENOUGH = 8;

    private final Capture capture;
    private final Prefix prefix;
    private final List<Channel> active;
    private final Set<Channel> used = new LinkedHashSet<>();
    private final List<Blueprint> found = new ArrayList<>();

    AutoPlanner(Capture capture) throws IOException {
        this.capture = capture;
        prefix = Prefix.read(capture.file(), capture.metadata());
        active = prefix.active(capture.metadata().channels());
    }

    /** Decoders that fit, in a fixed order; none if nothing fits. */
    List<Blueprint> plan() {
        Map<String, List<Named>> buses = ChannelNames.buses(active);
        for (boolean alone : new boolean[] {false, true}) {
            // Buses with numbered or prefixed names first; what they leave over may be a bus together.
            buses = alone ? ChannelNames.buses(free()) : buses;
            buses.forEach((bus, named) -> byName(bus, named));
        }
        if (free().size() <= MAX_UNNAMED) {
            bySignal();
        }
        return found;
    }

    /** Channels that change and that no decoder looks at. */
    List<Channel> free() {
        return active.stream().filter(c -> !used.contains(c)).toList();
    }

    private void add(String about, List<Channel> channels, Function<Consumer<WireEvent>, Decoder> make) {
        used.addAll(channels);
        found.add(new Blueprint(about, make));
    }

    private void byName(String bus, List<Named> named) {
        List<Named> free =
                named.stream().filter(n -> !used.contains(n.channel())).toList();
        Channel scl = ChannelNames.find(free, Signal.SCL);
        Channel sda = ChannelNames.find(free, Signal.SDA);
        if (scl != null && sda != null) {
            i2c(bus, scl, sda, "the channels are called so", 1);
        }
        spi(bus, free);
        uart(bus, free);
        for (Channel owr : ChannelNames.all(free, Signal.OWR)) {
            oneWire(owr, "the channel is called so", 1);
        }
    }

    private static String lane(String type, String bus) {
        return bus.isEmpty() ? type : type + " " + bus;
    }

    // ---- I2C -------------------------------------------------------------------------------------------------------

    private boolean i2c(String bus, Channel scl, Channel sda, String why, int enough) {
        I2cDecoder attempt = new I2cDecoder("", scl, sda, Group.LINE, event -> {});
        prefix.replay(attempt);
        boolean fits = attempt.messages > 0 && attempt.complete >= enough;
        boolean sure = attempt.left * 10 <= attempt.complete
                && attempt.acknowledged > 0
                && attempt.complete >= attempt.messages;
        if (!fits || enough > 1 && !sure) {
            return false;
        }
        String lane = lane("i2c", bus);
        String about = lane + " of SCL " + scl.name() + " and SDA " + sda.name() + " (" + why + "; "
                + attempt.messages + " start conditions, " + attempt.complete + " whole bytes, " + attempt.left
                + " bits left over)";
        add(about, List.of(scl, sda), out -> new I2cDecoder(lane, scl, sda, capture.group(), out));
        return true;
    }

    // ---- SPI -------------------------------------------------------------------------------------------------------

    private void spi(String bus, List<Named> named) {
        Channel clk = ChannelNames.find(named, Signal.CLK);
        Channel mosi = silent(bus, named, Signal.MOSI);
        Channel miso = silent(bus, named, Signal.MISO);
        if (clk == null || mosi == null && miso == null) {
            return;
        }
        List<Channel> selects = ChannelNames.all(named, Signal.CS);
        if (selects.isEmpty()) {
            spi(lane("spi", bus), clk, mosi, miso, null);
        }
        for (Channel cs : selects) {
            spi(lane("spi", selects.size() == 1 ? bus : cs.name()), clk, mosi, miso, cs);
        }
    }

    /** A data line may be silent for a whole capture and still be one. */
    private Channel silent(String bus, List<Named> named, Signal signal) {
        Channel moving = ChannelNames.find(named, signal);
        if (moving != null) {
            return moving;
        }
        List<Named> all = ChannelNames.buses(capture.metadata().channels()).getOrDefault(bus, List.of());
        Channel still = ChannelNames.find(all, signal);
        return still == null || used.contains(still) ? null : still;
    }

    private void spi(String lane, Channel clk, Channel mosi, Channel miso, Channel cs) {
        SpiSettings settings = SpiFit.guess(prefix, clk, mosi, miso, cs);
        SpiDecoder attempt = new SpiDecoder("", settings, clk, mosi, miso, cs, Group.LINE, event -> {});
        prefix.replay(attempt);
        String about = lane + " in " + settings.mode() + (cs == null ? " without CS" : "")
                + " (the channels are called so, data change at the other edge of the clock; " + attempt.complete
                + " whole words, " + attempt.left + " bits left over)";
        List<Channel> channels =
                Stream.of(clk, mosi, miso, cs).filter(c -> c != null).toList();
        add(about, channels, out -> new SpiDecoder(lane, settings, clk, mosi, miso, cs, capture.group(), out));
    }

    // ---- UART ------------------------------------------------------------------------------------------------------

    private void uart(String bus, List<Named> named) {
        List<Channel> channels = Stream.concat(
                        ChannelNames.all(named, Signal.RX).stream(), ChannelNames.all(named, Signal.TX).stream())
                .toList();
        if (!channels.isEmpty()) {
            uart(bus, channels, "the channels are called so", 0.7, 1);
        }
    }

    private boolean uart(String bus, List<Channel> channels, String why, double quality, int enough) {
        Optional<UartFit.Guess> guess = new UartFit(prefix, channels, capture.clock()).guess();
        if (guess.isEmpty() || guess.get().good() < enough || guess.get().quality() < quality) {
            return false;
        }
        String names = String.join("+", channels.stream().map(Channel::name).toList());
        String about = "uart " + names + " at " + guess.get().text() + " (" + why + ")";
        String dialog = capture.dialog() && channels.size() == 2 ? lane("uart", bus) : "";
        for (Channel channel : channels) {
            UartSettings settings = guess.get().settings();
            add(about, List.of(channel), out -> new UartDecoder(channel, settings, capture.group(), dialog, out));
            about = "";
        }
        return true;
    }

    // ---- 1-Wire ----------------------------------------------------------------------------------------------------

    private boolean oneWire(Channel channel, String why, int enough) {
        if (!capture.clock().isKnown()) {
            return false;
        }
        OneWireDecoder attempt = new OneWireDecoder("", channel, false, capture.clock(), Group.LINE, event -> {});
        prefix.replay(attempt);
        if (attempt.present == 0 || attempt.bits < enough || attempt.wrong * 10 > attempt.bits) {
            return false;
        }
        boolean alone = active.stream()
                        .flatMap(c -> ChannelNames.of(c).stream())
                        .filter(n -> n.signal() == Signal.OWR)
                        .count()
                <= 1;
        String lane = alone ? "onewire" : "onewire " + channel.name();
        String about = lane + " of " + channel.name() + " (" + why + "; " + attempt.present + " resets with presence, "
                + attempt.bits + " bits)";
        add(
                about,
                List.of(channel),
                out -> new OneWireDecoder(lane, channel, false, capture.clock(), capture.group(), out));
        return true;
    }

    // ---- by signal alone -------------------------------------------------------------------------------------------

    private void bySignal() {
        for (Channel scl : free()) {
            for (Channel sda : free()) {
                boolean free = !used.contains(scl) && !used.contains(sda) && scl != sda;
                if (free && prefix.edges(scl) > prefix.edges(sda)) {
                    i2c(twin("i2c", sda), scl, sda, "by start and stop conditions and acknowledged bytes", ENOUGH);
                }
            }
        }
        for (Channel channel : free()) {
            if (!oneWire(channel, "by resets and presence pulses", ENOUGH)) {
                uart("", List.of(channel), "by whole frames alone", 0.98, ENOUGH);
            }
        }
    }

    /** A name for a further bus of a type. */
    private String twin(String type, Channel channel) {
        return found.stream().anyMatch(b -> b.about().startsWith(type)) ? channel.name() : "";
    }
}

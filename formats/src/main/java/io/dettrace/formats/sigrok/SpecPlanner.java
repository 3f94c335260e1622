package io.dettrace.formats.sigrok;

import io.dettrace.event.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes decoders of what the user asks for; what is left open, such as a UART's rate, is guessed. */
final class SpecPlanner {
    private static final String[] PARITY = {"none", "odd", "even", "zero", "one"};
    private static final String[] ORDER = {"msb", "lsb", "msb-first", "lsb-first"};
    private static final String[] LEVEL = {"low", "high", "active-low", "active-high"};
    private static final double MAX_BAUD = 1e9;

    private final Capture capture;
    private final List<DecoderSpec> specs;
    private Prefix prefix;

    SpecPlanner(Capture capture) throws InputException {
        this.capture = capture;
        specs = DecoderSpec.parse(capture.decode());
    }

    List<Blueprint> plan() throws IOException {
        List<Blueprint> found = new ArrayList<>();
        for (DecoderSpec spec : specs) {
            switch (spec.type()) {
                case "uart" -> uart(spec, found);
                case "spi" -> found.add(spi(spec));
                case "i2c" -> found.add(i2c(spec));
                default -> found.add(oneWire(spec));
            }
        }
        return found;
    }

    private Prefix prefix() throws IOException {
        if (prefix == null) {
            prefix = Prefix.read(capture.file(), capture.metadata());
        }
        return prefix;
    }

    private Channel channel(DecoderSpec spec, String setting, boolean needed) throws InputException {
        if (spec.has(setting)) {
            return capture.channel(spec.get(setting, ""));
        }
        if (needed) {
            throw new InputException("the decoder " + spec.type() + " needs " + setting + "= and a channel's name");
        }
        return null;
    }

    /** The bus alone if it is the only one of its type, else with the name of a channel. */
    private String lane(String type, Channel channel) {
        long alike = specs.stream().filter(s -> s.type().equals(type)).count();
        return alike == 1 ? type : type + " " + channel.name();
    }

    private void uart(DecoderSpec spec, List<Blueprint> found) throws IOException {
        List<Channel> channels = Stream.of(channel(spec, "rx", false), channel(spec, "tx", false))
                .filter(c -> c != null)
                .distinct()
                .toList();
        if (channels.isEmpty()) {
            throw new InputException("the decoder uart needs rx= or tx= and a channel's name");
        }
        UartSettings settings = frame(spec);
        String about = "";
        boolean rated = spec.has("baud");
        if (rated && !capture.clock().isKnown()) {
            throw new InputException("the capture does not say its samplerate, which baud= needs; give it with"
                    + " --with samplerate=, such as samplerate=1MHz");
        }
        double bit = rated ? capture.clock().rate() / spec.number("baud", 0, 1, MAX_BAUD) : 0;
        if (rated && bit < UartSettings.MIN_BIT) {
            throw new InputException("the decoder uart has baud=" + spec.get("baud", "") + ", so a bit takes " + bit
                    + " samples; expected at least " + UartSettings.MIN_BIT);
        }
        if (!rated) {
            Optional<UartFit.Guess> guess = new UartFit(prefix(), channels, capture.clock()).guess();
            bit = guess.map(g -> g.settings().bit()).orElse(UartSettings.MIN_BIT);
            about = "uart " + names(channels) + " at "
                    + guess.map(UartFit.Guess::text).orElse("any rate, as it is silent");
        }
        String dialog = capture.dialog() && channels.size() == 2 ? "uart " + names(channels) : "";
        for (Channel channel : channels) {
            boolean inverted = settings.inverted()
                    || spec.choice("invert_rx", 0, "no", "yes") == 1 && channel == channels.get(0) && spec.has("rx")
                    || spec.choice("invert_tx", 0, "no", "yes") == 1
                            && channel.name()
                                    .equals(capture.channel(spec.get("tx", channel.name()))
                                            .name());
            UartSettings exact = new UartSettings(
                    bit, settings.dataBits(), settings.parity(), settings.stopBits(), settings.msbFirst(), inverted);
            found.add(new Blueprint(about, out -> new UartDecoder(channel, exact, capture.group(), dialog, out)));
            about = "";
        }
    }

    private static String names(List<Channel> channels) {
        return String.join("+", channels.stream().map(Channel::name).toList());
    }

    private static UartSettings frame(DecoderSpec spec) throws InputException {
        double stop = spec.number("stop", 1, 0.5, 2);
        int data = (int) spec.number("data", 8, 5, 9);
        int parity = spec.choice("parity", 0, PARITY);
        boolean msb = spec.choice("order", 1, ORDER) % 2 == 0;
        boolean inverted = spec.choice("invert", 0, "no", "yes") == 1;
        return new UartSettings(1, data, UartSettings.Parity.values()[parity], stop, msb, inverted);
    }

    private Blueprint spi(DecoderSpec spec) throws IOException {
        Channel clk = channel(spec, "clk", true);
        Channel mosi = channel(spec, "mosi", false);
        Channel miso = channel(spec, "miso", false);
        Channel cs = channel(spec, "cs", false);
        if (mosi == null && miso == null) {
            throw new InputException("the decoder spi needs mosi= or miso= and a channel's name");
        }
        boolean moded = spec.has("mode") || spec.has("cpol") || spec.has("cpha");
        SpiSettings guess = moded && (cs == null || spec.has("cs_active"))
                ? new SpiSettings(0, 0, true, 8, 0)
                : SpiFit.guess(prefix(), clk, mosi, miso, cs);
        int mode = (int) spec.number("mode", 0, 0, 3);
        int cpol = moded ? spec.choice("cpol", mode >> 1, "0", "1") : guess.cpol();
        int cpha = moded ? spec.choice("cpha", mode & 1, "0", "1") : guess.cpha();
        int active = spec.choice("cs_active", guess.active(), LEVEL) % 2;
        boolean msb = spec.choice("order", 0, ORDER) % 2 == 0;
        int word = (int) spec.number("word", 8, 1, SpiSettings.MAX_WORD_SIZE);
        SpiSettings settings = new SpiSettings(cpol, cpha, msb, word, active);
        String lane = lane("spi", cs == null ? clk : cs);
        String about = moded ? "" : lane + " in " + settings.mode();
        return new Blueprint(about, out -> new SpiDecoder(lane, settings, clk, mosi, miso, cs, capture.group(), out));
    }

    private Blueprint i2c(DecoderSpec spec) throws InputException {
        Channel scl = channel(spec, "scl", true);
        Channel sda = channel(spec, "sda", true);
        String lane = lane("i2c", sda);
        return new Blueprint("", out -> new I2cDecoder(lane, scl, sda, capture.group(), out));
    }

    private Blueprint oneWire(DecoderSpec spec) throws InputException {
        Channel owr = channel(spec, "owr", true);
        boolean overdrive = spec.choice("overdrive", 0, "no", "yes") == 1;
        if (!capture.clock().isKnown()) {
            throw new InputException("the capture does not say its samplerate, which the times of 1-Wire need; give it"
                    + " with --with samplerate=, such as samplerate=1MHz");
        }
        String lane = lane("onewire", owr);
        return new Blueprint(
                "", out -> new OneWireDecoder(lane, owr, overdrive, capture.clock(), capture.group(), out));
    }
}

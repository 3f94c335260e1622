package io.dettrace.formats.sigrok;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the names of channels say: {@code SCL}, {@code uart1_TX}, {@code Sender RX}, {@code CS#}. Channels of one bus have the
 * rest of the name in common, which may be empty.
 */
final class ChannelNames {
    /** What a channel carries. */
    enum Signal {
        RX("U?ART[ _.-]?RXD?|RXD?|SERIN"),
        TX("U?ART[ _.-]?TXD?|TXD?|SEROUT"),
        SCL("I2C[ _.-]?SCL|SCL"),
        SDA("I2C[ _.-]?SDA|SDA"),
        CLK("SPI[ _.-]?(?:CLK|CLOCK|SCK)|S?CLK|SCK|CLOCK|SPC"),
        MOSI("MOSI|COPI|PICO|SIMO|SDI|SI|DI|DIN"),
        MISO("MISO|CIPO|POCI|SOMI|SDO|SO|DO|DOUT"),
        CS("CS|SS|CSN|NCS|NSS|SSN|SSEL|CSB|SEN|CE0|CE1|CHIP SELECT"),
        OWR("OWR|OW|1W|1WIRE|1-WIRE|ONEWIRE|DQ");

        private final Pattern pattern;

        Signal(String alternatives) {
            // Bounded by something that is no letter or digit; a number of the bus may follow.
            pattern = Pattern.compile("(?<![A-Z0-9])[!/~]?(?:" + alternatives + ")([0-9]{0,3})[#*]?(?![A-Z0-9])");
        }
    }

    /** A channel with what it carries. */
    record Named(Signal signal, String bus, Channel channel) {}

    private ChannelNames() {}

    /** What a channel's name says, empty if nothing. */
    static Optional<Named> of(Channel channel) {
        String name = channel.name().toUpperCase(Locale.ROOT);
        for (Signal signal : Signal.values()) {
            Matcher m = signal.pattern.matcher(name);
            if (m.find()) {
                int last = m.start();
                String number = m.group(1);
                int end = m.end();
                while (m.find()) {
                    last = m.start();
                    number = m.group(1);
                    end = m.end();
                }
                boolean several = signal == Signal.CS;
                String rest = name.substring(0, last) + (several ? "" : number) + name.substring(end);
                return Optional.of(
                        new Named(signal, rest.replaceAll("[^A-Z0-9]+", " ").strip(), channel));
            }
        }
        return Optional.empty();
    }

    /** The channels by bus, in the order of the buses' names. */
    static Map<String, List<Named>> buses(List<Channel> channels) {
        Map<String, List<Named>> buses = new TreeMap<>();
        for (Channel channel : channels) {
            of(channel)
                    .ifPresent(n -> buses.computeIfAbsent(n.bus(), b -> new ArrayList<>())
                            .add(n));
        }
        return buses;
    }

    /** The first channel of a bus with this signal, or null. */
    static Channel find(List<Named> bus, Signal signal) {
        return bus.stream()
                .filter(n -> n.signal() == signal)
                .map(Named::channel)
                .findFirst()
                .orElse(null);
    }

    /** All channels of a bus with this signal. */
    static List<Channel> all(List<Named> bus, Signal signal) {
        return bus.stream()
                .filter(n -> n.signal() == signal)
                .map(Named::channel)
                .toList();
    }
}

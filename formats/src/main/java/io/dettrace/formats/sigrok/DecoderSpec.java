package io.dettrace.formats.sigrok;

import io.dettrace.event.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A decoder as the user asks for it: {@code uart:rx=RX,baud=115200}. Several are parted by {@code ;}. Between settings
 * stands a comma or, as sigrok-cli has it, a colon; a backslash takes the next character as it is, for names of channels
 * that hold one of them. The names of sigrok's own decoders and of their options are understood as well.
 *
 * @param type {@code uart}, {@code spi}, {@code i2c} or {@code onewire}
 * @param settings by name
 */
record DecoderSpec(String type, Map<String, String> settings) {
    /** Decoders that can be asked for. */
    static final int MAX_DECODERS = 64;

    private static final Map<String, String> TYPES = Map.of(
            "uart", "uart",
            "spi", "spi",
            "i2c", "i2c",
            "onewire", "onewire",
            "onewire_link", "onewire",
            "onewire_network", "onewire",
            "1wire", "onewire");

    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("baudrate", "baud"),
            Map.entry("data_bits", "data"),
            Map.entry("databits", "data"),
            Map.entry("parity_type", "parity"),
            Map.entry("stop_bits", "stop"),
            Map.entry("stopbits", "stop"),
            Map.entry("bit_order", "order"),
            Map.entry("bitorder", "order"),
            Map.entry("wordsize", "word"),
            Map.entry("cs_polarity", "cs_active"),
            Map.entry("sck", "clk"),
            Map.entry("dq", "owr"));

    private static final Map<String, List<String>> KNOWN = Map.of(
            "uart", List.of("rx", "tx", "baud", "data", "parity", "stop", "order", "invert", "invert_rx", "invert_tx"),
            "spi", List.of("clk", "mosi", "miso", "cs", "mode", "cpol", "cpha", "order", "word", "cs_active"),
            "i2c", List.of("scl", "sda"),
            "onewire", List.of("owr", "overdrive"));

    /** Reads what stands behind {@code decode=}. */
    static List<DecoderSpec> parse(String written) throws InputException {
        List<DecoderSpec> specs = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '\\' && i + 1 < written.length()) {
                part.append(written.charAt(++i));
            } else if (c == ':' || c == ',' || c == ';') {
                parts.add(part.toString());
                part.setLength(0);
                if (c == ';') {
                    specs.add(of(parts));
                    parts.clear();
                }
            } else {
                part.append(c);
            }
        }
        if (part.length() > 0 || !parts.isEmpty()) {
            parts.add(part.toString());
            specs.add(of(parts));
        }
        if (specs.isEmpty() || specs.size() > MAX_DECODERS) {
            throw new InputException("decode names " + specs.size() + " decoders; expected 1 to " + MAX_DECODERS
                    + ", such as uart:rx=RX,baud=115200");
        }
        return specs;
    }

    private static DecoderSpec of(List<String> parts) throws InputException {
        String type = TYPES.get(parts.get(0).strip());
        if (type == null) {
            throw new InputException("there is no decoder \"" + parts.get(0)
                    + "\"; there are uart, spi, i2c and onewire, and decode=none and decode=auto");
        }
        Map<String, String> settings = new TreeMap<>();
        for (String setting : parts.subList(1, parts.size())) {
            int equals = setting.indexOf('=');
            String key = equals < 0 ? setting : setting.substring(0, equals).strip();
            String name = ALIASES.getOrDefault(key, key);
            if (equals < 0 || !KNOWN.get(type).contains(name)) {
                throw new InputException("the decoder " + type + " has no setting \"" + setting + "\"; it has "
                        + String.join(", ", KNOWN.get(type)) + ", each followed by = and a value");
            }
            settings.put(name, setting.substring(equals + 1).strip());
        }
        return new DecoderSpec(type, settings);
    }

    String get(String setting, String otherwise) {
        return settings.getOrDefault(setting, otherwise);
    }

    boolean has(String setting) {
        return settings.containsKey(setting);
    }

    /** A number from {@code min} to {@code max}. */
    double number(String setting, double otherwise, double min, double max) throws InputException {
        String value = settings.get(setting);
        if (value == null) {
            return otherwise;
        }
        boolean number = value.matches("[0-9]{1,12}(\\.[0-9]{1,9})?");
        if (!number || Double.parseDouble(value) < min || Double.parseDouble(value) > max) {
            throw new InputException("the decoder " + type + " has " + setting + "=" + value
                    + "; expected a number from " + whole(min) + " to " + whole(max));
        }
        return Double.parseDouble(value);
    }

    private static String whole(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    /** One of some words, as its number. */
    int choice(String setting, int otherwise, String... words) throws InputException {
        String value = settings.get(setting);
        if (value == null) {
            return otherwise;
        }
        for (int i = 0; i < words.length; i++) {
            if (words[i].equals(value)) {
                return i;
            }
        }
        throw new InputException("the decoder " + type + " has " + setting + "=" + value + "; expected one of "
                + String.join(", ", words));
    }
}

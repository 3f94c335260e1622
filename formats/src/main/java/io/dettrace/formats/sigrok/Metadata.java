package io.dettrace.formats.sigrok;

import io.dettrace.event.InputException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entry {@code metadata} of a capture: an INI file with the sections {@code global} and {@code device 1} (sigrok wiki,
 * File format:sigrok/v2).
 *
 * <p>Channel n is bit n - 1 of a sample. Only channels that have a name were recorded; the others are numbered and off.
 * Lines end with any of CR, LF, CR LF and LF CR; keys and sections that are not known are skipped.
 *
 * @param clock when samples were taken
 * @param unitSize bytes a sample
 * @param capture name of the entry with the samples
 * @param channels the named logic channels that the samples have room for, in order
 * @param cut named channels that the samples have no room for
 * @param analog number of analog channels
 */
record Metadata(SampleClock clock, int unitSize, String capture, List<Channel> channels, List<String> cut, int analog) {
    /** Bytes that a sample may have. */
    static final int MAX_UNIT_SIZE = 512;

    /** Characters of a line (the specification's limit). */
    static final int MAX_LINE = 4093;

    private static final Pattern DEVICE = Pattern.compile("device ([0-9]{1,9})");
    private static final Pattern PROBE = Pattern.compile("probe([0-9]{1,9})");

    Metadata withClock(SampleClock other) {
        return new Metadata(other, unitSize, capture, channels, cut, analog);
    }

    /** Reads it; {@code place} begins the messages. */
    static Metadata parse(byte[] bytes, String place) throws InputException {
        Map<String, String> keys = device(new String(bytes, StandardCharsets.UTF_8), place);
        OptionalLong rate = OptionalLong.of(0);
        if (keys.containsKey("samplerate")) {
            rate = SampleClock.parse(keys.get("samplerate"));
            if (rate.isEmpty() && !keys.get("samplerate").matches("0+ *([kMG]?Hz)?|")) {
                throw new InputException(place + ": the samplerate is \"" + shown(keys.get("samplerate"))
                        + "\"; expected a number with Hz, kHz, MHz or GHz, such as \"1 MHz\"");
            }
        }
        int total = number(keys, "total probes", 0, 8 * MAX_UNIT_SIZE, place);
        int unit = number(keys, "unitsize", Math.max(1, (total + 7) / 8), MAX_UNIT_SIZE, place);
        if (unit == 0) {
            throw new InputException(place + ": unitsize is 0; expected the bytes of a sample, from 1");
        }
        List<Channel> channels = new ArrayList<>();
        List<String> cut = new ArrayList<>();
        for (var probe : probes(keys).entrySet()) {
            if (probe.getKey() > 8 * unit) {
                cut.add(probe.getValue());
            } else {
                channels.add(new Channel(probe.getValue(), probe.getKey() - 1));
            }
        }
        int analog = number(keys, "total analog", 0, 8 * MAX_UNIT_SIZE, place);
        String capture = keys.getOrDefault("capturefile", "").isEmpty() ? "logic-1" : keys.get("capturefile");
        return new Metadata(new SampleClock(rate.orElse(0)), unit, capture, channels, cut, analog);
    }

    /** The keys of the only device. */
    private static Map<String, String> device(String text, String place) throws InputException {
        Map<String, String> keys = new TreeMap<>();
        String section = "";
        String device = null;
        for (String raw : text.split("[\\r\\n]+")) {
            String line = raw.strip();
            if (line.length() > MAX_LINE) {
                throw new InputException(
                        place + ": a line of " + line.length() + " characters; the format allows " + MAX_LINE);
            }
            if (line.startsWith("[") && line.endsWith("]")) {
                section = line.substring(1, line.length() - 1).strip();
                if (DEVICE.matcher(section).matches()) {
                    if (device != null && !device.equals(section)) {
                        throw new InputException(place + ": holds the devices \"" + device + "\" and \"" + section
                                + "\"; captures of one device are read, save each device on its own");
                    }
                    device = section;
                }
            } else if (section.equals(device) && !line.startsWith("#") && line.indexOf('=') > 0) {
                int equals = line.indexOf('=');
                keys.putIfAbsent(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        if (device == null) {
            throw new InputException(place + ": has no section [device 1]; it is no sigrok capture, or damaged");
        }
        return keys;
    }

    private static Map<Integer, String> probes(Map<String, String> keys) {
        Map<Integer, String> probes = new TreeMap<>();
        keys.forEach((key, value) -> {
            Matcher m = PROBE.matcher(key);
            if (m.matches() && Integer.parseInt(m.group(1)) > 0) {
                int number = Integer.parseInt(m.group(1));
                probes.putIfAbsent(number, value.isEmpty() ? "D" + (number - 1) : value);
            }
        });
        return probes;
    }

    private static int number(Map<String, String> keys, String key, int otherwise, int max, String place)
            throws InputException {
        String value = keys.get(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) > max) {
            throw new InputException(
                    place + ": " + key + " is \"" + shown(value) + "\"; expected a number from 0 to " + max);
        }
        return Integer.parseInt(value);
    }

    private static String shown(String value) {
        return value.length() <= 40 ? value : value.substring(0, 40) + "...";
    }
}

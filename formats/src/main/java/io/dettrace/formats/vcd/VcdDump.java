package io.dettrace.formats.vcd;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordReader;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes value changes as a dump, which {@link VcdFormat} reads as the same events. The declarations come first and need all
 * signals, so the changes wait in a temporary file. Names that shared an identifier code are not in the events and stay out.
 */
final class VcdDump {
    /** Digits behind the point of a time in nanoseconds that a femtosecond has. */
    private static final int FEMTO = 6;

    private final Map<String, Signal> signals = new TreeMap<>();
    private int decimals;
    private String time = "";

    /** What is known of a signal once all changes were seen. */
    private static final class Signal {
        final String code;
        String type = "wire";
        int width = 1;

        Signal(int number) {
            StringBuilder digits = new StringBuilder();
            for (int left = number; left >= 0; left = left / 94 - 1) {
                digits.append((char) ('!' + left % 94));
            }
            code = digits.toString();
        }
    }

    private VcdDump() {}

    /**
     * Writes all events of a reader. The events have the fields that {@link VcdFormat} gives; others are left out.
     *
     * @throws InputException if an event has no signal, time or value
     */
    static void write(RecordReader events, OutputStream to) throws IOException {
        Path waiting = Files.createTempFile("dettrace-", ".changes");
        try {
            VcdDump writer = new VcdDump();
            try (DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(waiting)))) {
                while (events.next()) {
                    writer.take(events.record(), out);
                }
            }
            BufferedOutputStream out = new BufferedOutputStream(to);
            writer.declarations(out);
            try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(waiting)))) {
                writer.changes(in, out);
            }
            out.flush();
        } finally {
            Files.deleteIfExists(waiting);
        }
    }

    // ---- first pass ------------------------------------------------------------------------------------------------

    private void take(EventRecord event, DataOutputStream out) throws IOException {
        String name = event.value(VcdFormat.SIGNAL);
        String at = event.value(VcdFormat.TIME);
        if (name == null || at == null) {
            throw new InputException("an event without " + VcdFormat.SIGNAL + " or " + VcdFormat.TIME
                    + " is no value change; only events of the format vcd can be written as a dump");
        }
        Signal signal = signals.get(name);
        if (signal == null) {
            signal = new Signal(signals.size());
            signals.put(name, signal);
        }
        if (!at.equals(time)) {
            time = at;
            decimals =
                    Math.max(decimals, new BigDecimal(at).stripTrailingZeros().scale());
            line(out, "#" + at);
        }
        line(out, change(event, signal) + signal.code);
    }

    private static void line(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String change(EventRecord event, Signal signal) throws IOException {
        String port = event.value(VcdFormat.PORT);
        if (port != null) {
            signal.type = "port";
            signal.width = Math.max(signal.width, port.length());
            return "p" + port + " 6 6 ";
        }
        if (event.value(VcdFormat.TRIGGER) != null) {
            signal.type = "event";
            return event.value(VcdFormat.TRIGGER);
        }
        String text = event.value(VcdFormat.TEXT);
        if (text != null) {
            signal.type = "string";
            return "s" + text + " ";
        }
        for (int i = 0; i < event.size(); i++) {
            if (event.pathOf(i).equals(VcdFormat.VALUE)) {
                return value(event.value(i), event.type(i), signal);
            }
        }
        throw new InputException("an event of " + event.value(VcdFormat.SIGNAL) + " has no value");
    }

    private static String value(String value, Field.Type type, Signal signal) {
        boolean real = type == Field.Type.NUMBER || value.equals("NaN") || value.endsWith("Infinity");
        if (real) {
            signal.type = "real";
            signal.width = 64;
            return "r" + value.replace("NaN", "nan").replace("Infinity", "inf") + " ";
        }
        signal.width = Math.max(signal.width, value.length());
        return value.length() == 1 ? value : "b" + value + " ";
    }

    // ---- second pass -----------------------------------------------------------------------------------------------

    private static void print(OutputStream out, String line) throws IOException {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    /** Declares the signals in the order of their names, so that those of one scope stand together. */
    private void declarations(OutputStream out) throws IOException {
        print(out, "$version DetTrace $end");
        print(out, "$timescale " + (decimals <= 0 ? "1 ns" : decimals <= 3 ? "1 ps" : "1 fs") + " $end");
        String[] open = {};
        for (Map.Entry<String, Signal> e : signals.entrySet()) {
            String[] path = path(e.getKey());
            String[] scopes = Arrays.copyOf(path, path.length - 1);
            int same = Math.max(0, Arrays.mismatch(open, scopes));
            if (!Arrays.equals(open, scopes)) {
                for (int i = open.length; i > same; i--) {
                    print(out, "$upscope $end");
                }
                for (int i = same; i < scopes.length; i++) {
                    print(out, "$scope module " + scopes[i] + " $end");
                }
                open = scopes;
            }
            Signal s = e.getValue();
            print(out, "$var " + s.type + " " + s.width + " " + s.code + " " + path[path.length - 1] + " $end");
        }
        for (int i = open.length; i > 0; i--) {
            print(out, "$upscope $end");
        }
        print(out, "$enddefinitions $end");
    }

    /** The scopes and the name; a name that would not come back from its parts stays whole. */
    private static String[] path(String name) {
        String[] parts = name.split("\\.", -1);
        boolean sound = List.of(parts).stream().allMatch(p -> !p.isBlank() && p.equals(p.strip()));
        return sound && parts.length <= VcdHeader.MAX_DEPTH ? parts : new String[] {name};
    }

    private void changes(DataInputStream in, OutputStream out) throws IOException {
        int shift = decimals <= 0 ? 0 : decimals <= 3 ? 3 : FEMTO;
        while (true) {
            int length;
            try {
                length = in.readInt();
            } catch (EOFException end) {
                return;
            }
            byte[] line = in.readNBytes(length);
            if (line[0] == '#') {
                String at = new String(line, 1, length - 1, StandardCharsets.US_ASCII);
                print(out, "#" + new BigDecimal(at).scaleByPowerOfTen(shift).toPlainString());
            } else {
                out.write(line);
                out.write('\n');
            }
        }
    }
}

package io.dettrace.formats.ctf;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.dettrace.formats.ctf.FieldType.Enumeration;
import io.dettrace.formats.ctf.FieldType.Label;
import io.dettrace.formats.record.EventRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole number with labels. Shown is the label, several that overlap joined by {@code |}, and the number beside it; the
 * number alone if it has no label.
 */
final class EnumNode extends WholeNode {
    /** Values whose labels are remembered. */
    private static final int REMEMBERED = 1_024;

    private final List<Label> labels;
    private final Map<Long, String> known = new HashMap<>();

    /** Number of the path of the number, or -1. */
    int numberPath = -1;

    EnumNode(Enumeration type, boolean big) {
        super(type.container(), big);
        labels = type.labels();
    }

    /** The label, or null. */
    private String label(long value) {
        String label = known.get(value);
        if (label == null && !known.containsKey(value)) {
            List<String> names = new ArrayList<>();
            for (Label l : labels) {
                if (l.covers(value, type.signed()) && !names.contains(l.name())) {
                    names.add(l.name());
                }
            }
            label = names.isEmpty() ? null : String.join("|", names);
            if (known.size() == REMEMBERED) {
                known.clear();
            }
            known.put(value, label);
        }
        return label;
    }

    @Override
    void read(Decoding d, EventRecord out) throws IOException {
        long value = value(d);
        if (!shown(d, out)) {
            return;
        }
        String label = label(value);
        if (label != null) {
            out.text(path, label);
        }
        int number = label == null ? path : numberPath;
        if (type.signed() || value >= 0) {
            out.number(number, value);
        } else {
            out.decimal(number, Long.toUnsignedString(value));
        }
    }

    @Override
    void json(Decoding d, StringBuilder out) throws IOException {
        long value = value(d);
        String label = label(value);
        String number = type.signed() ? Long.toString(value) : Long.toUnsignedString(value);
        if (label == null) {
            out.append(number);
        } else {
            out.append('"');
            JsonStringEncoder.getInstance().quoteAsString(label, out);
            out.append('(').append(number).append(")\"");
        }
    }
}

package io.dettrace.formats.ctf;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.dettrace.event.InputException;
import io.dettrace.formats.ctf.FieldType.Label;
import io.dettrace.formats.record.EventRecord;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One of several fields: that which the tag's label names. */
final class VariantNode extends FieldNode {
    /** Values of the tag whose option is remembered. */
    private static final int REMEMBERED = 1_024;

    private final WholeNode tag;
    private final List<Label> labels;
    private final Map<String, FieldNode> options = new LinkedHashMap<>();
    private final Map<Long, String> chosen = new HashMap<>();
    private long minBits = Long.MAX_VALUE;
    private long lastValue;
    private FieldNode last;

    VariantNode(WholeNode tag, List<Label> labels) {
        super(1);
        this.tag = tag;
        this.labels = labels;
    }

    void add(String name, FieldNode node) {
        options.put(name, node);
        minBits = Math.min(minBits, node.minBits());
    }

    @Override
    FieldNode child(String name) {
        return options.get(name);
    }

    @Override
    long minBits() {
        return options.isEmpty() ? 0 : minBits;
    }

    private String option(Decoding d) throws InputException {
        long value = d.slots[tag.slot];
        String name = chosen.get(value);
        if (name == null) {
            for (Label label : labels) {
                if (label.covers(value, tag.type.signed()) && options.containsKey(label.name())) {
                    name = label.name();
                    break;
                }
            }
            if (name == null) {
                throw d.in.broken("expected a tag that chooses one of "
                        + String.join(", ", options.keySet().stream().limit(20).toList()) + ", found " + value);
            }
            if (chosen.size() == REMEMBERED) {
                chosen.clear();
            }
            chosen.put(value, name);
        }
        return name;
    }

    @Override
    void read(Decoding d, EventRecord out) throws IOException {
        long value = d.slots[tag.slot];
        if (last == null || lastValue != value) {
            last = options.get(option(d));
            lastValue = value;
        }
        last.read(d, out);
    }

    @Override
    void json(Decoding d, StringBuilder out) throws IOException {
        String name = option(d);
        out.append("{\"");
        JsonStringEncoder.getInstance().quoteAsString(Layouts.shown(name), out);
        out.append("\":");
        options.get(name).json(d, out);
        out.append('}');
    }
}

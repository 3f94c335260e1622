package io.dettrace.formats.ctf;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.dettrace.formats.record.EventRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fields one after the other; each is a field of the event, named by the path to it. */
final class StructNode extends FieldNode {
    private final List<String> shownNames = new ArrayList<>();
    private final List<FieldNode> nodes = new ArrayList<>();
    private final Map<String, FieldNode> byName = new HashMap<>();
    private FieldNode[] fields = {};
    private long minBits;

    StructNode(int align) {
        super(align);
    }

    /** Adds a field by its name in the metadata and the name that it is shown by. */
    void add(String name, String shownName, FieldNode node) {
        byName.put(name, node);
        shownNames.add(shownName);
        nodes.add(node);
        fields = null;
        minBits = plus(minBits, node.minBits());
    }

    /** Says that all fields are there. */
    void close() {
        fields = nodes.toArray(FieldNode[]::new);
    }

    @Override
    FieldNode child(String name) {
        return byName.get(name);
    }

    @Override
    long minBits() {
        return minBits;
    }

    @Override
    void read(Decoding d, EventRecord out) throws IOException {
        d.in.align(align);
        for (FieldNode field : fields) {
            field.read(d, out);
        }
    }

    @Override
    void json(Decoding d, StringBuilder out) throws IOException {
        d.in.align(align);
        d.count(fields.length);
        out.append('{');
        for (int i = 0; i < fields.length; i++) {
            out.append(i == 0 ? "\"" : ",\"");
            JsonStringEncoder.getInstance().quoteAsString(shownNames.get(i), out);
            out.append("\":");
            fields[i].json(d, out);
        }
        out.append('}');
    }
}

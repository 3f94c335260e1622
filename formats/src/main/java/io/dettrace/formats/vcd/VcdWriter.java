package io.dettrace.formats.vcd;

import io.dettrace.formats.record.RecordReader;
import io.dettrace.formats.record.RecordWriter;
import io.dettrace.normalize.Mapping;
import java.io.IOException;
import java.io.OutputStream;

/** Writes value changes as a dump, which {@link VcdFormat} reads as the same events. */
public final class VcdWriter implements RecordWriter {
    @Override
    public String name() {
        return "vcd";
    }

    @Override
    public String title() {
        return "value change dump (IEEE 1364)";
    }

    @Override
    public boolean takes(String family) {
        return family.equals("vcd");
    }

    @Override
    public void write(RecordReader events, Mapping mapping, OutputStream out) throws IOException {
        VcdDump.write(events, out);
    }
}

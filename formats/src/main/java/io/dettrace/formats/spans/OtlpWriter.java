package io.dettrace.formats.spans;

import io.dettrace.formats.record.RecordReader;
import io.dettrace.formats.record.RecordWriter;
import io.dettrace.normalize.Mapping;
import java.io.IOException;
import java.io.OutputStream;

/** Writes spans and log records as lines of OTLP JSON, which {@link OtlpJsonFormat} reads as the same events. */
public final class OtlpWriter implements RecordWriter {
    @Override
    public String name() {
        return "otlp-json";
    }

    @Override
    public String title() {
        return "OpenTelemetry traces and logs (OTLP, JSON)";
    }

    @Override
    public boolean takes(String family) {
        return family.equals("spans");
    }

    @Override
    public void write(RecordReader events, Mapping mapping, OutputStream out) throws IOException {
        OtlpJsonWriter.write(events, out);
    }
}

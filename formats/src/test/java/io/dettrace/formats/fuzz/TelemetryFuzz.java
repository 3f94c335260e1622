package io.dettrace.formats.fuzz;

import io.dettrace.formats.spans.MalformedRequestException;
import io.dettrace.formats.spans.OtlpTelemetry;
import io.dettrace.formats.spans.Signal;
import io.dettrace.telemetry.TelemetryLog;
import io.dettrace.telemetry.TelemetryMetric;
import io.dettrace.telemetry.TelemetrySink;
import io.dettrace.telemetry.TelemetrySpan;
import java.util.Arrays;

/** Any bytes as an OTLP request: the first says of which signal and in which encoding. It comes twice, as metrics do. */
public final class TelemetryFuzz {
    private TelemetryFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        Signal signal = Signal.values()[(data[0] & 0xFF) % Signal.values().length];
        OtlpTelemetry.Encoding encoding =
                (data[0] & 0x80) == 0 ? OtlpTelemetry.Encoding.PROTOBUF : OtlpTelemetry.Encoding.JSON;
        byte[] request = Arrays.copyOfRange(data, 1, data.length);
        Checked checked = new Checked();
        OtlpTelemetry telemetry = new OtlpTelemetry(checked);
        decode(telemetry, request, signal, encoding, checked);
        decode(telemetry, request, signal, encoding, checked);
    }

    private static void decode(
            OtlpTelemetry telemetry, byte[] request, Signal signal, OtlpTelemetry.Encoding encoding, Checked checked) {
        byte[] before = request.clone();
        checked.seen = 0;
        try {
            OtlpTelemetry.Decoded decoded = telemetry.decode(request, signal, encoding);
            FuzzFile.require(decoded.taken() >= checked.seen, "more came than was taken");
            FuzzFile.require(decoded.refused() == 0 == decoded.reason().isEmpty(), "a refusal without a reason");
        } catch (MalformedRequestException e) {
            FuzzFile.require(!e.getMessage().isEmpty(), "no message");
        }
        FuzzFile.require(Arrays.equals(request, before), "the request was changed");
    }

    /** What holds for all that is handed over. */
    private static final class Checked implements TelemetrySink {
        private long seen;

        @Override
        public void span(TelemetrySpan span) {
            seen++;
            FuzzFile.require(span.id() != 0 && span.end() >= span.start() && span.start() > 0, "an odd span: " + span);
            FuzzFile.require(!span.resource().service().isEmpty(), "a span without a service");
        }

        @Override
        public void log(TelemetryLog log) {
            seen++;
            FuzzFile.require(log.time() > 0, "a log record without a time: " + log);
        }

        @Override
        public void metric(TelemetryMetric point) {
            seen++;
            FuzzFile.require(Double.isFinite(point.value()) && point.time() > 0, "an odd point: " + point);
            FuzzFile.require(!point.name().isEmpty(), "a metric without a name");
        }
    }
}

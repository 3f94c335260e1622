package io.dettrace.server.live;

import io.dettrace.event.Field;
import io.dettrace.incident.window.Statements;
import io.dettrace.incident.window.WindowBuilder;
import io.dettrace.telemetry.TelemetryEvent;
import io.dettrace.telemetry.TelemetryLog;
import io.dettrace.telemetry.TelemetryResource;
import io.dettrace.telemetry.TelemetrySpan;
import java.util.List;

/**
 * Writes what windows need of spans and log records into bytes, about 45 a span: of attributes those that {@link WindowBuilder}
 * reads, of log texts the statement. {@link RequestReader} reads them.
 */
final class RequestWriter {
    /** In the first byte of a log record; a span has its kind and {@link #ERROR} there. */
    static final int LOG = 0x80;

    static final int ERROR = 8;
    static final int KIND = 7;

    /** Words of severities, by the number that is kept. */
    static final List<String> SEVERITIES = List.of("", "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");

    /** Events of a span that are kept. */
    static final int MAX_EVENTS = 16;

    private final Symbols symbols;

    RequestWriter(Symbols symbols) {
        this.symbols = symbols;
    }

    void span(TelemetrySpan s, Bytes out) {
        out.add(s.kind().ordinal() | (s.error() ? ERROR : 0));
        out.whole(s.id());
        out.whole(s.parent());
        out.whole(s.start());
        out.count(s.end() - s.start());
        resource(s.resource(), out);
        out.count(symbols.of(s.name()));
        attributes(s.attributes(), out);
        int events = Math.min(MAX_EVENTS, s.events().size());
        out.count(events);
        for (TelemetryEvent e : s.events().subList(0, events)) {
            out.count(symbols.of(e.name()));
            out.signed(e.time() - s.start());
            attributes(e.attributes(), out);
        }
    }

    void log(TelemetryLog log, Bytes out) {
        out.add(LOG | Math.max(0, SEVERITIES.indexOf(log.severity())));
        out.whole(log.span());
        out.whole(log.time());
        resource(log.resource(), out);
        out.count(symbols.of(log.source().isEmpty() ? Statements.of(log.body()) : log.source()));
    }

    private void resource(TelemetryResource resource, Bytes out) {
        out.count(symbols.of(resource.service()));
        out.count(symbols.of(resource.instance()));
        out.count(symbols.of(resource.version()));
    }

    private void attributes(List<Field> attributes, Bytes out) {
        int kept = 0;
        for (Field f : attributes) {
            kept += WindowBuilder.reads(f.path()) ? 1 : 0;
        }
        out.count(kept);
        for (Field f : attributes) {
            if (WindowBuilder.reads(f.path())) {
                out.count(symbols.of(f.path()));
                out.count(symbols.of(f.text()));
            }
        }
    }
}

package io.dettrace.formats.spans;

import io.dettrace.telemetry.SpanKind;
import java.util.Locale;

/** The kinds of spans by the numbers and names that producers write. */
final class SpanKinds {
    private static final SpanKind[] ALL = SpanKind.values();

    private SpanKinds() {}

    /** By OTLP's number; anything unknown, and "unspecified", is internal. */
    static SpanKind of(long otlp) {
        return otlp >= 1 && otlp <= ALL.length ? ALL[(int) otlp - 1] : SpanKind.INTERNAL;
    }

    /** By name, as {@code SERVER}, {@code server} or {@code SPAN_KIND_SERVER}; anything else is internal. */
    static SpanKind of(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        for (SpanKind kind : ALL) {
            if (upper.equals(kind.name()) || upper.equals("SPAN_KIND_" + kind.name())) {
                return kind;
            }
        }
        return SpanKind.INTERNAL;
    }

    /** The name in lower case. */
    static String key(SpanKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}

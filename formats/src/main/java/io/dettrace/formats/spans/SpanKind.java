package io.dettrace.formats.spans;

import java.util.Locale;

/** What part a span plays in a call, in the order of OTLP's numbers from 1. */
enum SpanKind {
    INTERNAL,
    SERVER,
    CLIENT,
    PRODUCER,
    CONSUMER;

    private static final SpanKind[] ALL = values();

    /** By OTLP's number; anything unknown, and "unspecified", is internal. */
    static SpanKind of(long otlp) {
        return otlp >= 1 && otlp <= ALL.length ? ALL[(int) otlp - 1] : INTERNAL;
    }

    /** By name, as {@code SERVER}, {@code server} or {@code SPAN_KIND_SERVER}; anything else is internal. */
    static SpanKind of(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        for (SpanKind kind : ALL) {
            if (upper.equals(kind.name()) || upper.equals("SPAN_KIND_" + kind.name())) {
                return kind;
            }
        }
        return INTERNAL;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}

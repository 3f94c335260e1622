package io.dettrace.telemetry;

/** What part a span plays in a call, in the order of OTLP's numbers from 1. */
public enum SpanKind {
    INTERNAL,
    SERVER,
    CLIENT,
    PRODUCER,
    CONSUMER
}

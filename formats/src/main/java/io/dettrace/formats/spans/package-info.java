/**
 * Distributed traces: OTLP (protobuf and JSON, traces and logs), Jaeger JSON and Zipkin v2 JSON. Each reader fills one model
 * of a span, and one assembler makes events of it, so that exports of one system by different tools compare.
 *
 * <p>Start reading at {@link io.dettrace.formats.spans.TraceAssembler}, which says what a lane, a branch and a link is.
 */
package io.dettrace.formats.spans;

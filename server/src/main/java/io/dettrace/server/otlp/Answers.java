package io.dettrace.server.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.dettrace.formats.spans.Signal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The few messages that a receiver answers with: the export responses of OTLP, and {@code google.rpc.Status} with a
 * {@code RetryInfo}.
 */
final class Answers {
    /** After so many seconds a client may try again. */
    static final int RETRY_SECONDS = 1;

    private static final int LENGTH_DELIMITED = 2;

    private Answers() {}

    /** An export response in protobuf; all signals number its fields alike. */
    static byte[] response(Receiver.Receipt receipt) {
        ByteArrayOutputStream partial = new ByteArrayOutputStream();
        if (receipt.refused() > 0) {
            partial.write(1 << 3);
            varint(partial, receipt.refused());
            text(partial, 2, receipt.reason());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (partial.size() > 0) {
            bytes(out, 1, partial.toByteArray());
        }
        return out.toByteArray();
    }

    /** An export response in JSON. */
    static byte[] responseJson(Signal signal, Receiver.Receipt receipt) {
        return json(json -> {
            if (receipt.refused() > 0) {
                json.writeObjectFieldStart("partialSuccess");
                String name = switch (signal) {
                    case TRACES -> "rejectedSpans";
                    case LOGS -> "rejectedLogRecords";
                    case METRICS -> "rejectedDataPoints";
                };
                json.writeStringField(name, Long.toString(receipt.refused()));
                json.writeStringField("errorMessage", receipt.reason());
                json.writeEndObject();
            }
        });
    }

    /** A {@code google.rpc.Status} in protobuf. */
    static byte[] status(int code, String message, boolean retry) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(1 << 3);
        varint(out, code);
        text(out, 2, message);
        if (retry) {
            ByteArrayOutputStream duration = new ByteArrayOutputStream();
            duration.write(1 << 3);
            varint(duration, RETRY_SECONDS);
            ByteArrayOutputStream info = new ByteArrayOutputStream();
            bytes(info, 1, duration.toByteArray());
            ByteArrayOutputStream any = new ByteArrayOutputStream();
            text(any, 1, "type.googleapis.com/google.rpc.RetryInfo");
            bytes(any, 2, info.toByteArray());
            bytes(out, 3, any.toByteArray());
        }
        return out.toByteArray();
    }

    /** A {@code google.rpc.Status} in JSON. */
    static byte[] statusJson(int code, String message) {
        return json(json -> {
            json.writeNumberField("code", code);
            json.writeStringField("message", message);
        });
    }

    /** A status as the trailer {@code grpc-status-details-bin} holds it. */
    static String details(int code, String message) {
        return Base64.getEncoder().withoutPadding().encodeToString(status(code, message, true));
    }

    /** A message as the trailer {@code grpc-message} holds it: percent-encoded outside of printable ASCII. */
    static String percentEncoded(String message) {
        StringBuilder out = new StringBuilder();
        for (byte b : message.getBytes(StandardCharsets.UTF_8)) {
            if (b >= ' ' && b <= '~' && b != '%') {
                out.append((char) b);
            } else {
                out.append(String.format("%%%02X", b & 0xff));
            }
        }
        return out.toString();
    }

    private interface Content {
        void to(JsonGenerator json) throws IOException;
    }

    private static byte[] json(Content content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            content.to(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, int field, String text) {
        bytes(out, field, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void bytes(ByteArrayOutputStream out, int field, byte[] bytes) {
        out.write(field << 3 | LENGTH_DELIMITED);
        varint(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}

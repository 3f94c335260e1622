package io.dettrace.formats.spans;

/** Bytes that are no OTLP export request; the message says where and what is wrong. */
public final class MalformedRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedRequestException(String message, Throwable cause) {
        super(message, cause);
    }
}

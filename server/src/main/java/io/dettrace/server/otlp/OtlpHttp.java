package io.dettrace.server.otlp;

import io.dettrace.formats.spans.MalformedRequestException;
import io.dettrace.formats.spans.OtlpTelemetry.Encoding;
import io.dettrace.formats.spans.Signal;
import io.dettrace.server.otlp.BodyException.Problem;
import io.dettrace.server.otlp.Receiver.Receipt;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** OTLP/HTTP: one export request a POST, in protobuf or JSON, plain or in gzip. */
final class OtlpHttp {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";

    private final Receiver receiver;
    private final ReceiverLimits limits;
    private final Budget budget;

    OtlpHttp(Receiver receiver, ReceiverLimits limits, Budget budget) {
        this.receiver = receiver;
        this.limits = limits;
        this.budget = budget;
    }

    /** Codes of {@code google.rpc.Code} that go with the HTTP status. */
    private enum Failure {
        BAD_REQUEST(HttpStatus.BAD_REQUEST_400, 3),
        TOO_LARGE(HttpStatus.PAYLOAD_TOO_LARGE_413, 3),
        UNSUPPORTED(HttpStatus.UNSUPPORTED_MEDIA_TYPE_415, 3),
        OVERLOADED(HttpStatus.TOO_MANY_REQUESTS_429, 8),
        STOPPING(HttpStatus.SERVICE_UNAVAILABLE_503, 14);

        private final int http;
        private final int code;

        Failure(int http, int code) {
            this.http = http;
            this.code = code;
        }

        boolean isForNow() {
            return this == OVERLOADED || this == STOPPING;
        }
    }

    void handle(Signal signal, Request request, Response response, Callback callback) {
        Optional<Encoding> encoding = encoding(request);
        if (encoding.isEmpty()) {
            fail(
                    Failure.UNSUPPORTED,
                    "expected Content-Type " + PROTOBUF + " or " + JSON,
                    Encoding.PROTOBUF,
                    response,
                    callback);
            return;
        }
        Encoding form = encoding.get();
        Budget.Lease lease = budget.lease();
        Callback after = Callback.from(callback, lease::close);
        new BodyReader(request, limits.request(), lease, new BodyReader.Handler() {
                    @Override
                    public void body(byte[] sent) {
                        try {
                            answer(signal, form, receive(signal, form, request, sent, lease), response, after);
                        } catch (BodyException e) {
                            fail(e, form, response, after);
                        } catch (MalformedRequestException e) {
                            fail(Failure.BAD_REQUEST, e.getMessage(), form, response, after);
                        }
                    }

                    @Override
                    public void failed(Throwable cause) {
                        if (cause instanceof BodyException e) {
                            fail(e, form, response, after);
                        } else {
                            after.failed(cause);
                        }
                    }
                })
                .run();
    }

    private static Optional<Encoding> encoding(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        String plain = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (plain) {
            case PROTOBUF -> Optional.of(Encoding.PROTOBUF);
            case JSON -> Optional.of(Encoding.JSON);
            default -> Optional.empty();
        };
    }

    private Receipt receive(Signal signal, Encoding form, Request request, byte[] sent, Budget.Lease lease)
            throws BodyException, MalformedRequestException {
        String compression = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
        byte[] whole;
        if (compression == null || compression.equalsIgnoreCase("identity")) {
            whole = sent;
        } else if (compression.equalsIgnoreCase("gzip")) {
            whole = BodyReader.gunzip(sent, limits.request(), lease);
        } else {
            throw new BodyException(Problem.ENCODING, "expected Content-Encoding gzip or none, found " + compression);
        }
        return receiver.receive(signal, form, whole);
    }

    private void answer(Signal signal, Encoding form, Receipt receipt, Response response, Callback callback) {
        switch (receipt.state()) {
            case TAKEN ->
                write(
                        HttpStatus.OK_200,
                        form,
                        form == Encoding.JSON ? Answers.responseJson(signal, receipt) : Answers.response(receipt),
                        response,
                        callback);
            case OVERLOADED -> fail(Failure.OVERLOADED, receipt.reason(), form, response, callback);
            case STOPPING -> fail(Failure.STOPPING, receipt.reason(), form, response, callback);
        }
    }

    private void fail(BodyException e, Encoding form, Response response, Callback callback) {
        switch (e.problem) {
            case BUSY -> receiver.shed();
            case TOO_LARGE -> receiver.refusedTooLarge();
            case MALFORMED, ENCODING -> {}
        }
        Failure failure = switch (e.problem) {
            case BUSY -> Failure.OVERLOADED;
            case TOO_LARGE -> Failure.TOO_LARGE;
            case MALFORMED -> Failure.BAD_REQUEST;
            case ENCODING -> Failure.UNSUPPORTED;
        };
        fail(failure, e.getMessage(), form, response, callback);
    }

    private static void fail(Failure failure, String message, Encoding form, Response response, Callback callback) {
        if (failure.isForNow()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, Integer.toString(Answers.RETRY_SECONDS));
        }
        byte[] body = form == Encoding.JSON
                ? Answers.statusJson(failure.code, message)
                : Answers.status(failure.code, message, failure.isForNow());
        write(failure.http, form, body, response, callback);
    }

    private static void write(int status, Encoding form, byte[] body, Response response, Callback callback) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, form == Encoding.JSON ? JSON : PROTOBUF);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}

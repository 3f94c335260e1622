package io.dettrace.server.otlp;

import io.dettrace.formats.spans.MalformedRequestException;
import io.dettrace.formats.spans.OtlpTelemetry.Encoding;
import io.dettrace.formats.spans.Signal;
import io.dettrace.server.otlp.BodyException.Problem;
import io.dettrace.server.otlp.Receiver.Receipt;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** OTLP/gRPC: unary calls over HTTP/2 as "gRPC over HTTP2" describes them. */
final class OtlpGrpc {
    /** Compressed flag and length of a message. */
    private static final int PREFIX = 5;

    private static final String TYPE = "application/grpc";

    private final Receiver receiver;
    private final ReceiverLimits limits;
    private final Budget budget;

    OtlpGrpc(Receiver receiver, ReceiverLimits limits, Budget budget) {
        this.receiver = receiver;
        this.limits = limits;
        this.budget = budget;
    }

    /** Status codes of gRPC. */
    enum Code {
        INVALID_ARGUMENT(3),
        RESOURCE_EXHAUSTED(8),
        UNIMPLEMENTED(12),
        INTERNAL(13),
        UNAVAILABLE(14);

        private final int number;

        Code(int number) {
            this.number = number;
        }
    }

    /** True if a request says that it is gRPC with protobuf. */
    static boolean isGrpc(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return type != null && (type.equals(TYPE) || type.startsWith(TYPE + "+proto") || type.startsWith(TYPE + ";"));
    }

    void handle(Signal signal, Request request, Response response, Callback callback) {
        Budget.Lease lease = budget.lease();
        Callback after = Callback.from(callback, lease::close);
        new BodyReader(request, limits.request() + PREFIX, lease, new BodyReader.Handler() {
                    @Override
                    public void body(byte[] sent) {
                        try {
                            byte[] message = message(request, sent, lease);
                            answer(receiver.receive(signal, Encoding.PROTOBUF, message), response, after);
                        } catch (BodyException e) {
                            fail(e, response, after);
                        } catch (MalformedRequestException e) {
                            fail(Code.INVALID_ARGUMENT, e.getMessage(), false, response, after);
                        }
                    }

                    @Override
                    public void failed(Throwable cause) {
                        if (cause instanceof BodyException e) {
                            fail(e, response, after);
                        } else {
                            after.failed(cause);
                        }
                    }
                })
                .run();
    }

    private byte[] message(Request request, byte[] sent, Budget.Lease lease) throws BodyException {
        if (sent.length < PREFIX) {
            throw new BodyException(Problem.MALFORMED, "expected a message, found " + sent.length + " bytes");
        }
        long length = ByteBuffer.wrap(sent).getInt(1) & 0xffffffffL;
        if (length != sent.length - PREFIX) {
            throw new BodyException(
                    Problem.MALFORMED,
                    "expected one message of " + (sent.length - PREFIX) + " bytes, found one of " + length);
        }
        byte[] message = Arrays.copyOfRange(sent, PREFIX, sent.length);
        if (sent[0] == 0) {
            return message;
        }
        String compression = request.getHeaders().get("grpc-encoding");
        if (sent[0] != 1 || !"gzip".equals(compression)) {
            throw new BodyException(Problem.ENCODING, "expected grpc-encoding gzip, found " + compression);
        }
        return BodyReader.gunzip(message, limits.request(), lease);
    }

    private static void answer(Receipt receipt, Response response, Callback callback) {
        switch (receipt.state()) {
            case TAKEN -> {
                byte[] message = Answers.response(receipt);
                ByteBuffer frame = ByteBuffer.allocate(PREFIX + message.length)
                        .put((byte) 0)
                        .putInt(message.length)
                        .put(message)
                        .flip();
                head(response);
                HttpFields trailers = HttpFields.from(new HttpField("grpc-status", "0"));
                response.setTrailersSupplier(() -> trailers);
                response.write(true, frame, callback);
            }
            case OVERLOADED -> fail(Code.RESOURCE_EXHAUSTED, receipt.reason(), true, response, callback);
            case STOPPING -> fail(Code.UNAVAILABLE, receipt.reason(), true, response, callback);
        }
    }

    private void fail(BodyException e, Response response, Callback callback) {
        switch (e.problem) {
            case BUSY -> {
                receiver.shed();
                fail(Code.RESOURCE_EXHAUSTED, e.getMessage(), true, response, callback);
            }
            case TOO_LARGE -> {
                receiver.refusedTooLarge();
                fail(Code.RESOURCE_EXHAUSTED, e.getMessage(), false, response, callback);
            }
            case MALFORMED -> fail(Code.INTERNAL, e.getMessage(), false, response, callback);
            case ENCODING -> fail(Code.UNIMPLEMENTED, e.getMessage(), false, response, callback);
        }
    }

    /** Answers with trailers only. */
    static void fail(Code code, String message, boolean retry, Response response, Callback callback) {
        head(response);
        response.getHeaders().put("grpc-status", Integer.toString(code.number));
        response.getHeaders().put("grpc-message", Answers.percentEncoded(message));
        if (retry) {
            response.getHeaders().put("grpc-status-details-bin", Answers.details(code.number, message));
        }
        response.write(true, null, callback);
    }

    private static void head(Response response) {
        response.setStatus(HttpStatus.OK_200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, TYPE);
        response.getHeaders().put("grpc-accept-encoding", "identity,gzip");
    }
}

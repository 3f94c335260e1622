package io.dettrace.server.otlp;

import io.dettrace.formats.spans.Signal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Sends requests where they belong by path. */
final class OtlpHandler extends Handler.Abstract {
    private static final Map<String, Signal> HTTP =
            Map.of("/v1/traces", Signal.TRACES, "/v1/logs", Signal.LOGS, "/v1/metrics", Signal.METRICS);

    private static final Map<String, Signal> GRPC = Map.of(
            "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
            Signal.TRACES,
            "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
            Signal.LOGS,
            "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
            Signal.METRICS);

    private static final String FORGET = "/baseline/forget";

    private final Receiver receiver;
    private final OtlpHttp http;
    private final OtlpGrpc grpc;

    OtlpHandler(Receiver receiver, ReceiverLimits limits) {
        this.receiver = receiver;
        Budget budget = new Budget(limits.underWay());
        http = new OtlpHttp(receiver, limits, budget);
        grpc = new OtlpGrpc(receiver, limits, budget);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        if (OtlpGrpc.isGrpc(request)) {
            grpc(path, request, response, callback);
        } else if (HTTP.containsKey(path)) {
            if (isMethod("POST", request, response, callback)) {
                http.handle(HTTP.get(path), request, response, callback);
            }
        } else if (path.equals("/") || path.equals("/status")) {
            if (isMethod("GET", request, response, callback)) {
                text(HttpStatus.OK_200, "application/json", receiver.status(), response, callback);
            }
        } else if (path.equals(FORGET)) {
            if (isMethod("POST", request, response, callback)) {
                forget(request, response, callback);
            }
        } else {
            text(
                    HttpStatus.NOT_FOUND_404,
                    "text/plain",
                    "expected /v1/traces, /v1/logs, /v1/metrics, /status or " + FORGET + "\n",
                    response,
                    callback);
        }
        return true;
    }

    private void grpc(String path, Request request, Response response, Callback callback) {
        if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
            text(HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505, "text/plain", "gRPC needs HTTP/2\n", response, callback);
        } else if (GRPC.containsKey(path)) {
            grpc.handle(GRPC.get(path), request, response, callback);
        } else {
            OtlpGrpc.fail(OtlpGrpc.Code.UNIMPLEMENTED, "there is no method " + path, false, response, callback);
        }
    }

    private static boolean isMethod(String expected, Request request, Response response, Callback callback) {
        if (request.getMethod().equals(expected)) {
            return true;
        }
        response.getHeaders().put(HttpHeader.ALLOW, expected);
        text(HttpStatus.METHOD_NOT_ALLOWED_405, "text/plain", "expected " + expected + "\n", response, callback);
        return false;
    }

    /** A web page of another origin cannot send this type without asking first, which is never granted. */
    private void forget(Request request, Response response, Callback callback) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (type == null || !type.startsWith("application/json")) {
            text(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE_415,
                    "text/plain",
                    "expected Content-Type application/json\n",
                    response,
                    callback);
            return;
        }
        receiver.forgetBaseline();
        text(HttpStatus.OK_200, "application/json", receiver.status(), response, callback);
    }

    private static void text(int status, String type, String text, Response response, Callback callback) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type + ";charset=utf-8");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.write(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), callback);
    }
}

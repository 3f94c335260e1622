import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Export requests as the Collector's file exporter writes them in protobuf (each after its length, four bytes, most
 * significant first), made and read with OpenTelemetry's own classes.
 */
final class OtlpTraffic {
    private static final HexFormat HEX = HexFormat.of();

    private OtlpTraffic() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "make" -> make(file, Long.parseLong(arguments[2]) * 1_000_000);
            case "count" -> {
                long[] spans = new long[1];
                read(file, s -> spans[0]++);
                System.out.println(spans[0]);
            }
            case "show" -> {
                try (PrintStream out = new PrintStream(
                        new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[2]))), false, StandardCharsets.UTF_8)) {
                    read(file, s -> show(s, out));
                }
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Requests of a shop: a server's span, and for each of up to 40 calls the client's and the other server's. */
    private static void make(Path file, long bytes) throws IOException {
        Random random = new Random(20);
        long written = 0;
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20))) {
            for (long n = 1; written < bytes; n++) {
                long at = 1_700_000_000_000_000_000L + n * 50_000_000L;
                byte[] trace = ByteBuffer.allocate(16).putLong(random.nextLong()).putLong(n).array();
                ScopeSpans.Builder shop = scope();
                ScopeSpans.Builder store = scope();
                long root = random.nextLong() | 1;
                int calls = 1 + random.nextInt(40);
                shop.addSpans(span(trace, root, 0, "GET /item", Span.SpanKind.SPAN_KIND_SERVER, at, at + 40_000_000, n));
                for (int c = 0; c < calls; c++) {
                    long from = at + 1_000L + 900_000L * c;
                    long client = random.nextLong() | 1;
                    long server = random.nextLong() | 1;
                    shop.addSpans(span(trace, client, root, "load", Span.SpanKind.SPAN_KIND_CLIENT, from, from + 800_000, c));
                    store.addSpans(span(
                            trace, server, client, "read", Span.SpanKind.SPAN_KIND_SERVER, from + 100, from + 700_000, c));
                }
                byte[] request = ExportTraceServiceRequest.newBuilder()
                        .addResourceSpans(resource("shop", shop))
                        .addResourceSpans(resource("store", store))
                        .build()
                        .toByteArray();
                out.writeInt(request.length);
                out.write(request);
                written += 4 + request.length;
            }
        }
    }

    private static ScopeSpans.Builder scope() {
        return ScopeSpans.newBuilder()
                .setScope(InstrumentationScope.newBuilder().setName("traffic").setVersion("1.0"));
    }

    private static ResourceSpans resource(String service, ScopeSpans.Builder spans) {
        return ResourceSpans.newBuilder()
                .setResource(Resource.newBuilder().addAttributes(text("service.name", service)))
                .addScopeSpans(spans)
                .build();
    }

    private static Span span(
            byte[] trace, long id, long parent, String name, Span.SpanKind kind, long from, long to, long number) {
        Span.Builder span = Span.newBuilder()
                .setTraceId(com.google.protobuf.ByteString.copyFrom(trace))
                .setSpanId(com.google.protobuf.ByteString.copyFrom(
                        ByteBuffer.allocate(8).putLong(id).array()))
                .setName(name)
                .setKind(kind)
                .setStartTimeUnixNano(from)
                .setEndTimeUnixNano(to)
                .addAttributes(text("http.route", "/item/" + number % 50))
                .addAttributes(KeyValue.newBuilder()
                        .setKey("size")
                        .setValue(AnyValue.newBuilder().setIntValue(number * 7 - 20)));
        if (parent != 0) {
            span.setParentSpanId(com.google.protobuf.ByteString.copyFrom(
                    ByteBuffer.allocate(8).putLong(parent).array()));
        }
        if (number % 9 == 0) {
            span.setStatus(Status.newBuilder()
                    .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                    .setMessage("no such item \u2013 \"" + number % 7 + "\""));
        }
        return span.build();
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static void read(Path file, Consumer<Span> spans) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
            while (true) {
                int length;
                try {
                    length = in.readInt();
                } catch (EOFException end) {
                    return;
                }
                ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(in.readNBytes(length));
                request.getResourceSpansList()
                        .forEach(r -> r.getScopeSpansList().forEach(s -> s.getSpansList().forEach(spans)));
            }
        }
    }

    /** A line for the start and one for the end: what both readers must agree on. */
    private static void show(Span s, PrintStream out) {
        String id = HEX.formatHex(s.getTraceId().toByteArray()) + " " + HEX.formatHex(s.getSpanId().toByteArray());
        TreeMap<String, String> attributes = new TreeMap<>();
        for (KeyValue a : s.getAttributesList()) {
            attributes.put(
                    a.getKey(),
                    a.getValue().hasStringValue()
                            ? a.getValue().getStringValue()
                            : Long.toString(a.getValue().getIntValue()));
        }
        String parent = s.getParentSpanId().isEmpty() ? "-" : HEX.formatHex(s.getParentSpanId().toByteArray());
        boolean failed = s.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR;
        String kind = s.getKind().name().substring("SPAN_KIND_".length()).toLowerCase(Locale.ROOT);
        List<String> lines = List.of(
                id + " start " + s.getStartTimeUnixNano() + " " + s.getName() + " " + kind + " " + parent + " " + attributes,
                id + " end " + s.getEndTimeUnixNano() + " " + s.getName() + " " + (failed ? "error " + s.getStatus().getMessage() : "ok"));
        lines.forEach(l -> out.print(l + "\n"));
    }
}

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Spans at a fixed rate by OpenTelemetry's own SDK: requests of eight spans through four services, two of which export over gRPC
 * and two over HTTP. Prints how many it made.
 */
final class SpanLoad {
    private static final int SPANS = 8;
    private static final String[] ENTRIES = {"GET /", "GET /cart", "POST /order"};

    private final Random random = new Random(1);
    private final List<SdkTracerProvider> providers = new ArrayList<>();
    private final Tracer web;
    private final Tracer cart;
    private final Tracer pay;
    private final Tracer stock;

    private SpanLoad(String grpc, String http) {
        web = tracer("web", OtlpGrpcSpanExporter.builder().setEndpoint(grpc).build());
        cart = tracer("cart", OtlpHttpSpanExporter.builder().setEndpoint(http + "/v1/traces").build());
        pay = tracer("pay", OtlpGrpcSpanExporter.builder().setEndpoint(grpc).setCompression("gzip").build());
        stock = tracer("stock", OtlpHttpSpanExporter.builder().setEndpoint(http + "/v1/traces").build());
    }

    private Tracer tracer(String service, SpanExporter exporter) {
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(
                                AttributeKey.stringKey("service.name"), service,
                                AttributeKey.stringKey("service.instance.id"), service + "-1"))))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setMaxQueueSize(100_000)
                        .setMaxExportBatchSize(512)
                        .setScheduleDelay(Duration.ofMillis(200))
                        .build())
                .build();
        providers.add(provider);
        return provider.get("load");
    }

    public static void main(String[] args) throws InterruptedException {
        int rate = Integer.parseInt(args[2]);
        int seconds = Integer.parseInt(args[3]);
        SpanLoad load = new SpanLoad(args[0], args[1]);
        long begin = System.nanoTime();
        long made = 0;
        long last = begin + seconds * 1_000_000_000L;
        for (long now = begin; now < last; now = System.nanoTime()) {
            long due = (now - begin) / 1000 * rate / 1_000_000 / SPANS * SPANS;
            while (made < due) {
                load.request();
                made += SPANS;
            }
            Thread.sleep(10);
        }
        for (SdkTracerProvider provider : load.providers) {
            provider.shutdown().join(60, TimeUnit.SECONDS);
        }
        System.out.println(made);
    }

    private void request() {
        String entry = ENTRIES[random.nextInt(ENTRIES.length)];
        long start = System.currentTimeMillis() * 1_000_000 - 60_000_000;
        long at = start;
        Span root = span(web, entry, SpanKind.SERVER, null, at);
        Span toCart = span(web, "POST", SpanKind.CLIENT, root, at += own());
        Span inCart = span(cart, "POST /items", SpanKind.SERVER, toCart, at += own());
        Span toPay = span(cart, "POST", SpanKind.CLIENT, inCart, at += own());
        Span inPay = span(pay, "POST /charge", SpanKind.SERVER, toPay, at += own());
        inPay.end(at += own(), TimeUnit.NANOSECONDS);
        toPay.end(at += own(), TimeUnit.NANOSECONDS);
        Span toStock = span(cart, "GET", SpanKind.CLIENT, inCart, at += own());
        Span inStock = span(stock, "GET /stock", SpanKind.SERVER, toStock, at += own());
        Span select = span(stock, "SELECT stock", SpanKind.CLIENT, inStock, at += own());
        select.setAttribute("db.namespace", "stock");
        select.setAttribute("db.query.text", "SELECT n FROM stock WHERE id = ?");
        select.end(at += own(), TimeUnit.NANOSECONDS);
        inStock.end(at += own(), TimeUnit.NANOSECONDS);
        toStock.end(at += own(), TimeUnit.NANOSECONDS);
        inCart.end(at += own(), TimeUnit.NANOSECONDS);
        toCart.end(at += own(), TimeUnit.NANOSECONDS);
        root.end(at + own(), TimeUnit.NANOSECONDS);
    }

    private long own() {
        return 100_000 + random.nextInt(1_000_000);
    }

    private static Span span(Tracer tracer, String name, SpanKind kind, Span parent, long start) {
        return tracer.spanBuilder(name)
                .setSpanKind(kind)
                .setParent(parent == null ? Context.root() : Context.root().with(parent))
                .setStartTimestamp(start, TimeUnit.NANOSECONDS)
                .setAttribute("http.request.method", "GET")
                .setAttribute("http.response.status_code", 200)
                .setAttribute("url.path", "/some/path")
                .setAttribute("server.address", "10.0.0.1")
                .startSpan();
    }
}

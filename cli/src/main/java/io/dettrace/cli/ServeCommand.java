package io.dettrace.cli;

import io.dettrace.server.live.Counter;
import io.dettrace.server.live.Counts;
import io.dettrace.server.live.LiveListener;
import io.dettrace.server.live.LiveOptions;
import io.dettrace.server.live.LiveService;
import io.dettrace.server.live.ReportJson;
import io.dettrace.server.live.ReportText;
import io.dettrace.server.live.WindowReport;
import io.dettrace.server.otlp.OtlpServer;
import io.dettrace.server.otlp.ReceiverLimits;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dettrace serve}: receives OTLP and reports when a window of requests departs from those before it. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"dettrace serve [OPTIONS]", ""},
        description = {
            "Receives OpenTelemetry traces, logs and metrics (OTLP over gRPC and HTTP), keeps a rolling baseline of requests by"
                    + " entry point, and reports when a window departs from it: which service first, why, and how sure.",
            "Runs until it is stopped. What it knows survives a restart. GET /status tells how it is; POST /baseline/forget"
                    + " (Content-Type: application/json) makes it learn anew.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  dettrace serve",
            "  dettrace serve --window 10 --hold 3 --lateness 6 --format json --out reports",
            "  dettrace serve --bind 0.0.0.0 --data /var/lib/dettrace --disk 4096",
            "  OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318 java -javaagent:opentelemetry-javaagent.jar -jar app.jar",
            "  curl -s localhost:4318/status",
            "",
            "Exit status: 143 or 130 stopped by SIGTERM or SIGINT, all that was received kept; 2 trouble."
        })
final class ServeCommand implements Callable<Integer> {
    private static final long MIB = 1 << 20;
    private static final long TICK_MILLIS = 500;

    enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description =
                    "Address to listen on (default: localhost; nothing is encrypted and nobody is asked who they are).")
    private String bind = "localhost";

    @Option(
            names = "--grpc-port",
            paramLabel = "PORT",
            description = "Port for OTLP/gRPC (default: 4317; 0 for a free one).")
    private int grpcPort = 4317;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description = "Port for OTLP/HTTP (default: 4318; 0 for a free one).")
    private int httpPort = 4318;

    @Option(names = "--window", paramLabel = "SECONDS", description = "Length of a window (default: 60).")
    private long window = LiveOptions.DEFAULT.window().toSeconds();

    @Option(
            names = "--hold",
            paramLabel = "SECONDS",
            description = "A request is complete when nothing of it has come for so long (default: 10).")
    private long hold = LiveOptions.DEFAULT.hold().toSeconds();

    @Option(
            names = "--lateness",
            paramLabel = "SECONDS",
            description =
                    "A window is judged so long after its end; what comes later is dropped and counted (default: 15).")
    private long lateness = LiveOptions.DEFAULT.lateness().toSeconds();

    @Option(
            names = "--baseline",
            paramLabel = "N",
            description = "Quiet windows that the baseline holds at most (default: 30).")
    private int baseline = LiveOptions.DEFAULT.baselineWindows();

    @Option(
            names = "--learn",
            paramLabel = "N",
            description = "Windows that it needs before anything is reported (default: 3).")
    private int learn = LiveOptions.DEFAULT.learningWindows();

    @Option(
            names = "--accept-after",
            paramLabel = "N",
            description = "After N departing windows in a row the last is the new baseline (default: 30).")
    private int acceptAfter = LiveOptions.DEFAULT.acceptAfter();

    @Option(
            names = "--level",
            paramLabel = "SHARE",
            description = "Share of quiet windows in which something is reported at most (default: 0.001).")
    private double level = LiveOptions.DEFAULT.level();

    @Option(
            names = "--min-score",
            paramLabel = "SCORE",
            description = "Name a service if its score is at least this, 0 to 1 (default: 0.05).")
    private double minScore = LiveOptions.DEFAULT.minScore();

    @Option(
            names = "--sample",
            paramLabel = "N",
            description =
                    "Requests of each entry point that a window, and the whole baseline, hold at most (default: 1000).")
    private int sample = LiveOptions.DEFAULT.sample();

    @Option(
            names = "--memory",
            paramLabel = "SPANS",
            description =
                    "Spans and log records held in memory at most (default: 2000000); what comes beyond is refused and"
                            + " counted.")
    private long memory = LiveOptions.DEFAULT.maxItems();

    @Option(
            names = "--max-request",
            paramLabel = "MIB",
            description = "Size of one export request at most, decompressed (default: 16).")
    private int maxRequest = (int) (ReceiverLimits.DEFAULT.request() / MIB);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for what must survive a restart (default: dettrace-live).")
    private Path data = Path.of("dettrace-live");

    @Option(names = "--no-data", description = "Keep nothing on disk.")
    private boolean noData;

    @Option(
            names = "--disk",
            paramLabel = "MIB",
            description = "Size of the requests kept there at most (default: 1024).")
    private long disk = 1024;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text: a line for each window that departs; json: an object for each window (default: text).")
    private Format format = Format.TEXT;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write a JSON file for each window that departs into DIR.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        LiveOptions options = options();
        if (out != null) {
            Files.createDirectories(out);
        }
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            stop.countDown();
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Printer printer =
                new Printer(spec.commandLine().getOut(), spec.commandLine().getErr());
        try {
            printer.note(summary(serve(options, printer, hook, stop)));
        } finally {
            stopped.countDown();
        }
        return Main.EQUIVALENT;
    }

    /** Serves until it is told to stop, and gives what was counted once all that was received is kept. */
    private Counts serve(LiveOptions options, Printer printer, Thread hook, CountDownLatch stop)
            throws IOException, InterruptedException {
        Optional<Path> folder = noData ? Optional.empty() : Optional.of(data);
        Counts counts;
        try (LiveService service = new LiveService(options, folder, disk * MIB, Clock.systemUTC(), printer);
                OtlpServer server = new OtlpServer(bind, List.of(grpcPort, httpPort), limits(), service)) {
            counts = service.counts();
            Runtime.getRuntime().addShutdownHook(hook);
            printer.note("listening on " + bind + ", gRPC " + server.ports().get(0) + ", HTTP "
                    + server.ports().get(1));
            while (!stop.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                service.tick();
            }
        }
        return counts;
    }

    private LiveOptions options() {
        if (maxRequest < 1 || maxRequest > 256) {
            throw new ParameterException(spec.commandLine(), "--max-request must be 1 to 256, not " + maxRequest);
        }
        if (disk < 2L * maxRequest) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--disk must be twice --max-request or more, " + 2 * maxRequest + ", not " + disk);
        }
        try {
            return new LiveOptions(
                    Duration.ofSeconds(window),
                    Duration.ofSeconds(hold),
                    Duration.ofSeconds(lateness),
                    baseline,
                    learn,
                    acceptAfter,
                    sample,
                    memory,
                    level,
                    minScore);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private ReceiverLimits limits() {
        int request = (int) (maxRequest * MIB);
        return new ReceiverLimits(
                request,
                Math.max(ReceiverLimits.DEFAULT.underWay(), 4L * request),
                ReceiverLimits.DEFAULT.connections());
    }

    private static String summary(Counts counts) {
        return String.format(
                Locale.ROOT,
                "received %,d spans, %,d log records, %,d metric points in %,d requests; shed %,d spans and %,d requests,"
                        + " dropped %,d late; %,d windows, %,d of them departing",
                counts.get(Counter.RECEIVED_SPANS),
                counts.get(Counter.RECEIVED_LOGS),
                counts.get(Counter.RECEIVED_METRICS),
                counts.get(Counter.RECEIVED_REQUESTS),
                counts.get(Counter.SHED_SPANS_MEMORY),
                counts.get(Counter.SHED_REQUESTS_BUSY),
                counts.get(Counter.DROPPED_LATE),
                counts.get(Counter.WINDOWS),
                counts.get(Counter.DEPARTING_WINDOWS));
    }

    /** Reports to standard output and to files; what is not about a window to standard error. */
    private final class Printer implements LiveListener {
        private final PrintWriter to;
        private final PrintWriter notes;

        Printer(PrintWriter to, PrintWriter notes) {
            this.to = to;
            this.notes = notes;
        }

        @Override
        public void window(WindowReport report) {
            if (format == Format.JSON) {
                to.println(ReportJson.line(report));
            } else {
                ReportText.line(report).ifPresent(to::println);
            }
            to.flush();
            if (out != null && !report.culprits().isEmpty()) {
                Path file = out.resolve("window-" + report.start().toString().replace(':', '-') + ".json");
                try {
                    // No WholeFile: the last report may come while the JVM is stopping, and that takes no new hooks.
                    Path part = out.resolve(file.getFileName() + ".part");
                    Files.writeString(part, ReportJson.line(report) + '\n');
                    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
                } catch (IOException e) {
                    note("cannot write " + file + ": " + e.getMessage());
                }
            }
        }

        @Override
        public void note(String text) {
            notes.println("dettrace: " + text);
            notes.flush();
        }
    }
}

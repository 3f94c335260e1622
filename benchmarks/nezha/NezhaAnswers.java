import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dettrace.formats.ReadOptions;
import io.dettrace.formats.Telemetry;
import io.dettrace.incident.culprit.Culprit;
import io.dettrace.incident.culprit.CulpritFinder;
import io.dettrace.incident.culprit.Departure;
import io.dettrace.incident.window.Names;
import io.dettrace.incident.window.Window;
import io.dettrace.incident.window.WindowBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compares each case with its baseline, both as OTLP files, and writes the answers file of the dataset's scorer. A case's
 * time is that of reading both windows and of the analysis. Labels are not read.
 */
public final class NezhaAnswers {
    private static final double LEVEL = 0.05;

    private NezhaAnswers() {}

    /** DATA_DIR OTLP_DIR ANSWERS_FILE. */
    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(arguments[0]);
        Path otlp = Path.of(arguments[1]);
        List<Path> cases;
        try (Stream<Path> all = Files.list(data.resolve("cases"))) {
            cases = all.sorted(Comparator.comparing(Path::toString)).toList();
        }
        List<Long> times = new ArrayList<>();
        long spans = 0;
        try (JsonGenerator out = new JsonFactory().createGenerator(Files.newBufferedWriter(Path.of(arguments[2])))) {
            out.writeStartObject();
            for (Path one : cases) {
                String name = one.getFileName().toString();
                String day = baseline(one.resolve("meta.json"));
                long start = System.nanoTime();
                Names names = new Names();
                Window baseline = window(names, otlp.resolve("baseline").resolve(day));
                Window incident = window(names, otlp.resolve("cases").resolve(name));
                List<Culprit> culprits =
                        new CulpritFinder(baseline, incident, LEVEL).find().culprits();
                times.add((System.nanoTime() - start) / 1_000_000);
                spans += baseline.spans() + incident.spans();
                out.writeFieldName(name);
                write(culprits, times.get(times.size() - 1), out);
                out.writeRaw('\n');
            }
            out.writeEndObject();
        }
        times.sort(Comparator.naturalOrder());
        System.out.println(cases.size() + " cases, " + spans + " spans; ms a case, reading and analysis: median "
                + times.get(times.size() / 2) + ", most " + times.get(times.size() - 1));
    }

    private static Window window(Names names, Path folder) throws IOException {
        WindowBuilder builder = new WindowBuilder(names);
        try (Telemetry telemetry = new Telemetry(ReadOptions.DEFAULT, InputStream.nullInputStream())) {
            telemetry.read(List.of(folder.toString()), builder);
        }
        return builder.build();
    }

    private static void write(List<Culprit> culprits, long ms, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("services");
        for (Culprit c : culprits) {
            out.writeString(c.service());
        }
        out.writeEndArray();
        out.writeArrayFieldStart("culprits");
        for (Culprit c : culprits) {
            entry(c.service(), c.cause(), c.score(), out);
        }
        for (Culprit c : culprits) {
            for (Departure d : c.evidence()) {
                if (d != c.cause()) {
                    entry(c.service(), d, d.score(), out);
                }
            }
        }
        out.writeEndArray();
        out.writeNumberField("ms", ms);
        out.writeEndObject();
    }

    private static void entry(String service, Departure d, double score, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("service", service);
        switch (d.kind()) {
            case RESOURCE -> out.writeStringField("resource", d.subject());
            case CALL_GAP -> out.writeStringField("resource", "NetworkP90(ms)");
            case STRUCTURE -> {
                out.writeStringField("from", d.from());
                out.writeStringField("to", d.expected());
            }
            default -> out.writeStringField("log", d.subject());
        }
        out.writeNumberField("score", score);
        out.writeEndObject();
    }

    private static String baseline(Path meta) throws IOException {
        try (JsonParser in = new JsonFactory().createParser(Files.newInputStream(meta))) {
            while (in.nextToken() != null) {
                if (in.currentToken() == JsonToken.FIELD_NAME && in.currentName().equals("baseline")) {
                    return in.nextTextValue();
                }
            }
        }
        throw new IOException(meta + ": no field \"baseline\", the folder of the case's baseline");
    }
}

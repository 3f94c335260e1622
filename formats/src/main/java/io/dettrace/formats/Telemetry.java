package io.dettrace.formats;

import io.dettrace.event.InputException;
import io.dettrace.event.InputNote;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.input.Inputs;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.spans.SpanFormat;
import io.dettrace.telemetry.TelemetrySink;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads windows of production telemetry: spans, log records and metrics as they were sent. This is beside {@link Runs}, which
 * makes events of them to compare one run with another. A window may lie in files of several formats, such as a folder of
 * the Collector's with traces, logs and metrics; each file's format is told from its content.
 *
 * <p>One instance serves one command, because standard input can be read only once. Not thread-safe.
 */
public final class Telemetry implements Closeable {
    private final ReadOptions options;
    private final Inputs inputs;

    /**
     * @param options of which {@code lenient} and {@code format} count
     * @param standardInput what {@code -} stands for
     */
    public Telemetry(ReadOptions options, InputStream standardInput) {
        this.options = options;
        inputs = new Inputs(standardInput);
    }

    /**
     * Hands over all that files, folders, patterns or {@code -} hold. In a folder, files that are no telemetry are left out
     * with a note.
     *
     * @return what was tolerated
     * @throws InputException if something cannot be read, or holds no telemetry
     */
    public List<InputNote> read(List<String> names, TelemetrySink sink) throws IOException {
        ReadContext context = new ReadContext(options.lenient(), -1);
        Map<SpanFormat, List<InputFile>> byFormat = new LinkedHashMap<>();
        for (String name : names) {
            int before = count(byFormat);
            List<InputFile> files = inputs.resolve(name);
            for (InputFile file : files) {
                sort(file, files.size() > 1, byFormat, context);
            }
            if (count(byFormat) == before) {
                throw new InputException(name + ": none of its " + files.size() + " files is " + expected());
            }
        }
        for (var of : byFormat.entrySet()) {
            of.getKey().handOver(of.getValue(), context, sink);
        }
        return context.notes();
    }

    /** True if a file, or one in a folder, holds telemetry; false for {@code -}, which can be read only once. */
    public boolean isTelemetry(String name) throws IOException {
        if (name.equals("-")) {
            return false;
        }
        for (InputFile file : inputs.resolve(name)) {
            if (format(file).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static int count(Map<SpanFormat, List<InputFile>> byFormat) {
        return byFormat.values().stream().mapToInt(List::size).sum();
    }

    private void sort(
            InputFile file, boolean amongOthers, Map<SpanFormat, List<InputFile>> byFormat, ReadContext context)
            throws IOException {
        Optional<SpanFormat> format = format(file);
        if (format.isPresent()) {
            byFormat.computeIfAbsent(format.get(), f -> new ArrayList<>()).add(file);
        } else if (amongOthers) {
            context.note("other_files", "files that are no telemetry; left out", file.name() + ":1");
        } else {
            throw new InputException(file.name() + ": is not " + expected());
        }
    }

    private Optional<SpanFormat> format(InputFile file) throws IOException {
        if (options.format().isPresent()) {
            return Optional.of(named(options.format().get()));
        }
        Head head = Head.of(List.of(file));
        for (SpanFormat format : all()) {
            if (format.claimsTelemetry(head)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    private static SpanFormat named(String name) throws InputException {
        return all().stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException("there is no format of telemetry called \"" + name
                        + "\"; known are "
                        + String.join(
                                ", ",
                                all().stream().map(RecordFormat::name).sorted().toList())));
    }

    private static List<SpanFormat> all() {
        return Formats.all().stream()
                .filter(SpanFormat.class::isInstance)
                .map(SpanFormat.class::cast)
                .toList();
    }

    private static String expected() {
        return "telemetry; expected "
                + String.join(", ", all().stream().map(RecordFormat::title).toList());
    }

    /** Deletes what was copied from standard input. */
    @Override
    public void close() throws IOException {
        inputs.close();
    }
}

package io.dettrace.formats;

import io.dettrace.event.InputException;
import io.dettrace.formats.chrome.ChromeFormat;
import io.dettrace.formats.chrome.ChromeWriter;
import io.dettrace.formats.collapsed.CollapsedFormat;
import io.dettrace.formats.commit.CommitFormat;
import io.dettrace.formats.csv.CsvFormat;
import io.dettrace.formats.ctf.CtfFormat;
import io.dettrace.formats.ftrace.FtraceFormat;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.jepsen.JepsenFormat;
import io.dettrace.formats.jfr.JfrFormat;
import io.dettrace.formats.json.JsonDocumentFormat;
import io.dettrace.formats.jsonl.JsonLinesFormat;
import io.dettrace.formats.jsonl.RunHeader;
import io.dettrace.formats.log.DatadrivenFormat;
import io.dettrace.formats.log.LogFormat;
import io.dettrace.formats.pattern.PatternFormat;
import io.dettrace.formats.perf.PerfFormat;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordWriter;
import io.dettrace.formats.sigrok.SigrokFormat;
import io.dettrace.formats.spans.JaegerFormat;
import io.dettrace.formats.spans.OtlpJsonFormat;
import io.dettrace.formats.spans.OtlpProtoFormat;
import io.dettrace.formats.spans.OtlpWriter;
import io.dettrace.formats.spans.ZipkinFormat;
import io.dettrace.formats.temporal.TemporalFormat;
import io.dettrace.formats.vcd.VcdFormat;
import io.dettrace.formats.vcd.VcdWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The formats that are known, and which of them an input has. */
public final class Formats {
    /** Formats with readers of their own, in the order in which they are asked. */
    private static final List<RecordFormat> RECORD_FORMATS = List.of(
            new SigrokFormat(),
            new CtfFormat(),
            new JfrFormat(),
            new OtlpProtoFormat(),
            new DatadrivenFormat(),
            new OtlpJsonFormat(),
            new JaegerFormat(),
            new ZipkinFormat(),
            new ChromeFormat(),
            new TemporalFormat(),
            new VcdFormat(),
            new CommitFormat(),
            new FtraceFormat(),
            new PerfFormat(),
            new JepsenFormat(),
            new CollapsedFormat(),
            new CsvFormat(),
            new LogFormat());

    /** Formats that runs can be written in, besides JSON lines. */
    private static final List<RecordWriter> WRITERS = List.of(new VcdWriter(), new OtlpWriter(), new ChromeWriter());

    private Formats() {}

    /** The formats with readers of their own, in the order in which they are asked. */
    public static List<RecordFormat> all() {
        return RECORD_FORMATS;
    }

    /** The formats that runs can be written in, besides JSON lines. */
    public static List<RecordWriter> writers() {
        return WRITERS;
    }

    /**
     * Tells an input's format.
     *
     * @param format name of the format that the user says it has, empty to tell it from the content
     */
    static Source detect(String name, List<InputFile> files, Optional<String> format, Map<String, String> options)
            throws IOException {
        Optional<RecordFormat> found = format.isPresent() ? named(format.get()) : claimed(Head.of(files));
        if (found.isPresent()) {
            checkOptions(found.get(), options);
            return new RecordSource(new RecordInput(name, files, options), found.get());
        }
        if (!options.isEmpty()) {
            throw new InputException(name + ": no format that takes options was found in it, and --with gave "
                    + String.join(", ", options.keySet().stream().sorted().toList()));
        }
        EventFormat text = byShape(format, files.get(0));
        Optional<RunHeader> header = text instanceof JsonLinesFormat ? RunHeader.read(files.get(0)) : Optional.empty();
        return new TextSource(name, files, text, header);
    }

    private static EventFormat byShape(Optional<String> format, InputFile file) throws IOException {
        if (format.isPresent()) {
            return format.get().equals("jsonl") ? new JsonLinesFormat() : new JsonDocumentFormat();
        }
        return switch (Sniffer.sniff(file)) {
            case JSON_LINES -> new JsonLinesFormat();
            case JSON_DOCUMENT -> new JsonDocumentFormat();
            case TEXT -> new PatternFormat();
            case EMPTY -> throw new InputException(file.name() + ": is empty, so there is no event in it");
        };
    }

    private static Optional<RecordFormat> claimed(Head head) throws IOException {
        if (RunHeader.begins(head.bytes())) {
            // The events of a converted run may look like those of the format that it was converted from.
            return Optional.empty();
        }
        for (RecordFormat format : RECORD_FORMATS) {
            if (format.claims(head)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    private static Optional<RecordFormat> named(String name) throws InputException {
        for (RecordFormat format : RECORD_FORMATS) {
            if (format.name().equals(name)) {
                return Optional.of(format);
            }
        }
        if (name.equals("jsonl") || name.equals("json")) {
            return Optional.empty();
        }
        throw new InputException("there is no format called \"" + name + "\"; known are json, jsonl, "
                + RECORD_FORMATS.stream().map(RecordFormat::name).sorted().collect(Collectors.joining(", ")));
    }

    private static void checkOptions(RecordFormat format, Map<String, String> options) throws InputException {
        Set<String> known =
                format.options().stream().map(RecordFormat.FormatOption::name).collect(Collectors.toSet());
        for (String key : options.keySet().stream().sorted().toList()) {
            if (!known.contains(key)) {
                throw new InputException("the format " + format.name() + " has no option \"" + key + "\"; "
                        + (known.isEmpty()
                                ? "it has none"
                                : "it has "
                                        + String.join(
                                                ", ", known.stream().sorted().toList())));
            }
        }
    }
}

package io.dettrace.formats;

import io.dettrace.event.InputException;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.json.JsonDocumentFormat;
import io.dettrace.formats.jsonl.JsonLinesFormat;
import io.dettrace.formats.pattern.PatternFormat;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.spans.JaegerFormat;
import io.dettrace.formats.spans.OtlpJsonFormat;
import io.dettrace.formats.spans.OtlpProtoFormat;
import io.dettrace.formats.spans.ZipkinFormat;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The formats that are known, and which of them an input has. */
public final class Formats {
    /** Formats with readers of their own, in the order in which they are asked. */
    private static final List<RecordFormat> RECORD_FORMATS =
            List.of(new OtlpJsonFormat(), new OtlpProtoFormat(), new JaegerFormat(), new ZipkinFormat());

    private Formats() {}

    /** The formats with readers of their own, in the order in which they are asked. */
    public static List<RecordFormat> all() {
        return RECORD_FORMATS;
    }

    /**
     * Tells an input's format.
     *
     * @param format name of the format that the user says it has, empty to tell it from the content
     */
    static Source detect(String name, List<InputFile> files, Optional<String> format, Map<String, String> options)
            throws IOException {
        Optional<RecordFormat> found = format.isPresent() ? named(format.get()) : claimed(files);
        if (found.isPresent()) {
            checkOptions(found.get(), options);
            return new RecordSource(new RecordInput(name, files, options), found.get());
        }
        if (!options.isEmpty()) {
            throw new InputException(name + ": no format that takes options was found in it, and --with gave "
                    + String.join(", ", options.keySet().stream().sorted().toList()));
        }
        return new TextSource(name, files, byShape(format, files.get(0)));
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

    private static Optional<RecordFormat> claimed(List<InputFile> files) throws IOException {
        Head head = Head.of(files);
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

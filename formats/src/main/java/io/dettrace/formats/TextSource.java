package io.dettrace.formats;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.event.Original;
import io.dettrace.event.SourceRef;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.jsonl.RunHeader;
import io.dettrace.formats.pattern.LogLayouts;
import io.dettrace.formats.pattern.PatternFormat;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.EventAssembler;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.MappingInference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Files each of whose events can be read by itself, given its text. */
record TextSource(String name, List<InputFile> files, EventFormat format, Optional<RunHeader> header)
        implements Source {
    /** Files that DetTrace did not convert. */
    TextSource(String name, List<InputFile> files, EventFormat format) {
        this(name, files, format, Optional.empty());
    }

    @Override
    public String formatName() {
        return format.name();
    }

    @Override
    public String title() {
        return switch (format.name()) {
            case "jsonl" ->
                header.map(h -> "JSON lines converted from " + h.format()).orElse("JSON lines");
            case "json" -> "JSON document with an array of events";
            default -> "text log, read by a regular expression";
        };
    }

    @Override
    public String family() {
        return header.map(RunHeader::family).orElse(format.isJson() ? "json" : "text");
    }

    /** For a text log: the well-known layout that fits. */
    @Override
    public Mapping ownMapping() throws IOException {
        if (!(format instanceof PatternFormat)) {
            return header.map(RunHeader::mapping)
                    .orElseGet(() -> Mapping.builder().build());
        }
        InputFile file = files.get(0);
        Optional<Mapping> layout = LogLayouts.detect(file);
        if (layout.isEmpty() && looksLikeJson(Head.of(List.of(file)).text().stripLeading())) {
            throw new InputException(
                    file.name() + ": looks like JSON, but not like events: expected objects, one a line, or"
                            + " an array of objects; lists in a list are taken apart by jq -c '.[][]'");
        }
        return layout.orElseThrow(
                () -> new InputException(file.name() + ": is neither JSON nor a text log of a known layout;"
                        + " describe an event with --regex '(?<host>...) (?<clock>...) (?<event>...)'"));
    }

    private static boolean looksLikeJson(String text) {
        return text.startsWith("{\"") || text.startsWith("[[") || text.startsWith("[\"") || text.startsWith("[]");
    }

    @Override
    public int readers() {
        return files.size();
    }

    @Override
    public boolean addsFileName() {
        return files.size() > 1;
    }

    @Override
    public boolean hasLines() {
        return true;
    }

    @Override
    public EventFormat.FileReader open(int reader, Mapping mapping, EventAssembler assembler, ReadContext context)
            throws IOException {
        return format.open(files.get(reader), reader, mapping, assembler, context);
    }

    @Override
    public List<List<Field>> sample(int reader, Mapping mapping, int limit, ReadContext context) throws IOException {
        return format.sample(files.get(reader), mapping, limit, context);
    }

    @Override
    public RecordReader records(Mapping mapping, ReadContext context) {
        return new TextRecords(this, mapping, context);
    }

    @Override
    public List<String> executions(Mapping mapping) throws IOException {
        return format instanceof PatternFormat pattern ? pattern.executions(files.get(0), mapping) : List.of();
    }

    @Override
    public List<Original> originals(List<SourceRef> refs, Mapping mapping) throws IOException {
        Original[] found = new Original[refs.size()];
        for (int file = 0; file < files.size(); file++) {
            List<Integer> places = new ArrayList<>();
            List<SourceRef> wanted = new ArrayList<>();
            for (int i = 0; i < refs.size(); i++) {
                if (refs.get(i).file() == file) {
                    places.add(i);
                    wanted.add(refs.get(i));
                }
            }
            List<byte[]> texts = wanted.isEmpty() ? List.of() : files.get(file).readAll(wanted);
            for (int i = 0; i < texts.size(); i++) {
                found[places.get(i)] = original(file, texts.get(i), mapping);
            }
        }
        return List.of(found);
    }

    private Original original(int file, byte[] text, Mapping mapping) throws IOException {
        List<Field> fields = new ArrayList<>(format.fields(text, mapping));
        if (addsFileName()) {
            fields.add(new Field(MappingInference.FILE, Field.Type.STRING, labels().get(file)));
        }
        String shown = new String(text, StandardCharsets.UTF_8);
        return new Original(files.get(file).name(), shown, format.isJson(), List.copyOf(fields));
    }
}

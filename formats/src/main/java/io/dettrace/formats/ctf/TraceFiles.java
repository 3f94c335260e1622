package io.dettrace.formats.ctf;

import io.dettrace.event.InputException;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The traces of an input: each a metadata file and its data streams. In a folder, a file called {@code metadata} makes the
 * files beside it a trace; a folder may hold several. Of a single file the other part is found by its name.
 */
final class TraceFiles {
    /** Name of the option that says where the metadata is. */
    static final String OPTION = "metadata";

    /** Name of a metadata file in a trace's folder. */
    static final String METADATA = "metadata";

    /** Data streams that are read at the same time. */
    static final int MAX_STREAMS = 4_096;

    private static final String INDEX_FOLDER = "index";

    private TraceFiles() {}

    /** A data stream, and the number of its file in the input. */
    record StreamFile(InputFile file, int number) {}

    /** A trace. */
    static final class Trace {
        final InputFile metadata;
        final List<StreamFile> streams = new ArrayList<>();
        private Layouts layouts;

        /** What its lanes' names begin with; empty if it is the only trace. */
        String prefix = "";

        Trace(InputFile metadata) {
            this.metadata = metadata;
        }

        /** Reads the metadata. */
        void load(EventRecord record) throws IOException {
            TraceClass trace = TsdlParser.parse(metadata.name(), MetadataText.read(metadata));
            layouts = new Layouts(metadata.name(), trace, record);
        }

        Layouts layouts() {
            return layouts;
        }
    }

    /** The traces, with their metadata read. */
    static List<Trace> load(RecordInput input, EventRecord record) throws IOException {
        List<Trace> traces = find(input);
        int streams = 0;
        for (Trace trace : traces) {
            trace.load(record);
            streams += trace.streams.size();
        }
        if (streams > MAX_STREAMS) {
            throw new InputException(input.name() + ": holds " + streams + " data streams, and at most " + MAX_STREAMS
                    + " are read at once; name a smaller folder");
        }
        TraceLabels.label(traces);
        return traces;
    }

    static List<Trace> find(RecordInput input) throws IOException {
        Optional<String> option = input.option(OPTION);
        if (option.isPresent()) {
            return List.of(declared(input, option.get()));
        }
        return input.files().size() == 1 ? List.of(single(input.file())) : folders(input);
    }

    // ---- the metadata is named -------------------------------------------------------------------------------------

    private static Trace declared(RecordInput input, String path) throws InputException {
        InputFile metadata = file(path);
        Trace trace = new Trace(metadata);
        for (int i = 0; i < input.files().size(); i++) {
            InputFile file = input.files().get(i);
            if (!same(file.path(), metadata.path())) {
                trace.streams.add(new StreamFile(file, i));
            }
        }
        return trace;
    }

    private static InputFile file(String path) throws InputException {
        try {
            if (Files.isRegularFile(Path.of(path))) {
                return new InputFile(Path.of(path), path);
            }
        } catch (InvalidPathException noPath) {
            // Named below.
        }
        throw new InputException(path + ": there is no such file; the option metadata names a file of TSDL");
    }

    private static boolean same(Path a, Path b) {
        return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
    }

    // ---- a single file ---------------------------------------------------------------------------------------------

    private static Trace single(InputFile file) throws IOException {
        if (isMetadata(file)) {
            Trace trace = new Trace(file);
            trace.streams.add(new StreamFile(onlyStream(file), 0));
            return trace;
        }
        Optional<InputFile> metadata = metadataOf(file);
        if (metadata.isEmpty()) {
            throw new InputException(file.name() + ": is a data stream of the Common Trace Format, and there is no"
                    + " metadata beside it, which says how it is laid out (looked for "
                    + String.join(", ", metadataNames(fileName(file.path())))
                    + "); name the trace's folder, or the metadata with --with metadata=PATH");
        }
        Trace trace = new Trace(metadata.get());
        trace.streams.add(new StreamFile(file, 0));
        return trace;
    }

    /** True if the file is metadata by what it begins with. */
    static boolean isMetadata(InputFile file) throws IOException {
        try (InputStream in = file.openBinary()) {
            byte[] head = in.readNBytes(1024);
            return MetadataText.begins(head, head.length) || MetadataText.beginsVersion2(head, head.length);
        }
    }

    /** The metadata that belongs to a data stream by its name. */
    static Optional<InputFile> metadataOf(InputFile stream) {
        for (String name : metadataNames(fileName(stream.path()))) {
            Path path = stream.path().resolveSibling(name);
            if (Files.isRegularFile(path) && !same(path, stream.path())) {
                return Optional.of(beside(stream, path));
            }
        }
        return Optional.empty();
    }

    private static InputFile beside(InputFile file, Path path) {
        String name = file.name();
        String folder = name.substring(0, name.lastIndexOf('/') + 1);
        return new InputFile(path, folder + fileName(path));
    }

    private static String fileName(Path path) {
        return path.getFileName() == null ? "" : path.getFileName().toString();
    }

    private static List<String> metadataNames(String name) {
        List<String> names = new ArrayList<>(List.of(METADATA));
        for (String part : List.of("data", "stream")) {
            int at = name.lastIndexOf(part);
            if (at >= 0) {
                names.add(name.substring(0, at) + METADATA + name.substring(at + part.length()));
            }
        }
        return names;
    }

    private static InputFile onlyStream(InputFile metadata) throws IOException {
        String name = fileName(metadata.path());
        List<Path> found = new ArrayList<>();
        int at = name.lastIndexOf(METADATA);
        if (name.equals(METADATA)) {
            Path folder = metadata.path().toAbsolutePath().getParent();
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(Files::isRegularFile)
                        .filter(f ->
                                !fileName(f).startsWith(".") && !fileName(f).equals(METADATA))
                        .forEach(found::add);
            }
        } else if (at >= 0) {
            for (String part : List.of("data", "stream")) {
                Path path = metadata.path()
                        .resolveSibling(name.substring(0, at) + part + name.substring(at + METADATA.length()));
                if (Files.isRegularFile(path)) {
                    found.add(path);
                }
            }
        }
        if (found.size() == 1) {
            return beside(metadata, found.get(0));
        }
        throw new InputException(metadata.name() + ": is the metadata of a trace, which holds no events, and "
                + (found.isEmpty()
                        ? "there is no data stream beside it; put the data beside it and name the folder"
                        : "there are " + found.size() + " files beside it; name the folder to read them all"));
    }

    // ---- folders ---------------------------------------------------------------------------------------------------

    private static List<Trace> folders(RecordInput input) throws IOException {
        Map<Path, Trace> byFolder = new TreeMap<>();
        for (InputFile file : input.files()) {
            if (fileName(file.path()).equals(METADATA)) {
                byFolder.put(parent(file.path()), new Trace(file));
            }
        }
        Map<Path, Trace> byMetadata = new TreeMap<>();
        Set<Path> pairs = new HashSet<>();
        List<Trace> traces = new ArrayList<>();
        for (int i = 0; i < input.files().size(); i++) {
            InputFile file = input.files().get(i);
            Trace trace = byFolder.get(parent(file.path()));
            if (trace == null && !isIndex(file, byFolder)) {
                Optional<InputFile> metadata = metadataOf(file);
                if (metadata.isPresent() && isMetadata(metadata.get())) {
                    trace = byMetadata.computeIfAbsent(metadata.get().path(), p -> new Trace(metadata.get()));
                    pairs.add(metadata.get().path());
                }
            }
            if (trace != null && !same(file.path(), trace.metadata.path()) && !pairs.contains(file.path())) {
                if (trace.streams.isEmpty()) {
                    traces.add(trace);
                }
                trace.streams.add(new StreamFile(file, i));
            }
        }
        if (traces.isEmpty()) {
            throw new InputException(input.name() + ": holds metadata of the Common Trace Format, but no data streams"
                    + " beside it, so there is no event in it");
        }
        return traces;
    }

    /** Files of the input that belong to none of the traces: no metadata says how they are laid out. */
    static List<InputFile> unread(RecordInput input, List<Trace> traces) {
        Set<Path> read = new HashSet<>();
        Set<Path> indexes = new HashSet<>();
        for (Trace trace : traces) {
            read.add(trace.metadata.path());
            trace.streams.forEach(s -> read.add(s.file().path()));
            indexes.add(parent(trace.metadata.path()).resolve(INDEX_FOLDER));
        }
        return input.files().stream()
                .filter(f -> !read.contains(f.path()) && !indexes.contains(parent(f.path())))
                .toList();
    }

    private static Path parent(Path file) {
        return file.toAbsolutePath().normalize().getParent();
    }

    /** LTTng keeps an index of packets in a folder of its own. */
    private static boolean isIndex(InputFile file, Map<Path, Trace> byFolder) {
        Path folder = parent(file.path());
        return fileName(folder).equals(INDEX_FOLDER) && byFolder.containsKey(folder.getParent());
    }
}

package io.dettrace.formats;

import io.dettrace.event.EventBlock;
import io.dettrace.event.EventCursor;
import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.event.InputNote;
import io.dettrace.event.LaneTable;
import io.dettrace.event.Original;
import io.dettrace.event.Run;
import io.dettrace.event.SourceRef;
import io.dettrace.formats.input.InputFile;
import io.dettrace.normalize.EventAssembler;
import io.dettrace.normalize.FieldPlan;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.MappingInference;
import io.dettrace.normalize.ValueDigest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A run that is read from files: all of them one after the other, or one execution inside them. */
final class FileRun implements Run {
    private final Source source;
    private final Part part;
    private final Mapping mapping;
    private final Map<String, String> laneAliases;
    private final boolean lenient;
    private List<InputNote> notes = List.of();

    /**
     * Which events of the files belong to the run.
     *
     * @param name its name, empty if it is the whole source
     * @param splitValue value of the split field, if runs are told apart by one
     * @param execution number of the execution in a text log, or -1
     */
    record Part(String name, Optional<String> splitValue, int execution) {
        static final Part WHOLE = new Part("", Optional.empty(), -1);
    }

    FileRun(Source source, Part part, Mapping mapping, Map<String, String> laneAliases, boolean lenient) {
        this.source = source;
        this.part = part;
        this.mapping = mapping;
        this.laneAliases = laneAliases;
        this.lenient = lenient;
    }

    @Override
    public String name() {
        return part.name().isEmpty() ? source.name() : source.name() + "#" + part.name();
    }

    @Override
    public EventCursor events(LaneTable lanes) throws IOException {
        return new ReadAhead(new Pass(new Assembler(lanes)), name());
    }

    /**
     * A pass that takes down the names of kinds on its way, which spares another for them; not where an event's text is at
     * hand by its place alone.
     */
    EventCursor events(LaneTable lanes, KindNames names) throws IOException {
        boolean spares = source instanceof RecordSource;
        return spares ? new ReadAhead(new Pass(new NamingAssembler(lanes, names)), name()) : events(lanes);
    }

    @Override
    public List<Original> originals(List<SourceRef> refs) throws IOException {
        return source.originals(refs, mapping);
    }

    @Override
    public String digest(int file) throws IOException {
        try (InputStream in = Files.newInputStream(source.files().get(file).path())) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    @Override
    public List<InputNote> notes() {
        return notes;
    }

    @Override
    public long sizeHint() {
        long sum = 0;
        try {
            for (InputFile f : source.files()) {
                long size = f.sizeHint();
                if (size < 0) {
                    return -1;
                }
                sum += size;
            }
            return sum;
        } catch (IOException unknown) {
            return -1;
        }
    }

    @Override
    public boolean hasLines() {
        return source.hasLines();
    }

    @Override
    public List<String> files() {
        return source.files().stream().map(InputFile::name).toList();
    }

    @Override
    public void close() {
        // Every pass closes what it opened.
    }

    /** One pass over the files. */
    private final class Pass implements EventCursor {
        private final ReadContext context = new ReadContext(lenient, part.execution());
        private final List<String> labels = source.labels();
        private final Assembler assembler;
        private EventFormat.FileReader reader;
        private int next;
        private long bytesBefore;
        private long events;

        Pass(Assembler assembler) {
            this.assembler = assembler;
        }

        @Override
        public boolean next(EventBlock block) throws IOException {
            block.clear();
            while (block.size == 0) {
                if (reader == null && !openNext()) {
                    boolean more = rest(block);
                    events += block.size;
                    return more || end(block);
                }
                boolean more = reader.fill(block);
                block.bytesRead = bytesBefore + reader.bytesRead();
                if (!more) {
                    bytesBefore += reader.bytesRead();
                    reader.close();
                    reader = null;
                }
            }
            events += block.size;
            return true;
        }

        /** Events that waited for an earlier one of their lane. */
        private boolean rest(EventBlock block) {
            assembler.flush(block);
            return block.size > 0;
        }

        private boolean openNext() throws IOException {
            if (next == source.readers()) {
                return false;
            }
            assembler.file = labels.get(next).getBytes(StandardCharsets.UTF_8);
            reader = source.open(next, mapping, assembler, context);
            next++;
            return true;
        }

        private boolean end(EventBlock block) throws InputException {
            block.bytesRead = bytesBefore;
            notes = context.notes();
            if (events == 0) {
                String why = notes.stream()
                        .map(n -> "; " + n.message() + ", " + n.first())
                        .collect(Collectors.joining());
                throw new InputException(FileRun.this.name() + ": there is no event in it" + why);
            }
            return false;
        }

        @Override
        public void close() throws IOException {
            if (reader != null) {
                reader.close();
            }
        }
    }

    /** Adds the file's name as a field where a run has several files. */
    private class Assembler extends EventAssembler {
        private final FieldPlan plan = mapping.plan(MappingInference.FILE);
        private final boolean named = source.addsFileName();
        private byte[] file = {};

        Assembler(LaneTable lanes) {
            super(mapping, lanes, laneAliases, part.splitValue());
        }

        @Override
        public void begin() {
            super.begin();
            if (named) {
                field(plan, Field.Type.STRING, ValueDigest.of(file, 0, file.length), file, 0, file.length);
            }
        }
    }

    /** Takes down the names of kinds too. */
    private final class NamingAssembler extends Assembler {
        private final KindNames names;
        private byte[][] parts = new byte[4][];
        private int[] from = new int[4];
        private int[] count = new int[4];
        private int size;

        NamingAssembler(LaneTable lanes, KindNames names) {
            super(lanes);
            this.names = names;
        }

        @Override
        public void begin() {
            size = 0;
            super.begin();
        }

        @Override
        public void field(FieldPlan plan, Field.Type type, long digest, byte[] bytes, int offset, int length) {
            super.field(plan, type, digest, bytes, offset, length);
            if (plan.isKind()) {
                if (size == parts.length) {
                    parts = Arrays.copyOf(parts, size * 2);
                    from = Arrays.copyOf(from, size * 2);
                    count = Arrays.copyOf(count, size * 2);
                }
                parts[size] = bytes;
                from[size] = offset;
                count[size++] = length;
            }
        }

        @Override
        protected void taken(int kind) {
            if (size > 0 && names.wants(kind)) {
                StringBuilder name = new StringBuilder();
                for (int i = 0; i < size; i++) {
                    name.append(i == 0 ? "" : " ")
                            .append(new String(parts[i], from[i], count[i], StandardCharsets.UTF_8));
                }
                names.put(kind, name.toString());
            }
        }
    }
}

package io.dettrace.formats;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.formats.FileRun.Part;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.input.Inputs;
import io.dettrace.formats.pattern.PatternFormat;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.MappingInference;
import io.dettrace.normalize.Role;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Opens what the user named: finds the files, their format, the runs in them and the mapping. One instance serves one
 * command, because standard input can be read only once.
 */
public final class Runs implements Closeable {
    /** Records of each run that inference looks at. */
    public static final int SAMPLE = 2_048;

    private static final int SAMPLE_OF_IDENTICAL = 64;

    /** Runs that one input may hold. */
    public static final int MAX_RUNS = 1_000;

    private final ReadOptions options;
    private final Inputs inputs;
    private boolean oneProgram;
    private Source first;
    private final Set<Path> seen = new HashSet<>();

    /**
     * @param standardInput what {@code -} stands for
     */
    public Runs(ReadOptions options, InputStream standardInput) {
        this.options = options;
        inputs = new Inputs(standardInput);
    }

    /** Opens two inputs as baseline and candidate. */
    public RunPair open(String baseline, String candidate) throws IOException {
        Source a = source(List.of(baseline));
        Source b = source(List.of(candidate));
        requireOneFormat(a, b);
        Mapping start = withPattern(start(a), start(b));
        Part pa = part(a, start, options.baselineRun());
        Part pb = part(b, start, options.candidateRun());
        return pair(a, pa, b, pb, start);
    }

    /** Takes two runs that are open as baseline and candidate. */
    public RunPair open(OpenedRun baseline, OpenedRun candidate) throws IOException {
        Source a = baseline.source;
        Source b = candidate.source;
        requireOneFormat(a, b);
        return pair(a, baseline.part, b, candidate.part, withPattern(start(a), start(b)));
    }

    private static void requireOneFormat(Source a, Source b) throws InputException {
        if (!a.family().equals(b.family())) {
            throw new InputException("the inputs are of different formats: " + a.name() + " is read as "
                    + a.formatName() + ", " + b.name() + " as " + b.formatName()
                    + "; are these two runs of one program?");
        }
    }

    /** From now on all inputs must be of one format, as runs of one program are, and none may come twice. */
    public Runs ofOneProgram() {
        oneProgram = true;
        return this;
    }

    /**
     * Opens one input as one run; with several names, which must be of one format, their files are one run.
     *
     * @throws InputException also if it holds several executions and none is chosen
     */
    public OpenedRun openOne(List<String> names) throws IOException {
        Source source = source(names);
        Mapping own = start(source);
        return opened(source, part(source, own, options.baselineRun()), own);
    }

    /** Opens one input as {@link #openOne} does, and if it holds several executions each of them. */
    public List<OpenedRun> openEach(List<String> names) throws IOException {
        Source source = source(names);
        Mapping own = start(source);
        boolean several = options.baselineRun().isEmpty()
                && (own.delimiter().isPresent() || options.declared().split().isPresent());
        List<Part> parts = several ? parts(source, own) : List.of();
        if (parts.size() < 2) {
            return List.of(opened(source, part(source, own, options.baselineRun()), own));
        }
        List<OpenedRun> all = new ArrayList<>();
        for (Part part : parts) {
            all.add(opened(source, part, own));
        }
        return all;
    }

    private OpenedRun opened(Source source, Part part, Mapping own) throws IOException {
        List<List<Field>> records = sample(source, part, own, SAMPLE);
        checkFields(records, records);
        Mapping mapping = options.mapping().isPresent()
                ? own
                : MappingInference.infer(records, records, own, options.recordedOrder())
                        .mapping();
        FileRun run = new FileRun(source, part, mapping, Map.of(), options.lenient());
        return new OpenedRun(
                source, part, own, mapping, run, new ReadContext(options.lenient(), part.execution()), records);
    }

    /**
     * Opens the runs inside one input, each pair of them in order.
     *
     * @throws InputException if the input does not hold at least two runs
     */
    public List<RunPair> openAll(String input) throws IOException {
        Source source = source(List.of(input));
        Mapping start = start(source);
        if (start.split().isEmpty() && start.delimiter().isEmpty()) {
            start = inferSplit(source, start);
        }
        List<Part> parts = parts(source, start);
        if (parts.size() < 2) {
            throw new InputException(input + ": holds one run, and a comparison needs two; name a second file, or the"
                    + " field that tells the runs apart with --split");
        }
        if (options.baselineRun().isPresent() || options.candidateRun().isPresent()) {
            Part a = part(
                    source,
                    start,
                    options.baselineRun().or(() -> Optional.of(parts.get(0).name())));
            Part b = part(
                    source,
                    start,
                    options.candidateRun().or(() -> Optional.of(parts.get(1).name())));
            return List.of(pair(source, a, source, b, start));
        }
        List<RunPair> pairs = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            for (int j = i + 1; j < parts.size(); j++) {
                pairs.add(pair(source, parts.get(i), source, parts.get(j), start));
            }
        }
        return pairs;
    }

    private RunPair pair(Source a, Part pa, Source b, Part pb, Mapping own) throws IOException {
        long identical = identicalBytes(a, pa, b, pb);
        int limit = identical < 0 ? SAMPLE : SAMPLE_OF_IDENTICAL;
        List<List<Field>> left = sample(a, pa, own, limit);
        List<List<Field>> right = identical < 0 ? sample(b, pb, own, limit) : left;
        checkFields(left, right);
        boolean complete = options.hasPattern() || options.mapping().isPresent();
        Mapping start = !complete && a instanceof RecordSource records
                ? records.format().between(own, left, right)
                : own;
        MappingInference.Inferred inferred = options.mapping().isPresent()
                ? new MappingInference.Inferred(
                        start, start.isRuled() ? MappingInference.aliases(left, right, start) : Map.of())
                : MappingInference.infer(left, right, start, options.recordedOrder());
        Mapping mapping = inferred.mapping();
        if (options.recordedOrder() && options.mapping().isPresent()) {
            mapping = mapping.toBuilder()
                    .clear(Role.LANE)
                    .clear(Role.CLOCK)
                    .clear(Role.LINK)
                    .clear(Role.MESSAGE)
                    .clear(Role.RESOURCE)
                    .build();
        }
        return new RunPair(
                new FileRun(a, pa, mapping, Map.of(), options.lenient()),
                new FileRun(b, pb, mapping, inferred.laneAliases(), options.lenient()),
                mapping,
                identical);
    }

    private void checkFields(List<List<Field>> left, List<List<Field>> right) throws InputException {
        DeclaredFields.check(options.meantForEveryRun(), left, right);
        Optional<Mapping> ruled = options.mapping().filter(Mapping::isRuled);
        if (ruled.isPresent()) {
            DeclaredFields.checkProfile(ruled.get(), left, right);
        }
    }

    private static long identicalBytes(Source a, Part pa, Source b, Part pb) throws IOException {
        boolean whole = pa.equals(Part.WHOLE) && pb.equals(Part.WHOLE);
        boolean single = a.files().size() == 1 && b.files().size() == 1;
        boolean alone = !(a instanceof RecordSource records && records.format().readsFilesBeside());
        return whole && single && alone
                ? IdenticalFiles.size(a.files().get(0).path(), b.files().get(0).path())
                : -1;
    }

    // ---- formats ---------------------------------------------------------------------------------------------------

    private Source source(List<String> names) throws IOException {
        List<InputFile> files = new ArrayList<>();
        for (String name : names) {
            files.addAll(inputs.resolve(name));
        }
        String name = files.size() == 1 ? files.get(0).name() : String.join(" + ", names);
        Source source = options.hasPattern()
                ? new TextSource(name, files, new PatternFormat())
                : Formats.detect(name, files, options.format(), options.formatOptions());
        boolean json = source instanceof TextSource text && text.format().isJson();
        if (options.start(Mapping.builder().build()).delimiter().isPresent() && json) {
            throw new InputException(
                    files.get(0).name() + ": is JSON, and a delimiter parts text logs only; --split names"
                            + " the field that tells runs in JSON apart");
        }
        if (oneProgram) {
            first = first == null ? source : first;
            requireOneFormat(first, source);
            for (InputFile file : files) {
                if (!seen.add(file.path().toRealPath()) && options.baselineRun().isEmpty()) {
                    throw new InputException(file.name() + ": is named twice; each run counts once, and on one side");
                }
            }
        }
        return source;
    }

    /** What the format says about its fields, with what the user says on top. */
    private Mapping start(Source source) throws IOException {
        boolean complete = options.hasPattern() || options.mapping().isPresent();
        return options.start(complete ? Mapping.builder().build() : source.ownMapping());
    }

    /** One may be a text log and the other the same converted, which needs no pattern. */
    private static Mapping withPattern(Mapping start, Mapping other) {
        if (start.pattern().isPresent() || other.pattern().isEmpty()) {
            return start;
        }
        return start.toBuilder()
                .pattern(other.pattern().get())
                .delimiter(other.delimiter().orElse(null))
                .build();
    }

    // ---- runs inside an input --------------------------------------------------------------------------------------

    private Part part(Source source, Mapping mapping, Optional<String> name) throws IOException {
        if (name.isEmpty()) {
            if (mapping.delimiter().isPresent()) {
                List<Part> parts = parts(source, mapping);
                if (parts.size() > 1) {
                    throw new InputException(
                            source.name() + ": holds " + parts.size() + " executions (" + names(parts)
                                    + "); choose one with --run, or with --baseline-run and --candidate-run where two are compared");
                }
            }
            return Part.WHOLE;
        }
        List<Part> parts = parts(source, mapping);
        return parts.stream()
                .filter(p -> p.name().equals(name.get()))
                .findFirst()
                .orElseThrow(() -> new InputException(
                        source.name() + ": holds no run called \"" + name.get() + "\"; it holds " + names(parts)));
    }

    private static String names(List<Part> parts) {
        return String.join(", ", parts.stream().map(Part::name).limit(20).toList());
    }

    private List<Part> parts(Source source, Mapping mapping) throws IOException {
        List<String> names = source.executions(mapping);
        if (!names.isEmpty()) {
            List<Part> parts = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                parts.add(new Part(names.get(i), Optional.empty(), i));
            }
            return parts;
        }
        if (mapping.split().isEmpty()) {
            return List.of(Part.WHOLE);
        }
        Set<String> values = new LinkedHashSet<>();
        ReadContext context = new ReadContext(options.lenient(), -1);
        for (int i = 0; i < source.readers(); i++) {
            for (List<Field> record : source.sample(i, mapping, Integer.MAX_VALUE, context)) {
                record.stream()
                        .filter(f -> f.path().equals(mapping.split().get()))
                        .forEach(f -> values.add(f.text()));
            }
        }
        if (values.size() > MAX_RUNS) {
            throw new InputException(source.name() + ": field "
                    + mapping.split().get() + " has more than " + MAX_RUNS + " values; it does not tell runs apart");
        }
        return values.stream().map(v -> new Part(v, Optional.of(v), -1)).toList();
    }

    private Mapping inferSplit(Source source, Mapping mapping) throws IOException {
        if (mapping.pattern().isPresent()) {
            return mapping;
        }
        ReadContext context = new ReadContext(options.lenient(), -1);
        List<List<Field>> records = source.sample(0, mapping, SAMPLE, context);
        return MappingInference.splitField(records)
                .map(path -> mapping.toBuilder()
                        .split(path)
                        .reason("split", "field " + path + " tells the runs in the file apart")
                        .build())
                .orElse(mapping);
    }

    private List<List<Field>> sample(Source source, Part part, Mapping mapping, int most) throws IOException {
        List<List<Field>> records = new ArrayList<>();
        ReadContext context = new ReadContext(options.lenient(), part.execution());
        List<String> labels = source.labels();
        int perReader = Math.max(Math.min(64, most), most / source.readers());
        for (int i = 0; i < source.readers(); i++) {
            int limit = part.splitValue().isPresent() ? most * 16 : perReader;
            for (List<Field> record : source.sample(i, mapping, limit, context)) {
                if (part.splitValue().isEmpty() || belongs(record, mapping, part)) {
                    String file = labels.get(i);
                    records.add(source.addsFileName() ? withFile(record, file) : record);
                }
                if (records.size() == most) {
                    return records;
                }
            }
        }
        return records;
    }

    private static boolean belongs(List<Field> record, Mapping mapping, Part part) {
        String path = mapping.split().orElseThrow();
        String value = part.splitValue().orElseThrow();
        return record.stream().anyMatch(f -> f.path().equals(path) && f.text().equals(value));
    }

    private static List<Field> withFile(List<Field> record, String file) {
        List<Field> named = new ArrayList<>(record);
        named.add(new Field(MappingInference.FILE, Field.Type.STRING, file));
        return named;
    }

    @Override
    public void close() throws IOException {
        inputs.close();
    }
}

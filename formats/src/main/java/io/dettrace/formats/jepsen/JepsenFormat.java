package io.dettrace.formats.jepsen;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.FileByFile;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import io.dettrace.normalize.TimeScale;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Histories of operations as Jepsen records them (github.com/jepsen-io/history): {@code history.edn}, {@code history.txt},
 * {@code jepsen.log}, the key-value histories of Porcupine, and the same as JSON.
 */
public final class JepsenFormat implements RecordFormat {
    /** Members of a JSON document that hold the operations. */
    static final Set<String> HISTORY = Set.of("history", "ops", "operations");

    private static final String INDEPENDENT = "independent";
    private static final int SAMPLE = 200;
    private static final Pattern EDN_OP = Pattern.compile("\\A(?:\\s|;[^\\n]*+\\n|[\\[(]|#[\\w.$/-]++)*+\\{\\s*:");
    private static final Pattern EDN_TYPE = Pattern.compile(":type,?\\s++:(invoke|ok|fail|info)\\b");
    private static final Pattern EDN_PROCESS = Pattern.compile(":process\\s");
    private static final Pattern JSON_TYPE =
            Pattern.compile("\"(?:type|:type)\"\\s*+:\\s*+\":?(invoke|ok|fail|info)\"");

    /** How the operations are written. */
    enum Dialect {
        EDN,
        LINES,
        JSON
    }

    @Override
    public String name() {
        return "jepsen";
    }

    @Override
    public String title() {
        return "history of operations (Jepsen)";
    }

    @Override
    public boolean isText() {
        return true;
    }

    @Override
    public List<FormatOption> options() {
        return List.of(new FormatOption(
                INDEPENDENT,
                "yes if values are vectors of a key and a value (jepsen.independent), no if not; told by the first"
                        + " operations by default"));
    }

    @Override
    public boolean claims(Head head) {
        return dialect(head).isPresent();
    }

    private static Optional<Dialect> dialect(Head head) {
        String text = head.text();
        if (EDN_OP.matcher(text).find()) {
            boolean history =
                    EDN_PROCESS.matcher(text).find() && EDN_TYPE.matcher(text).find();
            return history ? Optional.of(Dialect.EDN) : Optional.empty();
        }
        Set<String> paths = head.jsonPaths();
        if (!paths.isEmpty()) {
            boolean ops = paths.stream()
                    .anyMatch(p -> p.endsWith("process")
                            && around(p)
                            && paths.contains(p.replaceFirst("process$", "type"))
                            && paths.contains(p.replaceFirst("process$", "f")));
            return ops && JSON_TYPE.matcher(text).find() ? Optional.of(Dialect.JSON) : Optional.empty();
        }
        long operations = head.lines().stream()
                .filter(line -> line.indexOf(':') >= 0
                        && line.indexOf('\t') >= 0
                        && LineHistory.LINE.matcher(line).matches())
                .limit(2)
                .count();
        return operations == 2 ? Optional.of(Dialect.LINES) : Optional.empty();
    }

    private static boolean around(String processPath) {
        String parent = processPath.substring(0, processPath.length() - "process".length());
        return parent.isEmpty()
                || parent.equals(":")
                || parent.equals("[].")
                || parent.equals("[].:")
                || HISTORY.stream().anyMatch(h -> parent.equals(h + "[]."));
    }

    @Override
    public Mapping mapping(RecordInput input) throws IOException {
        independent(input);
        return Mapping.builder()
                .field(Role.LANE, "process", "a process does one operation after the other")
                .field(Role.KIND, "type", "invocation, or how it ended")
                .field(Role.KIND, "f", "the function that is invoked")
                .field(Role.TIME, "time", "nanoseconds, as Jepsen writes them")
                .timeScale(TimeScale.NS)
                .field(Role.EVENT, "op", "numbers the invocations")
                .field(Role.LINK, "completes", "the invocation that ends here")
                .field(Role.IGNORE, "index", "the operation's place in the history")
                .build();
    }

    @Override
    public RecordReader open(RecordInput input, ReadContext context) throws IOException {
        Optional<Boolean> said = independent(input);
        EventRecord record = new EventRecord();
        return FileByFile.open(input, (file, number) -> {
            boolean independent = said.isPresent() ? said.get() : looksIndependent(file);
            return open(file, number, independent, context, record);
        });
    }

    private static Optional<Boolean> independent(RecordInput input) throws InputException {
        Optional<String> said = input.option(INDEPENDENT);
        if (said.isPresent() && !said.get().equals("yes") && !said.get().equals("no")) {
            throw new InputException(
                    input.file().name() + ": option " + INDEPENDENT + " is yes or no, found \"" + said.get() + "\"");
        }
        return said.map("yes"::equals);
    }

    private static History open(
            InputFile file, int number, boolean independent, ReadContext context, EventRecord record)
            throws IOException {
        return switch (dialect(Head.of(List.of(file))).orElse(Dialect.LINES)) {
            case EDN -> new EdnHistory(file, number, independent, context, record);
            case LINES -> new LineHistory(file, number, independent, context, record);
            case JSON ->
                context.lenient() && JsonLinesHistory.looksSo(file)
                        ? new JsonLinesHistory(file, number, independent, context, record)
                        : new JsonHistory(file, number, independent, context, record);
        };
    }

    /** True if the first operations all have a key in their values. */
    private static boolean looksIndependent(InputFile file) throws IOException {
        List<Edn.Dict> ops = new ArrayList<>();
        try (History history = open(file, 0, false, new ReadContext(true, -1), new EventRecord())) {
            for (Edn.Dict op = history.read(); op != null && ops.size() < SAMPLE; op = history.read()) {
                ops.add(op);
            }
        }
        return Operation.areIndependent(ops);
    }
}

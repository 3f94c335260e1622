package io.dettrace.formats.commit;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.FileByFile;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Logs of committed instructions by RISC-V simulators and cores. A lane is a hart; an event is an instruction or a trap. Logs
 * of different tools can be compared with each other by what all of them have: pc, word, and the registers written.
 */
public final class CommitFormat implements RecordFormat {
    private static final String EVERYWHERE = "every log has it";
    private static final String SAME_TOOL = "both runs were logged by one tool";

    @Override
    public String name() {
        return "commit";
    }

    @Override
    public String title() {
        return "RISC-V instruction log (Spike, Sail, Whisper, Ibex, CVA6, Rocket, riscvOVPsim, QEMU, riscv-dv)";
    }

    @Override
    public boolean claims(Head head) {
        return LogKinds.of(head.lines()).isPresent();
    }

    @Override
    public List<FormatOption> options() {
        return List.of(
                new FormatOption(
                        "compare",
                        "what of an instruction is compared, of " + String.join(", ", CommitOptions.FIELDS)
                                + "; by default pc,insn,rd, and with two logs of one tool mem,csr,priv,cause,tval too"),
                new FormatOption("xlen", "32 compares the lower 32 bits of pc and values; by default 64"));
    }

    @Override
    public Mapping mapping(RecordInput input) throws IOException {
        CommitOptions options = CommitOptions.of(input);
        Mapping.Builder b = Mapping.builder()
                .field(Role.LANE, "hart", "a hart commits its instructions in order")
                .field(Role.KIND, "event", "an instruction or a trap")
                .field(Role.KIND, "insn", "two runs of an instruction differ in what they do");
        for (String field :
                options.compare().orElse(CommitOptions.FIELDS.subList(0, CommitOptions.FIELDS.size() - 1))) {
            boolean common = Set.of("pc", "insn", "rd").contains(field)
                    || options.compare().isPresent();
            for (String path : paths(field)) {
                b.field(Role.COMPARE, path, common ? EVERYWHERE : SAME_TOOL);
            }
        }
        return b.build();
    }

    private static List<String> paths(String field) {
        return switch (field) {
            case "rd" -> List.of("rd", "value");
            case "mem" -> List.of("mem", "store");
            case "csr" -> List.of("csr", "csr_value");
            default -> List.of(field);
        };
    }

    /** Leaves out what only some tools log, if the runs were logged by different ones. */
    @Override
    public Mapping between(Mapping mapping, List<List<Field>> baseline, List<List<Field>> candidate) {
        boolean sameTool = values(baseline, "log").equals(values(candidate, "log"));
        Mapping.Builder b = mapping.toBuilder();
        for (String path : mapping.fields(Role.COMPARE)) {
            boolean both =
                    values(baseline, path).isEmpty() == values(candidate, path).isEmpty();
            if (SAME_TOOL.equals(mapping.reasons().get(Role.COMPARE.key() + " " + path)) && !(sameTool && both)) {
                b.clearField(path);
            }
        }
        return b.build();
    }

    private static Set<String> values(List<List<Field>> events, String path) {
        return events.stream()
                .flatMap(List::stream)
                .filter(f -> f.path().equals(path))
                .map(Field::text)
                .collect(Collectors.toSet());
    }

    @Override
    public boolean isText() {
        return true;
    }

    @Override
    public RecordReader open(RecordInput input, ReadContext context) throws IOException {
        CommitOptions options = CommitOptions.of(input);
        return FileByFile.open(input, (file, number) -> open(file, number, options, context));
    }

    private static RecordReader open(InputFile file, int number, CommitOptions options, ReadContext context)
            throws IOException {
        LogKind kind = LogKinds.of(Head.of(List.of(file)).lines())
                .orElseThrow(() -> new InputException(file.name()
                        + ": holds no instruction log that is known; known are those of Spike, Sail, Whisper, Rocket,"
                        + " Ibex, CVA6, riscvOVPsim, QEMU (execlog) and riscv-dv"));
        return new CommitReader(file, number, kind, options, context);
    }
}

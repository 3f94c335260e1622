package io.dettrace.formats.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.compare.CompareOptions;
import io.dettrace.compare.Comparison;
import io.dettrace.compare.Divergence;
import io.dettrace.compare.DivergenceClass;
import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.formats.DetTrace;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.ReadOptions;
import io.dettrace.formats.commit.Program.Step;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the logs say, and what two logs of one program, of one tool or of two, have in common. */
class CommitFormatTest {
    private static final Program GOOD = Program.run(300, 7);

    @TempDir
    private Path folder;

    private final ReadContext strict = new ReadContext(false, -1);

    private RecordInput input(String log, Map<String, String> options) throws IOException {
        Path path = Files.writeString(Files.createTempFile(folder, "x", ".log"), log);
        return new RecordInput("x.log", List.of(new InputFile(path, "x.log")), options);
    }

    private List<Map<String, String>> read(String log, ReadContext context) throws IOException {
        List<Map<String, String>> events = new ArrayList<>();
        try (RecordReader reader = new CommitFormat().open(input(log, Map.of()), context)) {
            while (reader.next()) {
                events.add(reader.record().fields().stream().collect(Collectors.toMap(Field::path, Field::text)));
            }
        }
        return events;
    }

    private Comparison compare(String baseline, String candidate, Map<String, String> options) throws IOException {
        Path a = Files.writeString(folder.resolve("a.log"), baseline);
        Path b = Files.writeString(folder.resolve("b.log"), candidate);
        return DetTrace.compare(a, b, ReadOptions.DEFAULT.withFormat(Optional.empty(), options), CompareOptions.DEFAULT)
                .comparison();
    }

    private static List<String> written(Program p) {
        return List.of(
                p.spike(false),
                p.spike(true),
                p.spikeBeforeLevels(),
                p.ibex(),
                p.rocket(),
                p.sail(),
                p.whisper(),
                p.ariane(),
                p.riscvDv());
    }

    @Test
    void logsOfAnyTwoToolsOfOneRunAreEquivalent() throws IOException {
        for (String a : List.of(GOOD.spike(false), GOOD.ibex(), GOOD.sail())) {
            for (String b : written(GOOD)) {
                Comparison c = compare(a, b, Map.of());
                assertThat(c.roots()).as("%.60s / %.60s", a, b).isEmpty();
                assertThat(a.equals(b) || c.matched() == 300).isTrue();
            }
        }
    }

    @Test
    void oneExtraInstructionIsOneRootWhateverTheTool() throws IOException {
        Program bad = GOOD.extra(120, new Step(0x8000_0FF0L, 0x00000013 | 9 << 7 | 77 << 20, 9, 0x77, 0, 0));
        for (String log : written(bad)) {
            Comparison c = compare(GOOD.spike(false), log, Map.of());
            assertThat(c.roots()).hasSize(1);
            Divergence root = c.first().orElseThrow();
            assertThat(root.type()).isEqualTo(DivergenceClass.EXTRA);
            assertThat(root.actual().orElseThrow().ordinal()).isEqualTo(120);
            assertThat(root.actualCount()).isEqualTo(1);
            assertThat(root.aligned()).isTrue();
            assertThat(c.matched()).isEqualTo(300);
        }
    }

    @Test
    void aWrongRegisterValueIsFoundWhateverTheTool() throws IOException {
        Step s = GOOD.steps.get(200);
        Program bad = GOOD.with(200, new Step(s.pc(), s.word(), s.rd(), s.value() ^ 1, 0, 0));
        for (String log : written(bad)) {
            Divergence root = compare(GOOD.spike(false), log, Map.of()).first().orElseThrow();
            assertThat(root.expected().orElseThrow().ordinal()).isEqualTo(200);
        }
    }

    @Test
    void aWrongStoreIsFoundBetweenLogsOfOneToolAndWhereAskedFor() throws IOException {
        Step s = GOOD.steps.get(203);
        assertThat(s.stores()).isTrue();
        Program bad = GOOD.with(203, new Step(s.pc(), s.word(), 0, 0, s.address(), s.data() + 1));
        assertThat(compare(GOOD.spike(false), bad.spike(true), Map.of()).roots())
                .hasSize(1);
        assertThat(compare(GOOD.ibex(), bad.ibex(), Map.of()).roots()).hasSize(1);
        assertThat(compare(GOOD.spike(false), bad.ibex(), Map.of()).roots()).isEmpty();
        assertThat(compare(GOOD.spike(false), bad.ibex(), Map.of("compare", "pc,rd,mem"))
                        .roots())
                .hasSize(1);
        assertThat(compare(GOOD.spike(false), bad.spike(true), Map.of("compare", "pc,insn,rd"))
                        .roots())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "core   0: 3 0x80000000 (0x00000297) x5  0x80000000|pc=0x80000000 insn=0x297 rd=x5 value=0x80000000 priv=3",
                "core   1: 0 0x0000000000010000 (0x4501) x10 0x0000000000000000|pc=0x10000 insn=0x4501 rd=x10 value=0x0 priv=0",
                "core   0: 3 0x80000010 (0x0182b283) x5  0x80000000 mem 0x00001018|rd=x5 mem=0x1018",
                "core   0: 3 0x80000010 (0x0030a023) mem 0x80000000 0x0000002a|mem=0x80000000 store=0x2a",
                "core   0: 3 0x80000010 (0x30032073) c768_mstatus 0x8000000a00006000|csr=mstatus csr_value=0x8000000a00006000",
                "core   0: 3 0x80000010 (0x30200073) c784_mstatush 0x0 c768_mstatus 0x80|csr=mstatush,mstatus csr_value=0x0,0x80",
                "core   0: 3 0x80000014 (0xd0037053) f0  0xffffffff46c00000 c1_fflags 0x1|rd=f0 csr=fflags",
                "core   0: 3 0x80000014 (0x02008007) e32 m1 l4 v0  0x00010002 mem 0x80002000|rd=v0 value=0x10002 mem=0x80002000",
                "core   0: 3 0x80000014 (0x00000013) ra   0x00000001|rd=x1 value=0x1",
                "3 0x0000000080000000 (0x00000297) x 5 0x0000000080000000|priv=3 rd=x5",
                "core   0: exception trap_illegal_instruction, epc 0x0000000080000044|event=exception cause=illegal_instruction pc=0x80000044"
            })
    void spikesLinesAreTakenApart(String line, String fields) throws IOException {
        String log = "core   0: 3 0x00001000 (0x00000297) x5 0x1000\n".repeat(3);
        Map<String, String> event = read(log + line, strict).get(3);
        for (String field : fields.split(" ")) {
            assertThat(event).containsEntry(field.split("=")[0], field.split("=")[1]);
        }
    }

    @Test
    void aTrapHasItsValueAndWhatWasOnlyListedWasNotCommitted() throws IOException {
        List<Map<String, String>> events = read("""
                core   0: 0x80000000 (0x00000297) auipc   t0, 0x0
                core   0: 3 0x80000000 (0x00000297) x5  0x80000000
                core   0: >>>>  handler
                core   0: 0x80000004 (0xffffffff) unknown
                core   0: exception trap_illegal_instruction, epc 0x80000004
                core   0:           tval 0xffffffff
                core   0: 0x80000008 (0x00000013) nop
                core   0: 3 0x80000008 (0x00000013)
                """, strict);
        assertThat(events).hasSize(3);
        assertThat(events.get(0)).containsEntry("mnemonic", "auipc   t0, 0x0");
        assertThat(events.get(1)).containsEntry("tval", "0xffffffff").doesNotContainKey("insn");
        assertThat(strict.notes()).isEmpty();
    }

    @Test
    void aTrapIsOneOfItsHart() throws IOException {
        List<Map<String, String>> events = read("""
                core   0: 3 0x80000000 (0x00000297) x5  0x80000000
                core   0: 3 0x80000004 (0x00000013)
                core   1: exception trap_illegal_instruction, epc 0x80000004
                core   1:           tval 0xffffffff
                """, strict);
        assertThat(events).extracting(e -> e.get("hart")).containsExactly("hart 0", "hart 0", "hart 1");
    }

    @Test
    void aListingAloneIsReadAsItIs() throws IOException {
        assertThat(read(
                        "core   0: 0x80000000 (0x00000297) auipc   t0, 0x0\n".repeat(2)
                                + "core   0: 0x80000004 (0x00000013) nop\n",
                        strict))
                .hasSize(3)
                .last()
                .satisfies(e -> assertThat(e).containsEntry("pc", "0x80000004").containsEntry("mnemonic", "nop"));
    }

    @Test
    void whatTheProgramPrintsIsLeftOutAndNotedAndBrokenLinesAreRefused() throws IOException {
        String log = GOOD.spike(false);
        assertThat(read("Hello\n" + log + "bye", strict)).hasSize(300);
        assertThat(strict.notes())
                .singleElement()
                .satisfies(n -> assertThat(n.count()).isEqualTo(2));
        String broken = log + "core   0: 3 0x80000000 (0x00000297) x5  nothing\n";
        assertThatThrownBy(() -> read(broken, strict))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("x.log:301:");
        assertThat(read(broken, new ReadContext(true, -1))).hasSize(300);
    }

    @Test
    void whatIsWrittenToX0IsNoWriteAndSailsTrapsAreTraps() throws IOException {
        List<Map<String, String>> events = read("""
                [0] [M]: 0x0000000080000000 (0x00000013) nop
                x0 <- 0x0000000000000001
                [1] [M]: 0x0000000080000004 (0x30001073) csrrw zero, mstatus, zero
                CSR mstatus <- 0x0000000A00000000 (input: 0x0000000000000000)
                [2] [M]: 0x0000000080000008 (0xFFFFFFFF) illegal
                trapping from M to M to handle illegal-instruction
                """, strict);
        assertThat(events.get(0)).doesNotContainKey("rd");
        assertThat(events.get(1)).containsEntry("csr", "mstatus").containsEntry("csr_value", "0xa00000000");
        assertThat(events.get(2)).containsEntry("event", "exception").containsEntry("cause", "illegal_instruction");
    }

    @Test
    void valuesOfCoresOf32BitsMayBeLoggedSignExtended() throws IOException {
        String wide = "core   0: 3 0xffffffff80000000 (0x00000297) x5  0xffffffff80000000\n".repeat(20);
        String narrow = "core   0: 3 0x80000000 (0x00000297) x5  0x80000000\n".repeat(20);
        assertThat(compare(wide, narrow, Map.of()).isEqual()).isFalse();
        assertThat(compare(wide, narrow, Map.of("xlen", "32")).isEqual()).isTrue();
    }

    @Test
    void wrongOptionsAreNamed() {
        assertThatThrownBy(() -> new CommitFormat().mapping(input("", Map.of("compare", "pc,rx"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("\"rx\"");
        assertThatThrownBy(() -> new CommitFormat().mapping(input("", Map.of("xlen", "16"))))
                .isInstanceOf(InputException.class);
    }

    @Test
    void eachToolsLogIsClaimed() throws IOException {
        for (String log : written(GOOD)) {
            assertThat(new CommitFormat().claims(Head.of(input(log, Map.of()).files())))
                    .isTrue();
        }
    }

    @Test
    void dromajoPutsTheHartInFrontOfTheLevel() throws IOException {
        List<Map<String, String>> events = read("""
                0 3 0x0000000000010000 (0x00000297) x 5 0x0000000000010000
                12 1 0x0000000000010010 (0x00028067)
                """, strict);
        assertThat(events.get(0))
                .containsEntry("hart", "hart 0")
                .containsEntry("priv", "3")
                .containsEntry("rd", "x5")
                .containsEntry("value", "0x10000");
        assertThat(events.get(1)).containsEntry("hart", "hart 12").containsEntry("priv", "1");
    }

    @Test
    void theExceptionsOfCva6AreEventsWithCauseAndValue() throws IOException {
        List<Map<String, String>> events = read("""
                    24240ns     2405 M 0000000000010000 0 00000413 li             s0, 0               s0  :0000000000000000
                    24290ns     2410 M 0000000000010004 0 f1402573 csrr           a0, mhartid         a0  :0000000000000000
                Exception @     25000, PC: 0000000080000100, Cause: Illegal Instruction,
                				tval: 0000000031ff9493
                Exception @     26000, PC: 0000000080000104, Cause: Environment Call MMode
                Exception @     27000, PC: 0000000080000108, Cause: Machine Timer Interrupt
                """, strict);
        assertThat(events.get(2))
                .containsEntry("event", "exception")
                .containsEntry("cause", "illegal_instruction")
                .containsEntry("tval", "0x31ff9493")
                .containsEntry("pc", "0x80000100");
        assertThat(events.get(3)).containsEntry("event", "exception").doesNotContainKey("tval");
        assertThat(events.get(4)).containsEntry("event", "interrupt");
    }

    @Test
    void theTrapsOfTheSailModelHaveTheirValue() throws IOException {
        List<Map<String, String>> events = read("""
                [0] [M]: 0x80000000 (0x0000C097) auipc x1, 0xc
                x1 <- 0x8000C000
                [1] [VS]: 0x80000010 (0x00032383) lw x7, 0x1(x6)
                handling exc#misaligned-load at priv M | tval=0x0000000080000401 | cause=0x4
                """, strict);
        assertThat(events.get(1))
                .containsEntry("event", "exception")
                .containsEntry("cause", "misaligned_load")
                .containsEntry("tval", "0x80000401");
    }

    @Test
    void qemusPluginAndImperasSimulatorAreReadToo() throws IOException {
        List<Map<String, String>> qemu = read("""
                0, 0x1000, 0x297, "auipc t0,0"
                0, 0x100c, 0x182b283, "ld t0,24(t0)", load, 0x00001018, RAM, x5/t0 -> 0x80000000
                """, strict);
        assertThat(qemu.get(1))
                .containsEntry("pc", "0x100c")
                .containsEntry("insn", "0x182b283")
                .containsEntry("mem", "0x1018")
                .containsEntry("rd", "x5");
        List<Map<String, String>> imperas = read("""
                Info 1: 'riscvOVPsim/cpu', 0x0000000080000000(_start): Machine 04c0006f j       8000004c
                Info 2: 'riscvOVPsim/cpu', 0x000000008000004c(reset_vector): Machine f1402573 csrr    a0,mhartid
                Info   a0 0000000000000001 -> 0000000000000000
                Info   mstatus 0000000000000000 -> 0000000000001800
                """, strict);
        assertThat(imperas.get(1))
                .containsEntry("pc", "0x8000004c")
                .containsEntry("rd", "x10")
                .containsEntry("csr", "mstatus")
                .containsEntry("priv", "3");
    }
}

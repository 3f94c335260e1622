package io.dettrace.formats.vcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.compare.CompareOptions;
import io.dettrace.compare.Comparison;
import io.dettrace.compare.Divergence;
import io.dettrace.formats.DetTrace;
import io.dettrace.formats.ReadOptions;
import io.dettrace.formats.vcd.Dump.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is a difference between two dumps, what is not, and which comes first. */
class VcdCausalityTest {
    private static final int CYCLES = 200;
    private static final Dump GOOD = Dump.run(CYCLES);

    @TempDir
    private Path folder;

    private Comparison compare(String baseline, String candidate, ReadOptions options) throws IOException {
        Path a = Files.writeString(folder.resolve("a.vcd"), baseline);
        Path b = Files.writeString(folder.resolve("b.vcd"), candidate);
        return DetTrace.compare(a, b, options, CompareOptions.DEFAULT).comparison();
    }

    private Comparison compare(String baseline, String candidate) throws IOException {
        return compare(baseline, candidate, ReadOptions.DEFAULT);
    }

    private void isEquivalent(Style style) throws IOException {
        Comparison c = compare(GOOD.text(), GOOD.text(style));
        assertThat(c.roots()).isEmpty();
        assertThat(c.matched()).isEqualTo(c.baselineEvents()).isEqualTo(c.candidateEvents());
        assertThat(c.danglingLinks()).isZero();
        assertThat(c.linked()).isTrue();
    }

    @Test
    void theOrderOfChangesWithinATimeIsNoDifference() throws IOException {
        for (int seed = 0; seed < 5; seed++) {
            Style style = new Style();
            style.shuffle = new Random(seed);
            isEquivalent(style);
        }
    }

    @Test
    void identifierCodesAreNoDifference() throws IOException {
        for (List<String> codes : List.of(
                List.of("%", "$", "#", "\"", "!"),
                List.of("aaaa", "aaab", "aaac", "aaad", "aaae"),
                List.of("n1", "n2", "n34567890123", "n4", "~~~~~~~~"))) {
            Style style = new Style();
            style.codes = codes;
            isEquivalent(style);
        }
    }

    @Test
    void howValuesAreWrittenIsNoDifference() throws IOException {
        Style style = new Style();
        style.fullWidth = true;
        style.upper = true;
        style.oneLine = true;
        isEquivalent(style);
    }

    @Test
    void theTimeScaleIsNoDifferenceAndTimesAreEqual() throws IOException {
        Style style = new Style();
        style.timescale = "10\n ps";
        style.unit = 100;
        isEquivalent(style);
    }

    @Test
    void beingLateByAPartOfTheSameClockIsAMatterOfTiming() throws IOException {
        Style style = new Style();
        style.delay = 3;
        isEquivalent(style);
    }

    @Test
    void aWrongValueIsTheFirstDivergenceAndWhatFollowsIsItsEffect() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            int cycle = 1 + random.nextInt(CYCLES - 10);
            Dump bad = GOOD.with(cycle, 1, "1x1");
            for (int later = cycle + 1; later < CYCLES; later += 1 + random.nextInt(9)) {
                bad = bad.with(later, 3, "1x" + Integer.toBinaryString(later));
            }
            Comparison c = compare(GOOD.text(), bad.text());
            assertThat(c.roots()).hasSize(1);
            Divergence first = c.first().orElseThrow();
            assertThat(first.lane()).isEqualTo("tb.dut.count");
            // The initial value is the lane's event 0, so that of cycle k is event k.
            assertThat(first.before().size()).isPositive();
            assertThat(first.expected().orElseThrow().ordinal()).isEqualTo(cycle);
            assertThat(c.effectCount()).isPositive();
        }
    }

    @Test
    void severalFaultsInOneCycleAreRootsOfTheirOwn() throws IOException {
        Dump bad = GOOD.with(50, 1, "0").with(50, 3, "z").with(90, 4, "1x");
        Comparison c = compare(GOOD.text(), bad.text());
        assertThat(c.roots().stream().map(Divergence::lane)).containsExactlyInAnyOrder("tb.dut.count", "tb.dut.shift");
    }

    @Test
    void beingACycleLateIsAFault() throws IOException {
        Comparison c = compare(GOOD.text(), GOOD.late(70, 1).text());
        Divergence first = c.first().orElseThrow();
        assertThat(c.roots()).hasSize(1);
        assertThat(first.lane()).isEqualTo("tb.dut.count");
        assertThat(first.expected().orElseThrow().ordinal()).isEqualTo(70);
    }

    @Test
    void withoutAClockALaneIsASignalAndNothingElse() throws IOException {
        ReadOptions none = ReadOptions.DEFAULT.withFormat(Optional.empty(), Map.of("clock", "none"));
        Comparison late = compare(GOOD.text(), GOOD.late(70, 4).text(), none);
        assertThat(late.linked()).isFalse();
        Comparison two =
                compare(GOOD.text(), GOOD.with(50, 1, "0").with(90, 3, "1x").text(), none);
        assertThat(two.roots()).hasSize(2);
    }

    @Test
    void aSignalThatOnlyOneDumpHasIsReported() throws IOException {
        ReadOptions fewer = ReadOptions.DEFAULT.withFormat(Optional.empty(), Map.of("signals", "*.clk,*.dut.*"));
        String without = GOOD.text()
                .replaceAll("\\$var wire 4 % bus \\[3:0\\] \\$end\n", "")
                .replaceAll("(?m)^b\\S+ %\n", "");
        assertThat(compare(GOOD.text(), without).roots().stream().map(Divergence::lane))
                .contains("tb.bus");
        assertThat(compare(GOOD.text(), without, fewer).roots()).isEmpty();
    }
}

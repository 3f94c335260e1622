package io.dettrace.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.compare.CompareOptions;
import io.dettrace.compare.Comparison;
import io.dettrace.compare.DivergenceClass;
import io.dettrace.compare.Progress;
import io.dettrace.compare.RunComparator;
import io.dettrace.event.Field;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import io.dettrace.profile.Profile;
import io.dettrace.profile.ProfileFile;
import io.dettrace.profile.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each rule about whole events allows, and what it does not. */
class RulesTest {
    /** A run of one lane whose events have nothing but kinds, which are parted by spaces. */
    private static RunTable run(String kinds) {
        RunTable table = new RunTable("run");
        int line = 1;
        for (String kind : kinds.split(" ")) {
            table.add(List.of(new Field("event", Field.Type.STRING, kind)), "run", line++);
        }
        return table;
    }

    private static Comparison compare(String baseline, String candidate, String... rules) throws IOException {
        List<Profile.Entry> entries = new ArrayList<>();
        for (String rule : rules) {
            Rule read = ProfileFile.parseRule(rule);
            entries.add(new Profile.Entry(read, ""));
        }
        Mapping mapping = Mapping.builder().field(Role.KIND, "event").build();
        Mapping ruled = new Profile(Map.of(), mapping, List.of(), entries).ruled();
        return RunComparator.compare(
                run(baseline).run(ruled, Map.of()),
                run(candidate).run(ruled, Map.of()),
                CompareOptions.DEFAULT,
                Progress.NONE);
    }

    private static void assertOnly(Comparison c, DivergenceClass type, long expectedLine, long actualLine) {
        assertThat(c.roots()).hasSize(1);
        assertThat(c.roots().get(0).type()).isEqualTo(type);
        if (expectedLine > 0) {
            assertThat(c.roots().get(0).expected().orElseThrow().source().line())
                    .isEqualTo(expectedLine);
        }
        if (actualLine > 0) {
            assertThat(c.roots().get(0).actual().orElseThrow().source().line()).isEqualTo(actualLine);
        }
    }

    @Test
    void anOptionalEventMayBeMissing() throws IOException {
        assertThat(compare("a gc b c", "a b c", "event \"gc\": optional").isEqual())
                .isTrue();
    }

    @Test
    void anOptionalEventMayComeAsOftenAsItsRuleSays() throws IOException {
        String rule = "event \"gc\": optional, 0 to 2 times";
        assertThat(compare("a b c d", "a gc b gc c d", rule).isEqual()).isTrue();
        assertOnly(compare("a b c d e f", "a gc b gc c gc d e f", rule), DivergenceClass.EXTRA, -1, 6);
    }

    @Test
    void asManyOptionalEventsAsThereMustBeMayBeAnywhere() throws IOException {
        String rule = "event \"gc\": optional, 2 to 4 times";
        assertThat(compare("gc gc a b c d", "a b gc c gc gc d", rule).isEqual()).isTrue();
        Comparison c = compare("gc gc a b c d", "a b gc c d", rule);
        assertThat(c.roots()).hasSize(1);
        assertThat(c.roots().get(0).lane()).isEqualTo("(any lane) · gc");
        assertThat(c.roots().get(0).actual()).isEmpty();
    }

    @Test
    void aStretchMayRepeatAsOftenAsItsRuleSays() throws IOException {
        String rule = "event \"poll\", \"wait\": repeats, 1 to 3 times";
        assertThat(compare("a poll wait b", "a poll wait poll wait poll wait b", rule)
                        .isEqual())
                .isTrue();
        Comparison c = compare("a poll wait b c d", "a poll wait poll wait poll wait poll wait b c d", rule);
        assertThat(c.roots()).hasSize(1);
        assertThat(c.roots().get(0).actual().orElseThrow().source().line()).isEqualTo(8);
    }

    @Test
    void aStretchMustRepeatAsOftenAsItsRuleSays() throws IOException {
        String rule = "event \"poll\": repeats, 2 to 5 times";
        assertThat(compare("a poll poll b", "a poll poll poll b", rule).isEqual())
                .isTrue();
        assertThat(compare("a poll poll b", "a poll b", rule).isEqual()).isFalse();
    }

    @Test
    void independentNeighboursMayChangePlacesAndNoOthers() throws IOException {
        String rule = "order \"x\", \"y\": independent";
        assertThat(compare("a x y b x y c", "a y x b x y c", rule).isEqual()).isTrue();
        assertThat(compare("a x y b x y c", "x a y b x y c", rule).isEqual()).isFalse();
    }

    @Test
    void aMissingEventOfAnIndependentKindIsMissingAndNoInversion() throws IOException {
        String baseline = "a x y b a x y b a x y b a x y b";
        String rule = "order \"x\", \"y\": independent";
        assertOnly(compare(baseline, "a x y b a x b a x y b a x y b", rule), DivergenceClass.MISSING, 7, -1);
        assertOnly(compare(baseline, "a x y b a y b a x y b a x y b", rule), DivergenceClass.MISSING, 6, -1);
    }

    @Test
    void anExtraEventOfAnIndependentKindIsExtraAndNoInversion() throws IOException {
        String baseline = "a x y b a x y b a x y b a x y b";
        String rule = "order \"x\", \"y\": independent";
        Comparison c = compare(baseline, "a x y b a x y y b a x y b a x y b", rule);
        assertThat(c.roots()).hasSize(1);
        assertThat(c.roots().get(0).type()).isEqualTo(DivergenceClass.EXTRA);
        assertThat(c.roots().get(0).actual().orElseThrow().source().line()).isEqualTo(8);
    }

    @Test
    void dependentNeighboursThatChangePlacesAreStillInverted() throws IOException {
        String baseline = "a x y b a x y b a x y b a x y b";
        Comparison c = compare(baseline, "a x y b x a y b a x y b a x y b", "order \"x\", \"y\": independent");
        assertThat(c.roots()).hasSize(1);
        assertThat(c.roots().get(0).type()).isEqualTo(DivergenceClass.ORDER_INVERSION);
    }
}

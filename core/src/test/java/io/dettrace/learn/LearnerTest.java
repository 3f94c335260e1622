package io.dettrace.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.compare.CompareOptions;
import io.dettrace.compare.Comparison;
import io.dettrace.compare.Progress;
import io.dettrace.compare.RunComparator;
import io.dettrace.normalize.Mapping;
import io.dettrace.profile.Profile;
import io.dettrace.profile.ProfileFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is learnt from passing runs raises no false alarm and hides little. */
class LearnerTest {
    private static final int RUNS = 20;
    private static final int FRESH = 30;

    private static final Set<String> IDS = Set.of("request", "order_id", "run");
    private static final Set<String> OPTIONAL = Set.of("gc", "retry");

    private static final Map<Systems, Learnt> LEARNT = new EnumMap<>(Systems.class);

    private static Learnt learn(Systems system) throws IOException {
        if (!LEARNT.containsKey(system)) {
            List<RunTable> tables =
                    LongStream.range(0, RUNS).mapToObj(system::run).toList();
            LEARNT.put(system, Learner.learn(tables, Mapping.builder().build(), false, List.of()));
        }
        return LEARNT.get(system);
    }

    private static Comparison compare(Systems system, Learnt learnt, RunTable candidate) throws IOException {
        Mapping ruled = learnt.profile().ruled();
        return RunComparator.compare(
                system.run(learnt.reference()).run(ruled, Map.of()),
                candidate.run(ruled, Map.of()),
                CompareOptions.DEFAULT,
                Progress.NONE);
    }

    @ParameterizedTest
    @EnumSource
    void passingRunsAreCleanUnderTheProfileOfTheOthers(Systems system) throws IOException {
        Learnt learnt = learn(system);
        assertThat(learnt.clean()).hasSize(RUNS).containsOnly(true);
    }

    @ParameterizedTest
    @EnumSource
    void furtherPassingRunsRaiseNoMoreAlarmsThanStated(Systems system) throws IOException {
        Learnt learnt = learn(system);
        List<String> alarms = new ArrayList<>();
        for (int i = 0; i < FRESH; i++) {
            Comparison c = compare(system, learnt, system.run(1_000 + i));
            if (!c.isEqual()) {
                alarms.add(i + " " + c.roots().get(0).type() + " "
                        + c.roots().get(0).lane());
            }
        }
        assertThat(alarms).hasSizeLessThanOrEqualTo((int) (FRESH * learnt.falseAlarmBound()));
    }

    /** The bound is inverse to the number of runs, and one more. */
    @ParameterizedTest
    @EnumSource
    void theRunsThatAreWantedBringTheBoundDown(Systems system) throws IOException {
        Learnt learnt = learn(system);
        double sides = learnt.falseAlarmBound() * (RUNS + 1);
        int wanted = learnt.runsFor(0.05);
        assertThat(sides / (wanted + 1)).isLessThanOrEqualTo(0.05 + 1e-12);
        assertThat(wanted == 0 || sides / wanted > 0.05 - 1e-12).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void oneFaultInTwentyIsHiddenAtMost(Systems system) throws IOException {
        Blindness blindness = learn(system).blindness();
        assertThat(blindness.injected().values().stream().mapToInt(n -> n).sum())
                .isGreaterThan(200);
        assertThat(blindness.share()).as(blindness.toString()).isLessThanOrEqualTo(0.05);
    }

    @ParameterizedTest
    @EnumSource
    void profilesSurviveTheirFile(Systems system) throws IOException {
        Profile profile = LearnReport.withEvidence(learn(system), 1);
        String text = ProfileFile.write(profile);
        Profile read = ProfileFile.parse("p", text);
        assertThat(read).isEqualTo(profile);
        assertThat(ProfileFile.parse("p", ProfileFile.write(read))).isEqualTo(profile);
    }

    /** M3: identifiers are other ones in every run. */
    @ParameterizedTest
    @EnumSource
    void identifiersThatAreRenamedOneToOneAreNoDifference(Systems system) throws IOException {
        Learnt learnt = learn(system);
        for (int i = 0; i < 5; i++) {
            List<Map<String, Object>> renamed = system.records(2_000 + i);
            renamed.forEach(r -> r.replaceAll((path, value) ->
                    IDS.contains(path) ? "id-" + Integer.toHexString(value.hashCode() * 31 + 7) : value));
            assertThat(compare(system, learnt, system.table(i, renamed)).roots())
                    .isEmpty();
        }
    }

    /** M4: clocks start elsewhere and run at another rate. */
    @ParameterizedTest
    @EnumSource
    void clocksThatAreShiftedAndScaledAreNoLogicalDifference(Systems system) throws IOException {
        Learnt learnt = learn(system);
        for (int i = 0; i < 5; i++) {
            long shift = 1_000_000_007L * i;
            int scale = 1 + i;
            List<Map<String, Object>> shifted = system.records(3_000 + i);
            shifted.forEach(r ->
                    r.replaceAll((path, value) -> path.equals("ts_us") ? (Long) value / 1_000 * scale + shift : value));
            assertThat(compare(system, learnt, system.table(i, shifted)).roots())
                    .isEmpty();
        }
    }

    /** What was said to be noise is not what makes the tool blind: an event that is gone is still found where it was. */
    @ParameterizedTest
    @EnumSource
    void aMissingEventIsTheOnlyRootUnderTheProfile(Systems system) throws IOException {
        Learnt learnt = learn(system);
        List<Map<String, Object>> records = system.records(learnt.reference());
        int found = 0;
        int tried = 0;
        for (int gone = 3; gone < records.size(); gone += 17) {
            if (!OPTIONAL.contains(records.get(gone).get("event").toString())) {
                List<Map<String, Object>> fewer = new ArrayList<>(records);
                fewer.remove(gone);
                Comparison c = compare(system, learnt, system.table(0, fewer));
                long line = gone + 1L;
                boolean exact = c.roots().size() == 1
                        && c.roots()
                                .get(0)
                                .expected()
                                .filter(e -> e.source().line() == line)
                                .isPresent();
                tried++;
                found += exact ? 1 : 0;
            }
        }
        assertThat(found).as("of %s", tried).isGreaterThanOrEqualTo(tried * 95 / 100);
    }

    /** A value that one run alone has is too much for the profile of the others, and then gets a wider rule. */
    @Test
    void aRuleThatIsTooNarrowForOneRunGetsAWiderForm() throws IOException {
        List<RunTable> runs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            List<Map<String, Object>> records = new ArrayList<>();
            for (int k = 0; k < 40; k++) {
                int cost = 100 + (k * 7 + i * 13) % 20 + (i == 5 && k == 20 ? 170 : 0);
                records.add(new LinkedHashMap<>(Map.of("thread", "t" + k % 2, "event", "e" + k % 4, "cost", cost)));
            }
            runs.add(Systems.POOL.table(i, records));
        }
        Learnt learnt = Learner.learn(runs, Mapping.builder().build(), false, List.of());
        assertThat(learnt.atFirst()).contains(false);
        assertThat(learnt.clean()).containsOnly(true);
        assertThat(learnt.wasRelaxed()).isTrue();
        assertThat(LearnReport.text(learnt, 480, 1)).contains("before rules got wider forms");
    }

    @Test
    void ofSeveralPassingRunsTheNearestIsTheOneThatDiffersLeast() throws IOException {
        List<RunTable> runs =
                LongStream.range(0, 4).mapToObj(Systems.SERVICES::run).toList();
        Mapping mapping = learn(Systems.SERVICES).profile().mapping();
        assertThat(Nearest.of(runs, Systems.SERVICES.run(2), mapping)).isEqualTo(2);
    }
}

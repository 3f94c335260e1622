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
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is learnt from passing runs raises no false alarm and hides little. */
class LearnerTest {
    private static final int RUNS = 20;
    private static final int FRESH = 30;

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
}

package io.dettrace.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.InputException;
import io.dettrace.normalize.FieldRule;
import io.dettrace.normalize.KindDigest;
import io.dettrace.normalize.Role;
import io.dettrace.timing.DelayRules;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A profile's file says what is in it, and where it is wrong. */
class ProfileFileTest {
    private static final String PROFILE = """
            # dettrace profile 1
            # A comment of a person.

            [evidence]
            runs = 20

            [mapping]
            # thread: names the sequential entity
            lane = thread
            kind = event

            [learnt]
            field "reply" cost: range 1 to 9  # 600 values in 20 runs

            [by hand]
            # Ours.
            field "reply" cost: range 0 to 20  # a slower machine is fine
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "field \"reply\" cost: any",
                "field * cost: id",
                "field \"reply\" cost: time, or absent",
                "field \"reply\" cost: same, or absent",
                "field \"reply\" cost: range -2.5 to 20",
                "field \"reply\" \"a b\": one of \"x\", \"y\\\"z\", or absent",
                "field \"\" cost: counter",
                "field \"a | b\" cost: counter step 2",
                "field \"reply\" cost: function of meta.id",
                "event \"gc\": optional",
                "event \"gc\": optional, 0 to 7 times",
                "event \"poll\", \"wait\": repeats",
                "event \"poll\": repeats, 2 to 5 times",
                "order \"a\", \"b\": independent"
            })
    void everyRuleIsWrittenAsItIsRead(String rule) throws IOException {
        assertThat(ProfileFile.write(ProfileFile.parseRule(rule))).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "feld \"a\" x: any | 1:1: | field, event or order",
                "field a x: any | 1:7: | a string in quotes",
                "field \"a\" x any | 1:13: | \":\"",
                "field \"a\" x: anything | 1:14: | any, id, time",
                "field \"a\" x: range 5 | 1: | \"to\"",
                "field \"a\" x: range five to 6 | 1:20: | a number",
                "field \"a\" x: range 6 to 5 | 1:25: | a number of 6 or more",
                "field \"a\" x: one of b | 1:21: | a string in quotes",
                "field \"a\" x: any, or missing | 1:22: | \"absent\"",
                "field \"a\" x: any any | 1:18: | \",\"",
                "event \"a\", \"b\": optional | 1:17: | repeats",
                "event \"a\": optional, 2 to 1 times | 1:27: | a whole number of 2 or more",
                "event \"a\": optional, 1.5 to 2 times | 1:22: | a whole number",
                "event \"a\": repeats, 0 to 2 times | 1:21: | a whole number of 1 or more",
                "order \"a\": independent | 1:10: | \",\"",
                "field \"a x: any | 1:7: | closing quote"
            })
    void aWrongRuleIsNamedByItsPlaceAndWhatWasExpected(String rule, String place, String expected) {
        assertThatThrownBy(() -> ProfileFile.parseRule(rule))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("rule:" + place.strip())
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'lane = a', p:1",
        "'# dettrace profile 3', p:1",
        "'# dettrace profile 1\nfield \"a\" x: any', p:2",
        "'# dettrace profile 1\n[lernt]', p:2",
        "'# dettrace profile 1\n[evidence]\nruns', p:3",
        "'# dettrace profile 1\n[mapping]\nlanes = a', p:3",
        "'# dettrace profile 1\n\n[by hand]\nfield \"a\" x: some', p:4:14"
    })
    void aWrongFileIsNamedByItsLine(String text, String place) {
        assertThatThrownBy(() -> ProfileFile.parse("p", text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(place + ":");
    }

    @Test
    void whatIsByHandWins() throws IOException {
        Profile profile = ProfileFile.parse("p", PROFILE);
        assertThat(profile.rules())
                .containsExactly(new Profile.Entry(
                        new Rule.OfField("reply", "cost", FieldRule.range(0, 20)), "a slower machine is fine"));
        assertThat(profile.runs()).isEqualTo(20);
    }

    @Test
    void theMappingKeepsItsReasons() throws IOException {
        Profile profile = ProfileFile.parse("p", PROFILE);
        assertThat(profile.mapping().fields(Role.LANE)).containsExactly("thread");
        assertThat(profile.mapping().reasons()).containsEntry("lane thread", "names the sequential entity");
        Profile again = ProfileFile.parse("p", ProfileFile.write(profile));
        assertThat(again).isEqualTo(profile);
        assertThat(again.mapping().reasons()).isEqualTo(profile.mapping().reasons());
    }

    @Test
    void aRuleIsAddedByHandAndAllElseStaysAsItWas() throws IOException {
        Profile.Entry rule = new Profile.Entry(new Rule.Optional("gc", 0, 3), "the collector\ndecides");
        String after = ProfileFile.withRule(PROFILE, rule);
        assertThat(after).isEqualTo(PROFILE + "event \"gc\": optional, 0 to 3 times  # the collector decides\n");
        assertThat(ProfileFile.parse("p", after).byHand()).hasSize(2);

        String without = PROFILE.substring(0, PROFILE.indexOf("[by hand]")).stripTrailing();
        assertThat(ProfileFile.parse("p", ProfileFile.withRule(without, rule)).byHand())
                .hasSize(1);
    }

    @Test
    void aTableNamesEveryRule() throws IOException {
        Profile profile = ProfileFile.parse("p", PROFILE);
        assertThat(ProfileTable.text("p", profile))
                .contains("p: 1 rule, 1 by hand", "hand  reply  cost   range 0 to 20  a slower machine is fine");
    }

    private static final String DELAYS = """
            # dettrace profile 2
            [evidence]
            runs = 6
            [mapping]
            kind = event
            [timing]
            delay "put" in "worker-*" after "take": 1.5 ms to 20 ms  # 60 delays in 6 runs
            delay "put": 0 ns to 1 s
            [by hand]
            delay "put" in "worker-*" after "take": 1 ms to 30 ms  # a slower disk
            delay * in "log": any
            """;

    @Test
    void rulesForDelaysAreWrittenAsTheyAreRead() throws IOException {
        Profile profile = ProfileFile.parse("p", DELAYS);
        assertThat(profile.delays()).hasSize(4);
        assertThat(ProfileFile.parse("p", ProfileFile.write(profile)).delays()).isEqualTo(profile.delays());
        assertThat(ProfileFile.write(profile))
                .startsWith(ProfileFile.MAGIC_WITH_DELAYS)
                .contains("\ndelay * in \"log\": any\n")
                .contains("\ndelay \"put\" in \"worker-*\" after \"take\": 1.5 ms to 20 ms  # 60 delays in 6 runs\n");
        assertThat(ProfileFile.write(ProfileFile.parse("p", PROFILE)))
                .as("without such rules older versions read it")
                .startsWith(ProfileFile.MAGIC + "\n");
    }

    @Test
    void delaysByHandWinOverLearntOnesAndTheMoreExactOverTheLessExact() throws IOException {
        Profile profile = ProfileFile.parse("p", DELAYS);
        assertThat(profile.delayRules()).hasSize(3);
        DelayRules rules = profile.delayRules("p", profile.mapping()).orElseThrow();
        int put = KindDigest.of(List.of("event"), "put")[0];
        int take = KindDigest.of(List.of("event"), "take")[0];
        assertThat(rules.rule("worker-3", put, take).orElseThrow().why()).isEqualTo("a slower disk");
        assertThat(rules.rule("worker-3", put, put)
                        .orElseThrow()
                        .range()
                        .orElseThrow()
                        .high())
                .isEqualTo(1_000_000_000L);
        assertThat(rules.rule("log", put, take).orElseThrow().range()).isEmpty();
        assertThat(rules.rule("worker-3", take, put)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "delay put: any | 1:7: | a string in quotes",
                "delay \"put\" in worker: any | 1:16: | a string in quotes",
                "delay \"put\": some | 1:14: | or any",
                "delay \"put\": 5 to 6 ms | 1:14: | a duration",
                "delay \"put\": 5 ms to 4 ms | 1:22: | a duration of 5 ms or more",
                "delay \"put\": 5 ms to 6 ms or so | 1:27: | the end of the rule",
                "field \"put\" x: any | 1:1: | \"delay\""
            })
    void aWrongRuleForDelaysIsNamedByItsPlace(String rule, String place, String expected) {
        assertThatThrownBy(() -> ProfileFile.parse("p", "# dettrace profile 2\n[timing]\n" + rule))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("p:3:" + place.strip().substring(2))
                .hasMessageContaining(expected);
    }
}

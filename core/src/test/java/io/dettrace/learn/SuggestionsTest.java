package io.dettrace.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.event.Field;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import io.dettrace.profile.Profile;
import io.dettrace.profile.ProfileFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which rules make a divergence vanish. */
class SuggestionsTest {
    private static final Profile EMPTY =
            new Profile(Map.of(), Mapping.builder().field(Role.KIND, "event").build(), List.of(), List.of());

    /** Events parted by spaces, each a kind and perhaps {@code =} and the value of a field. */
    private static RunTable run(String events) {
        RunTable table = new RunTable("run");
        int line = 1;
        for (String event : events.split(" ")) {
            List<Field> fields = new ArrayList<>();
            String[] parts = event.split("=");
            fields.add(new Field("event", Field.Type.STRING, parts[0]));
            if (parts.length > 1) {
                fields.add(new Field("v", Field.Type.NUMBER, parts[1]));
            }
            table.add(fields, "run", line++);
        }
        return table;
    }

    private static List<String> suggest(String baseline, String candidate) throws IOException {
        Suggestions suggestions = new Suggestions(EMPTY, run(baseline), run(candidate));
        List<String> rules = new ArrayList<>();
        for (Suggestions.Suggestion s : suggestions.of(0)) {
            rules.add(ProfileFile.write(s.rule()));
            Profile with = EMPTY.withRule(new Profile.Entry(s.rule(), ""));
            assertThat(new Suggestions(with, run(baseline), run(candidate))
                            .comparison()
                            .roots())
                    .hasSize(s.rootsLeft());
        }
        return rules;
    }

    @Test
    void anotherValueIsNoDifferenceWithASetARangeOrAnyValue() throws IOException {
        List<String> rules = suggest("a b=5 c d e f", "a b=7 c d e f");
        assertThat(rules)
                .startsWith("field \"b\" v: one of \"5\", \"7\"", "field \"b\" v: range 5 to 7")
                .contains("field \"b\" v: any", "field * v: any");
        assertThat(rules.indexOf("field \"b\" v: any")).isLessThan(rules.indexOf("field * v: any"));
    }

    @Test
    void aMissingEventIsNoDifferenceIfItIsOptional() throws IOException {
        assertThat(suggest("a gc b c d e f", "a b c d e f"))
                .contains("event \"gc\": optional, 0 to 1 times")
                .noneMatch(rule -> rule.startsWith("order"));
    }

    @Test
    void oneMoreRoundIsNoDifferenceIfTheStretchRepeats() throws IOException {
        assertThat(suggest("a poll wait b c d e", "a poll wait poll wait b c d e"))
                .contains("event \"poll\", \"wait\": repeats");
    }

    @Test
    void neighboursThatChangedPlacesAreNoDifferenceIfIndependent() throws IOException {
        assertThat(suggest("a x y b c d e f", "a y x b c d e f")).contains("order \"x\", \"y\": independent");
    }

    @Test
    void noSingleRuleCuresADifferenceOfTwoKinds() throws IOException {
        assertThat(suggest("a b c d", "a x y z")).isEmpty();
    }
}

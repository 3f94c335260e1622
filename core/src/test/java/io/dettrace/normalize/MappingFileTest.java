package io.dettrace.normalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.InputException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingFileTest {
    @Test
    void whatIsWrittenIsReadBackEqual() throws InputException {
        Random random = new Random(11);
        for (int trial = 0; trial < 500; trial++) {
            Mapping.Builder b = Mapping.builder();
            for (Role role : Role.values()) {
                for (int n = random.nextInt(3); n > 0; n--) {
                    b.field(role, "f" + random.nextInt(20) + ".x*", "because of " + n);
                }
            }
            b.timeScale(TimeScale.values()[random.nextInt(TimeScale.values().length)]);
            if (random.nextBoolean()) {
                b.pattern("^(?<host>\\S+) (?<clock>{.*})\\n(?<event>.*), = #$").delimiter("=== (?<trace>.*) ===");
            }
            if (random.nextBoolean()) {
                b.split("trace_id").reason("split", "two runs").reason("suspect x", "differs");
            }
            Mapping mapping = b.build();
            assertThat(MappingFile.parse("m", MappingFile.write(mapping)))
                    .as("trial %s", trial)
                    .isEqualTo(mapping);
        }
    }

    @Test
    void reasonsAreReadBack() throws InputException {
        Mapping mapping = Mapping.builder()
                .field(Role.LANE, "thread", "its name is one of a lane")
                .field(Role.TIME, "ts_us", "rises in each lane")
                .field(Role.TIME, "end", "also: it rises")
                .split("run")
                .reason("split", "two runs")
                .reason(MappingInference.SUSPECT + "x", "it looks like a time")
                .build();
        assertThat(MappingFile.parse("m", MappingFile.write(mapping)).reasons()).isEqualTo(mapping.reasons());
        assertThat(MappingFile.parse("m", "# dettrace mapping 1\nlane = a").reasons())
                .containsEntry("lane a", "declared in m");
    }

    @ParameterizedTest
    @CsvSource({
        "'lane = a', m:1",
        "'# dettrace mapping 2', m:1",
        "'# dettrace mapping 1\n\nlanes = a', m:3",
        "'# dettrace mapping 1\nlane', m:2",
        "'# dettrace mapping 1\nlane =', m:2",
        "'# dettrace mapping 1\ntime_unit = weeks', m:2"
    })
    void errorsNameTheLine(String text, String place) {
        assertThatThrownBy(() -> MappingFile.parse("m", text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(place + ":");
    }

    @Test
    void rolesMayBeGivenOnSeveralLinesAndWithWildcards() throws InputException {
        Mapping m = MappingFile.parse("m", "# dettrace mapping 1\r\nignore = a, b\r\n# why\r\nignore = meta.*\r\n");
        assertThat(m.fields(Role.IGNORE)).containsExactly("a", "b", "meta.*");
        assertThat(m.plan("meta.deep.er").isIgnored()).isTrue();
        assertThat(m.plan("other").isIgnored()).isFalse();
    }
}

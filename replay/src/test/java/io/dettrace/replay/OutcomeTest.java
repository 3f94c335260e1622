package io.dettrace.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Outcomes and what makes two failures one. */
class OutcomeTest {
    @ParameterizedTest
    @CsvSource({
        "ok, true, false, false",
        "failure java.lang.Error at a.B.c(B.java:3), false, true, false",
        "exit 7, false, true, false",
        "deadlock 0@a.B.c(B.java:3), false, true, false",
        "livelock 0.1@x, false, true, false",
        "oracle output has x, false, true, false",
        "uncontrolled 0.1@x, false, false, true",
        "mismatch event 3: x, false, false, true",
        "timeout, false, false, true",
        "something new, false, false, true"
    })
    void everyOutcomeIsAPassAFailureOrTrouble(String text, boolean passed, boolean failed, boolean trouble) {
        Outcome outcome = Outcome.parse(text);
        assertThat(outcome.passed()).isEqualTo(passed);
        assertThat(outcome.failed()).isEqualTo(failed);
        assertThat(outcome.isTrouble()).isEqualTo(trouble);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok", "exit 3", "failure a.B at c.D.e(D.java:1)", "timeout"})
    void theTextIsReadBack(String text) {
        assertThat(Outcome.parse(text).text()).isEqualTo(text);
    }

    @Test
    void aDeadlockIsTheSameWhicheverOfTheEqualThreadsStandsWhere() {
        Outcome one = Outcome.parse("deadlock 0@m.M.main(M.java:9) 0.1@m.M.a(M.java:3) 0.2@m.M.b(M.java:5)");
        Outcome other = Outcome.parse("deadlock 0@m.M.main(M.java:9) 0.1@m.M.b(M.java:5) 0.2@m.M.a(M.java:3)");
        assertThat(one.signature()).isEqualTo(other.signature());
        assertThat(one.blocked()).hasSize(3).last().isEqualTo(new Outcome.Blocked("0.2", "m.M.b(M.java:5)"));
    }

    @Test
    void generatedNumbersDoNotPartFailures() {
        String frame = "failure java.lang.Error at a.B$$Lambda$%s.run(B.java:3)";
        assertThat(Outcome.parse(frame.formatted("14/0x0000000800c0a000")).signature())
                .isEqualTo(
                        Outcome.parse(frame.formatted("22/0x00000008010b3fff")).signature());
    }

    @Test
    void differentPlacesAreDifferentFailures() {
        assertThat(Outcome.parse("failure E at a.B.c(B.java:3)").signature())
                .isNotEqualTo(Outcome.parse("failure E at a.B.c(B.java:4)").signature());
        assertThat(Outcome.parse("exit 1").signature())
                .isNotEqualTo(Outcome.parse("exit 2").signature());
    }
}

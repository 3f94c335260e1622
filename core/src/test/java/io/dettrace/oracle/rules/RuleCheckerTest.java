package io.dettrace.oracle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.oracle.rules.RuleResult.Verdict;
import io.dettrace.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of rule on a run that keeps it and on one whose first violating event is known. */
class RuleCheckerTest {
    private static final String MACHINE = "machine task by id: NEW -> RUN -> DONE; RUN -> FAILED; final DONE, FAILED\n";
    private static final String LOCK = "machine lock by id: GET: FREE -> HELD; PUT: HELD -> FREE; final FREE\n";

    /** A rule, a run that keeps it, one that does not, the first violating event there (0: the end), and the witness's places. */
    record Case(String rule, String good, String bad, long first, List<Long> witness) {
        @Override
        public String toString() {
            return rule;
        }
    }

    static List<Case> cases() {
        return List.of(
                new Case(
                        MACHINE,
                        "NEW id=1; NEW id=2; RUN id=2; RUN id=1; FAILED id=1; DONE id=2",
                        "NEW id=1; NEW id=2; RUN id=2; DONE id=1; DONE id=2",
                        4,
                        List.of(1L)),
                new Case(
                        MACHINE,
                        "NEW id=1; RUN id=1; DONE id=1",
                        "NEW id=1; RUN id=1; NEW id=2; DONE id=1; RUN id=2",
                        0,
                        List.of(3L, 5L)),
                new Case(MACHINE, "X id=1", "NEW id=1; RUN id=1; DONE id=1; RUN id=2", 4, List.of()),
                new Case(
                        "machine m by id: A -> B; no others",
                        "A id=1; B id=1",
                        "A id=1; C id=1; B id=1",
                        2,
                        List.of(1L)),
                new Case(
                        "machine m by id on s: up -> down -> up",
                        "E id=1 s=up; F id=1; G id=1 s=down; E id=1 s=up",
                        "E id=1 s=up; F id=1 s=up",
                        2,
                        List.of(1L)),
                new Case(
                        LOCK,
                        "GET id=1; PUT id=1; GET id=1; PUT id=1",
                        "GET id=1; PUT id=1; PUT id=1",
                        3,
                        List.of(1L, 2L)),
                new Case(
                        "every A by id is followed by B",
                        "A id=1; A id=1; B id=1",
                        "A id=1; B id=1; A id=2; A id=1; B id=1",
                        0,
                        List.of(3L)),
                new Case(
                        "every A by id is followed by B within 10 ms",
                        "A id=1 t=0; B id=1 t=10",
                        "A id=1 t=0; C t=11; B id=1 t=12",
                        2,
                        List.of(1L)),
                new Case(
                        "every A by id is followed by B within 10 ms",
                        "A id=1 t=0; C t=11; B id=1 t=9",
                        "A id=1 t=0; C t=5",
                        0,
                        List.of(1L)),
                new Case("every B by id is preceded by A", "A id=1; B id=1; B id=1", "A id=1; B id=2", 2, List.of()),
                new Case(
                        "every B by id is preceded by A within 1 s",
                        "A id=1 t=0; A id=1 t=900; B id=1 t=1900",
                        "A id=1 t=0; B id=1 t=1001",
                        2,
                        List.of(1L)),
                new Case(
                        "never READ after CLOSE by h until OPEN",
                        "OPEN h=1; READ h=1; CLOSE h=1; OPEN h=1; READ h=1",
                        "OPEN h=1; CLOSE h=1; READ h=2; READ h=1",
                        4,
                        List.of(2L)),
                new Case(
                        "never PANIC (level >= 3)",
                        "PANIC level=2; PANIC level=x",
                        "OK; PANIC level=3.0",
                        2,
                        List.of()),
                new Case(
                        "at most once COMMIT by tx",
                        "COMMIT tx=1; COMMIT tx=2",
                        "COMMIT tx=1; COMMIT tx=2; COMMIT tx=1",
                        3,
                        List.of(1L)),
                new Case(
                        "at most 2 times TRY | RETRY",
                        "TRY lane=a; RETRY lane=a; TRY lane=b",
                        "TRY; RETRY; RETRY; TRY",
                        3,
                        List.of(1L, 2L)),
                new Case(
                        "never together IN .. OUT by m",
                        "IN m=1 lane=a; IN m=1 lane=a; OUT m=1 lane=a; OUT m=1 lane=a; IN m=1 lane=b",
                        "IN m=1 lane=a; IN m=2 lane=b; IN m=1 lane=b",
                        3,
                        List.of(1L)),
                new Case(
                        "never together W .. X and R .. S by m across who",
                        "R m=1 who=a; R m=1 who=b; S m=1 who=a; S m=1 who=b; W m=1 who=c",
                        "R m=1 who=a; W m=1 who=b",
                        2,
                        List.of(1L)),
                new Case(
                        "conserve PUT - GET >= 0 by q",
                        "PUT q=1; GET q=1; PUT q=1",
                        "PUT q=1; GET q=2; GET q=1",
                        2,
                        List.of()),
                new Case(
                        "conserve sum of IN - sum of OUT = 0 at end",
                        "IN sum=0.1; IN sum=0.2; OUT sum=0.3",
                        "IN sum=1; OUT sum=2",
                        0,
                        List.of(1L, 2L)),
                new Case(
                        "monotone n by s",
                        "A n=1 s=1; A n=5 s=2; A n=1 s=1; A n=9 s=1",
                        "A n=2 s=1; A n=1 s=1",
                        2,
                        List.of(1L)),
                new Case("monotone n falling strictly on A", "A n=3; B n=9; A n=2", "A n=3; A n=3", 2, List.of(1L)),
                new Case("monotone n step 1", "A n=9; A n=10; A n=11", "A n=9; A n=10; A n=12", 3, List.of(2L)),
                new Case("bound c 0 .. 85 on S", "S c=0; S c=85.0; T c=99", "S c=85; S c=85.001", 2, List.of()),
                new Case("bound c >= -1", "S c=-1", "S c=-1.5", 1, List.of()),
                new Case(
                        "deadline A -> B by id within 200 us",
                        "A id=1 t=0; A id=2 t=0; B id=2 t=0; B id=1 t=0; A id=3 t=0",
                        "A id=1 t=0; B id=2 t=0; C t=1; B id=1 t=2",
                        3,
                        List.of(1L)),
                new Case(
                        "deadline A -> B within 5 ms",
                        "A t=0; A t=3; B t=5; B t=8",
                        "A t=0; A t=3; B t=5; B t=9",
                        4,
                        List.of(2L)),
                new Case(
                        "fifo IN -> OUT of x by q",
                        "IN x=1 q=a; IN x=2 q=a; IN x=3 q=b; OUT x=3 q=b; OUT x=1 q=a; OUT x=2 q=a",
                        "IN x=1; IN x=2; OUT x=2; OUT x=1",
                        0,
                        null),
                new Case(
                        "fifo IN -> OUT of x",
                        "IN x=1; IN x=1; OUT x=1; OUT x=1",
                        "IN x=1; IN x=2; OUT x=2; OUT x=1",
                        3,
                        List.of(1L)),
                new Case("fifo IN -> OUT of x", "IN x=1", "IN x=1; OUT x=1; OUT x=1", 3, List.of()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aRunThatKeepsTheRuleIsKept(Case it) throws Exception {
        assertThat(Events.check(it.rule, Events.of(it.good), false).verdict()).isEqualTo(Verdict.KEPT);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theFirstViolatingEventIsNamedWithItsWitness(Case it) throws Exception {
        if (it.witness == null) {
            return;
        }
        List<Events.Event> run = Events.of(it.bad);
        Violation first = Events.check(it.rule, run, false).first().orElseThrow();

        assertThat(first.number()).isEqualTo(it.first == 0 ? run.size() + 1 : it.first);
        assertThat(first.event().map(e -> e.at().line()).orElse(0L)).isEqualTo(it.first);
        assertThat(first.witness().stream().map(w -> w.at().line())).isEqualTo(it.witness);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void cuttingAfterTheViolationKeepsItAndCuttingBeforeRemovesIt(Case it) throws Exception {
        if (it.witness == null) {
            return;
        }
        List<Events.Event> run = Events.of(it.bad);
        for (int n = 0; n <= run.size(); n++) {
            RuleResult found = Events.check(it.rule, run.subList(0, n), true);

            boolean after = it.first > 0 && n >= it.first;
            assertThat(found.first().map(Violation::number).orElse(0L))
                    .as("cut to %d", n)
                    .isEqualTo(after ? it.first : 0);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void independentEventsChangeNoVerdict(Case it) throws Exception {
        if (it.rule.contains("no others") || it.rule.equals("bound c >= -1")) {
            return;
        }
        Seeds.each(20, seed -> {
            Random random = new Random(seed);
            for (String text : List.of(it.good, it.bad)) {
                List<Events.Event> run = Events.of(text);
                List<Events.Event> more = new ArrayList<>();
                for (Events.Event e : run) {
                    while (random.nextInt(3) == 0) {
                        more.add(new Events.Event("OTHER", List.of(), 1_000 + random.nextInt(1_000)));
                    }
                    more.add(e);
                }
                RuleResult plain = Events.check(it.rule, run, false);
                RuleResult found = Events.check(it.rule, more, false);

                assertThat(found.verdict()).isEqualTo(plain.verdict());
                assertThat(found.first().flatMap(Violation::event).map(Witness::at))
                        .isEqualTo(plain.first().flatMap(Violation::event).map(Witness::at));
                assertThat(found.first().map(Violation::found))
                        .isEqualTo(plain.first().map(Violation::found));
            }
        });
    }

    @Test
    void ofSeveralRulesTheLeastEventComesFirst() throws Exception {
        RuleResult found = Events.check(
                "at most once A\nat most once B\nevery C is followed by D\n", Events.of("C; B; B; A; A; A"), false);

        assertThat(found.first().orElseThrow().rule().line()).isEqualTo(3);
        assertThat(found.rules().stream().map(RuleOutcome::violations)).containsExactly(2L, 1L, 1L);
    }

    @Test
    void moreOpenKeysThanAllowedAreUndecidedAndNoFalseAlarm() throws Exception {
        RuleChecker checker = new RuleChecker(RuleFile.parse("r", RuleFile.MAGIC + "\n" + MACHINE), 2);
        Events.of("NEW id=1; NEW id=2; NEW id=3; RUN id=3; RUN id=1; DONE id=1; RUN id=2; DONE id=2")
                .forEach(checker::take);
        RuleResult found = checker.end(false);

        assertThat(found.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(found.rules().get(0).keys()).isEqualTo(2);
    }

    @Test
    void asManyOpenKeysAsAllowedAreDecided() throws Exception {
        RuleChecker checker =
                new RuleChecker(RuleFile.parse("r", RuleFile.MAGIC + "\nevery A by id is followed by B"), 2);
        Events.of("A id=1; A id=2; B id=1; A id=3; B id=2; B id=3").forEach(checker::take);

        assertThat(checker.end(false).verdict()).isEqualTo(Verdict.KEPT);
    }

    @Test
    void aRuleThatSpeaksOfNothingAndOneThatLacksItsKeySaySo() throws Exception {
        RuleResult found = Events.check("at most once A by id\nat most once B by id\n", Events.of("A; A"), false);

        assertThat(found.rules().stream().map(RuleOutcome::events)).containsExactly(2L, 0L);
        assertThat(found.rules().get(0).incomplete()).isEqualTo(2);
        assertThat(found.verdict()).isEqualTo(Verdict.KEPT);
    }

    @ParameterizedTest
    @CsvSource({"1e999999999,false", "1e400,false", "1e300,true", "0x10,false", "NaN,false", "-0.50,true"})
    void onlyNumbersThatCanBeComputedWithAreNumbers(String text, boolean is) {
        assertThat(Decimals.parse(text) != null).isEqualTo(is);
    }
}

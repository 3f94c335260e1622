package io.dettrace.oracle.mine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.event.Field;
import io.dettrace.oracle.rules.Events;
import io.dettrace.oracle.rules.Rule;
import io.dettrace.oracle.rules.RuleChecker;
import io.dettrace.oracle.rules.RuleFile;
import io.dettrace.oracle.rules.RuleOutcome;
import io.dettrace.oracle.rules.RuleResult;
import io.dettrace.oracle.rules.Scope;
import io.dettrace.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MinerTest {
    private static final Scope BY_ID = new Scope(List.of("id"));

    @Test
    void minedRulesAreAcceptedAndHoldOnTheirRuns() throws Exception {
        Seeds.each(120, seed -> {
            List<List<Events.Event>> runs = randomRuns(new Random(seed));
            Mined mined = mine(runs, 2, BY_ID, Scope.EACH_LANE);
            Rule.All read = RuleFile.parse("mined", mined.write(List.of("test"), List.of("kind"), List.of()));

            assertThat(read.entries().stream().map(Rule.Entry::rule).toList())
                    .containsExactlyInAnyOrderElementsOf(
                            mined.rules().stream().map(Mined.Candidate::rule).toList());
            for (List<Events.Event> run : runs) {
                assertThat(violated(read, run)).isEmpty();
            }
        });
    }

    private static Mined selfChecked(List<List<Events.Event>> runs) {
        Miner miner = new Miner(List.of(BY_ID), Set.of());
        for (List<Events.Event> run : runs) {
            Miner.Pass pass = miner.run();
            run.forEach(e -> pass.take(e, e.fields()));
            pass.end();
        }
        Mined mined = miner.mine(2);
        SelfCheck check = new SelfCheck(miner, mined, 2, 1_000);
        for (List<Events.Event> run : runs) {
            SelfCheck.Pass pass = check.run();
            run.forEach(pass::take);
            pass.end();
        }
        return check.checked(mined);
    }

    @Test
    void deadlinesAreOfferedAsCommentsWithAMarginWhereEachRunIsWithinThatOfTheOthers() throws Exception {
        List<Events.Event> fast = Events.of("A id=1 t=0; A id=2 t=1; B id=2 t=3; B id=1 t=4");
        List<Events.Event> usual = Events.of("A id=1 t=0; A id=1 t=2; B id=1 t=6; A id=2 t=7; B id=2 t=8");
        List<Events.Event> slow = Events.of("A id=1 t=0; B id=1 t=90; A id=2 t=91; B id=2 t=92");

        Mined mined = selfChecked(List.of(fast, usual, usual));

        assertThat(mined.choices())
                .extracting(c -> c.rule() + ": " + c.evidence())
                .containsExactly("every A by id is followed by B within 20 ms: "
                        + "choice: the longest of 6 delays took 6 ms; by run 4 ms to 6 ms");
        String file = mined.write(List.of("test"), List.of("kind"), List.of());
        assertThat(RuleFile.parse("mined", file).entries()).hasSameSizeAs(mined.rules());
        String chosen = file.replace("# every", "every");
        assertThat(violated(RuleFile.parse("mined", chosen), usual)).isEmpty();
        assertThat(violated(RuleFile.parse("mined", chosen), slow)).hasSize(1);
        assertThat(selfChecked(List.of(fast, usual, slow)).choices()).isEmpty();
        assertThat(selfChecked(List.of(slow)).choices()).isEmpty();
    }

    @Test
    void theRulesThatHeldMostOftenAreKeptAndTheOthersCounted() {
        List<Events.Event> run = Events.of("A id=1; B id=1; A id=2; B id=2; A id=3; B id=3; C id=3; C id=2");
        Mined all = selfChecked(List.of(run, run));

        Mined kept = all.strongest(3);

        long least =
                kept.rules().stream().mapToLong(Mined.Candidate::held).min().orElseThrow();
        assertThat(kept.rules()).hasSize(3);
        assertThat(all.rules()).containsAll(kept.rules());
        assertThat(all.rules()).filteredOn(c -> !kept.rules().contains(c)).allMatch(c -> c.held() <= least);
        assertThat(kept.notes())
                .contains("and " + (all.rules().size() - 3) + " more rules that were seen less often: --all");
        assertThat(all.strongest(1_000)).isEqualTo(all);
    }

    @Test
    void theShareOfRulesThatHoldInARunLeftOutIsCounted() {
        List<Events.Event> ordered = Events.of("A id=1; B id=1; A id=2; B id=2");
        List<Events.Event> repeated = Events.of("A id=1; A id=1; B id=1; A id=2; B id=2");

        assertThat(selfChecked(List.of(ordered, ordered, ordered)).notes())
                .contains(
                        "Checked: all 5 rules hold on all 3 runs.",
                        "Leaving one run out: of 15 rules mined from the others 15 (100.0 %) held in the run left out.");
        assertThat(selfChecked(List.of(ordered, ordered, repeated)).notes())
                .anyMatch(n -> n.startsWith("Leaving one run out: of ")
                        && n.contains("; one that did not, and is not offered: at most once A by id"));
        assertThat(selfChecked(List.of(ordered)).notes())
                .noneMatch(n -> n.startsWith("Leaving"))
                .anyMatch(n -> n.equals("Checked: all 4 rules hold on the run."));
    }

    @Test
    void whatIsLeftOutFollowsFromWhatIsOffered() throws Exception {
        int[] leftOut = {0, 0};
        Seeds.each(120, seed -> {
            Random random = new Random(seed);
            Mined mined = mine(randomRuns(random), 2, BY_ID);
            Rule.All offered = entries(mined.rules());
            Rule.All implied = entries(mined.implied());
            leftOut[0] += implied.entries().size();
            for (int i = 0; i < 100; i++) {
                List<Events.Event> any = randomRun(random, 1, 1 + random.nextInt(7));
                if (violated(offered, any).isEmpty()) {
                    assertThat(violated(implied, any))
                            .as("%s of %s", any, mined)
                            .isEmpty();
                    leftOut[1]++;
                }
            }
        });
        assertThat(leftOut[0]).isPositive();
        assertThat(leftOut[1]).isPositive();
    }

    @Test
    void whatOneRunViolatesIsNotOffered() {
        String good = "A id=1; B id=1; A id=2; B id=2; ";
        List<String> all =
                texts(mine(List.of(Events.of(good), Events.of(good + "B id=3; B id=4; A id=5; ")), 2, BY_ID));

        assertThat(all)
                .contains("never A after B by id")
                .noneMatch(r -> r.contains("followed") || r.contains("preceded"));
    }

    @Test
    void ofALifeCycleOnlyTheStepsAreOffered() {
        String run = "NEW id=1; RUN id=1; NEW id=2; RUN id=2; END id=2; END id=1; ";
        Mined mined = mine(List.of(Events.of(run), Events.of(run)), 2, BY_ID);

        assertThat(texts(mined))
                .containsExactlyInAnyOrder(
                        "at most once END by id",
                        "at most once NEW by id",
                        "at most once RUN by id",
                        "every NEW by id is followed by RUN",
                        "every RUN by id is followed by END",
                        "every RUN by id is preceded by NEW",
                        "every END by id is preceded by RUN");
    }

    @Test
    void kindsThatTakeTurnsAreAMachine() {
        String run = "GET id=1; USE id=1; PUT id=1; GET id=2; GET id=1; USE id=2; USE id=1; PUT id=1; PUT id=2; ";
        List<String> all = texts(mine(List.of(Events.of(run + run)), 2, BY_ID));

        assertThat(all).containsExactly("machine turns by id: GET -> USE -> PUT -> GET; start GET; final PUT");
    }

    @Test
    void aKindThatComesUpLateDoesNotTakeTurnsWithWhatWasRepeatedBefore() {
        String run = "A id=1; A id=1; A id=2; B id=2; A id=2; B id=2; A id=3; B id=3; A id=3; B id=3; ";

        assertThat(texts(mine(List.of(Events.of(run)), 2, BY_ID))).noneMatch(r -> r.startsWith("machine"));
    }

    @Test
    void aRangeThatOnlyOneRunReachesIsNotOffered() {
        String low = "S c=1 n=1; S c=9 n=2; ";
        String high = "S c=1 n=1; S c=10 n=2; ";

        assertThat(texts(mine(List.of(Events.of(low), Events.of(low)), 2, BY_ID)))
                .contains("bound c 1 .. 9 on S");
        assertThat(texts(mine(List.of(Events.of(low), Events.of(high)), 2, BY_ID)))
                .noneMatch(r -> r.contains("bound c"));
    }

    @Test
    void aCounterIsOfferedWithItsStep() {
        String run = "S n=4 lane=a; S n=7 lane=b; S n=6 lane=a; S n=9 lane=b; S n=8 lane=a; ";

        assertThat(texts(mine(List.of(Events.of(run)), 2, Scope.EACH_LANE))).contains("monotone n step 2");
    }

    @Test
    void aRuleSeenTooRarelyInOneRunIsNotOffered() {
        List<Events.Event> often = Events.of("A id=1; B id=1; A id=2; B id=2; A id=3; B id=3");
        List<Events.Event> rarely = Events.of("A id=1; B id=1; A id=2; B id=2");

        assertThat(texts(mine(List.of(often, rarely), 3, BY_ID))).isEmpty();
        assertThat(texts(mine(List.of(often, rarely), 2, BY_ID))).isNotEmpty();
    }

    @Test
    void idsAreKeysAndStatesAndCountersAreNot() {
        List<Events.Event> run = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            run.addAll(Events.of("A id=" + i + " level=x n=" + 2 * i + "; B id=" + i + " level=y n=" + (2 * i + 1)));
        }
        List<List<Field>> sample = new ArrayList<>();
        run.forEach(e -> {
            List<Field> fields = new ArrayList<>(e.fields());
            fields.add(new Field("kind", Field.Type.STRING, e.kind()));
            sample.add(fields);
        });

        assertThat(KeyFields.infer(List.of(sample, sample), List.of("kind"), Set.of()))
                .containsExactly("id");
    }

    // ---- help ------------------------------------------------------------------------------------------------------

    /** Runs of one random program: each key goes along one of two ways, with some noise. */
    private static List<List<Events.Event>> randomRuns(Random random) {
        int way = random.nextInt(1 << 12);
        List<List<Events.Event>> runs = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            StringBuilder run = new StringBuilder();
            for (int key = 0; key < 4; key++) {
                int rounds = 1 + random.nextInt(1 + (way & 1));
                for (int r = 0; r < rounds; r++) {
                    for (int k = 0; k < 4; k++) {
                        if ((way >> k + 1 & 1) == 0 || random.nextInt(8) > 0) {
                            run.append("ABCD".charAt(k ^ way >> 8 & 3))
                                    .append(" id=")
                                    .append(key)
                                    .append("; ");
                        }
                    }
                }
            }
            runs.add(Events.of(run.toString()));
        }
        return runs;
    }

    private static List<Events.Event> randomRun(Random random, int keys, int length) {
        StringBuilder run = new StringBuilder();
        for (int i = 0; i < length; i++) {
            run.append("ABCD".charAt(random.nextInt(4)))
                    .append(" id=")
                    .append(random.nextInt(keys))
                    .append("; ");
        }
        return Events.of(run.toString());
    }

    private static Mined mine(List<List<Events.Event>> runs, int support, Scope... scopes) {
        Miner miner = new Miner(List.of(scopes), Set.of("id"));
        for (List<Events.Event> run : runs) {
            Miner.Pass pass = miner.run();
            run.forEach(e -> pass.take(e, e.fields()));
            pass.end();
        }
        return miner.mine(support);
    }

    private static List<String> texts(Mined mined) {
        return mined.rules().stream().map(c -> c.rule().toString()).toList();
    }

    private static Rule.All entries(List<Mined.Candidate> rules) throws Exception {
        StringBuilder text = new StringBuilder(RuleFile.MAGIC).append('\n');
        rules.forEach(c -> text.append(c.rule()).append('\n'));
        return RuleFile.parse("r", text.toString());
    }

    private static List<String> violated(Rule.All rules, List<Events.Event> run) {
        RuleChecker checker = new RuleChecker(rules, 1_000);
        run.forEach(checker::take);
        RuleResult found = checker.end(false);
        return found.rules().stream()
                .filter(r -> r.violations() > 0)
                .map((RuleOutcome r) -> r.rule().text())
                .toList();
    }
}

package io.dettrace.incident.culprit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.incident.window.Names;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Who is to blame in windows whose truth is plain. */
class CulpritFinderTest {
    private static final int MANY = 60;

    /** Makes a request, by its number, with a random source for its times. */
    private interface Shape extends BiConsumer<Requests, Random> {}

    private static Findings compare(Shape before, Shape now) {
        Names names = new Names();
        Requests baseline = new Requests(names);
        Requests incident = new Requests(names);
        Random random = new Random(1);
        for (int i = 0; i < MANY; i++) {
            before.accept(baseline.request(), random);
            now.accept(incident.request(), random);
        }
        return new CulpritFinder(baseline.window(), incident.window(), 0.05).find();
    }

    private static Culprit first(Shape before, Shape now) {
        return compare(before, now).culprits().get(0);
    }

    /** web calls cart, which calls stock. */
    private static void shop(Requests r, Random random, long cartOwn, long stockOwn, long gap, boolean stockFails) {
        r.serve("web", "GET /").pass(5 + random.nextInt(3));
        r.call("web", "GET").pass(1).serve("cart", "GET /cart").pass(cartOwn + random.nextInt(3));
        r.call("cart", "GET").pass(1 + gap).serve("stock", "GET /stock").pass(stockOwn + random.nextInt(3));
        if (stockFails) {
            r.fail().pass(1).fail().pass(1).fail().pass(1).fail().pass(1).fail();
        } else {
            r.end().pass(1).end().pass(1).end().pass(1).end().pass(1).end();
        }
    }

    private static void fine(Requests r, Random random) {
        shop(r, random, 10, 10, 0, false);
    }

    @Test
    void nothingDepartsWhereNothingChanged() {
        assertThat(compare(CulpritFinderTest::fine, CulpritFinderTest::fine).culprits())
                .isEmpty();
    }

    @Test
    void aServiceThatIsSlowByItselfIsToBlameAndNotThoseWhoWaitForIt() {
        Findings found = compare(CulpritFinderTest::fine, (r, random) -> shop(r, random, 10, 300, 0, false));
        assertThat(found.culprits()).extracting(Culprit::service).containsExactly("stock");
        assertThat(found.culprits().get(0).cause().kind()).isEqualTo(Departure.Kind.OWN_TIME);
        assertThat(found.culprits().get(0).cause().change()).isBetween(280.0, 300.0);
    }

    @Test
    void aFailureBelongsToWhomItBeginsAt() {
        Culprit culprit =
                first(CulpritFinderTest::fine, (r, random) -> shop(r, random, 10, 10, 0, random.nextBoolean()));
        assertThat(culprit.service()).isEqualTo("stock");
    }

    @Test
    void aDelayBetweenTwoServicesIsACallGapOfTheCallee() {
        Culprit culprit = first(CulpritFinderTest::fine, (r, random) -> shop(r, random, 10, 10, 200, false));
        assertThat(culprit.service()).isEqualTo("stock");
        assertThat(culprit.cause().kind()).isEqualTo(Departure.Kind.CALL_GAP);
        assertThat(culprit.cause().subject()).isEqualTo("cart>stock");
    }

    @Test
    void aCallerThatIsSlowToHearAnswersOwnsTheGapsOfAllItsCalls() {
        Shape before = (r, random) -> fanOut(r, random, 0);
        Culprit culprit = first(before, (r, random) -> fanOut(r, random, 100));
        assertThat(culprit.service()).isEqualTo("web");
    }

    private static void fanOut(Requests r, Random random, long gap) {
        r.serve("web", "GET /").pass(5);
        for (String callee : List.of("cart", "stock", "price", "ads")) {
            r.call("web", "GET")
                    .pass(1 + gap + random.nextInt(2))
                    .serve(callee, "GET")
                    .pass(10);
            r.end().pass(1).end().pass(1);
        }
        r.end();
    }

    @Test
    void anExceptionIsPlacedBetweenTheLogStatementsAroundIt() {
        Culprit culprit = first((r, random) -> steps(r, true), (r, random) -> steps(r, false));
        assertThat(culprit.service()).isEqualTo("web");
        assertThat(culprit.cause().from()).isEqualTo("A#1");
        assertThat(culprit.cause().expected()).isEqualTo("A#2");
        assertThat(culprit.cause().instead()).isEqualTo("A#9");
    }

    private static void steps(Requests r, boolean whole) {
        r.serve("web", "GET /").pass(1).log("INFO", "A#1").pass(1);
        if (whole) {
            r.log("INFO", "A#2").pass(1).log("INFO", "A#3").pass(1).end();
        } else {
            r.log("ERROR", "A#9").pass(2).fail();
        }
    }

    @Test
    void whatFailedBeforeAndNoLongerDoesIsNoDeparture() {
        assertThat(compare((r, random) -> steps(r, false), (r, random) -> steps(r, true))
                        .culprits())
                .isEmpty();
    }

    @Test
    void aDependencyWithoutSpansIsNamedByWhatItsCallersCall() {
        Culprit culprit = first((r, random) -> lookUp(r, random, false), (r, random) -> lookUp(r, random, true));
        assertThat(culprit.service()).isEqualTo("shop.internal");
        assertThat(culprit.cause().kind()).isEqualTo(Departure.Kind.FAILURE);
    }

    private static void lookUp(Requests r, Random random, boolean down) {
        r.serve("web", "GET /").pass(2).call("web", "SELECT", "shop.internal").pass(3 + random.nextInt(2));
        if (down) {
            r.fail().fail();
        } else {
            r.end().pass(1).end();
        }
    }

    @Test
    void callsThatAreNoLongerMadeCountForTheDependencyThatFails() {
        Shape now = (r, random) -> {
            if (random.nextInt(10) == 0) {
                lookUp(r, random, true);
            } else {
                r.serve("web", "GET /").pass(2).fail(); // The breaker is open.
            }
        };
        Culprit culprit = first((r, random) -> lookUp(r, random, false), now);
        assertThat(culprit.service()).isEqualTo("shop.internal");
    }

    @Test
    void eachCulpritShowsTracesThatDepart() {
        Culprit culprit = first(CulpritFinderTest::fine, (r, random) -> shop(r, random, 10, 300, 0, false));
        assertThat(culprit.requests()).hasSize(3).allMatch(t -> t.matches("[0-9a-f]{32}"));
    }
}

package io.dettrace.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which lines a window is said to have. */
class RegionTest {
    private static final String RUN = "demo.Main.lambda$0(Main.java:7)";

    @Test
    void theRegionOfTwoCallsIsTheCallerThatMakesBoth() {
        List<String> read = List.of("demo.Account.get(Account.java:10)", "demo.Bank.transfer(Bank.java:30)", RUN);
        List<String> write = List.of("demo.Account.set(Account.java:14)", "demo.Bank.transfer(Bank.java:33)", RUN);
        Region expected = new Region("demo.Bank.transfer", "Bank.java", 30, 33);
        assertThat(Region.around(read, write)).contains(expected);
        assertThat(Region.around(write, read)).contains(expected);
        assertThat(expected.place()).isEqualTo("demo.Bank.transfer(Bank.java:30-33)");
    }

    @Test
    void theRegionInsideOneCallIsThatCallsOwn() {
        List<String> read = List.of("demo.Account.add(Account.java:10)", "demo.Bank.pay(Bank.java:30)", RUN);
        List<String> write = List.of("demo.Account.add(Account.java:11)", "demo.Bank.pay(Bank.java:30)", RUN);
        assertThat(Region.around(read, write)).contains(new Region("demo.Account.add", "Account.java", 10, 11));
    }

    @Test
    void twoCallsOnOneLineHaveThatLine() {
        List<String> one = List.of("demo.A.f(A.java:1)", "demo.B.sum(B.java:5)");
        List<String> other = List.of("demo.A.g(A.java:2)", "demo.B.sum(B.java:5)");
        assertThat(Region.around(one, other)).contains(new Region("demo.B.sum", "B.java", 5, 5));
    }

    @Test
    void whatHasNoMethodInCommonHasNoRegion() {
        assertThat(Region.around(List.of("demo.A.f(A.java:1)"), List.of("demo.B.g(B.java:1)")))
                .isEmpty();
        assertThat(Region.around(List.of(), List.of(RUN))).isEmpty();
    }
}

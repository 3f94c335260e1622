package io.dettrace.formats.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DrainTest {
    private static String[] tokens(String text) {
        return text.split(" ");
    }

    @Test
    void wordsThatVaryBecomeParameters() {
        Drain drain = new Drain();
        for (String name : List.of("alice", "bob", "carol")) {
            drain.add(tokens("Connection of " + name + " was closed"));
            drain.add(tokens("Transfer of " + name + " has failed"));
        }
        assertThat(drain.of(tokens("Connection of bob was closed")).template())
                .isEqualTo("Connection of <*> was closed");
        assertThat(drain.of(tokens("Transfer of bob has failed")).template()).isEqualTo("Transfer of <*> has failed");
    }

    @Test
    void messagesOfAnotherLengthOrStartAreOthers() {
        Drain drain = new Drain();
        drain.add(tokens("a b c d"));
        drain.add(tokens("a b c"));
        drain.add(tokens("x b c d"));
        assertThat(drain.of(tokens("a b c d")).template()).isEqualTo("a b c d");
        assertThat(drain.of(tokens("a b c")).template()).isEqualTo("a b c");
        assertThat(drain.of(tokens("never seen")).template()).isEqualTo("never seen");
    }

    @Test
    void messagesThatAgreeInLessThanTheThresholdAreOthers() {
        Drain drain = new Drain();
        drain.add(tokens("a b c d e f"));
        drain.add(tokens("a b x y z f"));
        assertThat(drain.of(tokens("a b c d e f")).template()).isEqualTo("a b <*> <*> <*> f");
        drain.add(tokens("q r c d e f"));
        drain.add(tokens("q r x y z u"));
        assertThat(drain.of(tokens("q r c d e f")).template()).isEqualTo("q r c d e f");
    }

    @Test
    void aNodeOfManyBranchesSharesOne() {
        Drain drain = new Drain();
        for (int i = 0; i < Drain.MAX_BRANCHES + 50; i++) {
            String name = "w" + (char) ('a' + i / 26) + (char) ('a' + i % 26);
            drain.add(tokens(name + " joined the group now"));
        }
        assertThat(drain.of(tokens("wzz joined the group now")).template()).isEqualTo("<*> joined the group now");
    }
}

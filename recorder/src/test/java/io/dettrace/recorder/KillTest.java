package io.dettrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.testkit.Seeds;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
    @TempDir
    Path folder;

    @Test
    void killedProcessLeavesEveryEventWhoseCallReturnedAndNoOther() {
        AtomicLong events = new AtomicLong();
        Seeds.each(
                20,
                seed -> events.addAndGet(
                        KillCheck.once(folder.resolve("run-" + seed), seed).events()));
        assertThat(events.get()).isPositive();
    }
}

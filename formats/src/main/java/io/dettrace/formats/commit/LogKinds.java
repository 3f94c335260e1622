package io.dettrace.formats.commit;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The logs that are known. */
final class LogKinds {
    /** Lines at the beginning by which a log is told. */
    static final int LOOK = 400;

    private static final List<Supplier<LogKind>> ALL = List.of(
            SpikeLog::new,
            SailLog::new,
            RocketLog::new,
            TracerLog::new,
            ArianeLog::new,
            WhisperLog::new,
            ImperasLog::new,
            QemuLog::new,
            DvCsv::new);

    private LogKinds() {}

    /** The log whose instructions the lines hold: two at least, and a tenth of the lines that are not empty. */
    static Optional<LogKind> of(List<String> lines) {
        List<String> head = lines.stream().filter(l -> !l.isBlank()).limit(LOOK).toList();
        LogKind best = null;
        int most = Math.max(1, head.size() / 10);
        for (Supplier<LogKind> kind : ALL) {
            LogKind candidate = kind.get();
            int n = candidate.matches(head);
            if (n > most) {
                most = n;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }
}

package io.dettrace.formats.jsonl;

import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import java.util.List;
import java.util.Optional;

/** Any lines on the fast and on the exact path; the first byte chooses the mapping. */
public final class FastScannerFuzz {
    private static final List<String> PATHS = List.of("a", "b", "a.b", "lane", "id", "ts", "p");

    private FastScannerFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        Mapping.Builder b = Mapping.builder();
        Role[] roles = Role.values();
        for (int i = 0; i < PATHS.size(); i++) {
            Role role = roles[(data[0] * 31 + i * 7 & 0xFF) % roles.length];
            if (role != Role.COMPARE) {
                b.field(role, PATHS.get(i));
            }
        }
        ScanAgreement agreement = new ScanAgreement(b.build(), Optional.empty());
        int start = 1;
        for (int i = 1; i <= data.length; i++) {
            if (i == data.length || data[i] == '\n') {
                agreement.line(data, start, i);
                start = i + 1;
            }
        }
    }
}

package io.dettrace.formats.fuzz;

import io.dettrace.formats.json.JsonDocumentFormat;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import java.io.IOException;

/** Any bytes as a JSON document. */
public final class JsonDocumentFuzz {
    private static final Mapping MAPPING = Mapping.builder()
            .field(Role.LANE, "l")
            .field(Role.KIND, "k")
            .field(Role.TIME, "t")
            .field(Role.ID, "i")
            .field(Role.EVENT, "e")
            .field(Role.LINK, "p")
            .field(Role.CLOCK, "c")
            .field(Role.IGNORE, "x.*")
            .build();

    private JsonDocumentFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        FuzzFile.check(new JsonDocumentFormat(), FuzzFile.of(data, 0), MAPPING);
    }
}

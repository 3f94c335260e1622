package io.dettrace.formats.fuzz;

import io.dettrace.event.InputException;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.MappingFile;
import java.nio.charset.StandardCharsets;

/** Any text as a mapping file; what is read and written is read as the same again. */
public final class MappingFileFuzz {
    private MappingFileFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws InputException {
        Mapping mapping;
        try {
            mapping = MappingFile.parse("fuzzed.mapping", new String(data, StandardCharsets.UTF_8));
        } catch (InputException e) {
            FuzzFile.require(
                    e.getMessage().startsWith("fuzzed.mapping:"), "a message without its place: " + e.getMessage());
            return;
        }
        mapping.plan("a.b");
        String written = MappingFile.write(mapping);
        Mapping again = MappingFile.parse("written.mapping", written);
        FuzzFile.require(again.equals(mapping), "written and read again it is another mapping:\n" + written);
    }
}

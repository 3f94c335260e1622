package io.dettrace.formats.spans;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Files of the tests. */
final class Resources {
    private Resources() {}

    static byte[] bytes(String name) throws IOException {
        try (InputStream in = Resources.class.getResourceAsStream("/" + name)) {
            return in.readAllBytes();
        }
    }

    static Path path(String name) throws Exception {
        return Path.of(Resources.class.getResource("/" + name).toURI());
    }
}

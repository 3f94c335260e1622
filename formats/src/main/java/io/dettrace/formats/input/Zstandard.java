package io.dettrace.formats.input;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;

/** The only class that touches the zstd library, so that it is loaded when a file needs it and not before. */
final class Zstandard {
    private Zstandard() {}

    static InputStream open(InputStream raw) throws IOException {
        return new ZstdInputStreamNoFinalizer(raw);
    }
}

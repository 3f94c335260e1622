package io.dettrace.formats;

import io.dettrace.event.Run;
import io.dettrace.normalize.Mapping;
import java.io.Closeable;
import java.io.IOException;

/**
 * Two runs that are ready to be compared.
 *
 * @param mapping how both are read, with the reasons
 * @param identicalBytes size of the files if they are large and the same, byte for byte; else -1
 */
public record RunPair(Run baseline, Run candidate, Mapping mapping, long identicalBytes) implements Closeable {
    @Override
    public void close() throws IOException {
        try {
            baseline.close();
        } finally {
            candidate.close();
        }
    }
}

package io.dettrace.formats;

/** Told how far reading has come, every now and then. */
@FunctionalInterface
public interface ReadProgress {
    /**
     * @param bytes decompressed bytes read so far
     * @param events events read so far
     */
    void update(long bytes, long events);
}

package io.dettrace.recorder;

/** An event that could not be written, for programs that asked to be told (see {@link Recorder.Builder#throwing}). */
public final class RecorderException extends RuntimeException {
    RecorderException(String message) {
        super(message);
    }
}

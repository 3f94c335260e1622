package io.dettrace.recorder;

import java.io.IOException;

/** A recording that cannot be read; what kind of trouble it is, is its class. */
public class RecordingException extends IOException {
    RecordingException(String message) {
        super(message);
    }

    /** The files are damaged: not what a recorder wrote, nor what a killed process leaves. */
    public static final class Corrupt extends RecordingException {
        Corrupt(String message) {
            super(message);
        }
    }

    /** The files were written by a version so old that this one does not read it. */
    public static final class TooOld extends RecordingException {
        TooOld(String message) {
            super(message);
        }
    }

    /** The files were written by a newer version. */
    public static final class TooNew extends RecordingException {
        TooNew(String message) {
            super(message);
        }
    }
}

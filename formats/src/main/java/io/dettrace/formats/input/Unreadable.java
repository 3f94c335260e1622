package io.dettrace.formats.input;

import io.dettrace.event.InputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;

/** Says in the user's words why a file cannot be read. */
final class Unreadable {
    private Unreadable() {}

    static InputException because(String name, IOException e) {
        if (e instanceof InputException known) {
            return known;
        }
        if (e instanceof NoSuchFileException) {
            return new InputException(name + ": there is no such file; check the name", e);
        }
        if (e instanceof AccessDeniedException) {
            return new InputException(name + ": may not be read; check its permissions", e);
        }
        if (e instanceof FileSystemLoopException) {
            return new InputException(name + ": a symbolic link leads back to a folder above it; remove the link", e);
        }
        String why = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e.getMessage();
        return new InputException(name + ": cannot be read: " + why, e);
    }
}

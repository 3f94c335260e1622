package io.dettrace.replay;

import io.dettrace.replay.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder for what this process and the agent tell each other about a run; it goes away when it is closed. */
final class ControlFolder implements AutoCloseable {
    private final Path path;

    ControlFolder() throws IOException {
        path = Files.createTempDirectory("dettrace");
    }

    Path path() {
        return path;
    }

    /** Writes the agent's orders and names the file. */
    Path control(Schedule orders) throws IOException {
        Path control = path.resolve("control");
        orders.write(control);
        return control;
    }

    @Override
    public void close() throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(path)) {
            files = listed.toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(path);
    }
}

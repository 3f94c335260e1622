package io.dettrace.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A recorded run that a live one is checked against: read from a recording, or from JSON lines, which people can read and
 * version control can compare.
 *
 * @param events all events in their order
 */
public record RecordedRun(List<RecordedEvent> events) {
    /** A run of these events. */
    public RecordedRun {
        events = List.copyOf(events);
    }

    /**
     * Reads {@code path}: the folder of a recording, or a file of JSON lines as {@link Recording#exportJsonLines(Path)}
     * writes it.
     *
     * @throws RecordingException if it is neither (the message names file, line and column), or if events were dropped
     * @throws IOException if it cannot be read
     */
    public static RecordedRun read(Path path) throws IOException {
        return Files.isDirectory(path) ? new RecordedRun(Recording.open(path).events()) : read(path, JsonForm.PLAIN);
    }

    /**
     * Reads JSON lines of a form. Without a lane, all events are in one called {@code run}. Numbers and links are not read:
     * events are numbered as they come.
     *
     * @throws RecordingException if a line is not of that form; the message names file, line and column
     * @throws IOException if it cannot be read
     */
    public static RecordedRun read(Path file, JsonForm form) throws IOException {
        List<RecordedEvent> events = new JsonLinesReader(file, form).read();
        if (!events.isEmpty() && events.get(events.size() - 1).kind().equals(DirectLines.DROPPED_KIND)) {
            throw new RecordingException(file + ": the run is not complete, events were dropped");
        }
        return new RecordedRun(events);
    }
}

package io.dettrace.recorder;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes each event as a line of JSON at once, one system call each: readable while the program runs, as safe against
 * {@code kill -9} as the binary form, and some twenty times slower. Lines stand in the order of their numbers. A line that
 * the disk does not take in full is taken back.
 */
final class DirectLines {
    /** The kind of the last line, if events were dropped: how many. */
    static final String DROPPED_KIND = "$dropped";

    private final JsonForm form;
    private final RecordingId id;
    private final long maxBytes;
    private final FileOutputStream file;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long length;
    private long dropped;
    private boolean closed;
    private @Nullable String problem;

    DirectLines(Path path, JsonForm form, RecordingId id, long maxBytes, boolean overwrite) throws IOException {
        this.form = form;
        this.id = id;
        this.maxBytes = maxBytes;
        if (Files.exists(path) && !overwrite) {
            throw new IOException("the file exists already: name another, or say overwrite()");
        }
        // Not a channel, which an interrupt of the program's thread would close.
        this.file = new FileOutputStream(path.toFile());
    }

    /** The event's number, or {@link Event#DROPPED}. */
    synchronized long write(Event event, Recorder recorder) {
        event.words[1] &= 0xFFF;
        RecordedEvent seen = RecordDecoder.decode(event, id);
        long number = recorder.peekNumber();
        RecordedEvent numbered = new RecordedEvent(number, seen.lane(), seen.kind(), seen.fields(), seen.links());
        if (closed || !append(numbered)) {
            dropped++;
            return Event.DROPPED;
        }
        return recorder.nextNumber();
    }

    private boolean append(RecordedEvent event) {
        try {
            line.reset();
            JsonLinesWriter writer = new JsonLinesWriter(line, form, id);
            writer.write(event);
            writer.finish();
            if (length + line.size() > maxBytes) {
                problem = "the file has reached its cap of " + maxBytes + " bytes; events are dropped and counted";
                return false;
            }
            file.write(line.toByteArray());
            length += line.size();
            return true;
        } catch (IOException e) {
            problem = "cannot write the file: " + e + "; events are dropped and counted";
            takeBack();
            return false;
        }
    }

    private void takeBack() {
        try {
            file.getChannel().truncate(length);
        } catch (IOException e) {
            problem = problem + "; its last line may be cut off: " + e;
            closed = true;
        }
    }

    synchronized @Nullable String problem() {
        return problem;
    }

    /** Ends the file, with a line that says how many events were dropped, if any were. */
    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (file) {
            if (dropped > 0) {
                RecordedEvent last =
                        new RecordedEvent(0, "$recorder", DROPPED_KIND, Map.of("count", dropped), List.of());
                line.reset();
                JsonLinesWriter writer = new JsonLinesWriter(line, form.withNumber(null), id);
                writer.write(last);
                writer.finish();
                file.write(line.toByteArray());
            }
        } catch (IOException e) {
            takeBack();
        }
    }
}

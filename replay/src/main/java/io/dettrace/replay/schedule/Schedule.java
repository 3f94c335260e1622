package io.dettrace.replay.schedule;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A schedule: what distinguishes one execution of a program from the one under the base policy, and a header that says
 * how to run it. As a file it is text in UTF-8 with LF:
 *
 * <pre>
 * dettrace-schedule 1
 * command ["java","-cp","demo.jar","demo.Main"]
 * policy base
 * outcome failure java.lang.IllegalStateException at demo.Queue.take(Queue.java:14)
 * switch 0.1 14 0.2
 * switch 0.2 3.1 0
 * choose 0.1 20 0.3
 * </pre>
 *
 * First the name and version of the format, then the header ({@code key value}, keys once each, unknown keys are kept),
 * then the decisions. Empty lines and lines that begin with {@code #} are passed over. The same schedule is always written
 * as the same bytes. Immutable.
 */
public final class Schedule {
    /** The word that begins every schedule file. */
    public static final String FORMAT = "dettrace-schedule";

    /** The version of the format that is written, and the newest that is read. */
    public static final int VERSION = 1;

    /** Most characters in a line; class paths make long ones. */
    public static final int MAX_LINE = 4_000_000;

    /** Most header lines. */
    public static final int MAX_HEADER_LINES = 1_000;

    /** Most decisions. */
    public static final int MAX_DECISIONS = 10_000_000;

    /** Most characters in a thread's path. */
    public static final int MAX_THREAD_PATH = 1_000;

    /** What stands behind the name of a schedule for the empty file that says that its run has begun. */
    public static final String TAKEN = ".taken";

    private final Map<String, String> header;
    private final List<Preemption> preemptions;
    private final List<Choice> choices;

    private Schedule(Builder from) {
        header = Collections.unmodifiableMap(new LinkedHashMap<>(from.header));
        preemptions = Collections.unmodifiableList(new ArrayList<>(from.preemptions));
        choices = Collections.unmodifiableList(new ArrayList<>(from.choices));
    }

    /**
     * Reads a schedule file.
     *
     * @throws ScheduleException if it is not a schedule; the message names file and line
     */
    public static Schedule parse(Path file) throws IOException {
        try {
            return parse(Files.readAllLines(file, StandardCharsets.UTF_8), file.toString());
        } catch (MalformedInputException e) {
            throw new ScheduleException(file.toString(), 1, "is not text in UTF-8, so it is no schedule file");
        }
    }

    /** Reads the lines of a schedule, which are called {@code file} in messages. */
    public static Schedule parse(List<String> lines, String file) throws ScheduleException {
        return new ScheduleParser(file).parse(lines);
    }

    /** A builder of an empty schedule. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that begins with this schedule. */
    public Builder toBuilder() {
        Builder copy = new Builder();
        copy.header.putAll(header);
        copy.preemptions.addAll(preemptions);
        copy.choices.addAll(choices);
        return copy;
    }

    /** The header's value of a key, or null if it is not there. */
    public @Nullable String header(String key) {
        return header.get(key);
    }

    /** The header's value of a key, or another if it is not there. */
    public String header(String key, String otherwise) {
        String value = header.get(key);
        return value == null ? otherwise : value;
    }

    /** The header in file order. */
    public Map<String, String> header() {
        return header;
    }

    /** The switches of threads, in the order of the file. */
    public List<Preemption> preemptions() {
        return preemptions;
    }

    /** The choices of data, in the order of the file. */
    public List<Choice> choices() {
        return choices;
    }

    /** The schedule as the text of its file. */
    public String text() {
        StringBuilder out = new StringBuilder(256 + 24 * (preemptions.size() + choices.size()));
        out.append(FORMAT).append(' ').append(VERSION).append('\n');
        for (Map.Entry<String, String> e : header.entrySet()) {
            out.append(e.getKey());
            if (!e.getValue().isEmpty()) {
                out.append(' ').append(e.getValue());
            }
            out.append('\n');
        }
        for (Preemption p : preemptions) {
            out.append(p.line()).append('\n');
        }
        for (Choice c : choices) {
            out.append(c.line()).append('\n');
        }
        return out.toString();
    }

    /**
     * Writes the schedule file beside its place and moves it there whole.
     *
     * @throws IOException if it cannot be written; the message names the file and says what to do
     */
    public void write(Path file) throws IOException {
        Path name = file.getFileName();
        if (name == null) {
            throw new IOException(file + ": is not the name of a file");
        }
        Path part = file.resolveSibling(name + ".part");
        try {
            Files.write(part, text().getBytes(StandardCharsets.UTF_8));
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileSystemException named) {
            throw named;
        } catch (IOException e) {
            // The system says only that there is no space left.
            Files.deleteIfExists(part);
            throw new IOException(
                    file + ": " + e.getMessage() + "; make room there, or choose another place for it", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Schedule && text().equals(((Schedule) other).text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return text();
    }

    /** Builds a schedule step by step. Not for use by several threads at a time. */
    public static final class Builder {
        private final Map<String, String> header = new LinkedHashMap<>();
        private final List<Preemption> preemptions = new ArrayList<>();
        private final List<Choice> choices = new ArrayList<>();

        private Builder() {}

        /**
         * Sets a key of the header; a key that is there keeps its place. Line breaks and other control characters in the
         * value become spaces, and spaces around it are cut off.
         *
         * @param key a lower-case letter, then lower-case letters, digits and hyphens
         */
        public Builder header(String key, String value) {
            if (!ScheduleParser.isKey(key)) {
                throw new IllegalArgumentException("not a key of a schedule's header: '" + key + "'");
            }
            header.put(key, oneLine(value));
            return this;
        }

        /** Takes a key out of the header. */
        public Builder withoutHeader(String key) {
            header.remove(key);
            return this;
        }

        /** Takes all decisions out. */
        public Builder withoutDecisions() {
            preemptions.clear();
            choices.clear();
            return this;
        }

        /** Adds a switch of threads. */
        public Builder add(Preemption preemption) {
            preemptions.add(preemption);
            return this;
        }

        /** Adds a choice of data. */
        public Builder add(Choice choice) {
            choices.add(choice);
            return this;
        }

        /** Adds a decision of either kind. */
        public Builder add(Decision decision) {
            if (decision instanceof Preemption) {
                return add((Preemption) decision);
            }
            return add((Choice) decision);
        }

        /** The schedule as built so far. */
        public Schedule build() {
            return new Schedule(this);
        }

        private static String oneLine(String value) {
            StringBuilder out = null;
            for (int i = 0; i < value.length(); i++) {
                if (Character.isISOControl(value.charAt(i))) {
                    out = out == null ? new StringBuilder(value) : out;
                    out.setCharAt(i, ' ');
                }
            }
            return (out == null ? value : out.toString()).strip();
        }
    }
}

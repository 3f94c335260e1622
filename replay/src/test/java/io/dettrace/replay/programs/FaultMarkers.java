package io.dettrace.replay.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the fault of a program lies, read from its source: line comments that begin with {@code fault:} and name one or
 * more of {@code begin}, {@code end} and {@code intruder}, with commas between.
 *
 * <p>Each begin belongs to the next end, on the same line or below it.
 *
 * @param windows the windows that must not be interrupted, in the order of the file
 * @param intruders lines that harm a window when another thread runs them inside it, ascending
 */
public record FaultMarkers(List<Window> windows, List<Integer> intruders) {
    private static final Pattern MARKER = Pattern.compile("// fault: (.*)$");

    /** Lines from the first to the last access of what should be atomic, counted from 1, both included. */
    public record Window(int begin, int end) {
        /** Whether this line is in the window. */
        public boolean contains(int line) {
            return begin <= line && line <= end;
        }
    }

    /** Whether this line is in one of the windows. */
    public boolean inWindow(int line) {
        return windows.stream().anyMatch(window -> window.contains(line));
    }

    /** The markers of this file. */
    static FaultMarkers read(Path file) throws IOException {
        List<Window> windows = new ArrayList<>();
        List<Integer> intruders = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        int open = 0;
        for (int line = 1; line <= lines.size(); line++) {
            Matcher marker = MARKER.matcher(lines.get(line - 1));
            if (!marker.find()) {
                continue;
            }
            for (String word : marker.group(1).split(",\\s*")) {
                switch (word) {
                    case "begin" -> {
                        require(open == 0, file, line, "an end after the begin at line " + open);
                        open = line;
                    }
                    case "end" -> {
                        require(open != 0, file, line, "a begin before this end");
                        windows.add(new Window(open, line));
                        open = 0;
                    }
                    case "intruder" -> intruders.add(line);
                    default -> require(false, file, line, "begin, end or intruder, found '" + word + "'");
                }
            }
        }
        require(open == 0, file, lines.size(), "an end after the begin at line " + open);
        return new FaultMarkers(List.copyOf(windows), List.copyOf(intruders));
    }

    private static void require(boolean holds, Path file, int line, String expected) {
        if (!holds) {
            throw new IllegalStateException(file + ":" + line + ": expected " + expected);
        }
    }
}

package io.dettrace.formats.input;

import io.dettrace.event.InputException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** A pattern for the names of files in one folder, with the wildcards of {@link java.nio.file.FileSystem#getPathMatcher}. */
final class FileGlob {
    private FileGlob() {}

    /** True if the last part of what was written has a wildcard: {@code *}, {@code ?}, {@code [...]} or <code>{a,b}</code>. */
    static boolean isGlob(String written) {
        String name = written.substring(written.lastIndexOf('/') + 1);
        return name.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }

    /** The files that match, at least one, in natural order of their names, without hidden ones. */
    static List<Path> match(String written, int maxFiles) throws IOException {
        int slash = written.lastIndexOf('/');
        Path folder = Path.of(slash < 0 ? "" : written.substring(0, slash + 1));
        String glob = written.substring(slash + 1);
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            for (Path file : files) {
                if (Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".")) {
                    found.add(file);
                }
                if (found.size() > maxFiles) {
                    throw new InputException(written + ": stands for more than " + maxFiles + " files");
                }
            }
        } catch (PatternSyntaxException e) {
            throw new InputException(written + ": is no pattern for file names: " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new InputException(written + ": there is no such file, and none that matches it as a pattern");
        }
        found.sort(Comparator.comparing(Path::toString, NaturalOrder.INSTANCE));
        return found;
    }
}

package io.dettrace.replay;

import io.dettrace.event.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rule by which a command's results may go into a folder: what an earlier call left there is replaced, inputs never
 * are, and other files of these names only if the user says so. The folder is an earlier call's if it holds the file that
 * each call writes last and that file begins with its schema.
 *
 * @param last the file that each call writes last, a JSON object
 * @param schema the schema that stands at its beginning
 * @param results the names of the files that a call writes, the last one among them
 */
public record ResultFolder(String last, String schema, Pattern results) {
    /** Bytes within which the schema stands. */
    private static final int BEGINNING = 200;

    /**
     * Checks, before any work is done, that results may go to a folder, and makes it.
     *
     * @param force true to replace what DetTrace did not write
     * @param inputs what the command reads, which is never replaced
     * @return the results that are there, in the order of their names
     * @throws InputException if they may not go there; the message says what to do
     */
    public List<Path> prepare(Path folder, boolean force, List<Path> inputs) throws IOException {
        make(folder);
        List<Path> there;
        try (Stream<Path> files = Files.list(folder)) {
            there = files.filter(file ->
                            results.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
        for (Path result : there) {
            for (Path input : inputs) {
                if (Files.exists(input) && Files.isSameFile(result, input)) {
                    throw new InputException(result + ": is an input of this command; choose another folder for --out");
                }
            }
        }
        if (!there.isEmpty() && !force && !isOfEarlierCall(folder)) {
            throw new InputException(there.get(0) + ": exists already and was not written by DetTrace; choose another"
                    + " folder for --out, or --force to replace it");
        }
        return there;
    }

    private boolean isOfEarlierCall(Path folder) throws IOException {
        Path file = folder.resolve(last);
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(BEGINNING), StandardCharsets.UTF_8).contains("\"" + schema + "\"");
        }
    }

    /**
     * Makes a folder for results, if it is not there.
     *
     * @throws InputException if something else is there, or it cannot be written to; the message says what to do
     */
    public static void make(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new InputException(folder + ": is not a folder, so --out cannot write there");
        }
        Files.createDirectories(folder);
        checkWritable(folder, folder);
    }

    /**
     * Checks that a file can be made in a folder.
     *
     * @param output what the error names
     * @throws InputException if it cannot; the message says what to do
     */
    public static void checkWritable(Path folder, Path output) throws InputException {
        if (!Files.isWritable(folder)) {
            throw new InputException(output + ": cannot be written, as the folder is read-only; choose another --out");
        }
        try {
            Files.delete(Files.createTempFile(folder, ".dettrace", ".part"));
        } catch (IOException e) {
            throw new InputException(output + ": cannot be written: " + e.getMessage() + "; choose another --out", e);
        }
    }
}

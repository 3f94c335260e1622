package io.dettrace.cli;

import io.dettrace.event.InputException;
import io.dettrace.formats.RunPair;
import io.dettrace.formats.Runs;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * An incident pack: a folder with {@code pack.properties} and the runs that it names. The format is described in
 * {@code docs/reference/packs.md}.
 *
 * @param name the folder's name
 * @param title one line that says what went wrong
 * @param baseline the good run's file, or empty if {@code input} holds both runs
 * @param candidate the bad run's file, or empty if {@code input} holds both runs
 * @param input the one file that holds both runs
 * @param mapping the mapping that belongs to the pack, if inference is not to be trusted with it
 */
record Pack(
        String name,
        String title,
        Optional<Path> baseline,
        Optional<Path> candidate,
        Optional<Path> input,
        Optional<Path> mapping) {
    static final String MANIFEST = "pack.properties";

    /** Reads the pack in a folder. */
    static Pack read(Path folder) throws IOException {
        Path manifest = folder.resolve(MANIFEST);
        if (!Files.isRegularFile(manifest)) {
            throw new InputException(folder + ": is no incident pack, it has no " + MANIFEST);
        }
        Properties p = new Properties();
        try (Reader reader = Files.newBufferedReader(manifest, StandardCharsets.UTF_8)) {
            p.load(reader);
        } catch (IllegalArgumentException e) {
            throw new InputException(manifest + ": " + e.getMessage(), e);
        } catch (CharacterCodingException e) {
            throw new InputException(manifest + ": is not UTF-8; convert it", e);
        }
        Pack pack = new Pack(
                folder.toAbsolutePath().normalize().getFileName().toString(),
                p.getProperty("title", ""),
                file(folder, p, "baseline"),
                file(folder, p, "candidate"),
                file(folder, p, "input"),
                file(folder, p, "mapping"));
        boolean two = pack.baseline.isPresent() && pack.candidate.isPresent() && pack.input.isEmpty();
        boolean one = pack.baseline.isEmpty() && pack.candidate.isEmpty() && pack.input.isPresent();
        if (!two && !one) {
            throw new InputException(manifest + ": expected either baseline and candidate, or input");
        }
        return pack;
    }

    private static Optional<Path> file(Path folder, Properties p, String key) throws InputException {
        String name = p.getProperty(key);
        if (name == null) {
            return Optional.empty();
        }
        Path manifest = folder.resolve(MANIFEST);
        try {
            Path file = folder.resolve(name.strip()).normalize();
            if (!file.startsWith(folder.normalize())) {
                throw new InputException(manifest + ": " + key + " leads out of the pack: " + name);
            }
            return Optional.of(file);
        } catch (InvalidPathException e) {
            throw new InputException(manifest + ": " + key + " is not a file name: " + e.getReason(), e);
        }
    }

    List<RunPair> open(Runs runs) throws IOException {
        if (input.isPresent()) {
            return runs.openAll(input.get().toString());
        }
        return List.of(runs.open(
                baseline.orElseThrow().toString(), candidate.orElseThrow().toString()));
    }
}

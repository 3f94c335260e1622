package io.dettrace.formats.input;

import io.dettrace.event.InputException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Turns what the user wrote into files: {@code -} for standard input, a file, a pipe, a folder for all files below it, or
 * a pattern such as {@code logs/node*.log}.
 *
 * <p>Standard input and pipes can be read once only, but a run is read several times; they are copied to temporary files,
 * which are deleted by {@link #close} or at the latest when the program ends. Not thread-safe.
 */
public final class Inputs implements Closeable {
    /** What the user writes for standard input. */
    public static final String STANDARD_INPUT = "-";

    /** Files that a folder holds at most. */
    public static final int MAX_FILES = 100_000;

    private static final int FILE_TYPE = 0xF000;
    private static final int TYPE_PIPE = 0x1000;

    private final InputStream standardInput;
    private final int maxFiles;
    private final List<Path> spooled = new ArrayList<>();
    private final Set<Object> pipes = new HashSet<>();
    private boolean standardInputUsed;

    /** Inputs whose {@code -} is {@code standardInput}. */
    public Inputs(InputStream standardInput) {
        this(standardInput, MAX_FILES);
    }

    Inputs(InputStream standardInput, int maxFiles) {
        this.standardInput = standardInput;
        this.maxFiles = maxFiles;
    }

    /**
     * The files that {@code written} stands for, at least one; those of a folder in natural order of their names
     * ({@code node2} before {@code node10}), without hidden ones.
     *
     * @throws InputException if there is nothing that can be read
     */
    public List<InputFile> resolve(String written) throws IOException {
        if (written.equals(STANDARD_INPUT)) {
            return List.of(spoolStandardInput());
        }
        try {
            Path path = Path.of(written);
            if (FileGlob.isGlob(written) && !Files.exists(path)) {
                return glob(written);
            }
            BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class);
            if (written.isEmpty()) {
                throw new InputException("the name of an input is empty; write a file, a folder or - (standard input)");
            }
            if (is.isDirectory()) {
                return folder(path, written);
            }
            if (is.isOther()) {
                return List.of(pipe(path, written, is));
            }
            readable(path, written);
            return List.of(new InputFile(path, written));
        } catch (InvalidPathException e) {
            throw new InputException("\"" + written + "\" is not a file name: " + e.getReason(), e);
        } catch (IOException e) {
            throw Unreadable.because(written, e);
        }
    }

    private InputFile spoolStandardInput() throws IOException {
        if (standardInputUsed) {
            throw new InputException("standard input (-) is given twice, but can be read only once; save it to a file");
        }
        standardInputUsed = true;
        return spool(standardInput, "(standard input)");
    }

    private InputFile pipe(Path path, String written, BasicFileAttributes is) throws IOException {
        if (!isPipe(path)) {
            throw new InputException(written + ": is a device or socket; expected a file, a folder, a pipe or -");
        }
        Object key = is.fileKey();
        if (key != null && !pipes.add(key)) {
            throw new InputException(written + ": is a pipe that is given twice, but can be read only once");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return spool(in, written);
        }
    }

    private static boolean isPipe(Path path) throws IOException {
        try {
            return ((Integer) Files.getAttribute(path, "unix:mode") & FILE_TYPE) == TYPE_PIPE;
        } catch (UnsupportedOperationException | IllegalArgumentException notUnix) {
            return false;
        }
    }

    private InputFile spool(InputStream in, String name) throws IOException {
        Path copy = Files.createTempFile("dettrace-", ".input");
        spooled.add(copy);
        copy.toFile().deleteOnExit();
        try (var out = Files.newOutputStream(copy)) {
            in.transferTo(out);
        } catch (IOException e) {
            throw new InputException(name + ": cannot be copied to " + copy + ": " + e.getMessage(), e);
        }
        return new InputFile(copy, name);
    }

    private List<InputFile> folder(Path root, String written) throws IOException {
        TreeMap<String, Path> files = new TreeMap<>(NaturalOrder.INSTANCE);
        Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Finder(root, files));
        if (files.isEmpty()) {
            throw new InputException(written + ": the folder holds no files (hidden ones do not count)");
        }
        String prefix = written.endsWith("/") ? written : written + "/";
        List<InputFile> out = new ArrayList<>();
        for (var file : files.entrySet()) {
            String name = prefix + file.getKey();
            readable(file.getValue(), name);
            out.add(new InputFile(file.getValue(), name));
        }
        return out;
    }

    private List<InputFile> glob(String written) throws IOException {
        List<InputFile> out = new ArrayList<>();
        for (Path path : FileGlob.match(written, maxFiles)) {
            readable(path, path.toString());
            out.add(new InputFile(path, path.toString()));
        }
        return out;
    }

    private static void readable(Path path, String name) throws InputException {
        if (!Files.isReadable(path)) {
            throw new InputException(name + ": may not be read; check its permissions");
        }
    }

    /** Deletes the temporary files. */
    @Override
    public void close() throws IOException {
        for (Path path : spooled) {
            Files.deleteIfExists(path);
        }
        spooled.clear();
    }

    /** Collects the regular files of a folder under their relative names. */
    private final class Finder extends SimpleFileVisitor<Path> {
        private final Path root;
        private final TreeMap<String, Path> files;

        Finder(Path root, TreeMap<String, Path> files) {
            this.root = root;
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes is) {
            return hidden(dir) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
            if (hidden(file)) {
                return FileVisitResult.CONTINUE;
            }
            if (is.isSymbolicLink()) {
                throw new InputException(file + ": is a symbolic link that leads nowhere; remove or mend it");
            }
            if (is.isRegularFile()) {
                files.put(root.relativize(file).toString().replace('\\', '/'), file);
            }
            if (files.size() > maxFiles) {
                throw new InputException(root + ": holds more than " + maxFiles + " files; name a smaller folder");
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (hidden(file)) {
                return FileVisitResult.CONTINUE;
            }
            throw Unreadable.because(file.toString(), e);
        }

        private boolean hidden(Path path) {
            return !path.equals(root) && path.getFileName().toString().startsWith(".");
        }
    }
}

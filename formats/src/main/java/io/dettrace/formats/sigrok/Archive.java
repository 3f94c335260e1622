package io.dettrace.formats.sigrok;

import io.dettrace.event.InputException;
import io.dettrace.formats.input.InputFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The ZIP file of a capture (PKWARE APPNOTE; sigrok wiki, File format:sigrok/v2): {@code version}, {@code metadata}, and the
 * samples in {@code logic-1} or in {@code logic-1-1}, {@code logic-1-2} and so on, in any order.
 *
 * <p>A bomb cannot be built from it: deflate expands by {@value #MAX_RATIO} at most, which is checked for every entry, and
 * the compressed entries together are not larger than the file, so they cannot overlap. What is left grows with the file.
 */
final class Archive implements Closeable {
    /** Entries of the ZIP file. */
    static final int MAX_ENTRIES = 500_000;

    /** Bytes of the ZIP file's directory, which is held in memory. */
    static final long MAX_DIRECTORY = 64L << 20;

    /** Bytes of samples for a byte in the file; deflate reaches 1,032. */
    static final int MAX_RATIO = 1_100;

    /** Bytes of the entries {@code version} and {@code metadata}. */
    static final int MAX_METADATA = 1 << 20;

    /** Bytes of a ZIP file that lies in a further compressed file, and is unpacked for reading. */
    static final long MAX_UNPACKED = 4L << 30;

    private static final int END_LENGTH = 22;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int LOCATOR_LENGTH = 20;
    private static final int LOCATOR_SIGNATURE = 0x07064b50;
    private static final int END64_LENGTH = 56;
    private static final int MAX_COMMENT = 0xFFFF;

    private final String name;
    private final Path unpacked;
    private final ZipFile zip;

    private Archive(String name, Path unpacked, ZipFile zip) {
        this.name = name;
        this.unpacked = unpacked;
        this.zip = zip;
    }

    /** Opens the capture; messages begin with the file's name. */
    static Archive open(InputFile file) throws IOException {
        boolean packed = file.isCompressed();
        Path path = packed ? unpack(file) : file.path();
        try {
            checkDirectory(path, file.name());
            Archive archive = new Archive(file.name(), packed ? path : null, new ZipFile(path.toFile()));
            try {
                archive.checkEntries(Files.size(path));
                return archive;
            } catch (IOException e) {
                archive.zip.close();
                throw e;
            }
        } catch (InputException e) {
            delete(packed, path);
            throw e;
        } catch (IOException | RuntimeException e) {
            delete(packed, path);
            throw new InputException(file.name() + ": the ZIP file's directory is damaged: " + e.getMessage(), e);
        }
    }

    private static void delete(boolean packed, Path path) throws IOException {
        if (packed) {
            Files.deleteIfExists(path);
        }
    }

    private static Path unpack(InputFile file) throws IOException {
        Path path = Files.createTempFile("dettrace-", ".sr");
        path.toFile().deleteOnExit();
        try (InputStream in = file.openBinary();
                OutputStream out = Files.newOutputStream(path)) {
            byte[] buffer = new byte[1 << 16];
            long total = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                total += n;
                if (total > MAX_UNPACKED) {
                    throw new InputException(file.name() + ": more than " + MAX_UNPACKED
                            + " bytes when unpacked; unpack it and give the .sr file itself");
                }
                out.write(buffer, 0, n);
            }
            return path;
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** The directory is looked at before it is loaded (APPNOTE, sections 4.3.14 to 4.3.16). */
    private static void checkDirectory(Path path, String name) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            long size = channel.size();
            ByteBuffer tail = read(channel, Math.max(0, size - END_LENGTH - MAX_COMMENT), END_LENGTH + MAX_COMMENT);
            int end = tail.limit() - END_LENGTH;
            while (end >= 0 && !(tail.getInt(end) == END_SIGNATURE && fits(tail, end))) {
                end--;
            }
            if (end < 0) {
                throw new InputException(name + ": the ZIP file has no directory at its end; it is cut off or damaged,"
                        + " copy it again (byte " + size + ")");
            }
            long entries = tail.getShort(end + 10) & 0xFFFF;
            long directory = tail.getInt(end + 12) & 0xFFFFFFFFL;
            int locator = end - LOCATOR_LENGTH;
            if (locator >= 0 && tail.getInt(locator) == LOCATOR_SIGNATURE) {
                ByteBuffer end64 = read(channel, Math.max(0, tail.getLong(locator + 8)), END64_LENGTH);
                if (end64.limit() == END64_LENGTH) {
                    entries = Math.max(entries == 0xFFFF ? 0 : entries, end64.getLong(32));
                    directory = Math.max(directory == 0xFFFFFFFFL ? 0 : directory, end64.getLong(40));
                }
            }
            if (entries > MAX_ENTRIES || directory > MAX_DIRECTORY) {
                throw new InputException(name + ": the ZIP file has " + entries + " entries and a directory of "
                        + directory + " bytes; up to " + MAX_ENTRIES + " and " + MAX_DIRECTORY + " are read");
            }
        }
    }

    private static boolean fits(ByteBuffer tail, int end) {
        return end + END_LENGTH + (tail.getShort(end + 20) & 0xFFFF) <= tail.limit();
    }

    private static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {
            // until full or at the end
        }
        return bytes.flip();
    }

    private void checkEntries(long fileSize) throws InputException {
        long packed = 0;
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
            ZipEntry entry = all.nextElement();
            long size = entry.getSize();
            long compressed = entry.getCompressedSize();
            packed += Math.max(0, compressed);
            if (size < 0 || compressed < 0 || size / MAX_RATIO > compressed) {
                throw new InputException(at(entry.getName()) + ": " + compressed + " bytes that are to become " + size
                        + "; a capture does not compress by more than " + MAX_RATIO);
            }
        }
        if (packed > fileSize) {
            throw new InputException(name + ": the entries of the ZIP file take " + packed
                    + " bytes, the file has only " + fileSize + "; it is damaged or made to do harm");
        }
    }

    /** The place of an entry, as messages begin. */
    String at(String entry) {
        return name + ": " + (entry.length() <= 60 ? entry : entry.substring(0, 60) + "...");
    }

    /** True if there is an entry with this name. */
    boolean has(String entry) {
        return zip.getEntry(entry) != null;
    }

    /** Checks the version and reads the metadata. */
    Metadata metadata() throws IOException {
        String version = new String(small("version"), StandardCharsets.ISO_8859_1).strip();
        if (!version.equals("1") && !version.equals("2")) {
            throw new InputException(at("version") + ": is \""
                    + (version.length() <= 20 ? version : version.substring(0, 20) + "...")
                    + "\"; versions 1 and 2 of the sigrok session format are read");
        }
        return Metadata.parse(small("metadata"), at("metadata"));
    }

    private byte[] small(String entry) throws IOException {
        ZipEntry found = zip.getEntry(entry);
        if (found == null) {
            throw new InputException(name + ": the ZIP file has no entry \"" + entry + "\"; it is no sigrok capture");
        }
        try (InputStream in = open(found)) {
            byte[] bytes = in.readNBytes(MAX_METADATA + 1);
            if (bytes.length > MAX_METADATA) {
                throw new InputException(at(entry) + ": has more than " + MAX_METADATA + " bytes");
            }
            return bytes;
        } catch (InputException e) {
            throw e;
        } catch (IOException e) {
            throw new InputException(at(entry) + ": is damaged: " + e.getMessage(), e);
        }
    }

    /** Opens an entry. */
    InputStream open(ZipEntry entry) throws IOException {
        try {
            InputStream in = zip.getInputStream(entry);
            if (in == null) {
                throw new InputException(at(entry.getName()) + ": is not in the ZIP file");
            }
            return in;
        } catch (InputException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new InputException(at(entry.getName()) + ": cannot be opened: " + e.getMessage(), e);
        }
    }

    /** The samples' entries by their numbers: {@code logic-1} alone has number 0, otherwise they count from 1. */
    TreeMap<Integer, ZipEntry> samples(String capture) {
        TreeMap<Integer, ZipEntry> chunks = new TreeMap<>();
        ZipEntry whole = zip.getEntry(capture);
        if (whole != null) {
            chunks.put(0, whole);
            return chunks;
        }
        Pattern chunk = Pattern.compile(Pattern.quote(capture) + "-([1-9][0-9]{0,8})");
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
            ZipEntry entry = all.nextElement();
            Matcher m = chunk.matcher(entry.getName());
            if (m.matches()) {
                chunks.putIfAbsent(Integer.parseInt(m.group(1)), entry);
            }
        }
        return chunks;
    }

    /** Names of the entries, for a message. */
    List<String> names(int limit) {
        List<String> names = new ArrayList<>();
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements() && names.size() < limit; ) {
            names.add(all.nextElement().getName());
        }
        return names;
    }

    /** Name of the file. */
    String name() {
        return name;
    }

    @Override
    public void close() throws IOException {
        zip.close();
        delete(unpacked != null, unpacked);
    }
}

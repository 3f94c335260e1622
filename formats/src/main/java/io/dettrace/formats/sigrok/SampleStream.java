package io.dettrace.formats.sigrok;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/**
 * The bytes of all samples, one entry of the ZIP file after the other. The length and the checksum of every entry are
 * checked. Where something is missing or damaged, strict reading fails; lenient reading ends there with a note, since what
 * comes after it would be at wrong times.
 */
final class SampleStream implements Closeable {
    private final Archive archive;
    private final ReadContext context;
    private final Iterator<Map.Entry<Integer, ZipEntry>> chunks;
    private final CRC32 crc = new CRC32();
    private int last;
    private ZipEntry entry;
    private InputStream in;
    private long inEntry;
    private long total;
    private boolean ended;

    SampleStream(Archive archive, String capture, ReadContext context) throws InputException {
        this.archive = archive;
        this.context = context;
        TreeMap<Integer, ZipEntry> found = archive.samples(capture);
        if (found.isEmpty()) {
            boolean analog = archive.names(Archive.MAX_ENTRIES).stream().anyMatch(n -> n.startsWith("analog-"));
            throw new InputException(archive.name() + ": holds no logic samples (no entry \"" + capture + "\" or \""
                    + capture + "-1\")"
                    + (analog ? "; its analog channels are not read, export them with sigrok-cli -O csv" : ""));
        }
        last = found.firstKey() == 0 ? -1 : 0;
        chunks = found.entrySet().iterator();
    }

    /** Reads up to {@code length} bytes, as many as there are; 0 at the end. */
    int read(byte[] into, int from, int length) throws IOException {
        int done = 0;
        while (done < length && !ended) {
            if (in == null && !nextChunk()) {
                break;
            }
            try {
                int n = in.read(into, from + done, length - done);
                if (n < 0) {
                    endOfEntry();
                } else {
                    crc.update(into, from + done, n);
                    done += n;
                    inEntry += n;
                    tooLong();
                }
            } catch (InputException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                damaged(
                        "damaged_samples",
                        archive.at(entry.getName()) + ": is damaged after byte " + inEntry + ": " + e.getMessage());
            }
        }
        total += done;
        return done;
    }

    private boolean nextChunk() throws IOException {
        if (!chunks.hasNext()) {
            ended = true;
            return false;
        }
        Map.Entry<Integer, ZipEntry> next = chunks.next();
        entry = next.getValue();
        if (next.getKey() != last + 1) {
            damaged(
                    "missing_chunk",
                    archive.at(entry.getName()) + ": the part with number " + (last + 1)
                            + " before it is missing from the ZIP file; the capture is incomplete");
            return false;
        }
        last = next.getKey();
        crc.reset();
        inEntry = 0;
        in = archive.open(entry);
        return true;
    }

    private void tooLong() throws IOException {
        if (inEntry > entry.getSize()) {
            damaged(
                    "damaged_samples",
                    archive.at(entry.getName()) + ": is longer than the " + entry.getSize()
                            + " bytes that the ZIP file's directory says");
        }
    }

    private void endOfEntry() throws IOException {
        in.close();
        in = null;
        if (inEntry != entry.getSize() || crc.getValue() != entry.getCrc()) {
            damaged(
                    "damaged_samples",
                    archive.at(entry.getName()) + ": has " + inEntry + " of " + entry.getSize()
                            + " bytes" + (inEntry == entry.getSize() ? ", and their checksum is wrong" : "")
                            + "; the file is damaged");
        }
    }

    private void damaged(String code, String what) throws IOException {
        if (!context.lenient()) {
            throw new InputException(what + "; --lenient reads what comes before it");
        }
        ended = true;
        context.note(code, what + "; the capture is read up to there", archive.name() + ":" + entry.getName());
    }

    /** Bytes read so far. */
    long total() {
        return total;
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
            in = null;
        }
        archive.close();
    }
}

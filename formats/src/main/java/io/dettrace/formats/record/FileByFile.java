package io.dettrace.formats.record;

import io.dettrace.formats.input.InputFile;
import io.dettrace.normalize.MappingInference;
import java.io.IOException;
import java.util.List;

/**
 * The events of several files, one file after the other; if there are several, every event gets the file's name as the
 * field {@value MappingInference#FILE}.
 */
public final class FileByFile implements RecordReader {
    private final RecordInput input;
    private final Opener opener;
    private final List<String> labels;
    private RecordReader reader;
    private int path;
    private int next;
    private long bytesBefore;

    /** Starts reading one file. */
    public interface Opener {
        /** A reader of the file, which is number {@code number} of the input. */
        RecordReader open(InputFile file, int number) throws IOException;
    }

    private FileByFile(RecordInput input, Opener opener) {
        this.input = input;
        this.opener = opener;
        labels = input.labels();
    }

    /** A reader of all files of the input. */
    public static RecordReader open(RecordInput input, Opener opener) throws IOException {
        return input.files().size() == 1 ? opener.open(input.file(), 0) : new FileByFile(input, opener);
    }

    @Override
    public EventRecord record() {
        return reader.record();
    }

    @Override
    public boolean next() throws IOException {
        while (true) {
            if (reader == null) {
                if (next == input.files().size()) {
                    return false;
                }
                reader = opener.open(input.files().get(next), next);
                path = reader.record().path(MappingInference.FILE);
                next++;
            }
            if (reader.next()) {
                reader.record().text(path, labels.get(next - 1));
                return true;
            }
            bytesBefore += reader.bytesRead();
            reader.close();
            reader = null;
        }
    }

    @Override
    public long bytesRead() {
        return bytesBefore + (reader == null ? 0 : reader.bytesRead());
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }
}

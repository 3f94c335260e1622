package io.dettrace.formats.ctf;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.ctf.TraceFiles.Trace;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import io.dettrace.normalize.TimeScale;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Common Trace Format 1.8 (specification 1.8.3, diamon.org/ctf/v1.8.3): a folder with the file {@code metadata}, any
 * number of such folders, or a single data stream with its metadata beside it.
 */
public final class CtfFormat implements RecordFormat {
    @Override
    public String name() {
        return "ctf";
    }

    @Override
    public String title() {
        return "Common Trace Format 1.8";
    }

    @Override
    public boolean isText() {
        return false;
    }

    @Override
    public List<FormatOption> options() {
        return List.of(new FormatOption(
                TraceFiles.OPTION,
                "the file with the trace's metadata (TSDL); by default the file \"metadata\" in the same folder, or that"
                        + " whose name has \"metadata\" in place of \"data\" or \"stream\""));
    }

    @Override
    public boolean claims(Head head) throws IOException {
        byte[] bytes = head.bytes();
        if (MetadataText.begins(bytes, bytes.length)
                || MetadataText.beginsVersion2(bytes, bytes.length)
                || beginsPacket(bytes)) {
            return true;
        }
        if (head.files().size() > 1) {
            for (InputFile file : head.files()) {
                Path name = file.path().getFileName();
                if (name.toString().equals(TraceFiles.METADATA) && TraceFiles.isMetadata(file)) {
                    return true;
                }
            }
            return false;
        }
        return claimedByMetadata(head.files().get(0));
    }

    private static boolean beginsPacket(byte[] bytes) {
        if (bytes.length < 4) {
            return false;
        }
        int magic = ByteBuffer.wrap(bytes).getInt();
        return magic == (int) StreamReader.MAGIC || Integer.reverseBytes(magic) == (int) StreamReader.MAGIC;
    }

    /** True if there is metadata beside the file whose packets do not begin with the magic number. */
    private static boolean claimedByMetadata(InputFile file) throws IOException {
        Optional<InputFile> metadata = TraceFiles.metadataOf(file);
        if (metadata.isEmpty() || !TraceFiles.isMetadata(metadata.get())) {
            return false;
        }
        try {
            Trace trace = new Trace(metadata.get());
            trace.load(new EventRecord());
            StructNode header = trace.layouts().packetHeader;
            return header == null || header.child("magic") == null;
        } catch (InputException brokenMetadata) {
            return false;
        }
    }

    @Override
    public Mapping mapping(RecordInput input) throws IOException {
        Mapping.Builder mapping = Mapping.builder()
                .field(Role.LANE, Layouts.LANE, "the thread, processor or stream that the trace tells for the event")
                .field(Role.KIND, Layouts.EVENT, "the event's name in the metadata")
                .field(Role.TIME, Layouts.TIME, "the stream's clock")
                .timeScale(TimeScale.NS);
        for (Trace trace : TraceFiles.load(input, new EventRecord())) {
            FieldMeanings fields = trace.layouts().meanings;
            for (String path : fields.noise) {
                mapping.field(Role.IGNORE, path, "differs from run to run: times, processors, the lane's own numbers");
            }
            for (String path : fields.identifiers) {
                mapping.field(Role.ID, path, "an address, thread or process: its value differs from run to run");
            }
            if (fields.scheduling) {
                mapping.field(Role.EVENT, Layouts.WAKEUP, "a wakeup, which the woken thread's next event follows");
                mapping.field(Role.LINK, Layouts.WOKEN_BY, "the wakeup that let the thread run");
            }
        }
        return mapping.build();
    }

    @Override
    public RecordReader open(RecordInput input, ReadContext context) throws IOException {
        return new TraceReader(input, context);
    }
}

package io.dettrace.formats.sigrok;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.FileByFile;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.MappingInference;
import io.dettrace.normalize.Role;
import io.dettrace.normalize.TimeScale;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Logic-analyser captures of sigrok (PulseView, sigrok-cli), {@code .sr}: a ZIP file of samples. The events are what UART,
 * SPI, I2C and 1-Wire decoders find in them, or the changes of the channels' levels if no protocol is known.
 *
 * <p>An event's line is its number, its offset the byte of its first sample among all samples, which is the sample's number
 * times the size of a sample, and its length the bytes of its samples.
 */
public final class SigrokFormat implements RecordFormat {
    /** Field with the time in nanoseconds. */
    static final String TIME = "time_ns";

    /** Field with the sample's number, where the samplerate is not known. */
    static final String SAMPLE = "sample";

    private static final int LOCAL_HEADER = 30;
    private static final List<String> FIRST = List.of("version", "metadata", "logic-1", "analog-1-");

    /** The format. */
    public SigrokFormat() {}

    @Override
    public String name() {
        return "sigrok";
    }

    @Override
    public String title() {
        return "logic-analyser capture (sigrok session)";
    }

    /** A ZIP file whose first entry is one of a capture's and that has both a version and metadata. */
    @Override
    public boolean claims(Head head) throws IOException {
        byte[] b = head.bytes();
        if (b.length < LOCAL_HEADER || b[0] != 'P' || b[1] != 'K' || b[2] != 3 || b[3] != 4) {
            return false;
        }
        int length = Math.min((b[26] & 0xFF) | (b[27] & 0xFF) << 8, b.length - LOCAL_HEADER);
        String first = new String(b, LOCAL_HEADER, length, StandardCharsets.ISO_8859_1);
        if (FIRST.stream().noneMatch(first::startsWith)) {
            return false;
        }
        InputFile file = head.files().get(0);
        if (file.isCompressed()) {
            return true;
        }
        try (Archive archive = Archive.open(file)) {
            return archive.has("version") && archive.has("metadata");
        } catch (InputException damaged) {
            return first.equals("version") || first.equals("metadata");
        }
    }

    @Override
    public List<FormatOption> options() {
        return List.of(
                new FormatOption(
                        "decode",
                        "decoders, parted by ;, such as uart:rx=RX,tx=TX,baud=115200 or spi:clk=SCK,mosi=MOSI,cs=CS or"
                                + " i2c:scl=SCL,sda=SDA or onewire:owr=DQ; none for levels only (default: auto, a guess)"),
                new FormatOption(
                        "group",
                        "byte for single bytes, line for lines and whole transactions, auto for lines of text and else"
                                + " bytes (default: auto)"),
                new FormatOption(
                        "levels",
                        "channels whose level changes are events besides, parted by commas, or all (default: none)"),
                new FormatOption(
                        "dialog",
                        "on if the order between the lines of the two directions of a UART counts, off if not"
                                + " (default: on)"),
                new FormatOption("samplerate", "samples a second, such as 1MHz (default: what the capture says)"));
    }

    @Override
    public Mapping mapping(RecordInput input) throws IOException {
        for (InputFile file : input.files()) {
            Capture.of(file, input);
        }
        Mapping.Builder mapping = Mapping.builder().timeScale(TimeScale.NS);
        if (input.files().size() > 1) {
            mapping.field(Role.LANE, MappingInference.FILE, "each capture has its own buses");
        }
        return mapping.field(Role.LANE, "lane", "the bus, or a direction of it")
                .field(Role.KIND, "kind", "what the decoder found")
                .field(Role.TIME, TIME, "the sample's number by the samplerate")
                .field(Role.TIME, SAMPLE, "the capture has no samplerate; the unit is a sample")
                .field(Role.RESOURCE, "dialog", "lines of both directions have an order; --with dialog=off drops it")
                .field(Role.IGNORE, "dialog", "the same for all lines of a UART")
                .build();
    }

    @Override
    public boolean isText() {
        return false;
    }

    @Override
    public RecordReader open(RecordInput input, ReadContext context) throws IOException {
        return FileByFile.open(input, (file, number) -> new SigrokReader(Capture.of(file, input), number, context));
    }
}

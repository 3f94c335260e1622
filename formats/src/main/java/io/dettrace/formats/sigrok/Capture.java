package io.dettrace.formats.sigrok;

import io.dettrace.event.InputException;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.RecordInput;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * A capture and how it is to be read.
 *
 * @param file the file
 * @param metadata what it says of itself; the samplerate is the option's if there is one
 * @param group how much is one event
 * @param dialog true to keep the order between the lines of the two directions of a UART
 * @param decode the option's text, {@code auto} if it is not given
 * @param levels channels whose levels are wanted besides, by comma
 */
record Capture(InputFile file, Metadata metadata, Group group, boolean dialog, String decode, String levels) {
    static final String AUTO = "auto";
    static final String NONE = "none";
    static final String ALL = "all";

    /** Reads the metadata and the options. */
    static Capture of(InputFile file, RecordInput input) throws IOException {
        Group group = Group.of(input.option("group").orElse("auto"))
                .orElseThrow(() -> wrong(file, "group", input, "byte, line or auto"));
        String dialog = input.option("dialog").orElse("on");
        if (!dialog.equals("on") && !dialog.equals("off")) {
            throw wrong(file, "dialog", input, "on or off");
        }
        Metadata metadata;
        try (Archive archive = Archive.open(file)) {
            metadata = archive.metadata();
        }
        if (input.option("samplerate").isPresent()) {
            OptionalLong rate = SampleClock.parse(input.option("samplerate").get());
            metadata = metadata.withClock(new SampleClock(
                    rate.orElseThrow(() -> wrong(file, "samplerate", input, "a rate such as \"1 MHz\""))));
        }
        return new Capture(
                file,
                metadata,
                group,
                dialog.equals("on"),
                input.option("decode").orElse(AUTO).strip(),
                input.option("levels").orElse(NONE));
    }

    private static InputException wrong(InputFile file, String option, RecordInput input, String expected) {
        return new InputException(
                file.name() + ": --with " + option + "=" + input.option(option).orElse("") + ": expected " + expected);
    }

    /** The channel with a name, first as it is written, then regardless of case. */
    Channel channel(String name) throws InputException {
        for (Channel c : metadata.channels()) {
            if (c.name().equals(name)) {
                return c;
            }
        }
        for (Channel c : metadata.channels()) {
            if (c.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                return c;
            }
        }
        throw new InputException("there is no channel \"" + name + "\"; the capture has "
                + String.join(
                        ", ", metadata.channels().stream().map(Channel::name).toList()));
    }

    SampleClock clock() {
        return metadata.clock();
    }
}

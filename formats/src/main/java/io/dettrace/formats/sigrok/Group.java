package io.dettrace.formats.sigrok;

import java.util.Locale;
import java.util.Optional;

/** How much of a dialog is one event. */
enum Group {
    /** A byte, a word of SPI, a part of an I2C transaction. */
    BYTE,
    /** A line of text, a transfer, a transaction. */
    LINE,
    /** As {@link #LINE}, but bytes of a UART that are no text stay single. */
    AUTO;

    static Optional<Group> of(String name) {
        for (Group group : values()) {
            if (group.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(group);
            }
        }
        return Optional.empty();
    }
}

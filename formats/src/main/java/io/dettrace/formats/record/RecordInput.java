package io.dettrace.formats.record;

import io.dettrace.formats.input.FileLabels;
import io.dettrace.formats.input.InputFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a format is to read.
 *
 * @param name what the user called it
 * @param files the files in natural order of their names, at least one
 * @param options the format's own options by name, as given with {@code --with}; only names that it knows
 */
public record RecordInput(String name, List<InputFile> files, Map<String, String> options) {
    /** The option's value. */
    public Optional<String> option(String key) {
        return Optional.ofNullable(options.get(key));
    }

    /** What the files are called in the run, by number. */
    public List<String> labels() {
        return FileLabels.of(files);
    }

    /** The first file. */
    public InputFile file() {
        return files.get(0);
    }
}

package io.dettrace.formats.input;

import java.util.List;

/**
 * What the files of a run are called in it: their names without the folders that all of them are in, so that {@code
 * good/node1.log} and {@code bad/node1.log} are both {@code node1.log}.
 */
public final class FileLabels {
    private FileLabels() {}

    /** The labels in the order of the files; they are as distinct as the names are. */
    public static List<String> of(List<InputFile> files) {
        String first = files.get(0).name();
        int shared = first.lastIndexOf('/') + 1;
        for (InputFile file : files) {
            while (!file.name().startsWith(first.substring(0, shared))) {
                shared = first.lastIndexOf('/', shared - 2) + 1;
            }
        }
        int start = shared;
        return files.stream().map(f -> f.name().substring(start)).toList();
    }
}

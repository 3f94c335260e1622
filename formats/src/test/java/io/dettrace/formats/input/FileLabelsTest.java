package io.dettrace.formats.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FileLabelsTest {
    private static List<String> labels(String... names) {
        return FileLabels.of(
                Stream.of(names).map(n -> new InputFile(Path.of(n), n)).toList());
    }

    @Test
    void theFoldersThatAllAreInAreLeftOut() {
        assertThat(labels("good/node1.log", "good/node2.log")).containsExactly("node1.log", "node2.log");
        assertThat(labels("/a/b/x/1.log", "/a/b/y/1.log")).containsExactly("x/1.log", "y/1.log");
        assertThat(labels("/a/b/c/1.log", "/a/1.log")).containsExactly("b/c/1.log", "1.log");
    }

    @Test
    void partsOfNamesAreNoFolders() {
        assertThat(labels("node1.log", "node2.log")).containsExactly("node1.log", "node2.log");
        assertThat(labels("good/a.log", "goods/a.log")).containsExactly("good/a.log", "goods/a.log");
        assertThat(labels("/a.log", "b.log")).containsExactly("/a.log", "b.log");
    }

    @Test
    void oneFileIsItsName() {
        assertThat(labels("folder/only.log")).containsExactly("only.log");
        assertThat(labels("(standard input)")).containsExactly("(standard input)");
    }
}

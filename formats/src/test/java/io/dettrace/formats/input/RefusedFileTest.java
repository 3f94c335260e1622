package io.dettrace.formats.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdOutputStream;
import io.dettrace.event.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedFileTest {
    private static final Path STATUS = Path.of("/proc/self/status");

    /** The library's memory is not the heap's: what is not closed stays. A long window takes 128 MB of it. */
    @Test
    void aRefusedZstdFileGivesItsMemoryBack(@TempDir Path folder) throws IOException {
        assumeTrue(Files.isReadable(STATUS), "only Linux says how much memory is mapped");
        InputFile file = new InputFile(folder.resolve("nul.zst"), "nul.zst");
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(file.path())).setLong(27)) {
            out.write(new byte[100_000]);
        }
        refuse(file);
        long before = mappedKilobytes();
        for (int i = 0; i < 30; i++) {
            refuse(file);
        }
        assertThat(mappedKilobytes() - before).isLessThan(1_000_000);
    }

    private static void refuse(InputFile file) {
        assertThatThrownBy(file::open).isInstanceOf(InputException.class).hasMessageContaining("NUL");
    }

    private static long mappedKilobytes() throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(l -> l.startsWith("VmSize:"))
                .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}

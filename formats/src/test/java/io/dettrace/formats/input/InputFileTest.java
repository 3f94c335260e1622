package io.dettrace.formats.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.dettrace.event.InputException;
import io.dettrace.event.SourceRef;
import io.dettrace.formats.FormatProbe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputFileTest {
    @TempDir
    Path folder;

    private static final byte[] TEXT = text(200_000);

    private static byte[] text(int length) {
        Random random = new Random(7);
        byte[] out = new byte[length];
        for (int i = 0; i < length; i++) {
            out[i] = (byte) (random.nextInt(20) == 0 ? '\n' : 'a' + random.nextInt(26));
        }
        return out;
    }

    private enum Packer {
        GZIP {
            @Override
            byte[] pack(byte[] bytes) throws IOException {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try (OutputStream gzip = new GZIPOutputStream(out)) {
                    gzip.write(bytes);
                }
                return out.toByteArray();
            }
        },
        ZSTD {
            @Override
            byte[] pack(byte[] bytes) throws IOException {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try (ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(out)) {
                    zstd.setChecksum(true);
                    zstd.write(bytes);
                }
                return out.toByteArray();
            }
        };

        abstract byte[] pack(byte[] bytes) throws IOException;
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private InputFile file(byte[] bytes) throws IOException {
        return FormatProbe.file(folder, "a.log", bytes);
    }

    private static byte[] all(InputFile file) throws IOException {
        try (InputStream in = file.open()) {
            return in.readAllBytes();
        }
    }

    @Test
    void aPlainFileIsItsBytes() throws IOException {
        InputFile file = file(TEXT);
        assertThat(all(file)).isEqualTo(TEXT);
        assertThat(file.isCompressed()).isFalse();
        assertThat(file.sizeHint()).isEqualTo(TEXT.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "x", "ab", "abc"})
    void aShortFileIsItsBytes(String text) throws IOException {
        assertThat(all(file(text.getBytes(UTF_8)))).isEqualTo(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @EnumSource(Packer.class)
    void severalMembersOrFramesAreOneText(Packer packer) throws IOException {
        byte[] half = Arrays.copyOf(TEXT, 100_000);
        byte[] rest = Arrays.copyOfRange(TEXT, 100_000, TEXT.length);
        InputFile file = file(concat(packer.pack(half), packer.pack(new byte[0]), packer.pack(rest)));
        assertThat(all(file)).isEqualTo(TEXT);
        assertThat(file.isCompressed()).isTrue();
        assertThat(file.sizeHint()).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource(Packer.class)
    void everyCutIsAnErrorAtTheByteReached(Packer packer) throws IOException {
        byte[] packed = packer.pack(TEXT);
        for (int length = 4; length < packed.length; length += 1 + packed.length / 60) {
            assertDamage(Arrays.copyOf(packed, length), "cut off");
        }
        assertDamage(Arrays.copyOf(packed, packed.length - 1), "cut off");
    }

    @ParameterizedTest
    @EnumSource(Packer.class)
    void aSecondMemberThatIsCutIsAnErrorToo(Packer packer) throws IOException {
        byte[] packed = packer.pack(TEXT);
        for (int length = 1; length < 30; length++) {
            assertDamage(concat(packed, Arrays.copyOf(packed, length)), "");
        }
    }

    @ParameterizedTest
    @EnumSource(Packer.class)
    void aFlippedByteIsAnErrorOrChangesNothing(Packer packer) throws IOException {
        byte[] packed = packer.pack(TEXT);
        for (int at = 4; at < packed.length; at += 1 + packed.length / 97) {
            byte[] broken = packed.clone();
            broken[at] ^= 0x55;
            try {
                assertThat(all(file(broken))).isEqualTo(TEXT);
            } catch (InputException e) {
                assertThat(e).hasMessageStartingWith("a.log: ");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Packer.class)
    void bytesAfterTheDataAreAnError(Packer packer) throws IOException {
        assertDamage(concat(packer.pack(TEXT), "garbage".getBytes(UTF_8)), "");
    }

    @Test
    void zeroBytesAfterGzipDataAreAllowed() throws IOException {
        assertThat(all(file(concat(Packer.GZIP.pack(TEXT), new byte[512])))).isEqualTo(TEXT);
    }

    @Test
    void aZstdSkippableFrameIsSkipped() throws IOException {
        byte[] skippable = {0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3};
        assertThat(all(file(concat(skippable, Zstd.compress(TEXT))))).isEqualTo(TEXT);
    }

    private void assertDamage(byte[] packed, String kind) throws IOException {
        InputFile file = file(packed);
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        assertThatThrownBy(() -> {
                    try (InputStream in = file.open()) {
                        in.transferTo(got);
                    }
                })
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("a.log: the ")
                .hasMessageContaining(kind)
                .hasMessageContaining(" at byte " + got.size() + " of the decompressed text");
        assertThat(got.toByteArray()).isEqualTo(Arrays.copyOf(TEXT, got.size()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32BE", "UTF-32LE", "X-UTF-32LE-BOM"})
    void otherUnicodeEncodingsAreRefused(String charset) throws IOException {
        InputFile file = file("{\"a\":1}\n".getBytes(Charset.forName(charset)));
        assertThatThrownBy(file::open)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a.log")
                .hasMessageContaining("onvert it")
                .hasMessageContaining("UTF-8");
    }

    @ParameterizedTest
    @CsvSource({
        "554C6F6701123501, ULog, ulog2csv",
        "894D434150300D0A, MCAP, mcap cat",
        "53514C69746520666F726D6174203300, SQLite, sqlite3",
        "50455246494C4532, perf.data, perf script",
        "7F454C46020101, ELF, trace"
    })
    void aKnownBinaryFileIsNamedWithWhatToDo(String hex, String what, String instead) throws IOException {
        InputFile file = file(HexFormat.of().parseHex(hex));
        assertThatThrownBy(() -> all(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(what)
                .hasMessageContaining(instead);
    }

    @Test
    void binaryDataIsRefusedWithinTheFirstBlockOnly() throws IOException {
        byte[] bytes = new byte[DecodedStream.HEAD + 1];
        Arrays.fill(bytes, (byte) 'x');
        bytes[DecodedStream.HEAD] = 0;
        assertThat(all(file(bytes))).isEqualTo(bytes);
        bytes[DecodedStream.HEAD - 1] = 0;
        assertThatThrownBy(() -> all(file(bytes)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("byte 8191 is NUL");
    }

    @Test
    void packedFilesOfOtherKindsAreNamed() throws IOException {
        assertThatThrownBy(() -> all(file("PK\003\004rest".getBytes(UTF_8)))).hasMessageContaining("zip archive");
        assertThatThrownBy(() -> all(file(concat(new byte[] {(byte) 0xFD}, "7zXZ\0".getBytes(UTF_8)))))
                .hasMessageContaining("xz data");
        assertThatThrownBy(() -> all(file("BZh91AY&SY".getBytes(UTF_8)))).hasMessageContaining("bzip2 data");
        assertThatThrownBy(() -> all(file(Packer.GZIP.pack(Packer.GZIP.pack(TEXT)))))
                .hasMessageContaining("compressed twice");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> new InputFile(folder.resolve("none"), "none").open())
                .isInstanceOf(InputException.class)
                .hasMessage("none: there is no such file; check the name");
    }

    @Test
    void theByteOrderMarkStaysInTheBytes() throws IOException {
        byte[] bytes = "\uFEFFx".getBytes(UTF_8);
        assertThat(all(file(bytes))).isEqualTo(bytes);
        assertThat(InputFile.bomLength(bytes, bytes.length)).isEqualTo(3);
        assertThat(InputFile.bomLength(bytes, 2)).isZero();
        assertThat(InputFile.bomLength(new byte[] {'a', 'b', 'c'}, 3)).isZero();
    }

    @Test
    void rangesAreTheSameBytesPlainAndCompressed() throws IOException {
        Random random = new Random(11);
        List<SourceRef> refs = random.ints(300, 0, TEXT.length)
                .mapToObj(at -> new SourceRef(0, 1, at, Math.min(random.nextInt(900), TEXT.length - at)))
                .toList();
        for (byte[] bytes : List.of(TEXT, Packer.GZIP.pack(TEXT), Packer.ZSTD.pack(TEXT))) {
            List<byte[]> got = file(bytes).readAll(refs);
            for (int i = 0; i < refs.size(); i++) {
                int at = (int) refs.get(i).offset();
                assertThat(got.get(i))
                        .isEqualTo(Arrays.copyOfRange(TEXT, at, at + refs.get(i).length()));
            }
        }
    }

    @Test
    void aRangeBeyondTheEndSaysThatTheFileHasChanged() throws IOException {
        List<SourceRef> refs =
                List.of(new SourceRef(0, 9, TEXT.length - 5, 5), new SourceRef(0, 9, TEXT.length - 5, 6));
        for (byte[] bytes : List.of(TEXT, Packer.GZIP.pack(TEXT))) {
            InputFile file = file(bytes);
            assertThat(file.readAll(refs.subList(0, 1))).hasSize(1);
            assertThatThrownBy(() -> file.readAll(refs))
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith("a.log:9: the file ends before this event does")
                    .hasMessageContaining("byte " + (TEXT.length - 5));
        }
        Files.delete(folder.resolve("a.log"));
    }
}

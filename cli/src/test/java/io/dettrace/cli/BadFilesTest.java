package io.dettrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Files that hold no log, or are damaged, or are no files. */
class BadFilesTest extends BadInputs {
    @TestFactory
    Stream<DynamicTest> emptyAndForeignFiles() {
        broken("empty file", "", "is empty");
        broken("only blanks", " \n\t\r\n  \n", "is empty");
        broken("only a byte order mark", "\uFEFF", "is empty");
        broken("only NUL bytes", "\0".repeat(100), "NUL");
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);
        noise[0] = 'x';
        broken("binary", GOOD, noise, "is NUL");
        for (String name : List.of("UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE")) {
            broken(name, GOOD, GOOD.getBytes(Charset.forName(name)), name.startsWith("UTF-16") ? "UTF-16" : "UTF");
        }
        broken("UTF-16LE with mark", GOOD, ("\uFEFF" + GOOD).getBytes(StandardCharsets.UTF_16LE), "UTF-16", "iconv");
        broken("UTF-32 with mark", GOOD, ("\uFEFF" + GOOD).getBytes(Charset.forName("UTF-32LE")), "UTF-32");
        broken("prose", "It was a dark and stormy night.\nThe rain fell.\n");
        broken("a picture", GOOD, raw("\u0089PNG\r\n\u001A\n\0\0\0\rIHDR"), "NUL");
        broken("zip", GOOD, raw("PK\u0003\u0004\u0014\0\0\0"), "zip");
        broken("xz", GOOD, raw("\u00FD7zXZ\0\0\u0004"), "xz");
        broken("lz4", GOOD, raw("\u0004\"M\u0018d@"), "lz4");
        broken("a number alone", "42\n");
        broken("cut off in its only line", GOOD, utf8("{\"event\":\"a\",\"x\":\"b"), "no event in it", "cut off", ":1");
        call("text logs of two layouts", folder -> {
            String before = write(folder, "before.log", "n1 {\"n1\":1}\nstart\nn1 {\"n1\":2}\nstop\n");
            String akka = "[INFO] [10/13/2014 04:23:20.113] [pool-%d] [akka://Sys/user/n1] {\"n1\" : %d} step\n";
            String behind = write(folder, "behind.log", akka.formatted(1, 1) + akka.formatted(1, 2));
            trouble(says("behind.log:1", "another layout", "dettrace convert"), "compare", before, behind);
        });
        call("prose on both sides", folder -> {
            String prose = write(folder, "prose.txt", "It was a dark and stormy night.\n");
            trouble(says("prose.txt", "neither JSON nor a text log", "--regex"), "compare", prose, prose);
        });
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> compressedFiles() {
        byte[] gz = gzip(utf8(GOOD));
        for (int length :
                new int[] {2, 5, 9, 10, 11, gz.length / 2, gz.length - 9, gz.length - 8, gz.length - 4, gz.length - 1
                }) {
            broken("gzip cut off after " + length + " of its bytes", GOOD, cut(gz, length), "cut off");
        }
        broken("gzip with a wrong checksum", GOOD, flip(gz, gz.length - 6), "damaged", "checksum");
        broken("gzip with a wrong length", GOOD, flip(gz, gz.length - 2), "damaged", "length");
        broken("gzip damaged in the middle", GOOD, flip(gz, gz.length / 2), "damaged");
        broken("gzip with an unknown method", GOOD, flip(gz, 2), "damaged");
        broken(
                "gzip with other bytes behind it",
                GOOD,
                join(gz, utf8("trailing")),
                "followed by bytes that are not gzip");
        broken("gzip whose second member is cut off", GOOD, join(gz, cut(gz, gz.length - 20)), "cut off");
        broken("gzip of nothing", GOOD, gzip(new byte[0]), "is empty");
        broken("gzip in gzip", GOOD, gzip(gz), "compressed twice");
        broken("gzip of UTF-16", GOOD, gzip(GOOD.getBytes(StandardCharsets.UTF_16LE)), "UTF-16");
        broken("gzip with a broken line", GOOD, gzip(utf8(withLine(20, "oops"))), "bad.log:20:1", "oops");
        tolerated("gzip with zeros behind it", GOOD, join(gz, new byte[100]), Main.EQUIVALENT);
        byte[] zs = zstd(utf8(GOOD));
        for (int length : new int[] {5, 8, zs.length / 2, zs.length - 1}) {
            broken("zstd cut off after " + length + " of its bytes", GOOD, cut(zs, length), "cut off");
        }
        broken("zstd damaged in the middle", GOOD, flip(zs, zs.length / 2), "damaged");
        broken("zstd with a wrong checksum", GOOD, flip(zs, zs.length - 2), "damaged");
        broken("zstd with other bytes behind it", GOOD, join(zs, utf8("trailing")), "zstd");
        byte[] large = gzip(utf8(GOOD.repeat(3_000)));
        broken("long gzip cut off near its end", GOOD, cut(large, large.length - 100), "cut off", "byte");
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> filesAndFolders() {
        call("missing file", folder -> {
            String good = write(folder, "good.log", GOOD);
            String missing = folder.resolve("missing.log").toString();
            trouble(says("missing.log", "no such file"), "compare", good, missing);
            trouble(says("missing.log", "no such file"), "compare", missing, good);
            trouble(says("missing.log", "no such file"), "compare", missing);
        });
        call("name of a file that is empty", folder -> {
            String good = write(folder, "good.log", GOOD);
            trouble(says("empty"), "compare", good, "");
        });
        call("empty folder", folder -> {
            String good = write(folder, "good.log", GOOD);
            String empty = Files.createDirectory(folder.resolve("empty")).toString();
            trouble(says("empty", "holds no files"), "compare", good, empty);
        });
        call("folder with an empty file first", folder -> {
            String good = write(folder, "good.log", GOOD);
            write(folder, "in/1.log", "");
            write(folder, "in/2.log", GOOD);
            trouble(
                    says("1.log", "is empty"),
                    "compare",
                    good,
                    folder.resolve("in").toString());
        });
        call("folder with lines and a document", folder -> {
            String good = write(folder, "good.log", GOOD);
            write(folder, "in/1.jsonl", GOOD);
            write(folder, "in/2.json", "{\n \"events\": [\n {\"ts\": 1}\n ]\n}\n");
            trouble(says("2.json"), "compare", good, folder.resolve("in").toString());
        });
        call("folder with lines and prose", folder -> {
            String good = write(folder, "good.log", GOOD);
            write(folder, "in/1.jsonl", GOOD);
            write(folder, "in/readme.txt", "These are the logs.\n");
            trouble(
                    says("readme.txt:1:1"),
                    "compare",
                    good,
                    folder.resolve("in").toString());
        });
        call("folder with a binary file", folder -> {
            String good = write(folder, "good.log", GOOD);
            write(folder, "in/1.jsonl", GOOD);
            write(folder, "in/2.class", raw("\u00CA\u00FE\u00BA\u00BE\0\0\0"));
            trouble(
                    says("2.class", "NUL"),
                    "compare",
                    good,
                    folder.resolve("in").toString());
        });
        call("folder that leads back to itself", folder -> {
            String good = write(folder, "good.log", GOOD);
            write(folder, "in/1.jsonl", GOOD);
            Files.createSymbolicLink(folder.resolve("in/again"), folder.resolve("in"));
            trouble(
                    says("again", "symbolic link"),
                    "compare",
                    good,
                    folder.resolve("in").toString());
        });
        call("link that leads nowhere", folder -> {
            String good = write(folder, "good.log", GOOD);
            Path link = Files.createSymbolicLink(folder.resolve("link.log"), folder.resolve("nowhere"));
            trouble(says("link.log"), "compare", good, link.toString());
        });
        call("file that may not be read", folder -> {
            String good = write(folder, "good.log", GOOD);
            Path secret = Path.of(write(folder, "secret.log", GOOD));
            assumeTrue(secret.toFile().setReadable(false) && !Files.isReadable(secret), "root reads everything");
            trouble(says("secret.log", "may not be read"), "compare", good, secret.toString());
        });
        call("device", folder -> {
            assumeTrue(Files.exists(Path.of("/dev/zero")));
            trouble(says("/dev/zero", "device"), "compare", write(folder, "good.log", GOOD), "/dev/zero");
        });
        call("standard input twice", folder -> {
            withInput(GOOD, () -> trouble(says("standard input", "twice"), "compare", "-", "-"));
        });
        call("empty standard input", folder -> {
            String good = write(folder, "good.log", GOOD);
            withInput("", () -> trouble(says("standard input", "is empty"), "compare", good, "-"));
        });
        call("broken standard input", folder -> {
            String good = write(folder, "good.log", GOOD);
            withInput(withLine(3, "oops"), () -> trouble(says("(standard input):3:1"), "compare", good, "-"));
        });
        return tests.stream();
    }

    @Test
    void inputTooLargeForTheHeapIsTroubleAndNoDifference(@TempDir Path folder) throws Exception {
        StringBuilder dump = new StringBuilder("$timescale 1ns $end\n");
        for (int i = 0; i < 100_000; i++) {
            dump.append("$var wire 1 s").append(i).append(" signal").append(i).append(" $end\n");
        }
        String wide = write(folder, "wide.vcd", dump + "$enddefinitions $end\n#0\n1s0\n");
        Process process = new ProcessBuilder(
                        ControlledCalls.java(),
                        "-Xmx12m",
                        "-cp",
                        ControlledCalls.classPath(),
                        "io.dettrace.cli.Main",
                        "inspect",
                        wide)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).contains("out of memory", "heap of 12 MB", "DETTRACE_JAVA_OPTS=-Xmx1g");
        assertThat(process.waitFor()).isEqualTo(Main.TROUBLE);
    }

    private static void withInput(String text, Runnable body) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(utf8(text)));
        try {
            body.run();
        } finally {
            System.setIn(before);
        }
    }
}

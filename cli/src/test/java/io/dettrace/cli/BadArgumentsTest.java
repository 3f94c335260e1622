package io.dettrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Wrong arguments: options, mappings, packs and folders for artifacts. */
class BadArgumentsTest extends BadInputs {
    @TestFactory
    Stream<DynamicTest> mappings() {
        String magic = "# dettrace mapping 1\n";
        String[][] calls = {
            {"empty mapping", "", "my.mapping:1"},
            {"mapping without its first line", "lane = worker\n", "my.mapping:1", "# dettrace mapping 1"},
            {"mapping of another version", "# dettrace mapping 2\nlane = worker\n", "my.mapping:1"},
            {"mapping with an unknown key", magic + "\nlanes = worker\n", "my.mapping:3", "lanes"},
            {"mapping without a value", magic + "lane =\n", "my.mapping:2"},
            {"mapping without an equals sign", magic + "lane worker\n", "my.mapping:2"},
            {"mapping with an unknown unit", magic + "time_unit = weeks\n", "my.mapping:2", "weeks"},
            {
                "mapping with a broken expression",
                magic + "pattern = (?<host>\n",
                "not a valid regular expression",
                "(?<host>"
            },
            {"mapping with a lane that no event has", magic + "lane = nosuch\n", "nosuch"},
            {"mapping that is a log", GOOD, "my.mapping:1"},
            {"mapping that is binary", "\0\0\0\0", "my.mapping:1"}
        };
        for (String[] call : calls) {
            call(call[0], folder -> {
                String good = write(folder, "good.log", GOOD);
                String mapping = write(folder, "my.mapping", call[1]);
                trouble(Arrays.copyOfRange(call, 2, call.length), "compare", good, good, "--mapping", mapping);
            });
        }
        call("missing mapping", folder -> {
            String good = write(folder, "good.log", GOOD);
            trouble(
                    says("missing.mapping"),
                    "compare",
                    good,
                    good,
                    "--mapping",
                    folder.resolve("missing.mapping").toString());
        });
        call("folder as mapping", folder -> {
            String good = write(folder, "good.log", GOOD);
            trouble(says(folder.getFileName().toString()), "compare", good, good, "--mapping", folder.toString());
        });
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> arguments() {
        String[][] calls = {
            {"lane that no event has", "nosuch", "--lane", "nosuch"},
            {"clock that no event has", "nosuch", "--clock", "nosuch"},
            {"key that no event has", "nosuch", "--key", "nosuch"},
            {"clock that is a number", "good.log:1", "--clock", "value", "--lane", "worker"},
            {"context below its range", "context", "--context", "-1"},
            {"context above its range", "context", "--context", "1000001"},
            {"context that is no number", "--context", "--context", "many"},
            {"context beyond 32 bits", "--context", "--context", "99999999999"},
            {"window below its range", "window", "--window", "-1"},
            {"queue below its range", "", "--max-unmatched", "-5"},
            {"unknown option", "--nonsense", "--nonsense"},
            {"unknown format", "--format", "--format", "xml"},
            {"unknown order", "--order", "--order", "random"},
            {"unknown time unit", "--time-unit", "--time-unit", "weeks"},
            {"run that is not in the file", "nosuch", "--split", "worker", "--baseline-run", "nosuch"},
            {"too many inputs", "third.log", "third.log"},
            {"option without its value", "--lane", "--lane"}
        };
        for (String[] call : calls) {
            call(call[0], folder -> {
                String good = write(folder, "good.log", GOOD);
                List<String> args = new ArrayList<>(List.of("compare", good, good));
                args.addAll(List.of(call).subList(2, call.length));
                trouble(says(call[1]), args.toArray(String[]::new));
            });
        }
        call("no inputs", folder -> trouble(says("BASELINE"), "compare"));
        call("no command", folder -> trouble(says("command"), new String[0]));
        call("unknown command", folder -> trouble(says("compre"), "compre", "a", "b"));
        call("one input that holds one run", folder -> {
            trouble(says("good.log", "holds one run"), "compare", write(folder, "good.log", GOOD));
        });
        call("field to split by that no event has", folder -> {
            trouble(says("good.log"), "compare", write(folder, "good.log", GOOD), "--split", "nosuch");
        });
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> packs() {
        String[][] calls = {
            {"pack with an empty manifest", "", "pack.properties"},
            {"pack that names one run", "baseline = good.log\n", "pack.properties"},
            {"pack that names three", "baseline = good.log\ncandidate = good.log\ninput = good.log\n", "pack.properties"
            },
            {"pack with a broken escape", "title = \\u12\nbaseline = good.log\n", "pack.properties"},
            {"pack whose run is missing", "baseline = good.log\ncandidate = missing.log\n", "missing.log"},
            {
                "pack whose mapping is missing",
                "baseline = good.log\ncandidate = good.log\nmapping = missing\n",
                "missing"
            },
            {"pack that leads out of its folder", "baseline = good.log\ncandidate = ../good.log\n", "leads out"},
            {"pack with a name that no file can have", "baseline = good.log\ncandidate = a\\u0000b\n", "pack"}
        };
        for (String[] call : calls) {
            call(call[0], folder -> {
                write(folder, "good.log", GOOD);
                write(folder, "pack/good.log", GOOD);
                write(folder, "pack/pack.properties", call[1]);
                trouble(
                        says(call[2]),
                        "compare",
                        "--pack",
                        folder.resolve("pack").toString());
            });
        }
        call("unknown pack", folder -> trouble(says("nosuch", "dettrace packs"), "compare", "--pack", "nosuch"));
        call("folder that is no pack", folder -> {
            trouble(says("pack.properties"), "compare", "--pack", folder.toString());
        });
        call("pack and inputs", folder -> {
            String good = write(folder, "good.log", GOOD);
            write(folder, "pack/pack.properties", "input = good.log\n");
            trouble(says("--pack"), "compare", "--pack", folder.resolve("pack").toString(), good, good);
        });
        call("pack with a manifest that is not UTF-8", folder -> {
            write(folder, "pack/pack.properties", raw("title = \u00FF\n"));
            trouble(
                    says("pack.properties"),
                    "compare",
                    "--pack",
                    folder.resolve("pack").toString());
        });
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> artifacts() {
        call("artifacts onto an input", folder -> {
            String good = write(folder, "expected.jsonl", GOOD);
            trouble(says("expected.jsonl", "input"), "compare", good, good, "--out", folder.toString());
            trouble(says("expected.jsonl", "input"), "compare", good, good, "--force", "--out", folder.toString());
            assertThat(folder.resolve("expected.jsonl")).hasContent(GOOD);
        });
        call("artifacts onto foreign files", folder -> {
            String good = write(folder, "good.log", GOOD);
            write(folder, "out/divergence_report.json", "{\"mine\":1}");
            trouble(
                    says("divergence_report.json", "--force"),
                    "compare",
                    good,
                    good,
                    "--out",
                    folder.resolve("out").toString());
            assertThat(folder.resolve("out/divergence_report.json")).hasContent("{\"mine\":1}");
        });
        call("artifacts onto a file", folder -> {
            String good = write(folder, "good.log", GOOD);
            trouble(says("good.log", "--out"), "compare", good, good, "--out", good);
            assertThat(Path.of(good)).hasContent(GOOD);
        });
        call("artifacts below a file", folder -> {
            String good = write(folder, "good.log", GOOD);
            trouble(says("good.log"), "compare", good, good, "--out", good + "/out");
        });
        call("artifacts of broken input", folder -> {
            String good = write(folder, "good.log", GOOD);
            String bad = write(folder, "bad.log", withLine(30, "oops"));
            trouble(
                    says("bad.log:30:1"),
                    "compare",
                    good,
                    bad,
                    "--out",
                    folder.resolve("out").toString());
            try (Stream<Path> files = Files.walk(folder)) {
                assertThat(files.filter(Files::isRegularFile)).hasSize(2);
            }
        });
        call("artifacts into a folder that may not be written", folder -> {
            String good = write(folder, "good.log", GOOD);
            Path out = Files.createDirectory(folder.resolve("out"));
            assumeTrue(out.toFile().setWritable(false) && !Files.isWritable(out), "root writes everywhere");
            trouble(says("out"), "compare", good, good, "--out", out.toString());
        });
        return tests.stream();
    }
}

package io.dettrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line promises: exit status, the answer, artifacts, the same bytes every time. */
class CompareCommandTest {
    private static final String TASK_RACE = "../packs/task-race";

    @TempDir
    Path folder;

    /** One call of the command line. */
    private record Call(int status, String out, String err) {
        static Call of(String... args) {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            int status = Main.run(new PrintWriter(out), new PrintWriter(err), args);
            return new Call(status, out.toString(), err.toString());
        }
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    @Test
    void theTaskRaceDivergesAtTheWrongDequeue() {
        Call call = Call.of("compare", "--pack", TASK_RACE);
        assertThat(call.status).isEqualTo(1);
        assertThat(call.out).contains("First divergence at event 5", "task is 2, expected 1", "line 6");
        assertThat(call.err).isEmpty();
    }

    @Test
    void equivalentRunsExitWithZero() {
        Call call = Call.of("compare", TASK_RACE + "/expected.jsonl", TASK_RACE + "/expected.jsonl");
        assertThat(call.status).isZero();
        assertThat(call.out).contains("EQUIVALENT", "All 20 events correspond");
    }

    @Test
    void outputDoesNotDependOnLocaleOrZone() throws IOException {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        List<String> outputs = new ArrayList<>();
        try {
            for (String tag : List.of("en-US", "tr-TR", "ar-EG-u-nu-arab", "de-DE", "hi-IN-u-nu-deva")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                TimeZone.setDefault(TimeZone.getTimeZone(outputs.size() % 2 == 0 ? "Pacific/Kiritimati" : "UTC"));
                StringBuilder all = new StringBuilder();
                for (String format : List.of("text", "json", "markdown")) {
                    all.append(Call.of("compare", "--pack", TASK_RACE, "--format", format).out);
                }
                all.append(Call.of("compare", "--pack", "../packs/gpio-interrupt-race", "--explain-mapping").out);
                outputs.add(all.toString());
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
        assertThat(outputs).containsOnly(outputs.get(0));
    }

    @Test
    void aMappingThatWasExplainedCanBeUsedAgain() throws IOException {
        Call explained = Call.of("compare", "--pack", TASK_RACE, "--explain-mapping");
        assertThat(explained.status).isZero();
        Path mapping = Files.writeString(folder.resolve("my.mapping"), explained.out);
        Call again = Call.of("compare", "--pack", TASK_RACE, "--mapping", mapping.toString());
        assertThat(again.out).isEqualTo(Call.of("compare", "--pack", TASK_RACE).out);
    }

    @Test
    void artifactsAreWrittenWholeAndTheSameEveryTime() throws IOException {
        Path out = folder.resolve("artifacts");
        Call.of("compare", "--pack", TASK_RACE, "--out", out.toString());
        byte[] first = Files.readAllBytes(out.resolve("divergence_report.json"));
        Call again = Call.of("compare", "--pack", TASK_RACE, "--out", out.toString());
        assertThat(again.status).isEqualTo(1);
        assertThat(Files.readAllBytes(out.resolve("divergence_report.json"))).isEqualTo(first);
        assertThat(out.resolve("expected.jsonl")).hasSameBinaryContentAs(Path.of(TASK_RACE, "expected.jsonl"));
        assertThat(out.resolve("actual.jsonl")).hasSameBinaryContentAs(Path.of(TASK_RACE, "actual.jsonl"));
        try (var left = Files.list(out)) {
            assertThat(left.map(p -> p.getFileName().toString()))
                    .containsExactlyInAnyOrder("expected.jsonl", "actual.jsonl", "divergence_report.json");
        }
    }

    @Test
    void artifactsNeverReplaceAnInputOrForeignFiles() throws IOException {
        Path a = Files.copy(Path.of(TASK_RACE, "expected.jsonl"), folder.resolve("expected.jsonl"));
        Path b = Files.copy(Path.of(TASK_RACE, "actual.jsonl"), folder.resolve("other.jsonl"));
        Call onInput = Call.of("compare", a.toString(), b.toString(), "--out", folder.toString(), "--force");
        assertThat(onInput.status).isEqualTo(2);
        assertThat(onInput.err).contains("is an input");
        Path foreign = Files.createDirectories(folder.resolve("foreign"));
        Files.writeString(foreign.resolve("actual.jsonl"), "precious");
        Call onForeign = Call.of("compare", a.toString(), b.toString(), "--out", foreign.toString());
        assertThat(onForeign.status).isEqualTo(2);
        assertThat(foreign.resolve("actual.jsonl")).hasContent("precious");
    }

    @Test
    void recordedOrderTakesTheWholeRunAsOneLane() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            lines.add("{\"thread\":\"t" + i % 4 + "\",\"event\":\"e" + i / 4 + "\"}");
        }
        Path a = file("a.jsonl", lines.toArray(String[]::new));
        Random random = new Random(5);
        List<List<String>> lanes = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            String name = "\"t" + t + "\"";
            lanes.add(
                    new ArrayList<>(lines.stream().filter(l -> l.contains(name)).toList()));
        }
        List<String> mixed = new ArrayList<>();
        while (mixed.size() < 40) {
            List<String> lane = lanes.get(random.nextInt(4));
            if (!lane.isEmpty()) {
                mixed.add(lane.remove(0));
            }
        }
        Path b = file("b.jsonl", mixed.toArray(String[]::new));
        assertThat(Call.of("compare", a.toString(), b.toString()).status).isZero();
        assertThat(Call.of("compare", a.toString(), b.toString(), "--order", "recorded").status)
                .isEqualTo(1);
    }

    @Test
    void nestedFieldsAreComparedAndCanBeLeftOut() throws IOException {
        Path a = file(
                "a.jsonl",
                "{\"event\":\"w\",\"m\":{\"reg\":\"A\",\"v\":1}}",
                "{\"event\":\"x\",\"m\":{\"reg\":\"B\",\"v\":2}}");
        Path b = file(
                "b.jsonl",
                "{\"event\":\"w\",\"m\":{\"reg\":\"A\",\"v\":1}}",
                "{\"event\":\"x\",\"m\":{\"reg\":\"B\",\"v\":3}}");
        Call call = Call.of("compare", a.toString(), b.toString());
        assertThat(call.status).isEqualTo(1);
        assertThat(call.out).contains("m.v is 3, expected 2");
        assertThat(Call.of("compare", a.toString(), b.toString(), "--ignore", "m.v").status)
                .isZero();
        assertThat(Call.of("compare", a.toString(), b.toString(), "--ignore", "m").status)
                .isZero();
        assertThat(Call.of("compare", a.toString(), b.toString(), "--key", "event,m.reg").status)
                .isZero();
    }

    @Test
    void aMisspeltLaneOrKeyIsAnErrorAndNoSilentAnswer() {
        for (String option : List.of("--lane", "--key", "--clock", "--kind")) {
            Call call = Call.of("compare", "--pack", TASK_RACE, option, "nosuch");
            assertThat(call.status).as(option).isEqualTo(2);
            assertThat(call.err).as(option).contains("nosuch", "fields are");
        }
    }

    @Test
    void anOrderInversionOnASharedResourceNamesBothEvents() throws IOException {
        List<String> good = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            good.add("{\"thread\":\"a\",\"event\":\"work" + i + "\",\"lock\":null}");
            good.add("{\"thread\":\"b\",\"event\":\"work" + i + "\",\"lock\":null}");
        }
        List<String> bad = new ArrayList<>(good);
        String a = "{\"thread\":\"a\",\"event\":\"take\",\"lock\":\"L\"}";
        String b = "{\"thread\":\"b\",\"event\":\"take\",\"lock\":\"L\"}";
        good.addAll(List.of(a, b));
        bad.addAll(List.of(b, a));
        Path one = file("a.jsonl", good.toArray(String[]::new));
        Path other = file("b.jsonl", bad.toArray(String[]::new));
        assertThat(Call.of("compare", one.toString(), other.toString()).status).isZero();
        Call call = Call.of("compare", one.toString(), other.toString(), "--resource", "lock");
        assertThat(call.status).isEqualTo(1);
        assertThat(call.out).contains("order inverted across lanes", "lane a", "lane b");
        assertThat(call.out).doesNotContain("expected take first, got take first");
    }

    @Test
    void filesOfAFolderAreLanesWhereNothingElseNamesThem() throws IOException {
        for (String run : List.of("good", "bad")) {
            Files.createDirectories(folder.resolve(run));
            for (int n = 1; n <= 3; n++) {
                List<String> lines = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    boolean wrong = run.equals("bad") && n == 2 && i == 7;
                    lines.add("{\"event\":\"e" + i + "\",\"value\":" + (wrong ? 99 : i * n) + "}");
                }
                Files.write(folder.resolve(run).resolve("node" + n + ".jsonl"), lines);
            }
        }
        Call call = Call.of(
                "compare",
                folder.resolve("good").toString(),
                folder.resolve("bad").toString());
        assertThat(call.status).isEqualTo(1);
        assertThat(call.out).contains("value is 99, expected 14", "node2.jsonl:8");
    }

    @Test
    void helpNamesEveryOptionOfCompare() {
        Call call = Call.of("help", "compare");
        assertThat(call.status).isZero();
        assertThat(call.out).contains("Examples:", "--lane", "--key", "--order", "--lenient", "Exit status");
        List<String> options =
                new ArrayList<>(List.of("--pack", "--out", "--format", "--mapping", "--explain-mapping"));
        options.forEach(o -> assertThat(call.out).contains(o));
    }

    @Test
    void anIdentifierThatIsIgnoredMakesLinksAndNothingElse() throws IOException {
        Path good = file("good.jsonl", "{\"op\":\"x\",\"id\":\"1\"}", "{\"op\":\"y\",\"id\":\"2\"}");
        Path bad = file("bad.jsonl", "{\"op\":\"x\",\"id\":\"1\"}", "{\"op\":\"y\",\"id\":\"1\"}");
        assertThat(Call.of("compare", good.toString(), bad.toString(), "--event", "id")
                        .status())
                .isEqualTo(1);
        assertThat(Call.of("compare", good.toString(), bad.toString(), "--event", "id", "--ignore", "id")
                        .status())
                .isZero();
    }
}

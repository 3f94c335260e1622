package io.dettrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.dettrace.oracle.history.model.Models;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check} on histories: what the reference page shows, user's models, limits, the schema, and bad calls. */
class CheckCommandTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "linearizability.md");
    private static final Path SCHEMA = Path.of("..", "docs", "reference", "check.schema.json");

    @TempDir
    private Path folder;

    private Path history;
    private Path model;

    @BeforeEach
    void writeTheExamplesOfTheReferencePage() throws IOException {
        String page = Files.readString(PAGE);
        history = write("register.jsonl", between(page, "```json\n", "```"));
        model = write("account.model", "# an account" + between(page, "```\n# an account", "```"));
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf(end, from));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private record Answer(int status, String out, String err) {}

    private static Answer run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.run(
                new PrintWriter(out),
                new PrintWriter(err),
                Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        return new Answer(status, out.toString(), err.toString());
    }

    @Test
    void theReferencePageShowsTheRealOutputAndAllModels() throws IOException {
        String page = Files.readString(PAGE);
        Answer answer = run("check", history);

        assertThat(answer.status).isEqualTo(1);
        assertThat(page).contains(answer.out.replace(history.toString(), "register.jsonl"));
        Models.names().forEach((name, about) -> assertThat(page).contains("| `" + name + "` | " + about + " |"));
    }

    @Test
    void aHistoryUpToBeforeTheViolationIsLinearizable() throws IOException {
        List<String> lines = Files.readAllLines(history);

        assertThat(run("check", write("cut.jsonl", String.join("\n", lines.subList(0, 6)))))
                .extracting(Answer::status)
                .isEqualTo(0);
        assertThat(run("check", write("cut.jsonl", String.join("\n", lines.subList(0, 7)))))
                .extracting(Answer::status)
                .isEqualTo(1);
    }

    private Path transfers(String second) throws IOException {
        return write("transfers.jsonl", """
                {"process":1,"type":"invoke","f":"deposit","value":10,"key":"alice"}
                {"process":1,"type":"ok","f":"deposit","value":10,"key":"alice"}
                {"process":1,"type":"invoke","f":"withdraw","value":8,"key":"alice"}
                {"process":2,"type":"invoke","f":"withdraw","value":7,"key":"alice"}
                {"process":1,"type":"ok","f":"withdraw","value":true,"key":"alice"}
                {"process":2,"type":"%s","f":"withdraw","value":%s,"key":"alice"}
                {"process":2,"type":"invoke","f":"balance","key":"alice"}
                {"process":2,"type":"ok","f":"balance","value":2,"key":"alice"}
                """.formatted(second.equals("true") ? "ok" : "fail", second));
    }

    @Test
    void aModelFileIsTheYardstick() throws IOException {
        assertThat(run("check", transfers("7"), "--model", model)).satisfies(a -> {
            assertThat(a.status).as(a.out + a.err).isEqualTo(0);
            assertThat(a.out).startsWith("LINEARIZABLE").contains("account (as said)");
        });
        assertThat(run("check", transfers("true"), "--model", model)).satisfies(a -> {
            assertThat(a.status).isEqualTo(1);
            assertThat(a.out)
                    .contains(
                            "transfers.jsonl:6, \"alice\": process 2, withdraw 7 returned true",
                            "would have fit: failed",
                            "2 calls of 3 show it");
        });
    }

    @Test
    void aModelFileThatIsWrongIsTroubleWithItsPlace() throws IOException {
        Path wrong = write("wrong.model", "state b = 0\noperation withdraw(a)\n  set b = b - c\n");
        assertThat(run("check", transfers("7"), "--model", wrong))
                .isEqualTo(new Answer(
                        2,
                        "",
                        "dettrace: " + wrong + ":3:15: c is no state variable, argument or function" + " here\n"));

        Path poor = write("poor.model", "operation deposit\n  return anything\n");
        assertThat(run("check", transfers("7"), "--model", poor)).satisfies(a -> {
            assertThat(a.status).isEqualTo(2);
            assertThat(a.err)
                    .contains("transfers.jsonl:3: model poor.model has no function withdraw"
                            .replace("poor.model", poor.toString()))
                    .contains("balance, deposit, withdraw");
        });

        Path endless = write(
                "endless.model",
                "state x = 2\noperation deposit\n set x = [x, x]\noperation withdraw\n set x = [x, x]\noperation balance\n set x"
                        + " = [x, x]\n");
        String many =
                "{\"process\":1,\"type\":\"invoke\",\"f\":\"deposit\"}\n{\"process\":1,\"type\":\"ok\",\"f\":\"deposit\"}\n";
        assertThat(run("check", write("many.jsonl", many.repeat(200)), "--model", endless))
                .satisfies(a -> {
                    assertThat(a.status).isEqualTo(2);
                    assertThat(a.err).contains("many.jsonl: model").contains("its state grows beyond 1000000 values");
                });
    }

    @Test
    void aClassIsAModelToo() throws IOException {
        Path source = write("Once.java", """
                import io.dettrace.oracle.history.*;
                import java.util.List;
                public class Once implements Model {
                    public String name() { return "once"; }
                    public Object initial() { return false; }
                    public boolean knows(String function) { return function.equals("take") || function.equals("break"); }
                    public List<Outcome> apply(Object taken, Call call) {
                        if (call.function().equals("break")) throw new IllegalStateException("broken");
                        return List.of(Outcome.returns(true, Value.of(!(Boolean) taken)));
                    }
                }
                """);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-d",
                                folder.toString(),
                                source.toString()))
                .isZero();
        String take =
                "{\"process\":1,\"type\":\"invoke\",\"f\":\"take\"}\n{\"process\":1,\"type\":\"ok\",\"f\":\"take\",\"value\":true}\n";
        Path calls = write("take.jsonl", take.repeat(2));

        assertThat(run("check", calls, "--model", "Once", "--model-path", folder, "--brief").out)
                .startsWith("NOT LINEARIZABLE")
                .contains("take.jsonl:4");
        assertThat(run(
                        "check",
                        write("b.jsonl", take.replace("take", "break")),
                        "--model",
                        "Once",
                        "--model-path",
                        folder))
                .satisfies(a -> {
                    assertThat(a.status).isEqualTo(2);
                    assertThat(a.err).contains("b.jsonl: model once fails at").contains("broken");
                });
        assertThat(run("check", calls, "--model", "Twice", "--model-path", folder).status)
                .isEqualTo(2);
        assertThat(run("check", calls, "--model", "Once").err).contains("a class needs --model-path");
    }

    @Test
    void aHistoryBeyondTheLimitIsUndecidedAndSaysHowFarItCame() throws IOException {
        String again = "{\"process\":9,\"type\":\"%s\",\"f\":\"write\",\"value\":1}\n";
        String twice = Files.readString(history).stripTrailing() + "\n" + String.format(again + again, "invoke", "ok");

        Answer answer = run("check", write("twice.jsonl", twice), "--max-states", "1");

        assertThat(answer.status).isEqualTo(2);
        assertThat(answer.out).startsWith("UNDECIDED").contains("--max-states allows more");
    }

    @Test
    void ofSeveralHistoriesTheWorstCountsAndAllAreChecked() throws IOException {
        Path bad = write("bad.jsonl", "{\"a\":1}\n");
        Answer answer = run("check", history, bad, history, "--brief");

        assertThat(answer.status).isEqualTo(2);
        assertThat(answer.out.lines()).hasSize(2);
        assertThat(answer.err).contains("bad.jsonl: is no history of operations", "--phase");
    }

    @Test
    void theSchemaHoldsAndRefusesWhatIsNoReport() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
        Path good = write(
                "good.jsonl", String.join("\n", Files.readAllLines(history).subList(0, 6)));
        for (Answer answer : List.of(
                run("check", history, "--format", "json"),
                run("check", good, "--format", "json"),
                run("check", history, good, "--format", "json"),
                run("check", history, "--format", "json", "--max-states", "1"),
                run("check", transfers("true"), "--model", model, "--format", "json"))) {
            assertThat(schema.validate(answer.out, InputFormat.JSON))
                    .as(answer.out)
                    .isEmpty();
        }
        String report = run("check", history, "--format", "json").out;
        assertThat(schema.validate(report.replace("\"not_linearizable\"", "\"linearizable\""), InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema.validate(report.replace("\"witness\"", "\"witnesses\""), InputFormat.JSON))
                .isNotEmpty();
    }
}

package io.dettrace.replay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutsideValuesTest {
    private final ControlledThread thread = new ControlledThread(Thread.currentThread(), 0, "0.1");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void setUp() {
        file = folder.resolve("run.values");
    }

    private OutsideValues writing(String more) throws IOException {
        return OutsideValues.open(Options.parse("values=" + file + more));
    }

    private OutsideValues reading() throws IOException {
        return OutsideValues.open(Options.parse("given=" + file));
    }

    private static Exchange read() {
        return Exchange.plain("socket.read", null);
    }

    @Test
    void everyAnswerIsReadAsItWasWritten() throws IOException {
        Random random = new Random(1);
        Answer[] answers = new Answer[200];
        OutsideValues out = writing("");
        for (int i = 0; i < answers.length; i++) {
            byte[] data = new byte[random.nextInt(i % 10 == 0 ? 200_000 : 20)];
            random.nextBytes(data);
            answers[i] = i % 7 == 0
                    ? Answer.thrown(new SocketTimeoutException(i % 2 == 0 ? null : "Read timed out\n" + i))
                    : Answer.of(data.length, data);
            thread.number = i;
            out.keep(thread, read(), answers[i]);
        }
        assertThat(out.close()).isNull();
        OutsideValues in = reading();
        for (int i = 0; i < answers.length; i++) {
            thread.number = i;
            Answer answer = in.next(thread, read());
            assertThat(answer.count()).isEqualTo(answers[i].count());
            assertThat(answer.data()).isEqualTo(answers[i].data());
            assertThat(answer.thrown()).isEqualTo(answers[i].thrown());
            assertThat(answer.digest()).isEqualTo(answers[i].digest());
            if (answer.thrown() != null) {
                assertThat(answer.exception()).isInstanceOf(SocketTimeoutException.class);
                assertThat(answer.exception().getMessage()).isEqualTo(i % 2 == 0 ? null : "Read timed out\n" + i);
            }
        }
        assertThat(in.next(thread, read())).isNull();
        assertThat(in.due()).contains("nothing more");
    }

    @Test
    void ofBytesThatAreSentOnlyTheDigestIsKept() throws IOException {
        byte[] secret = "secret".getBytes(StandardCharsets.UTF_8);
        OutsideValues out = writing("");
        Exchange send = Exchange.bytes("socket.write", null, true, secret, 0, secret.length);
        out.keep(thread, send, Answer.of(secret.length, send.data(secret.length)));
        out.close();
        assertThat(Files.readString(file)).contains("0.1 0 socket.write 6 #");
        assertThat(reading().next(thread, send).digest()).isEqualTo(Answer.digest(secret));
    }

    @Test
    void anAnswerToAnotherQuestionIsNotGiven() throws IOException {
        OutsideValues out = writing("");
        thread.number = 14;
        out.keep(thread, read(), Answer.of(1, new byte[] {1}));
        out.close();
        thread.number = 15;
        OutsideValues in = reading();
        assertThat(in.next(thread, read())).isNull();
        assertThat(in.due()).contains("socket.read as event 14 of thread 0.1").contains(":2)");
        thread.number = 14;
        assertThat(reading().next(thread, Exchange.plain("file.read", null))).isNull();
    }

    @Test
    void beyondTheLimitNothingIsKeptAndTheReplaySaysSo() throws IOException {
        OutsideValues out = writing(",values-limit=100");
        for (int i = 0; i < 20; i++) {
            thread.number = i;
            out.keep(thread, read(), Answer.of(3, new byte[] {1, 2, 3}));
        }
        out.close();
        assertThat(Files.size(file)).isLessThanOrEqualTo(100 + OutsideValues.CUT.length() + 1);
        assertThat(Files.readAllLines(file)).endsWith(OutsideValues.CUT).hasSizeGreaterThan(2);
        OutsideValues in = reading();
        thread.number = 0;
        int given = 0;
        while (in.next(thread, read()) != null) {
            thread.number = ++given;
        }
        assertThat(in.due()).contains("limit");
    }

    @Test
    void aFileOfAnotherKindIsRefused() throws IOException {
        Files.writeString(file, "dettrace-values 2\n");
        assertThatThrownBy(this::reading)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("run.values:1: expected 'dettrace-values 1', found 'dettrace-values 2'");
    }

    @Test
    void timeThatMovedOnIsPartOfTheOrderOfReturn() {
        Admissions made = new Admissions("");
        made.passTime();
        made.passTime();
        made.admit(thread);
        made.passTime();
        assertThat(made.text()).isEqualTo("~2 0.1 ~1");
        Admissions again = new Admissions("~2 0.1 ~1");
        assertThat(again.next()).isEqualTo(Admissions.TIME);
        again.passTime();
        assertThat(again.next()).isEqualTo(Admissions.TIME);
        again.passTime();
        assertThat(again.next()).isEqualTo("0.1");
        again.admit(thread);
        again.passTime();
        assertThat(again.next()).isNull();
        assertThat(again.text()).isEqualTo("~2 0.1 ~1");
    }
}

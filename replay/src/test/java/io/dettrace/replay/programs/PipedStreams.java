package io.dettrace.replay.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A pipe between two threads: PipedOutputStream into PipedInputStream, with a buffer smaller than the text. */
public final class PipedStreams {
    private PipedStreams() {}

    public static void main(String[] args) throws Exception {
        PipedInputStream in = new PipedInputStream(8);
        PipedOutputStream out = new PipedOutputStream(in);
        Thread writer = new Thread(() -> write(out), "writer");
        writer.start();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                System.out.println("read " + line);
            }
        }
        writer.join();
    }

    private static void write(PipedOutputStream out) {
        try (PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            for (int i = 0; i < 4; i++) {
                print.print("line " + i + "\n");
                out.flush();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.dettrace.replay.runtime;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Speaks with the outside once before the program begins, over the loopback interface and with a file of its own: a replay
 * does not do what the recording did, and what the JDK loads and numbers at the first time must not differ.
 */
final class OutsideWarmUp {
    private OutsideWarmUp() {}

    static void run() {
        OutsideValues.warmUp();
        try {
            sockets();
        } catch (IOException e) {
            // No network here: then the program has none either.
        }
        try {
            files();
        } catch (IOException e) {
            // No file can be made here, which is no reason not to begin.
        }
        process();
    }

    private static void sockets() throws IOException {
        InetAddress here = InetAddress.getByName("localhost");
        InetAddress.getLoopbackAddress();
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, here)) {
            port = server.getLocalPort();
            try (Socket client = new Socket()) {
                client.connect(new InetSocketAddress(here, port), 1_000);
                try (Socket accepted = server.accept()) {
                    client.getOutputStream().write(1);
                    accepted.getInputStream().read();
                    accepted.getLocalAddress();
                    accepted.shutdownOutput();
                    client.getInputStream().read();
                }
            }
        }
        try (Socket nobody = new Socket()) {
            nobody.connect(new InetSocketAddress(here, port), 1_000);
        } catch (IOException e) {
            OutsideObjects.decode(OutsideObjects.encode(new InetAddress[] {here}));
            Answer.thrown(e).exception();
        }
    }

    private static void files() throws IOException {
        Path file = Files.createTempFile("dettrace", "");
        try {
            Files.write(file, new byte[] {'a', '\n'});
            Files.readAllLines(file);
            try (FileInputStream in = new FileInputStream(file.toFile())) {
                in.read();
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void process() {
        boolean windows = File.separatorChar == '\\';
        try {
            ProcessBuilder nothing = windows ? new ProcessBuilder("cmd", "/c", "exit") : new ProcessBuilder("true");
            nothing.start().waitFor();
        } catch (IOException e) {
            // No such command here.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

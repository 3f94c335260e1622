package io.dettrace.replay.programs;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.UnaryOperator;

/** A pipeline of three stages in threads of their own, joined by small queues and ended by a mark. */
public final class TokenPipeline {
    private static final String END = "end";

    private TokenPipeline() {}

    public static void main(String[] args) throws InterruptedException {
        BlockingQueue<String> raw = new ArrayBlockingQueue<>(1);
        BlockingQueue<String> trimmed = new ArrayBlockingQueue<>(2);
        BlockingQueue<String> upper = new ArrayBlockingQueue<>(1);
        StringBuffer trace = new StringBuffer();
        stage("trim", raw, trimmed, String::trim, trace);
        stage("upper", trimmed, upper, String::toUpperCase, trace);
        Thread source = new Thread(
                () -> {
                    for (String token : new String[] {" a ", " b", "c ", END}) {
                        put(raw, token);
                    }
                },
                "source");
        source.start();
        StringBuilder sink = new StringBuilder();
        for (String token = upper.take(); !token.equals(END); token = upper.take()) {
            sink.append(token);
        }
        System.out.println(sink + " " + trace);
    }

    private static void stage(
            String name,
            BlockingQueue<String> in,
            BlockingQueue<String> out,
            UnaryOperator<String> step,
            StringBuffer trace) {
        new Thread(
                        () -> {
                            String token;
                            do {
                                token = take(in);
                                trace.append(name.charAt(0));
                                put(out, token.equals(END) ? END : step.apply(token));
                            } while (!token.equals(END));
                        },
                        name)
                .start();
    }

    private static String take(BlockingQueue<String> queue) {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void put(BlockingQueue<String> queue, String token) {
        try {
            queue.put(token);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

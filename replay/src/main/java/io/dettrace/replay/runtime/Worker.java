package io.dettrace.replay.runtime;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * Runs a program many times in one JVM, each time with classes loaded anew.
 *
 * <p>Reads the names of control files from standard input, a line each, and answers each with a line: {@code done STATUS},
 * {@code unfit REASON} if the program needs a JVM of its own, or {@code retire STATUS} if the run is done and this JVM should
 * do no more. A run that cannot be ended stays behind, stopped.
 */
public final class Worker {
    /** Threads left behind by runs after which a JVM should be replaced. */
    private static final int MOST_LEFT_BEHIND = 2_000;

    /** Runs after which a JVM should be replaced: identity hashes, of which each run takes its share, would begin anew. */
    private static final int MOST_RUNS = 10_000;

    private static volatile String unfit;
    private static int leftBehind;
    private static int runs;

    private final String mainClass;
    private final String[] arguments;
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final Properties properties = (Properties) System.getProperties().clone();

    private Worker(String[] words) {
        mainClass = words[0];
        arguments = java.util.Arrays.copyOfRange(words, 1, words.length);
    }

    /** The current run does something that would show in later ones; they must each have a JVM of their own. */
    static void unfit(String reason) {
        unfit = reason;
    }

    /**
     * Serves until standard input ends.
     *
     * @param words the program's main class and its arguments
     */
    public static void main(String[] words) throws IOException, InterruptedException {
        Worker worker = new Worker(words);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            worker.out.println(worker.answer(line));
            worker.out.flush();
        }
        Runtime.getRuntime().halt(0);
    }

    private String answer(String control) throws InterruptedException {
        unfit = null;
        String status;
        try {
            status = run(Options.parse("control=" + control));
        } catch (IOException | RuntimeException e) {
            return "unfit " + String.valueOf(e.getMessage()).replace('\n', ' ');
        } finally {
            System.setOut(out);
            System.setErr(err);
            System.setProperties((Properties) properties.clone());
        }
        if (unfit != null) {
            return "unfit " + unfit;
        }
        runs++;
        return (leftBehind > MOST_LEFT_BEHIND || runs > MOST_RUNS || status.equals("4") ? "retire " : "done ") + status;
    }

    private String run(Options options) throws IOException, InterruptedException {
        PrintStream runOut = new PrintStream(options.get("out", "/dev/null"), StandardCharsets.UTF_8);
        PrintStream runErr = new PrintStream(options.get("err", "/dev/null"), StandardCharsets.UTF_8);
        System.setOut(runOut);
        System.setErr(runErr);
        Scheduler scheduler = new Scheduler(options);
        URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
        Thread thread = new Thread(null, new Program(scheduler, loader), "main");
        thread.setContextClassLoader(loader);
        new Watchdog(scheduler).start();
        thread.start();
        scheduler.recording.awaitEnd();
        runOut.flush();
        runErr.flush();
        for (ControlledThread each : scheduler.threads) {
            leftBehind += each.ended ? 0 : 1;
        }
        return scheduler.recording.status();
    }

    private static URL[] classPath() throws MalformedURLException {
        String[] entries = System.getProperty("java.class.path", "").split(File.pathSeparator);
        URL[] urls = new URL[entries.length];
        for (int i = 0; i < entries.length; i++) {
            urls[i] = new File(entries[i].isEmpty() ? "." : entries[i]).toURI().toURL();
        }
        return urls;
    }

    /** The program's main thread. */
    private final class Program implements Runnable {
        private final Scheduler scheduler;
        private final ClassLoader loader;

        Program(Scheduler scheduler, ClassLoader loader) {
            this.scheduler = scheduler;
            this.loader = loader;
        }

        @Override
        public void run() {
            Method main;
            try {
                main = Class.forName(mainClass, false, loader).getMethod("main", String[].class);
                main.setAccessible(true);
            } catch (ReflectiveOperationException e) {
                unfit("no main method: " + e);
                scheduler.recording.finish(null);
                return;
            }
            scheduler.begin();
            try {
                main.invoke(null, (Object) arguments.clone());
            } catch (InvocationTargetException e) {
                throw Worker.<RuntimeException>thrown(e.getCause());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Lets any exception through, as the program threw it. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T thrown(Throwable cause) throws T {
        throw (T) cause;
    }
}

package io.dettrace.recorder.junit;

import io.dettrace.recorder.DivergenceError;
import io.dettrace.recorder.Follow;
import io.dettrace.recorder.Guard;
import io.dettrace.recorder.RecordedRun;
import io.dettrace.recorder.Recorder;
import io.dettrace.recorder.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** What {@link Recorded} does: gives a test its recorder, and looks at the run when the test has passed. */
public final class RecordedExtension implements ParameterResolver, InvocationInterceptor {
    /** System property: {@code update}, {@code guard} or {@code off}. */
    public static final String MODE = "dettrace.recorded";

    /** System property: the folder of all files. */
    public static final String FOLDER = "dettrace.recorded.folder";

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(RecordedExtension.class);

    /** One test's run. */
    private record Session(Recorder recorder, @Nullable Path temporary, Path file) {}

    /** Made by JUnit. */
    public RecordedExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Recorder.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return session(context).recorder();
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, context);
    }

    private static void run(Invocation<Void> invocation, ExtensionContext context) throws Throwable {
        Session session = session(context);
        try {
            proceed(invocation, session.recorder());
            if (session.temporary() != null) {
                write(Recording.open(session.temporary()), session.file());
            }
        } finally {
            if (session.temporary() != null) {
                delete(session.temporary());
            }
        }
    }

    private static void proceed(Invocation<Void> invocation, Recorder recorder) throws Throwable {
        try {
            invocation.proceed();
        } catch (Throwable failure) {
            try {
                recorder.close();
            } catch (DivergenceError divergence) {
                failure.addSuppressed(divergence);
            }
            throw failure;
        }
        recorder.close();
    }

    private static Session session(ExtensionContext context) {
        // Not getOrComputeIfAbsent, nor what has replaced it: this works with JUnit 5 and 6.
        ExtensionContext.Store store = context.getStore(NAMESPACE);
        Session known = store.get(Session.class, Session.class);
        if (known != null) {
            return known;
        }
        Session session = open(context, annotation(context));
        store.put(Session.class, session);
        return session;
    }

    private static Session open(ExtensionContext context, Recorded recorded) {
        String mode = System.getProperty(MODE, "").toLowerCase(Locale.ROOT);
        if (!List.of("", "update", "guard", "off").contains(mode)) {
            throw new ExtensionConfigurationException(
                    "-D" + MODE + ": expected update, guard or off, found \"" + mode + "\"");
        }
        Path file = file(context, recorded);
        try {
            if (mode.equals("off")) {
                return new Session(Recorder.withoutFiles().open(), null, file);
            }
            if (mode.equals("update") || recorded.update() || !Files.exists(file) && !mustExist(mode)) {
                Path temporary = Files.createTempDirectory("dettrace-recorded");
                Recorder recorder =
                        Recorder.into(temporary).throwing().keepFree(0).open();
                return new Session(recorder, temporary, file);
            }
            if (!Files.exists(file)) {
                throw new ExtensionConfigurationException("no recorded run " + file + ": run the test with -D" + MODE
                        + "=update where it passes, and commit the file");
            }
            RecordedRun run = RecordedRun.read(file);
            Recorder.Builder builder = Recorder.withoutFiles();
            if (recorded.follow()) {
                builder.follow(Follow.order(run).ignore(recorded.ignore()));
            } else {
                Guard guard = Guard.against(run).ignore(recorded.ignore());
                builder.guard(recorded.wholeOrder() ? guard.wholeOrder() : guard);
            }
            return new Session(builder.open(), null, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean mustExist(String mode) {
        return mode.equals("guard") || System.getenv("CI") != null;
    }

    private static Recorded annotation(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        Recorded own = method.getAnnotation(Recorded.class);
        Class<?> type = context.getRequiredTestClass();
        while (own == null && type != null) {
            own = type.getAnnotation(Recorded.class);
            type = type.getEnclosingClass();
        }
        if (own == null) {
            throw new ExtensionConfigurationException(method + ": needs @Recorded, at the test or its class");
        }
        return own;
    }

    private static Path file(ExtensionContext context, Recorded recorded) {
        Path folder = Path.of(System.getProperty(FOLDER, recorded.folder()));
        String name = recorded.value();
        if (name.isEmpty()) {
            Method method = context.getRequiredTestMethod();
            String parameters = Arrays.stream(method.getParameterTypes())
                    .filter(type -> type != Recorder.class)
                    .map(type -> "-" + type.getSimpleName().replace("[]", "Array"))
                    .reduce("", String::concat);
            name = context.getRequiredTestClass().getName().replace('$', '.') + "/" + method.getName() + parameters
                    + ".jsonl";
        }
        String repetition = repetition(context).map(n -> "-" + n).orElse("");
        int dot = name.lastIndexOf('.');
        int end = dot > name.lastIndexOf('/') ? dot : name.length();
        return folder.resolve(name.substring(0, end) + repetition + name.substring(end));
    }

    /** The number of a repetition or of a set of arguments, from the end of the test's id. */
    private static Optional<String> repetition(ExtensionContext context) {
        String id = context.getUniqueId();
        int at = id.lastIndexOf(":#");
        return at < 0 || at < id.lastIndexOf('/')
                ? Optional.empty()
                : Optional.of(id.substring(at + 2, id.length() - 1));
    }

    private static void write(Recording recording, Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        recording.exportJsonLines(file);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}

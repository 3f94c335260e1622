package io.dettrace.replay.agent;

import io.dettrace.replay.runtime.CollectionHooks;
import io.dettrace.replay.runtime.Options;
import io.dettrace.replay.runtime.Scopes;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;

/** Where the agent begins, before the program's main method. */
public final class Agent {
    private Agent() {}

    /**
     * Brings the JVM under control.
     *
     * @param arguments {@code key=value} pairs with commas between; {@code control=FILE} names a schedule to follow
     * @param instrumentation given by the JVM
     */
    public static void premain(String arguments, Instrumentation instrumentation) {
        try {
            if (Agent.class.getClassLoader() != null) {
                // The jar has another name than its manifest says, so it is not on the boot class path yet.
                beginOnBootClassPath(arguments, instrumentation);
                return;
            }
            Options options = Options.parse(arguments);
            if ("true".equals(options.get("environment")) && BuildTool.isHere()) {
                return;
            }
            install(options, instrumentation);
            Scopes.arm(options);
            // Hashes of classes are taken now, all of them: later it would depend on what ran before.
            for (Class<?> type : instrumentation.getAllLoadedClasses()) {
                System.identityHashCode(type);
            }
            for (Class<?> type : List.of(
                    boolean.class,
                    byte.class,
                    char.class,
                    short.class,
                    int.class,
                    long.class,
                    float.class,
                    double.class,
                    void.class)) {
                System.identityHashCode(type);
            }
        } catch (Exception e) {
            System.err.println(
                    "dettrace: cannot take control of this program: " + (e.getMessage() == null ? e : e.getMessage()));
            Runtime.getRuntime().halt(2);
        }
    }

    private static void beginOnBootClassPath(String arguments, Instrumentation instrumentation) throws Exception {
        String jar = Path.of(Agent.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar));
        Class.forName(Agent.class.getName(), true, null)
                .getMethod("premain", String.class, Instrumentation.class)
                .invoke(null, arguments, instrumentation);
    }

    private static void install(Options options, Instrumentation instrumentation) throws Exception {
        Scopes.requireNumberedHashes();
        Rewriter rewriter = new Rewriter(options);
        // What rewriting needs must be loaded before it rewrites what is loaded.
        JdkClasses.rewrite("java/lang/Object", bytesOf(Object.class));
        CollectionBodies.rewrite("java/util/TreeSet", bytesOf(java.util.TreeSet.class));
        CollectionHooks.carry(rewriter, rewriter);
        instrumentation.addTransformer(rewriter, true);
        // Loaded now, and not at a time that depends on whether they do anything: a replay does not open sockets.
        for (String type : JdkIo.classes()) {
            Class.forName(type, false, null);
        }
        List<Class<?>> loaded = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (rewriter.concernsJdk(type.getName().replace('.', '/')) && instrumentation.isModifiableClass(type)) {
                loaded.add(type);
            }
        }
        instrumentation.retransformClasses(loaded.toArray(new Class<?>[0]));
        try {
            loaded.clear();
            loaded.add(Class.forName("java.lang.VirtualThread"));
            instrumentation.retransformClasses(loaded.toArray(new Class<?>[0]));
        } catch (ClassNotFoundException e) {
            // Before Java 21.
        }
        String missing = JdkHooks.missing();
        String missingIo = JdkIo.missing();
        missing += (missing.isEmpty() || missingIo.isEmpty() ? "" : ", ") + missingIo;
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "this Java (" + Runtime.version() + ") lacks methods that must be controlled: " + missing);
        }
        fixSalts(instrumentation);
    }

    private static byte[] bytesOf(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return in.readAllBytes();
        }
    }

    /** Makes the order of immutable collections and the main thread's generator the same in every run. */
    private static void fixSalts(Instrumentation instrumentation)
            throws ReflectiveOperationException, UnmodifiableClassException {
        Module base = Object.class.getModule();
        Module mine = Agent.class.getModule();
        instrumentation.redefineModule(
                base,
                Set.of(),
                Map.of("jdk.internal.misc", Set.of(mine)),
                Map.of("java.util", Set.of(mine), "java.lang", Set.of(mine), "jdk.internal.misc", Set.of(mine)),
                Set.of(),
                Map.of());
        Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
        Object unsafe = type.getMethod("getUnsafe").invoke(null);
        Method base0 = type.getMethod("staticFieldBase", Field.class);
        Method offset = type.getMethod("staticFieldOffset", Field.class);
        Class<?> collections = Class.forName("java.util.ImmutableCollections");
        Field salt = collections.getDeclaredField("SALT32L");
        type.getMethod("putLong", Object.class, long.class, long.class)
                .invoke(unsafe, base0.invoke(unsafe, salt), offset.invoke(unsafe, salt), 0x5eedL);
        Field reverse = collections.getDeclaredField("REVERSE");
        type.getMethod("putBoolean", Object.class, long.class, boolean.class)
                .invoke(unsafe, base0.invoke(unsafe, reverse), offset.invoke(unsafe, reverse), false);
        // Code compiled so far holds the old values as constants.
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (loaded.getName().startsWith("java.util.ImmutableCollections")) {
                instrumentation.retransformClasses(loaded);
            }
        }
        Field probe = Thread.class.getDeclaredField("threadLocalRandomProbe");
        Object probeOffset = type.getMethod("objectFieldOffset", Field.class).invoke(unsafe, probe);
        type.getMethod("putInt", Object.class, long.class, int.class)
                .invoke(unsafe, Thread.currentThread(), probeOffset, 0);
    }
}

package io.dettrace.replay.agent;

import io.dettrace.replay.runtime.JvmHooks;
import io.dettrace.replay.runtime.Options;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/** Rewrites classes as they are loaded: the program's own, and those of the JDK that have hooks. */
final class Rewriter implements ClassFileTransformer {
    /** What serves the tests or the tool, and is not the program. */
    private static final String[] NOT_THE_PROGRAM = {
        "io/dettrace/recorder/",
        "org/jacoco/",
        "org/junit/",
        "junit/",
        "org/hamcrest/",
        "org/assertj/",
        "org/mockito/",
        "net/bytebuddy/",
        "org/apache/maven/",
        "org/gradle/",
        "worker/org/gradle/",
        "org/testng/",
        "org/opentest4j/",
        "org/apiguardian/",
        "com/intellij/rt/",
        "org/easymock/",
        "org/objenesis/"
    };

    private final Scope scope;
    private final String[] include;
    private final String[] exclude;
    private final boolean fields;
    private final boolean collections;

    Rewriter(Options options) {
        scope = new Scope(options);
        include = prefixes(options.get("include"));
        exclude = prefixes(options.get("exclude"));
        String which = options.get("fields", "all");
        fields = which.equals("all");
        if (!fields && !which.equals("none")) {
            throw new IllegalArgumentException("fields must be all or none, not " + which);
        }
        String inside = options.get("collections", "inside");
        collections = fields && inside.equals("inside");
        if (!collections && !inside.equals("inside") && !inside.equals("whole")) {
            throw new IllegalArgumentException("collections must be inside or whole, not " + inside);
        }
    }

    /** True if the agent rewrites a class of the JDK. */
    boolean concernsJdk(String name) {
        return JdkClasses.concerns(name) || collections && CollectionBodies.isRewritten(name);
    }

    private byte[] jdk(String name, byte[] bytes) {
        byte[] rewritten = JdkClasses.concerns(name) ? JdkClasses.rewrite(name, bytes) : bytes;
        return collections && CollectionBodies.isRewritten(name)
                ? CollectionBodies.rewrite(name, rewritten)
                : rewritten;
    }

    private static String[] prefixes(String packages) {
        if (packages == null || packages.isEmpty()) {
            return new String[0];
        }
        String[] result = packages.replace('.', '/').split(",");
        for (int i = 0; i < result.length; i++) {
            result[i] = result[i].trim();
        }
        return result;
    }

    @Override
    public byte[] transform(
            Module module, ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
        if (name == null || loader == null && name.startsWith("io/dettrace/")) {
            return null;
        }
        JvmHooks.enterUnseen();
        try {
            if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
                if (type == null && JdkClasses.isLikeProgram(name)) {
                    return program(ClassLoader.getPlatformClassLoader(), bytes);
                }
                return concernsJdk(name) ? jdk(name, bytes) : null;
            }
            if (isOfTheJdk(module) || !isProgram(name)) {
                return null;
            }
            scope.loading(name, loader);
            return program(loader, bytes);
        } catch (RuntimeException | LinkageError e) {
            System.err.println("dettrace: " + name.replace('/', '.') + " is not under control: " + e);
            return null;
        } finally {
            JvmHooks.leaveUnseen();
        }
    }

    /** True for the compiler and the like, which the program's own class loader loads. */
    private static boolean isOfTheJdk(Module module) {
        return module != null
                && module.isNamed()
                && (module.getName().startsWith("jdk.") || module.getName().startsWith("java."));
    }

    private boolean isProgram(String name) {
        if (startsWithOne(name, NOT_THE_PROGRAM) || startsWithOne(name, exclude)) {
            return false;
        }
        return include.length == 0 || startsWithOne(name, include);
    }

    private static boolean startsWithOne(String name, String[] prefixes) {
        for (String prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private byte[] program(ClassLoader loader, byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        ClassFacts facts = ClassFacts.of(reader);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ProgramClass(writer, facts, scope, new Hierarchy(loader), fields, collections),
                ClassReader.EXPAND_FRAMES);
        return writer.toByteArray();
    }
}

package io.dettrace.replay.agent;

import io.dettrace.replay.runtime.Options;
import java.io.IOException;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** Which methods begin a run: the program's main method, one method by name, or every test method. */
final class Scope {
    /** Where the classes of a source file are when {@code java} is given one. */
    private static final String SOURCE_LAUNCHER = "com.sun.tools.javac.launcher.";

    private String mainClass;
    private final boolean sourceFile;
    private final String className;
    private final String methodName;
    private final boolean tests;

    Scope(Options options) {
        String scope = options.get("scope", "main");
        tests = scope.equals("tests");
        if (scope.startsWith("method:")) {
            String method = scope.substring("method:".length());
            int hash = method.indexOf('#');
            if (hash <= 0 || hash == method.length() - 1) {
                throw new IllegalArgumentException("scope method:CLASS#NAME is wanted, not " + scope);
            }
            className = method.substring(0, hash).replace('.', '/');
            int colon = method.indexOf(':', hash);
            methodName = method.substring(hash + 1, colon < 0 ? method.length() : colon);
            options.invocation();
        } else {
            className = null;
            methodName = null;
        }
        if (!tests && className == null && !scope.equals("main") && !scope.equals("worker")) {
            throw new IllegalArgumentException(
                    "no such scope: " + scope + " (there are main, method:CLASS#NAME, tests, worker)");
        }
        String launched = launched();
        sourceFile = scope.equals("main") && launched.startsWith("jdk.compiler/" + SOURCE_LAUNCHER);
        mainClass = scope.equals("main") && !sourceFile ? mainClass(launched) : null;
    }

    /** What the launcher was told to run: a class, a jar, a module, or a module and a class. */
    private static String launched() {
        String command = System.getProperty("sun.java.command", "");
        int space = command.indexOf(' ');
        return space < 0 ? command : command.substring(0, space);
    }

    /** The program's main class, with slashes; null if that cannot be found out. */
    private static String mainClass(String launched) {
        String first = launched;
        if (first.equals(System.getProperty("jdk.module.main"))) {
            first = ModuleLayer.boot()
                    .findModule(first)
                    .flatMap(module -> module.getDescriptor().mainClass())
                    .orElse(null);
        } else if (first.endsWith(".jar")) {
            try (JarFile jar = new JarFile(System.getProperty("java.class.path", first))) {
                Manifest manifest = jar.getManifest();
                first = manifest == null ? "" : manifest.getMainAttributes().getValue("Main-Class");
            } catch (IOException e) {
                return null;
            }
        }
        int slash = first == null ? -1 : first.indexOf('/');
        return first == null || first.isEmpty()
                ? null
                : first.substring(slash + 1).replace('.', '/');
    }

    /** Notes a class that is loaded: of those that a source file holds, the first is the main class. */
    void loading(String type, ClassLoader loader) {
        if (sourceFile && mainClass == null && loader.getClass().getName().startsWith(SOURCE_LAUNCHER)) {
            mainClass = type;
        }
    }

    boolean isMainClass(String type) {
        return mainClass != null && mainClass.equals(type);
    }

    /** True if the method is a run of its own; {@code annotated} tells that it is marked as a test. */
    boolean isRun(String type, String method, String descriptor, boolean isPublic, boolean annotated) {
        if (className != null) {
            return className.equals(type) && methodName.equals(method);
        }
        return tests && (annotated || isPublic && method.startsWith("test") && descriptor.equals("()V"));
    }

    /** True if the annotation marks a test. */
    static boolean marksTest(String annotation) {
        return annotation.equals("Lorg/junit/Test;")
                || annotation.equals("Lorg/junit/jupiter/api/Test;")
                || annotation.equals("Lorg/junit/jupiter/api/RepeatedTest;")
                || annotation.equals("Lorg/junit/jupiter/params/ParameterizedTest;")
                || annotation.equals("Lorg/testng/annotations/Test;");
    }
}

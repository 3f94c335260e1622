package io.dettrace.cli;

import io.dettrace.event.InputException;
import io.dettrace.oracle.history.History;
import io.dettrace.oracle.history.Model;
import io.dettrace.oracle.history.Operation;
import io.dettrace.oracle.history.Value;
import io.dettrace.oracle.history.model.ModelFile;
import io.dettrace.oracle.history.model.Models;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** The options that say which object a history is about. */
final class ModelArguments {
    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "What was called: a built-in model (--models lists them), a model file, or a class that"
                    + " implements Model; told from the operations by default.")
    private String model;

    @Option(
            names = "--model-path",
            paramLabel = "PATH",
            split = ":",
            description = "Jars or folders with the class that --model names.")
    private List<Path> path = List.of();

    @Option(
            names = "--initial",
            paramLabel = "JSON",
            description = "What a built-in model holds at first (default: nothing; a counter 0).")
    private String initial;

    /** A model and why it was taken. */
    record Chosen(Model model, String why) {}

    /** The model of a history, all of whose functions it knows. */
    Chosen choose(String run, History history) throws IOException {
        Chosen chosen = model == null ? inferred(run, history) : new Chosen(said(), "as said");
        Map<String, Operation> unknown = Models.unknown(chosen.model, history);
        if (!unknown.isEmpty()) {
            Operation first = unknown.values().iterator().next();
            throw new InputException(first.invokedAt() + ": model " + chosen.model.name() + " has no function "
                    + first.call().function() + "; the history calls "
                    + functions(history) + ": --model names another model");
        }
        return chosen;
    }

    private static String functions(History history) {
        TreeSet<String> names = new TreeSet<>();
        history.operations().forEach(o -> names.add(o.call().function()));
        return String.join(", ", names);
    }

    private Chosen inferred(String run, History history) throws InputException {
        String name = Models.inferred(history)
                .orElseThrow(() -> new InputException(run + ": no built-in model has all of " + functions(history)
                        + "; --model names a model file or a class, --models lists what is built in"));
        return new Chosen(
                Models.named(name, first()).orElseThrow(),
                "told from the operations " + functions(history) + "; --model names another");
    }

    private Optional<Value> first() {
        return Optional.ofNullable(initial).map(Value::parse);
    }

    private Model said() throws IOException {
        Optional<Model> builtIn = Models.named(model, first());
        if (builtIn.isPresent()) {
            return builtIn.get();
        }
        if (initial != null) {
            throw new InputException("--initial is for built-in models; a model file says it itself");
        }
        Path file = Path.of(model);
        if (Files.isRegularFile(file)) {
            if (Files.size(file) > 4L * ModelFile.MAX_LENGTH) {
                throw new InputException(model + ": is no model file: too large");
            }
            return ModelFile.parse(model, Files.readString(file, StandardCharsets.UTF_8));
        }
        if (path.isEmpty()) {
            throw new InputException("--model " + model + ": no built-in model, and no such file; built in are "
                    + String.join(", ", Models.names().keySet())
                    + "; a class needs --model-path");
        }
        return ofClass();
    }

    /** The class stays loaded until the command ends. */
    @SuppressWarnings("resource")
    private Model ofClass() throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path p : path) {
            if (!Files.exists(p)) {
                throw new InputException("--model-path: there is no " + p);
            }
            urls.add(p.toUri().toURL());
        }
        try {
            Class<?> type = Class.forName(
                    model, true, new URLClassLoader(urls.toArray(URL[]::new), ModelArguments.class.getClassLoader()));
            if (type.getConstructor().newInstance() instanceof Model m) {
                return m;
            }
            throw new InputException("--model " + model + ": does not implement " + Model.class.getName());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new InputException(
                    "--model " + model + ": cannot be loaded from --model-path, or has no public constructor without"
                            + " parameters: " + e,
                    e);
        }
    }
}

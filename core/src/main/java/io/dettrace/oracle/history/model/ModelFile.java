package io.dettrace.oracle.history.model;

import io.dettrace.event.InputException;
import io.dettrace.oracle.history.Effect;
import io.dettrace.oracle.history.Model;
import io.dettrace.oracle.history.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a model file: state variables, and for each operation what it does and returns when.
 *
 * <pre>
 * model account
 * state balance = 0
 *
 * operation withdraw(amount)
 *   when balance >= amount
 *     set balance = balance - amount
 *     return true
 *   otherwise
 *     fail
 * </pre>
 */
public final class ModelFile {
    /** Characters that a model file may have. */
    public static final int MAX_LENGTH = 1 << 20;

    private static final Pattern OPERATION = Pattern.compile("([A-Za-z_][\\w.-]*)\\s*(?:\\(([^)]*)\\))?");
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_]\\w*)\\s*=(?!=)\\s*(.*)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
    private static final Set<String> KEYWORDS =
            Set.of("and", "or", "not", "true", "false", "nil", "when", "otherwise", "set", "return", "fail", "key");

    private final String file;
    private final Map<String, Value> state = new LinkedHashMap<>();
    private final Map<String, DeclaredModel.Operation> operations = new LinkedHashMap<>();
    private String name;
    private boolean whole;
    private int line;
    private String text = "";

    private String operation;
    private List<String> parameters = List.of();
    private boolean guarded;
    private boolean closed;
    private boolean hasOtherwise;
    private List<DeclaredModel.Alternative> alternatives = new ArrayList<>();
    private Set<String> readNames = new HashSet<>();
    private DeclaredModel.Alternative.Builder alternative;

    private ModelFile(String file) {
        this.file = file;
    }

    /**
     * Parses a model file.
     *
     * @param file its name, for messages
     * @throws InputException naming line and column of what is wrong
     */
    public static Model parse(String file, String text) throws InputException {
        if (text.length() > MAX_LENGTH) {
            throw new InputException(file + ": a model file may have " + MAX_LENGTH + " characters");
        }
        ModelFile it = new ModelFile(file);
        for (String line : text.split("\\R", -1)) {
            it.line++;
            it.text = line;
            String statement = withoutComment(line).strip();
            if (!statement.isEmpty()) {
                it.statement(statement);
            }
        }
        it.endOperation();
        if (it.operations.isEmpty()) {
            throw it.wrong("the model has no operation; expected: operation NAME(ARGUMENT, ...)");
        }
        return new DeclaredModel(it.name == null ? file : it.name, it.state, it.operations, it.whole);
    }

    private static String withoutComment(String line) {
        boolean inText = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && (i == 0 || line.charAt(i - 1) != '\\')) {
                inText = !inText;
            } else if (c == '#' && !inText) {
                return line.substring(0, i);
            }
        }
        return line;
    }

    private InputException wrong(String what) {
        return new InputException(file + ":" + line + ": " + what);
    }

    private void statement(String statement) throws InputException {
        int space = statement.indexOf(' ');
        String word = space < 0 ? statement : statement.substring(0, space);
        String rest = space < 0 ? "" : statement.substring(space + 1).strip();
        switch (word) {
            case "model" -> {
                outside(word);
                name = rest;
            }
            case "keys" -> {
                outside(word);
                if (!rest.equals("together") && !rest.equals("apart")) {
                    throw wrong("expected keys together or keys apart, found " + statement);
                }
                whole = rest.equals("together");
            }
            case "state" -> state(rest);
            case "operation" -> operation(rest);
            case "when" -> when(rest);
            case "otherwise" -> otherwise(rest);
            case "set" -> set(rest);
            case "return" -> returns(rest);
            case "fail" -> fails(rest);
            default ->
                throw wrong(
                        "expected model, keys, state, operation, when, otherwise, set, return or fail, found " + word);
        }
    }

    private void outside(String word) throws InputException {
        if (operation != null) {
            throw wrong(word + " stands before the operations");
        }
    }

    private void state(String rest) throws InputException {
        outside("state");
        Matcher m = ASSIGNMENT.matcher(rest);
        if (!m.matches()) {
            throw wrong("expected state NAME = VALUE, found state " + rest);
        }
        String variable = declared(m.group(1), state.keySet());
        try {
            state.put(variable, expression(m.group(2), Set.of()).of(Map.of()));
        } catch (Expression.Undefined e) {
            throw wrong("the state's first value cannot be computed: " + m.group(2));
        }
    }

    private String declared(String given, Set<String> there) throws InputException {
        if (KEYWORDS.contains(given) || Functions.NAMED.containsKey(given)) {
            throw wrong(given + " has a meaning of its own; choose another name");
        }
        if (there.contains(given)) {
            throw wrong(given + " is there twice");
        }
        return given;
    }

    private void operation(String rest) throws InputException {
        endOperation();
        Matcher m = OPERATION.matcher(rest);
        if (!m.matches()) {
            throw wrong("expected operation NAME(ARGUMENT, ...), found operation " + rest);
        }
        operation = m.group(1).toLowerCase(java.util.Locale.ROOT);
        if (operations.containsKey(operation)) {
            throw wrong("operation " + operation + " is there twice");
        }
        parameters = new ArrayList<>();
        if (m.group(2) != null && !m.group(2).isBlank()) {
            for (String p : m.group(2).split(",", -1)) {
                if (!NAME.matcher(p.strip()).matches()) {
                    throw wrong("expected the name of an argument, found " + p.strip());
                }
                Set<String> there = new LinkedHashSet<>(state.keySet());
                there.addAll(parameters);
                parameters.add(declared(p.strip(), there));
            }
        }
        alternatives = new ArrayList<>();
        guarded = false;
        closed = false;
        hasOtherwise = false;
        readNames = new HashSet<>();
        alternative = null;
    }

    private void endOperation() throws InputException {
        if (operation == null) {
            return;
        }
        endAlternative();
        if (alternatives.isEmpty()) {
            throw wrong("operation " + operation + " does nothing; expected set, return, fail or when");
        }
        operations.put(
                operation, new DeclaredModel.Operation(List.copyOf(parameters), List.copyOf(alternatives), effect()));
        operation = null;
    }

    /** What the operation can do, as far as its text shows it. */
    private Effect effect() {
        if (alternatives.stream().allMatch(a -> a.changes().isEmpty())) {
            return Effect.READS;
        }
        boolean always = alternatives.size() == 1
                && alternatives.get(0).guard() == null
                && !alternatives.get(0).otherwise()
                && alternatives.get(0).changes().keySet().equals(state.keySet());
        return always && readNames.stream().noneMatch(state::containsKey) ? Effect.OVERWRITES : Effect.CHANGES;
    }

    private void endAlternative() {
        if (alternative != null) {
            alternatives.add(alternative.build());
            alternative = null;
        }
    }

    private void inOperation(String word) throws InputException {
        if (operation == null) {
            throw wrong(word + " stands below an operation");
        }
    }

    private void when(String rest) throws InputException {
        inOperation("when");
        if (alternative != null && !guarded) {
            throw wrong("when comes before set, return and fail");
        }
        if (hasOtherwise) {
            throw wrong("otherwise comes last");
        }
        endAlternative();
        alternative = new DeclaredModel.Alternative.Builder(expression(rest, names()), false);
        guarded = true;
        closed = false;
    }

    private void otherwise(String rest) throws InputException {
        inOperation("otherwise");
        if (!guarded || hasOtherwise || !rest.isEmpty()) {
            throw wrong("otherwise stands alone in its line, once, below a when");
        }
        endAlternative();
        alternative = new DeclaredModel.Alternative.Builder(null, true);
        hasOtherwise = true;
        closed = false;
    }

    private DeclaredModel.Alternative.Builder open(String word) throws InputException {
        inOperation(word);
        if (closed) {
            throw wrong("nothing follows return and fail but when, otherwise or an operation");
        }
        if (alternative == null) {
            alternative = new DeclaredModel.Alternative.Builder(null, false);
        }
        return alternative;
    }

    private void set(String rest) throws InputException {
        DeclaredModel.Alternative.Builder into = open("set");
        Matcher m = ASSIGNMENT.matcher(rest);
        if (!m.matches()) {
            throw wrong("expected set NAME = EXPRESSION, found set " + rest);
        }
        if (!state.containsKey(m.group(1))) {
            throw wrong(m.group(1) + " is no state variable");
        }
        if (!into.set(m.group(1), expression(m.group(2), names()))) {
            throw wrong(m.group(1) + " is set twice");
        }
    }

    private void returns(String rest) throws InputException {
        DeclaredModel.Alternative.Builder into = open("return");
        if (!rest.equals("anything")) {
            into.returns(expression(rest, names()));
        }
        closed = true;
    }

    private void fails(String rest) throws InputException {
        if (!rest.isEmpty()) {
            throw wrong("fail stands alone");
        }
        open("fail").fails();
        closed = true;
    }

    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>(state.keySet());
        names.addAll(parameters);
        names.add("key");
        return names;
    }

    private Expression expression(String expression, Set<String> names) throws InputException {
        try {
            Matcher m = NAME.matcher(expression);
            while (m.find()) {
                readNames.add(m.group());
            }
            return ExpressionParser.parse(expression, names);
        } catch (ExpressionParser.SyntaxException e) {
            int before = Math.max(0, text.indexOf(expression));
            throw new InputException(file + ":" + line + ":" + (before + e.column) + ": " + e.getMessage());
        }
    }
}

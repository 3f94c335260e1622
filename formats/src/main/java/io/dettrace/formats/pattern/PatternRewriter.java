package io.dettrace.formats.pattern;

import io.dettrace.formats.pattern.EventPattern.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** Turns a regular expression with free group names into one that Java takes; one use each. */
final class PatternRewriter {
    private final String in;
    private final boolean javaScript;
    private final StringBuilder out = new StringBuilder();
    private final List<Group> groups = new ArrayList<>();
    private int at;
    private int depth;
    private boolean topLevelChoice;

    PatternRewriter(String source, boolean javaScript) {
        in = source;
        this.javaScript = javaScript;
    }

    /** The named groups in order. */
    List<Group> groups() {
        return List.copyOf(groups);
    }

    /** True if there is a {@code |} outside of all groups. */
    boolean hasTopLevelChoice() {
        return topLevelChoice;
    }

    /** The rewritten expression. */
    String rewrite() {
        while (at < in.length()) {
            char c = in.charAt(at);
            switch (c) {
                case '\\' -> escape();
                case '[' -> characterClass();
                case '(' -> group();
                case '{' -> brace();
                default -> {
                    depth -= c == ')' ? 1 : 0;
                    topLevelChoice |= c == '|' && depth == 0;
                    copy(1);
                }
            }
        }
        return out.toString();
    }

    private void escape() {
        if (in.startsWith("\\Q", at)) {
            int end = in.indexOf("\\E", at);
            copy((end < 0 ? in.length() : end + 2) - at);
        } else if (in.startsWith("\\k<", at) && in.indexOf('>', at) > 0) {
            int end = in.indexOf('>', at);
            String name = in.substring(at + 3, end);
            String id = groups.stream()
                    .filter(g -> g.path().equals(name))
                    .findFirst()
                    .map(Group::id)
                    .orElse(name);
            out.append("\\k<").append(id).append('>');
            at = end + 1;
        } else {
            copy(Math.min(2, in.length() - at));
        }
    }

    private void group() {
        depth++;
        boolean named = in.startsWith("(?<", at) && at + 3 < in.length() && "=!".indexOf(in.charAt(at + 3)) < 0;
        int end = named ? in.indexOf('>', at) : -1;
        if (end <= at + 3) {
            copy(1);
            return;
        }
        String name = in.substring(at + 3, end);
        if (groups.stream().anyMatch(g -> g.path().equals(name))) {
            throw new PatternSyntaxException("the group <" + name + "> stands twice", in, at);
        }
        Group group = new Group("g" + groups.size(), name);
        groups.add(group);
        out.append("(?<").append(group.id()).append('>');
        at = end + 1;
    }

    /** Copies a class whole; in Java classes nest, in JavaScript an inner bracket stands for itself. */
    private void characterClass() {
        if (javaScript && in.startsWith("[^]", at)) {
            out.append("[\\s\\S]");
            at += 3;
            return;
        }
        int open = 0;
        do {
            char c = in.charAt(at);
            if (c == '\\') {
                copy(Math.min(2, in.length() - at));
            } else if (c == '[' && open > 0 && javaScript || c == '&' && javaScript && in.startsWith("&&", at)) {
                out.append('\\');
                copy(1);
            } else if (c == '[') {
                open++;
                copy(in.startsWith("[^", at) ? 2 : 1);
                if (!javaScript && at < in.length() && in.charAt(at) == ']') {
                    copy(1);
                }
            } else {
                open -= c == ']' ? 1 : 0;
                copy(1);
            }
        } while (open > 0 && at < in.length());
    }

    private void brace() {
        int end = at + 1;
        while (end < in.length() && (Character.isDigit(in.charAt(end)) || in.charAt(end) == ',')) {
            end++;
        }
        boolean repeats = end > at + 1 && in.charAt(at + 1) != ',' && end < in.length() && in.charAt(end) == '}';
        if (javaScript && !repeats) {
            out.append('\\');
        }
        copy(1);
    }

    private void copy(int length) {
        out.append(in, at, at + length);
        at += length;
    }
}

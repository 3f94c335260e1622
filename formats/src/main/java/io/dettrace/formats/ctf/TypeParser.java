package io.dettrace.formats.ctf;

import io.dettrace.event.InputException;
import io.dettrace.formats.ctf.FieldType.Array;
import io.dettrace.formats.ctf.FieldType.FieldPath;
import io.dettrace.formats.ctf.FieldType.Label;
import io.dettrace.formats.ctf.FieldType.Member;
import io.dettrace.formats.ctf.FieldType.Sequence;
import io.dettrace.formats.ctf.FieldType.Struct;
import io.dettrace.formats.ctf.FieldType.Text;
import io.dettrace.formats.ctf.FieldType.Variant;
import io.dettrace.formats.ctf.FieldType.Whole;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the types of TSDL: specifiers, declarators, and the declarations that name types (CTF 1.8.3, sections 4, 7.1 and
 * appendix C).
 */
class TypeParser extends TokenStream {
    /** Types inside types. */
    static final int MAX_DEPTH = 64;

    /** Members of all structures and variants, and labels of all enumerations, of one metadata together. */
    static final int MAX_MEMBERS = 250_000;

    private static final Set<String> C_WORDS = Set.of(
            "void",
            "char",
            "short",
            "int",
            "long",
            "float",
            "double",
            "signed",
            "unsigned",
            "_Bool",
            "_Complex",
            "_Imaginary");

    /** The scope of the block that is being read. */
    Scope scope = new Scope(null);

    private int nesting;
    private int members;

    TypeParser(Lexer lexer) throws InputException {
        super(lexer);
    }

    // ---- declarations ----------------------------------------------------------------------------------------------

    /** True if a declaration, and no assignment, begins here. */
    final boolean startsDeclaration() {
        return switch (peek().text()) {
            case "typealias", "typedef", "struct", "variant", "enum" -> peek().kind() == Token.Kind.WORD;
            default -> false;
        };
    }

    /** Reads {@code typealias}, {@code typedef}, or a structure, variant or enumeration that is declared by its tag. */
    final void declaration() throws InputException {
        if (takeIf("typealias")) {
            typealias();
        } else if (takeIf("typedef")) {
            typedef();
        } else {
            specifier();
        }
        expect(";");
    }

    private void typealias() throws InputException {
        FieldType type = abstractDeclarator(specifier());
        expect(":=");
        Token at = peek();
        declare(at, aliasName(), type);
    }

    /** The words, and stars of pointers, that a type is called by. */
    private String aliasName() throws InputException {
        StringBuilder name = new StringBuilder();
        while (peek().kind() == Token.Kind.WORD || peek().is("*")) {
            String word = take().text();
            if (!word.equals("const")) {
                name.append(name.length() == 0 ? "" : " ").append(word);
            }
        }
        if (name.length() == 0) {
            throw expected("the name of a type");
        }
        return name.toString();
    }

    private void typedef() throws InputException {
        FieldType type = specifier();
        do {
            Token at = peek();
            Member named = declarator(type);
            declare(at, named.name(), named.type());
        } while (takeIf(","));
    }

    private void declare(Token at, String name, FieldType type) throws InputException {
        if (!scope.declare(name, type)) {
            throw error(at, "the type \"" + name + "\" is declared twice in this block");
        }
    }

    // ---- specifiers ------------------------------------------------------------------------------------------------

    /** Reads a type up to its declarator. */
    final FieldType specifier() throws InputException {
        if (++nesting > MAX_DEPTH) {
            throw error(peek(), "types are nested more than " + MAX_DEPTH + " deep");
        }
        while (takeIf("const")) {
            // Says nothing about the layout.
        }
        FieldType type = unnested();
        while (takeIf("const")) {
            // As above.
        }
        nesting--;
        return type;
    }

    private FieldType unnested() throws InputException {
        Token at = peek();
        if (at.kind() != Token.Kind.WORD) {
            throw expected("a type");
        }
        switch (at.text()) {
            case "integer":
                take();
                return new Attributes(this).whole(at);
            case "floating_point":
                take();
                return new Attributes(this).real(at);
            case "string":
                take();
                if (peek().is("{")) {
                    new Attributes(this).ignore();
                }
                return new Text();
            case "struct":
                take();
                return struct();
            case "variant":
                take();
                return variant();
            case "enum":
                take();
                return enumeration();
            default:
                return named(at);
        }
    }

    private FieldType named(Token at) throws InputException {
        StringBuilder name = new StringBuilder(take().text());
        if (C_WORDS.contains(at.text())) {
            while (C_WORDS.contains(peek().text()) && peek().kind() == Token.Kind.WORD) {
                name.append(' ').append(take().text());
            }
        }
        while (peek().is("*")) {
            name.append(' ').append(take().text());
        }
        return found(at, name.toString());
    }

    private FieldType found(Token at, String name) throws InputException {
        FieldType type = scope.find(name);
        if (type == null) {
            throw error(at, "expected a type that is declared before, found \"" + name + "\"");
        }
        return type;
    }

    // ---- structures and variants -----------------------------------------------------------------------------------

    private FieldType struct() throws InputException {
        Token at = peek();
        String tag = at.kind() == Token.Kind.WORD && !at.is("align") ? take().text() : null;
        if (!peek().is("{")) {
            if (tag == null) {
                throw expected("\"{\" or the name of a structure");
            }
            return found(at, "struct " + tag);
        }
        List<Member> fields = members("structure");
        int align = 1;
        if (takeIf("align")) {
            expect("(");
            Token value = peek();
            align = Attributes.alignment(this, value, integer());
            expect(")");
        }
        Struct struct = Struct.of(fields, align);
        checkDepth(at, struct);
        if (tag != null) {
            declare(at, "struct " + tag, struct);
        }
        return struct;
    }

    private FieldType variant() throws InputException {
        Token at = peek();
        String name = at.kind() == Token.Kind.WORD ? take().text() : null;
        FieldPath tag = null;
        if (takeIf("<")) {
            tag = path();
            expect(">");
        }
        if (peek().is("{")) {
            List<Member> options = members("variant");
            int depth = 0;
            for (Member option : options) {
                depth = Math.max(depth, option.type().depth());
            }
            Variant variant = new Variant(tag, List.copyOf(options), depth + 1);
            checkDepth(at, variant);
            if (name != null) {
                declare(at, "variant " + name, variant);
            }
            return variant;
        }
        if (name == null) {
            throw expected("\"{\" or the name of a variant");
        }
        if (found(at, "variant " + name) instanceof Variant known) {
            return tag == null ? known : new Variant(tag, known.options(), known.depth());
        }
        throw error(at, "expected a variant, found another type called \"variant " + name + "\"");
    }

    private List<Member> members(String what) throws InputException {
        expect("{");
        Scope outside = scope;
        scope = new Scope(outside);
        List<Member> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        while (!takeIf("}")) {
            if (peek().is("typealias") || peek().is("typedef")) {
                declaration();
                continue;
            }
            FieldType type = specifier();
            if (takeIf(";")) {
                continue;
            }
            do {
                Token at = peek();
                Member field = declarator(type);
                count(at);
                if (!names.add(field.name())) {
                    throw error(at, "the " + what + " has two fields called \"" + field.name() + "\"");
                }
                fields.add(field);
            } while (takeIf(","));
            expect(";");
        }
        scope = outside;
        return fields;
    }

    private void count(Token at) throws InputException {
        if (++members > MAX_MEMBERS) {
            throw error(at, "the metadata declares more than " + MAX_MEMBERS + " fields and labels");
        }
    }

    private void checkDepth(Token at, FieldType type) throws InputException {
        if (type.depth() > MAX_DEPTH) {
            throw error(at, "types are nested more than " + MAX_DEPTH + " deep");
        }
    }

    // ---- declarators -----------------------------------------------------------------------------------------------

    /** Reads a field's name and its array dimensions; the leftmost is the outermost. */
    private Member declarator(FieldType type) throws InputException {
        String name = expectWord("the name of a field");
        return new Member(name, abstractDeclarator(type));
    }

    /** Reads array dimensions only. */
    final FieldType abstractDeclarator(FieldType element) throws InputException {
        if (!peek().is("[")) {
            return element;
        }
        Token at = take();
        if (++nesting > MAX_DEPTH) {
            throw error(at, "types are nested more than " + MAX_DEPTH + " deep");
        }
        Token value = peek();
        boolean fixed = value.kind() == Token.Kind.NUMBER || value.is("-") || value.is("+");
        long count = fixed ? integer() : 0;
        FieldPath path = fixed ? null : path();
        if (count < 0) {
            throw error(value, "expected a number of elements from 0, found " + count);
        }
        expect("]");
        FieldType inner = abstractDeclarator(element);
        nesting--;
        FieldType array =
                fixed ? new Array(inner, count, inner.depth() + 1) : new Sequence(inner, path, inner.depth() + 1);
        checkDepth(at, array);
        return array;
    }

    /** Reads the path of a field, such as {@code stream.event.header.id}. */
    private FieldPath path() throws InputException {
        Token at = peek();
        List<String> names = new ArrayList<>();
        do {
            names.add(expectWord("the path of a field"));
        } while (takeIf(".") || takeIf("->"));
        return new FieldPath(List.copyOf(names), at);
    }

    // ---- enumerations ----------------------------------------------------------------------------------------------

    private FieldType enumeration() throws InputException {
        Token at = peek();
        String tag = at.kind() == Token.Kind.WORD ? take().text() : null;
        Whole container = takeIf(":") ? container() : null;
        if (!peek().is("{")) {
            if (tag == null || container != null) {
                throw expected("\"{\"");
            }
            return found(at, "enum " + tag);
        }
        if (container == null) {
            container = implicit(at);
        }
        FieldType.Enumeration type = new FieldType.Enumeration(container, labels(container));
        if (tag != null) {
            declare(at, "enum " + tag, type);
        }
        return type;
    }

    private Whole container() throws InputException {
        Token at = peek();
        FieldType type = specifier();
        if (type instanceof Whole whole && whole.size() <= 64) {
            return whole;
        }
        throw error(at, "expected an integer of at most 64 bits under the enumeration");
    }

    /** An enumeration that names no integer is one of {@code int} (section 4.1.8). */
    private Whole implicit(Token at) throws InputException {
        if (scope.find("int") instanceof Whole whole && whole.size() <= 64) {
            return whole;
        }
        throw error(at, "the enumeration names no integer type, and no integer type \"int\" is declared before it");
    }

    private List<Label> labels(Whole container) throws InputException {
        List<Label> labels = new ArrayList<>();
        long next = 0;
        expect("{");
        while (!takeIf("}")) {
            Token at = peek();
            count(at);
            if (at.kind() != Token.Kind.WORD && at.kind() != Token.Kind.STRING) {
                throw expected("a label");
            }
            String name = take().text();
            long from = next;
            long to = next;
            if (takeIf("=")) {
                from = integer();
                to = takeIf("...") ? integer() : from;
            }
            Label label = new Label(name, from, to);
            if (!label.covers(from, container.signed())) {
                throw error(at, "the range of the label \"" + name + "\" ends before it begins");
            }
            labels.add(label);
            next = to + 1;
            if (!takeIf(",") && !peek().is("}")) {
                throw expected("\",\" or \"}\"");
            }
        }
        return List.copyOf(labels);
    }

    /** Reads a whole number with its sign; unsigned ones beyond 2^63 come out negative. */
    final long integer() throws InputException {
        boolean negative = false;
        while (peek().is("-") || peek().is("+")) {
            negative ^= take().is("-");
        }
        if (peek().kind() != Token.Kind.NUMBER) {
            throw expected("a whole number");
        }
        long value = take().value();
        return negative ? -value : value;
    }
}

package io.dettrace.formats.ctf;

import io.dettrace.event.InputException;

/** Tokens one after the other, with two to look ahead, and the errors that name them. */
class TokenStream {
    private final Lexer lexer;
    private Token now;
    private Token ahead;

    TokenStream(Lexer lexer) throws InputException {
        this.lexer = lexer;
        now = lexer.next();
        ahead = lexer.next();
    }

    /** The token that comes next. */
    final Token peek() {
        return now;
    }

    /** The token after that. */
    final Token peekSecond() {
        return ahead;
    }

    final Token take() throws InputException {
        Token taken = now;
        now = ahead;
        if (ahead.kind() != Token.Kind.END) {
            ahead = lexer.next();
        }
        return taken;
    }

    final boolean takeIf(String mark) throws InputException {
        if (!now.is(mark)) {
            return false;
        }
        take();
        return true;
    }

    final Token expect(String mark) throws InputException {
        if (!now.is(mark)) {
            throw expected("\"" + mark + "\"");
        }
        return take();
    }

    final String expectWord(String what) throws InputException {
        if (now.kind() != Token.Kind.WORD) {
            throw expected(what);
        }
        return take().text();
    }

    final InputException expected(String what) {
        return error(now, "expected " + what + ", found " + now.shown());
    }

    final InputException error(Token at, String what) {
        return lexer.error(at.line(), at.column(), at.offset(), what);
    }
}

package io.dettrace.formats.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.InputException;
import io.dettrace.formats.pattern.EventPattern.Starts;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventPatternTest {
    private static EventPattern compile(String source) throws InputException {
        return EventPattern.compile("pattern", source);
    }

    private static String group(String source, String path, String text) throws InputException {
        EventPattern pattern = compile(source);
        Matcher matcher = pattern.pattern().matcher(text);
        return matcher.find() ? matcher.group(pattern.group(path).orElseThrow().id()) : null;
    }

    @Test
    void groupNamesAreFree() throws InputException {
        String source = "(?<src_ip>\\S+) (?<9th-one>x) (?:(?<=x )(?<!y)(?<a.b>z)) \\k<src_ip>";
        assertThat(compile(source).groups().stream().map(EventPattern.Group::path))
                .isEqualTo(List.of("src_ip", "9th-one", "a.b"));
        assertThat(group(source, "src_ip", "10.0.0.1 x z 10.0.0.1")).isEqualTo("10.0.0.1");
        assertThat(group(source, "a.b", "10.0.0.1 x z 10.0.0.1")).isEqualTo("z");
    }

    @Test
    void whatLooksLikeAGroupInAClassOrQuoteIsNone() throws InputException {
        assertThat(compile("[(?<x_y>]\\Q(?<a_b>\\E\\(?<c>(?<real>.)").groups()).hasSize(1);
        assertThat(group("[]x](?<a>.)", "a", "]y")).isEqualTo("y");
    }

    @Test
    void whatOnlyJavaScriptTakesIsReadAsJavaScriptDoes() throws InputException {
        assertThat(group("(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)", "clock", "a {\"a\":1}\ntext"))
                .isEqualTo("{\"a\":1}");
        assertThat(group("(?<a>[^[]+)\\[(?<b>{x{2}})", "b", "k[{xx}")).isEqualTo("{xx}");
        assertThat(group("(?<a>{[^]*})", "a", "{\n}")).isEqualTo("{\n}");
        assertThat(group("(?<a>{[&&]+)", "a", "{&&&")).isEqualTo("{&&&");
    }

    @Test
    void lineEndsAreLineFeedsOnly() throws InputException {
        assertThat(group("^(?<a>.*)$", "a", "x\u2028y\u0085z\nnext")).isEqualTo("x\u2028y\u0085z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?<a>", "(?<a>[)", "*(?<a>x)", "(?<a>x)(?<a>y)", "(?<a>x{2,1})", "\\"})
    void anInvalidExpressionIsNamed(String source) {
        assertThatThrownBy(() -> compile(source))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("the pattern is not a valid regular expression: ")
                .hasMessageEndingWith("; found " + source);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ' ',
            value = {
                "^(?<a>x) LINE",
                "^(?<a>x)|y ANYWHERE",
                "^(?:x|y) LINE",
                "=(?<a>x) LITERAL",
                "\\[(?<a>x) LITERAL",
                "=?(?<a>x) ANYWHERE",
                "=*x ANYWHERE",
                "={2}x ANYWHERE",
                "\\d(?<a>x) ANYWHERE",
                "(?<a>x) ANYWHERE",
                "^*x ANYWHERE",
                ".x ANYWHERE",
                "éx ANYWHERE",
                "[|]^ ANYWHERE",
                "x|y ANYWHERE",
                "x[|]y LITERAL"
            })
    void whereMatchesCanStartIsKnown(String source, Starts starts) throws InputException {
        assertThat(compile(source).starts()).isEqualTo(starts);
    }
}

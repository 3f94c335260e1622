package io.dettrace.formats.csv;

import io.dettrace.event.InputException;
import io.dettrace.formats.record.RecordInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code --with} says about a table.
 *
 * @param separator between columns, empty to find it
 * @param noHeader true if the first row is data
 * @param names names of the columns instead of those in the file, empty for those
 * @param columns the columns to read, empty for all
 * @param decimalComma true if numbers are written with a comma, empty to find it
 */
record CsvOptions(
        Optional<Character> separator,
        boolean noHeader,
        List<String> names,
        List<String> columns,
        Optional<Boolean> decimalComma) {
    private static final Map<String, Character> SEPARATORS =
            Map.of(",", ',', "comma", ',', ";", ';', "semicolon", ';', "\t", '\t', "tab", '\t', "|", '|', "bar", '|');

    static CsvOptions of(RecordInput input) throws InputException {
        Optional<String> name = input.option("separator");
        if (name.isPresent() && !SEPARATORS.containsKey(name.get())) {
            throw new InputException(input.name() + ": --with separator= takes comma, semicolon, tab or bar, not \""
                    + name.get() + "\"");
        }
        Optional<String> decimal = input.option("decimal");
        if (decimal.isPresent() && !List.of(".", ",", "comma", "point").contains(decimal.get())) {
            throw new InputException(
                    input.name() + ": --with decimal= takes comma or point, not \"" + decimal.get() + "\"");
        }
        String header = input.option("header").orElse("line");
        boolean named = !header.equals("line") && !header.equals("none");
        return new CsvOptions(
                name.map(SEPARATORS::get),
                header.equals("none"),
                named ? list(header) : List.of(),
                input.option("columns").map(CsvOptions::list).orElse(List.of()),
                decimal.map(d -> d.equals(",") || d.equals("comma")));
    }

    private static List<String> list(String text) {
        return List.of(text.strip().split("\\s*,\\s*"));
    }
}

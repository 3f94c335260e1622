package io.dettrace.formats.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordJson;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import io.dettrace.normalize.TimeScale;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFormatTest {
    @TempDir
    private Path folder;

    private final ReadContext strict = new ReadContext(false, -1);

    private RecordInput input(String table, Map<String, String> options) throws IOException {
        Path path = Files.writeString(Files.createTempFile(folder, "x", ".csv"), table);
        return new RecordInput("x.csv", List.of(new InputFile(path, "x.csv")), options);
    }

    private List<String> read(String table, Map<String, String> options, ReadContext context) throws IOException {
        List<String> rows = new ArrayList<>();
        try (RecordReader reader = new CsvFormat().open(input(table, options), context)) {
            while (reader.next()) {
                rows.add(RecordJson.write(reader.record()));
            }
        }
        return rows;
    }

    private List<String> read(String table) throws IOException {
        return read(table, Map.of(), strict);
    }

    private boolean claims(String text) throws IOException {
        return new CsvFormat().claims(Head.of(input(text, Map.of()).files()));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void theSeparatorIsFound(String separator) throws IOException {
        String table = "t,a b,c\n1,x,2.5\n2,y z,-3e4\n".replace(",", separator);
        assertThat(claims(table)).isTrue();
        assertThat(read(table))
                .containsExactly("{\"t\":1,\"a b\":\"x\",\"c\":2.5}", "{\"t\":2,\"a b\":\"y z\",\"c\":-3e4}");
    }

    @Test
    void quotedCellsMayHoldSeparatorsQuotesAndLineEnds() throws IOException {
        String table = "a,b\r\n\"x, \"\"y\"\"\",1\r\n\"two\nlines\",2\r\n";
        assertThat(read(table)).containsExactly("{\"a\":\"x, \\\"y\\\"\",\"b\":1}", "{\"a\":\"two\\nlines\",\"b\":2}");
        byte[] bytes = table.getBytes(StandardCharsets.US_ASCII);
        try (RecordReader reader = new CsvFormat().open(input(table, Map.of()), strict)) {
            reader.next();
            reader.next();
            assertThat(reader.record().line()).isEqualTo(3);
            assertThat(new String(
                            bytes,
                            (int) reader.record().offset(),
                            reader.record().length()))
                    .isEqualTo("\"two\nlines\",2");
        }
    }

    @Test
    void unitsAreNoPartOfNamesAndTellTheScaleOfTimes() throws IOException {
        for (String table :
                List.of("Time [ms];speed (m/s)\n5;1\n", "Time;speed\n[ms];[m/s]\n5;1\n", "Time;speed\nms;m/s\n5;1\n")) {
            assertThat(read(table)).containsExactly("{\"Time\":5,\"speed\":1}");
            Mapping mapping = new CsvFormat().mapping(input(table, Map.of()));
            assertThat(mapping.fields(Role.TIME)).containsExactly("Time");
            assertThat(mapping.timeScale()).isEqualTo(TimeScale.MS);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "-1.50,-1.50", "+2,2", ".5,0.5", "5.,5", "1E-3,1e-3", "0,0", "0.25,0.25"})
    void numbersBecomeNumbers(String cell, String number) {
        assertThat(CsvNumber.json(cell, false)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ".", "007", "1,5", "1e", "0x10", "1 2", "NaN", "12:30", "1.2.3"})
    void whatIsNoNumberStaysText(String cell) {
        assertThat(CsvNumber.json(cell, false)).isNull();
    }

    @Test
    void columnsWithoutOrWithOneNameAreToldApart() throws IOException {
        assertThat(read(",test\n0.0,1\n")).containsExactly("{\"column1\":0.0,\"test\":1}");
        assertThat(read("a,a,a\n1,2,3\n")).containsExactly("{\"a\":1,\"a#2\":2,\"a#3\":3}");
    }

    @Test
    void optionsSayWhatTheFileDoesNot() throws IOException {
        assertThat(read("1;2,5\n3;4\n", Map.of("header", "none", "columns", "t,v", "decimal", "comma"), strict))
                .containsExactly("{\"t\":1,\"v\":2.5}", "{\"t\":3,\"v\":4}");
        assertThat(read("t,ref\n1,2\n", Map.of("header", "t,value"), strict)).containsExactly("{\"t\":1,\"value\":2}");
        assertThat(read("a,b,c\n1,2,3\n", Map.of("columns", "c,a"), strict)).containsExactly("{\"a\":1,\"c\":3}");
        assertThat(read("a|b\n1|2\n", Map.of("separator", "bar"), strict)).containsExactly("{\"a\":1,\"b\":2}");
        assertThatThrownBy(() -> read("a,b\n1,2\n", Map.of("columns", "z"), strict))
                .hasMessageContaining("\"z\"");
        assertThatThrownBy(() -> read("a,b\n1,2\n", Map.of("separator", "x"), strict))
                .isInstanceOf(InputException.class);
    }

    @Test
    void emptyCellsAreNullAndCommentsBeforeTheTableAreSkipped() throws IOException {
        assertThat(read("# made by hand\n\na,b,c\n1,,x,\n")).containsExactly("{\"a\":1,\"b\":null,\"c\":\"x\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b\n1,2\n1,2,3\n", "a,b\n1,2\n1\n", "a,b\n1,2\n\"x\"y,2\n"})
    void rowsOfAnotherShapeAreRefusedOrLeftOut(String table) throws IOException {
        assertThatThrownBy(() -> read(table)).isInstanceOf(InputException.class).hasMessageStartingWith("x.csv:3:");
        ReadContext lenient = new ReadContext(true, -1);
        assertThat(read(table, Map.of(), lenient)).containsExactly("{\"a\":1,\"b\":2}");
        assertThat(lenient.notes()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b\n",
                "a\n1\n2\n",
                "a,b\nx,y\n",
                "1,2\n3,4\n",
                "2024-01-01 12:00:00,123 INFO a\n2024-01-01 12:00:01,5 INFO b\n",
                "{\"a\":1,\"b\":2}\n{\"a\":1,\"b\":3}\n",
                "a,b\n1,2,3\n",
                "INFO x - 0\t:invoke\t:read\t2\nINFO x - 0\t:ok\t:read\t2\n",
                "one, two and three\nfour five\n"
            })
    void whatMayBeNoTableIsNotClaimed(String text) throws IOException {
        assertThat(claims(text)).isFalse();
    }

    @Test
    void theColumnsHaveALimit() throws IOException {
        String names = "c,".repeat(4_095) + "c\n";
        assertThat(read(names + "1,".repeat(4_095) + "1\n")).hasSize(1);
        assertThatThrownBy(() -> read("c," + names)).hasMessageContaining("more than 4096 columns");
    }

    @Test
    void theTablesOfLogicAnalysersAndOscilloscopesAreRecognised() throws IOException {
        String sigrok = "; CSV generated by libsigrok 0.5.2\n; Samplerate: 1 MHz\nlogic,logic\n1,1\n0,1\n";
        assertThat(claims(sigrok)).isTrue();
        assertThat(read(sigrok)).containsExactly("{\"logic\":1,\"logic#2\":1}", "{\"logic\":0,\"logic#2\":1}");
        String dsview = "; CSV, generated by libsigrok4DSL 0.2.0\nTime(s),0,1\n0.00,1,1\n0.10,0,1\n";
        assertThat(claims(dsview)).isTrue();
        assertThat(read(dsview)).containsExactly("{\"Time\":0.00,\"0\":1,\"1\":1}", "{\"Time\":0.10,\"0\":0,\"1\":1}");
        String decoder = "Id,Time[ns],0:UART: RX/TX\n0,12345.67,Start bit\n1,22345.67,48\n";
        assertThat(claims(decoder)).isTrue();
        assertThat(new CsvFormat().mapping(input(decoder, Map.of())).timeScale())
                .isEqualTo(TimeScale.NS);
        String scope = "x-axis,1,2\nsecond,Volt,Volt\n-5.0E-06,+1.2E-02,+3.3E+00\n";
        assertThat(claims(scope)).isTrue();
        assertThat(read(scope)).containsExactly("{\"x-axis\":-5.0e-06,\"1\":1.2e-02,\"2\":3.3e+00}");
        assertThat(new CsvFormat().mapping(input(scope, Map.of())).fields(Role.TIME))
                .containsExactly("x-axis");
    }

    @Test
    void whatStandsBehindANameIsAUnitOnlyIfItIsOne() throws IOException {
        assertThat(read("Time[s],buffer(0),a[3],U(mV)\n1,2,3,4\n"))
                .containsExactly("{\"Time\":1,\"buffer(0)\":2,\"a[3]\":3,\"U\":4}");
    }

    @Test
    void commasBeforeDecimalsAreFoundWhereTheyCannotBeSeparators() throws IOException {
        String table = "Time;Channel A;Channel B\r\n(ms);(V);(V)\r\n\r\n-5,00;0,01;3\r\n-4,99;0,02;3,30\r\n";
        assertThat(claims(table)).isTrue();
        assertThat(read(table)).first().isEqualTo("{\"Time\":-5.00,\"Channel A\":0.01,\"Channel B\":3}");
        assertThat(read("a;b\n1,5;2.5\n")).containsExactly("{\"a\":\"1,5\",\"b\":2.5}");
        assertThat(read("a;b\n1,5;2\n", Map.of("decimal", "point"), strict)).containsExactly("{\"a\":\"1,5\",\"b\":2}");
    }

    @Test
    void numbersAreNoNamesWithoutAColumnOfTimesBeside() throws IOException {
        assertThat(claims("a,1,2\nb,3,4\n")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "3,", "3,y", "3,y,"})
    void aTableThatIsCutInItsLastRowIsStillTold(String last) throws IOException {
        assertThat(claims("t,a,b\n1,x,2\n2,y,3\n" + last)).isTrue();
    }

    @Test
    void textWithOneLikeLineIsNoCutTable() throws IOException {
        assertThat(claims("first, second\nthird, fourth\nand so on")).isFalse();
    }
}

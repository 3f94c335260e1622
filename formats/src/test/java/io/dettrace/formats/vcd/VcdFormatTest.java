package io.dettrace.formats.vcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.event.InputNote;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import java.io.ByteArrayOutputStream;
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

/** What stands in a dump, by the clauses of IEEE 1364-2005, section 18, and by what simulators write instead. */
class VcdFormatTest {
    private static final String SCALE = "$timescale 1 ns $end ";
    private static final String END = " $enddefinitions $end\n";
    private static final String ONE = SCALE + "$var wire 8 ! a $end" + END;

    @TempDir
    private Path folder;

    private final ReadContext strict = new ReadContext(false, -1);
    private final ReadContext lenient = new ReadContext(true, -1);

    private RecordInput input(byte[] bytes, Map<String, String> options) throws IOException {
        Path path = Files.write(Files.createTempFile(folder, "x", ".vcd"), bytes);
        return new RecordInput("x.vcd", List.of(new InputFile(path, "x.vcd")), options);
    }

    private List<List<Field>> fields(byte[] bytes, Map<String, String> options, ReadContext context)
            throws IOException {
        List<List<Field>> events = new ArrayList<>();
        try (RecordReader reader = new VcdFormat().open(input(bytes, options), context)) {
            while (reader.next()) {
                events.add(reader.record().fields());
            }
        }
        return events;
    }

    /** Each event as {@code signal=value@time}. */
    private List<String> read(String dump, ReadContext context) throws IOException {
        return fields(dump.getBytes(StandardCharsets.UTF_8), Map.of(), context).stream()
                .map(e -> value(e, "signal") + "=" + value(e, "value", "text", "trigger") + "@" + value(e, "time_ns"))
                .toList();
    }

    private List<String> read(String dump) throws IOException {
        return read(dump, strict);
    }

    private static String value(List<Field> event, String... paths) {
        for (String path : paths) {
            for (Field f : event) {
                if (f.path().equals(path)) {
                    return f.text();
                }
            }
        }
        return null;
    }

    private List<String> notes(ReadContext context) {
        return context.notes().stream().map(InputNote::code).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "b00000101, 101",
        "b101, 101",
        "bx, x",
        "bxxxxxxxx, x",
        "b0000xx01, 0xx01",
        "bxx01, x01",
        "bZ, z",
        "b0, 0",
        "b00000000, 0",
        "b0z1, 0z1",
        "bzz0, z0",
        "B1X, 1x",
        "bUUUUUUUU, u",
        "b1111111100000001, 1",
        "b-, -"
    })
    void aVectorIsBroughtIntoItsShortestForm(String written, String value) throws IOException {
        assertThat(read(ONE + "#0 " + written + " !")).containsExactly("a=" + value + "@0");
    }

    @ParameterizedTest
    @CsvSource({
        "1ns, 7, 7",
        "'1 ns', 7, 7",
        "'10\n\tps', 150, 1.5",
        "100us, 3, 300000",
        "1fs, 1000001, 1.000001",
        "1 s, 2, 2000000000",
        "1s, 9223372036854775807, 9223372036854775807000000000",
        "1ps, 1000, 1",
        "25 ns, 2, 50"
    })
    void timesAreExactNanoseconds(String scale, String time, String nanoseconds) throws IOException {
        String dump = "$timescale " + scale + " $end $var wire 1 ! a $end" + END + "#" + time + " 1!";
        assertThat(read(dump)).containsExactly("a=1@" + nanoseconds);
    }

    @Test
    void everyKindOfVariableAndScopeIsRead() throws IOException {
        StringBuilder dump = new StringBuilder(SCALE);
        List<String> scopes = List.of(
                "module",
                "task",
                "function",
                "begin",
                "fork",
                "interface",
                "struct",
                "union",
                "package",
                "class",
                "program",
                "generate",
                "vhdl_architecture",
                "vhdl_process",
                "unknown");
        scopes.forEach(s -> dump.append("$scope " + s + " " + s + " $end\n"));
        List<String> types = List.of(
                "wire reg integer parameter time tri tri0 tri1 triand trior trireg supply0 supply1 wand wor logic bit byte"
                        .split(" "));
        for (int i = 0; i < types.size(); i++) {
            dump.append("$var " + types.get(i) + " 1 " + (char) ('A' + i) + " v" + i + " $end\n");
        }
        dump.append(END).append("#0\n");
        for (int i = 0; i < types.size(); i++) {
            dump.append("1").append((char) ('A' + i)).append('\n');
        }
        List<String> events = read(dump.toString());
        assertThat(events).hasSize(types.size()).allMatch(e -> e.startsWith(String.join(".", scopes) + ".v"));
        assertThat(strict.notes()).isEmpty();
    }

    @Test
    void realsStringsAndEventsHaveTheirOwnValues() throws IOException {
        String dump = SCALE + "$var real 64 ! r $end $var string 0 \" s $end $var event 1 # e $end" + END
                + "#0 r0.10 ! sHello\\040you \" 1# #1 r1e-1 ! #2 1# r-inf ! rnan ! #3 s \"";
        assertThat(read(dump))
                .containsExactly("e=1@0", "r=0.1@0", "s=Hello\\040you@0", "e=1@2", "r=-Infinity@2", "r=NaN@2", "s=@3");
    }

    @Test
    void variablesOfOneCodeAreOneSignalByTheNameNearestToTheTop() throws IOException {
        String body = END + "#0 1!";
        String deep = "$scope module b $end $var wire 1 ! x $end $upscope $end ";
        String near = "$var wire 1 ! z $end $var wire 1 ! y $end ";
        for (String order : List.of(deep + near, near + deep)) {
            assertThat(read(SCALE + "$scope module a $end " + order + "$upscope $end" + body))
                    .containsExactly("a.y=1@0");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a [7:0], a",
        "a[7:0], a",
        "a [7 : 0], a",
        "a [3], a[3]",
        "a[3], a[3]",
        "a[3] [7:0], a[3]",
        "a[3][7:0], a[3]",
        "\\a+b, \\a+b",
        "a [0:0], a"
    })
    void theRangeOfAVectorIsNoPartOfItsName(String written, String name) throws IOException {
        assertThat(read(SCALE + "$var wire 8 ! " + written + " $end" + END + "#0 b1 !"))
                .containsExactly(name + "=1@0");
    }

    @Test
    void partsOfAVectorAreToldApartByTheirRangesAndTheSameNameByANumber() throws IOException {
        String dump = SCALE + "$var wire 4 ! a [7:4] $end $var wire 4 \" a [3:0] $end "
                + "$var wire 1 # b $end $var wire 1 $ b $end" + END + "#0 b1 ! b1 \" 1# 1$";
        assertThat(read(dump)).containsExactly("a[3:0]=1@0", "a[7:4]=1@0", "b=1@0", "b#2=1@0");
    }

    @Test
    void whatRepeatsAValueIsNoChange() throws IOException {
        assertThat(read(ONE + "#0 $dumpvars b1 ! $end #1 b01 ! #2 $dumpall b00000001 ! $end #3 b10 ! #4 1 !"))
                .containsExactly("a=1@0", "a=10@3", "a=1@4");
    }

    @Test
    void switchingTheDumpOffIsNoChangeAndIsNoted() throws IOException {
        assertThat(read(ONE + "#0 b1 ! #5 $dumpoff bx ! $end #9 $dumpon b11 ! $end #10 b1 !"))
                .containsExactly("a=1@0", "a=11@9", "a=1@10");
        assertThat(notes(strict)).containsExactly("recording_off");
    }

    @Test
    void commentsMayStandAnywhere() throws IOException {
        assertThat(read("$comment $var $scope #5 $end " + SCALE + "$comment x $end $var wire 1 ! a $end" + END
                        + "$comment 1? b $end #0 1! $comment #7 $end 0! #1 1! $comment last $end"))
                .containsExactly("a=1@0", "a=0@0", "a=1@1");
    }

    @Test
    void valuesBeforeTheFirstTimeAreOfTimeZero() throws IOException {
        assertThat(read(ONE + "b1 !\n#7 b0 !")).containsExactly("a=1@0", "a=0@7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$var wire 1 ! a $end $enddefinitions $end #0 1!|no_timescale",
                "$timescale 1ns $end $var wire 1 ! a $end #0 1!|no_enddefinitions",
                "$timescale 1ns $scope module t $end $upscope $end $var wire 1 ! a $end $enddefinitions $end #0 1!|no_end",
                "$timescale 1ns $end $var wire 1 ! a $end $enddefinitions #0 1!|no_end",
                "$timescale 1ns $end $upscope $end $var wire 1 ! a $end $enddefinitions $end #0 1!|extra_upscope",
                "$timescale 1ns $end $magic 12 $end $var wire 1 ! a $end $enddefinitions $end #0 1!|unknown_command",
                "$timescale 1ns $end $var quark 1 ! a $end $enddefinitions $end #0 1!|unknown_type",
                "$timescale 1ns $end $var wire 1 ! a $end $enddefinitions $end # 0 1 !|space_in_change",
                "$timescale 1ns $end $var wire 1 ! a $end $enddefinitions $end #0 b101 !|too_wide",
                "$timescale 1ns $end $var wire 1 ! a $end $enddefinitions $end #0 1! b1|cut_off",
            })
    void whatSimulatorsDoOtherwiseIsReadAndNoted(String dump, String note) throws IOException {
        assertThat(read(dump)).containsExactly("a=1@0");
        assertThat(notes(strict)).contains(note);
    }

    @Test
    void aTimeThatGoesBackIsTakenAsTheLaterOne() throws IOException {
        assertThat(read(ONE + "#10 b1 ! #5 b0 ! #11 b1 !")).containsExactly("a=1@10", "a=0@10", "a=1@11");
        assertThat(notes(strict)).containsExactly("time_goes_back");
    }

    @Test
    void fractionalTimesAreReadExactly() throws IOException {
        assertThat(read(ONE + "#0 b1 ! #3.25 b0 ! #3.5 b1 ! #4.0 b0 !"))
                .containsExactly("a=1@0", "a=0@3.25", "a=1@3.5", "a=0@4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"#0 2!", "#0 b12 !", "#0 b !", "#0 rx !", "#0 1?", "#0 pQ 6 6 !", "#x", "#-5", "hello world"})
    void whatIsNoChangeIsRefusedOrLeftOut(String body) throws IOException {
        assertThatThrownBy(() -> read(ONE + body))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("x.vcd:2:");
        assertThat(read(ONE + body + " #9 b11 !", lenient)).containsExactly("a=11@9");
        assertThat(notes(lenient)).contains("broken_events");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "#9223372036854775808 1!|beyond 64 bits",
                "#0 1! $var wire 1 ? b $end|two dumps",
                "#0 1! $comment never ends|no $end",
                "#0 1! $enddefinitions $end|two dumps",
            })
    void whatCannotBeADumpIsRefusedAlsoLeniently(String body, String why) {
        for (ReadContext context : List.of(strict, lenient)) {
            assertThatThrownBy(() -> read(ONE + body, context))
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith("x.vcd:2:")
                    .hasMessageContaining(why);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$var wire 1 $end|expected $var TYPE SIZE CODE NAME",
                "$var wire one ! a $end|expected a size in bits",
                "$timescale soon $end|expected $timescale",
                "$scope $end|expected $scope",
                "$date no end|has no $end",
                "words without a meaning|expected a declaration",
                "$var wire 1 ! a $end|ends in the declarations",
            })
    void brokenDeclarationsAreRefused(String header, String why) {
        assertThatThrownBy(() -> read(header, lenient))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("x.vcd:1:")
                .hasMessageContaining(why);
    }

    @Test
    void portsOfAnExtendedDumpKeepTheirStatesAndHaveBits() throws IOException {
        String dump = SCALE + "$var port 1 <0 clk $end $var port [3:0] <1 d $end" + END
                + "#0 $dumpports pD 6 0 <0 pUDLZ 6666 0000 <1 $end #5 pU 0 6 <0 pUHXf 6666 0000 <1 $vcdclose #5 $end";
        List<List<Field>> events = fields(dump.getBytes(StandardCharsets.US_ASCII), Map.of(), strict);
        assertThat(events.stream().map(e -> value(e, "value") + " " + value(e, "port")))
                .containsExactly("0 D", "100z UDLZ", "1 U", "11xz UHXf");
    }

    @Test
    void limitsAreReachedAndNotPassed() throws IOException {
        String deep = "$scope module m $end ";
        String var = "$var wire 1 ! a $end" + END + "#0 1!";
        assertThat(read(SCALE + deep.repeat(VcdHeader.MAX_DEPTH) + var)).hasSize(1);
        assertThatThrownBy(() -> read(SCALE + deep.repeat(VcdHeader.MAX_DEPTH + 1) + var))
                .hasMessageContaining("more than " + VcdHeader.MAX_DEPTH + " scopes");

        String wide = SCALE + "$var wire " + VcdHeader.MAX_WIDTH + " ! a $end" + END + "#0 b1";
        assertThat(read(wide + "0".repeat(VcdHeader.MAX_WIDTH - 1) + " !")).hasSize(1);
        assertThatThrownBy(() -> read(wide + "0".repeat(VcdHeader.MAX_WIDTH) + " !"))
                .hasMessageContaining("vector of up to");
        assertThatThrownBy(() -> read(SCALE + "$var wire " + (VcdHeader.MAX_WIDTH + 1) + " ! a $end" + END))
                .hasMessageContaining("size in bits");

        String name = "n".repeat(VcdHeader.MAX_NAME / 2 - 1);
        String scope = "$scope module " + "s".repeat(VcdHeader.MAX_NAME / 2);
        assertThat(read(SCALE + scope + " $end $var wire 1 ! " + name + " $end" + END + "#0 1!"))
                .hasSize(1);
        assertThatThrownBy(() -> read(SCALE + scope + " $end $var wire 1 ! " + name + "n $end" + END + "#0 1!"))
                .hasMessageContaining("a name of more than");

        String code = "c".repeat(VcdCodes.MAX_CODE);
        assertThat(read(SCALE + "$var wire 1 " + code + " a $end" + END + "#0 1" + code))
                .hasSize(1);
        assertThatThrownBy(() -> read(SCALE + "$var wire 1 " + code + "c a $end" + END + "#0 1" + code))
                .hasMessageContaining("identifier code");

        assertThatThrownBy(() -> read(ONE + "#0 s" + "x".repeat(VcdTokens.MAX_TOKEN) + " !"))
                .hasMessageContaining("a word of more than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clk",
                "CLOCK",
                "aclk",
                "s_axi_aclk",
                "clk_i",
                "i_clk",
                "sysclk",
                "clk50",
                "tck",
                "sclk",
                "top.clk"
            })
    void clocksAreKnownByTheirNames(String name) {
        assertThat(VcdClock.rank(name)).isNotNegative();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"data", "clk_en", "clk_cnt", "clock_locked", "lock", "block", "tick", "duck", "clk_sel", "click"
            })
    void whatOnlySoundsLikeAClockIsNone(String name) {
        assertThat(VcdClock.rank(name)).isNegative();
    }

    @Test
    void theFastestClockCountsTheCycles() throws IOException {
        StringBuilder dump = new StringBuilder(SCALE + "$scope module t $end $var wire 1 s slow_clk $end "
                + "$var wire 1 f clk $end $var wire 1 e clk_en $end $var wire 8 d d $end $upscope $end" + END);
        for (int t = 0; t < 64; t++) {
            dump.append("#" + t + " " + (t & 1) + "f " + (t >> 2 & 1) + "s " + (t & 1) + "e b"
                    + Integer.toBinaryString(t) + " d\n");
        }
        List<List<Field>> events = fields(dump.toString().getBytes(StandardCharsets.US_ASCII), Map.of(), strict);
        assertThat(events)
                .filteredOn(e -> value(e, "signal").equals("t.d"))
                .allSatisfy(e -> assertThat(value(e, "cycle"))
                        .isEqualTo(Integer.toString((Integer.parseInt(value(e, "value"), 2) + 1) / 2)));
        assertThatThrownBy(() ->
                        fields(dump.toString().getBytes(StandardCharsets.US_ASCII), Map.of("clock", "missing"), strict))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void theWriterGivesBackTheSameEvents() throws IOException {
        String mixed = "$timescale 1 ps $end $scope module t $end $var wire 1 c clk $end $scope module u $end "
                + "$var real 64 r r $end $var string 0 s s $end $var event 1 e e $end $var wire 8 a a [7:4] $end "
                + "$var wire 8 b a [3:0] $end $upscope $end $upscope $end $var port [1:0] p p $end "
                + "$var wire 4 d odd..name $end" + END;
        StringBuilder text = new StringBuilder(mixed);
        for (int t = 0; t < 40; t++) {
            text.append("#" + t * 501 + " " + (t & 1) + "c r" + t / 3.0 + " r s" + (t / 4 % 2 == 0 ? "" : "t" + t)
                    + " s 1e b" + Integer.toBinaryString(t & 15) + " a bx" + (t & 1) + " b p"
                    + (t % 3 == 0 ? "UD" : "HL")
                    + " 66 00 p bz d\n");
        }
        for (String dump : List.of(text.toString(), Dump.run(30).text())) {
            byte[] bytes = dump.getBytes(StandardCharsets.US_ASCII);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (RecordReader reader = new VcdFormat().open(input(bytes, Map.of()), strict)) {
                new VcdWriter().write(reader, new VcdFormat().mapping(input(bytes, Map.of())), out);
            }
            List<List<Field>> events = fields(bytes, Map.of(), strict);
            assertThat(events).hasSizeGreaterThan(100);
            assertThat(fields(out.toByteArray(), Map.of(), strict)).isEqualTo(events);
        }
    }

    @Test
    void eventsStandWhereTheirTextIs() throws IOException {
        byte[] bytes = (ONE + "#0 b101  !\n#1 $dumpvars\nb0 ! $end").getBytes(StandardCharsets.US_ASCII);
        try (RecordReader reader = new VcdFormat().open(input(bytes, Map.of()), strict)) {
            List<String> texts = new ArrayList<>();
            while (reader.next()) {
                texts.add(reader.record().line() + ":"
                        + new String(
                                bytes,
                                (int) reader.record().offset(),
                                reader.record().length()));
            }
            assertThat(texts).containsExactly("2:b101  !", "4:b0 !");
        }
    }

    @Test
    void aFileIsClaimedByItsDeclarations() throws IOException {
        for (String dump :
                List.of(ONE, "\n\n $date\n x $end\n$scope module t $end", "$version v $end $var wire 1 ! a $end")) {
            assertThat(new VcdFormat()
                            .claims(Head.of(input(dump.getBytes(StandardCharsets.UTF_8), Map.of())
                                    .files())))
                    .isTrue();
        }
        assertThat(new VcdFormat()
                        .claims(Head.of(input("$date; echo $var wire".getBytes(StandardCharsets.UTF_8), Map.of())
                                .files())))
                .isFalse();
    }

    @Test
    void aVariableOfNoBitsHasNoChangesAndAnEmptyVectorIsNoValueOfAnother() throws IOException {
        String dump = SCALE + "$var wire 0 H read_idx $end $var wire 8 ! a $end" + END + "#0\nb H\nb1 !\n";
        assertThat(read(dump)).containsExactly("a=1@0");
        assertThat(strict.notes()).isEmpty();
        assertThatThrownBy(() -> read(SCALE + "$var wire 8 ! a $end" + END + "#0\nb !\n"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected a vector such as b101");
    }

    @Test
    void aClockThatBeginsHighHasNoEdgeThere() throws IOException {
        String dump = SCALE + "$var wire 1 ! clk $end $var wire 1 \" q $end" + END
                + "$dumpvars 1! 0\" $end #5 0! #10 1! 1\" #15 0! #20 1! 0\"\n";
        List<List<Field>> events = fields(dump.getBytes(StandardCharsets.UTF_8), Map.of("clock", "clk"), strict);
        assertThat(events.stream().filter(e -> value(e, "signal").equals("q")).map(e -> value(e, "cycle")))
                .containsExactly("0", "1", "2");
    }
}

package io.dettrace.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
    private static final Instant BILLENNIUM = Instant.parse("2005-12-09T04:47:44.5Z");

    private static long nanos(Instant at) {
        return at.getEpochSecond() * 1_000_000_000L + at.getNano();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2005-12-09T04:47:44.5Z",
                "2005-12-09 04:47:44,500",
                "2005/12/09 04:47:44.500000",
                "2005-12-09T05:47:44.5+01:00",
                "2005-12-08 23:47:44.5 -0500",
                "2005-12-09 04:47:44.5 UTC",
                "2005-12-09-04.47.44.500000",
                "05/12/09 04:47:44.5",
                "09/Dec/2005:04:47:44.5 +0000",
                "12/9/2005 4:47:44.5 AM",
                "09.12.2005 04:47:44.5",
                "09 Dec 2005 04:47:44.5",
                "Fri, 09 Dec 2005 04:47:44.5 GMT",
                "Fri Dec 09 04:47:44.5 2005",
                "Fri Dec  9 04:47:44.5 UTC 2005",
                "Dec 9, 2005 4:47:44.5 AM",
                "20051209-04:47:44:500",
                "20051209T044744.5Z",
                "1134103664.5",
                "1134103664500",
                "1134103664500000",
                "1134103664500000000"
            })
    void oneTimeInManyHands(String text) {
        assertThat(TimeText.nanosOf(text)).isEqualTo(nanos(BILLENNIUM));
    }

    @ParameterizedTest
    @CsvSource({
        "Dec 10 06:55:46,1970-12-10T06:55:46Z",
        "Dec  1 06:55:46,1970-12-01T06:55:46Z",
        "03-17 16:13:38.811,1970-03-17T16:13:38.811Z",
        "10.30 16:49:06,1970-10-30T16:49:06Z",
        "081109 203615,2008-11-09T20:36:15Z",
        "28/07/14 01:15 PM,2014-07-28T13:15:00Z",
        "20171224-0:12:0:138,2017-12-24T00:12:00.138Z",
        "20171224-0:37:23:74,2017-12-24T00:37:23.074Z",
        "12:34:56.7,1970-01-01T12:34:56.7Z"
    })
    void whatATimeLacksCountsAsOfTheFirstOfJanuary1970(String text, String instant) {
        assertThat(TimeText.nanosOf(text)).isEqualTo(nanos(Instant.parse(instant)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2005",
                "2005-13-09 04:47:44",
                "2005-12-09",
                "12:34",
                "25:61:00",
                "hello world",
                "1234567890123456789012",
                "9999999999",
                "10.0.0.1:8080",
                "Mary had a lamb",
                "1.2.3.4.5.6",
                "2005-12-09T04:47:44.5Zulu",
                "00000000-00"
            })
    void whatIsNoTimeIsNone(String text) {
        assertThat(TimeText.nanosOf(text)).isEqualTo(TimeText.NONE);
    }

    @Test
    void agreesWithJavaTimeOnRandomTimes() {
        Random random = new Random(4);
        List<DateTimeFormatter> formats = List.of(
                DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS", Locale.ROOT),
                DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss.SSSSSSSSS yyyy", Locale.ENGLISH),
                DateTimeFormatter.ofPattern("MM/dd/yyyy hh:mm:ss.SSSSSSSSS a", Locale.ENGLISH));
        for (int i = 0; i < 3_000; i++) {
            LocalDateTime at = LocalDateTime.ofEpochSecond(
                    random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000), ZoneOffset.UTC);
            String text = formats.get(i % 3).format(at);
            assertThat(TimeText.nanosOf(text)).as(text).isEqualTo(nanos(at.toInstant(ZoneOffset.UTC)));
        }
    }

    @Test
    void theEndIsWhereTheTextGoesOn() {
        byte[] line = "x 2005-12-09 04:47:44,500 - INFO".getBytes(StandardCharsets.UTF_8);
        TimeText time = new TimeText();
        assertThat(time.at(line, 2, line.length)).isTrue();
        assertThat(time.end()).isEqualTo(25);
        assertThat(time.hasDate()).isTrue();
    }
}

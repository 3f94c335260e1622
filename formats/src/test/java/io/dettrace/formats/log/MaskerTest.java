package io.dettrace.formats.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskerTest {
    private final Masker masker = new Masker();
    private List<String> values;

    private String text(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        masker.mask(bytes, 0, bytes.length);
        values = new ArrayList<>();
        for (int i = 0; i < masker.count(); i++) {
            values.add(masker.sort(i) + " " + masker.name(i) + "="
                    + new String(bytes, masker.from(i), masker.end(i) - masker.from(i), StandardCharsets.UTF_8));
        }
        return new String(masker.text(), 0, masker.textLength(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "took 35 ms|took <*> ms|DURATION took=35",
                "done in 1m2.5s|done in <*>|DURATION in=1m2.5s",
                "user=bob logged in|user=<*> logged in|VALUE user=bob",
                "Invalid user webmaster from 173.234.31.186 port 40022|Invalid user <*> from <*> port <*>|VALUE user=webmaster",
                "connect to /10.0.0.7:50010|connect to /<*>:<*>|VALUE to=10.0.0.7",
                "connect to 10.0.0.7:54321|connect to <*>:<*>|ID to_port=54321",
                "block blk_-1608999687919862906 done|block <*> done|ID block=blk_-1608999687919862906",
                "session 0x14f05578bd8000e|session <*>|ID session=0x14f05578bd8000e",
                "flags 0x1f|flags <*>|VALUE flags=0x1f",
                "id 9f4ef63a-1111-2222-3333-444455556666|id <*>|ID id=9f4ef63a-1111-2222-3333-444455556666",
                "at com.Foo@1b2c3d4e|at <*>|ID at=com.Foo@1b2c3d4e",
                "path /etc/passwd: denied|path <*>: denied|VALUE path=/etc/passwd",
                "sizes [1, 2, 3] given|sizes [<*>] given|VALUE sizes=1, 2, 3",
                "said \"hello world\" twice|said \"<*>\" twice|VALUE said=hello world",
                "don't panic|don't panic|~~",
                "Term:1 Vote:2|Term:<*> Vote:<*>|VALUE Vote=2",
                "route = 0x0|route = <*>|VALUE route=0x0",
                "until 2024-01-02T03:04:05Z|until <*>|TIME until=2024-01-02T03:04:05Z",
                "size 1073741824 bytes|size <*> bytes|VALUE size=1073741824",
                "from LOOKING to LEADING|from LOOKING to LEADING|~~",
                "<0.600.0> started|<<*>> started|ID null=0.600.0",
                "version 1.2.3 here|version <*> here|VALUE version=1.2.3",
                "phase = 0, disposition = @0xb6fd90|phase = <*>, disposition = <*>|ID disposition=@0xb6fd90",
                "00000001@2016/9/27:20:30:31.455 called|<*>@<*> called|TIME null=2016/9/27:20:30:31.455",
                "[HRESULT = 0x80004005 - E_FAIL]|[HRESULT = <*> - E_FAIL]|VALUE HRESULT=0x80004005",
                "io mem 0xd4405c00|io mem <*>|ID mem=0xd4405c00",
                "started on port 64145|started on port <*>|ID port=64145",
                "started on port 8080|started on port <*>|VALUE port=8080",
                "from localhost:53422 now|from localhost:<*> now|ID localhost=53422",
                "from node-1:53422 now|from <*>:<*> now|ID from_port=53422",
                "returned 53422 rows|returned <*> rows|VALUE returned=53422",
                "started with PID 12720|started with PID <*>|ID PID=12720",
                "Hostname set to box|Hostname set to box|~~",
                "1->2 MsgApp|<*>-><*> MsgApp|VALUE null=2"
            })
    void parametersAreToldByTheirShape(String message, String text, String value) {
        assertThat(text(message)).isEqualTo(text);
        if (value.isEmpty()) {
            assertThat(values).isEmpty();
        } else {
            assertThat(values).contains(value);
        }
    }

    /** So nothing of a message is lost: what has the same text and the same parameters is the same message. */
    @Test
    void textAndParametersGiveTheMessageBack() {
        String[] words = {
            "open",
            "user",
            "x=5",
            "y=\"a b\"",
            "10.0.0.1:80",
            "/tmp/a",
            "[1,",
            "2]",
            "35",
            "ms",
            "'q r'",
            "it's",
            "a:b",
            "K:v1",
            "0xdeadbeef",
            "1.5s",
            "end.",
            "(3)",
            "--",
            "=",
            "\"",
            "'",
            "\u00e9t\u00e9",
            "2024-01-02",
            "03:04:05",
            "<",
            ">",
            "a=",
            "@"
        };
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder message = new StringBuilder();
            for (int k = random.nextInt(8); k >= 0; k--) {
                message.append(words[random.nextInt(words.length)]).append(random.nextInt(4) == 0 ? "" : " ");
            }
            byte[] bytes = message.toString().strip().getBytes(StandardCharsets.UTF_8);
            masker.mask(bytes, 0, bytes.length);
            String text = new String(masker.text(), 0, masker.textLength(), StandardCharsets.UTF_8);
            for (int k = 0; k < masker.count(); k++) {
                String value =
                        new String(bytes, masker.from(k), masker.end(k) - masker.from(k), StandardCharsets.UTF_8);
                int hole = text.indexOf(Masker.HOLE);
                assertThat(hole).as("%s in %s", value, message).isNotNegative();
                text = text.substring(0, hole) + value + text.substring(hole + Masker.HOLE.length());
            }
            assertThat(text).isEqualTo(message.toString().strip());
        }
    }

    @Test
    void parametersBeyondTheLimitStayInTheText() {
        StringBuilder message = new StringBuilder();
        for (int i = 0; i < Masker.MAX_PARAMETERS + 5; i++) {
            message.append("a ").append(i).append(' ');
        }
        assertThat(text(message.toString())).endsWith("a " + (Masker.MAX_PARAMETERS + 4));
        assertThat(values).hasSize(Masker.MAX_PARAMETERS);
    }
}

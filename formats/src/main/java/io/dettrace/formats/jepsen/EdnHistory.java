package io.dettrace.formats.jepsen;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.EventRecord;
import java.io.IOException;
import java.io.InputStream;

/** Operations as EDN maps or records, one after the other or inside one vector or list ({@code history.edn}). */
final class EdnHistory extends History {
    private final InputStream in;
    private final EdnParser parser;
    private boolean inside;
    private boolean ended;

    EdnHistory(InputFile file, int number, boolean independent, ReadContext context, EventRecord record)
            throws IOException {
        super(file, number, independent, context, record);
        in = file.open();
        parser = new EdnParser(in);
    }

    @Override
    Edn.Dict read() throws IOException {
        while (!ended) {
            try {
                int c = parser.peekForm();
                place(parser.line(), parser.offset(), 0);
                if (c < 0) {
                    ended = true;
                } else if (c == 0xEF && parser.offset() == 0) {
                    mark();
                } else if (!inside && (c == '[' || c == '(')) {
                    parser.skip();
                    inside = true;
                } else if (inside && (c == ']' || c == ')')) {
                    parser.skip();
                    inside = false;
                } else {
                    Edn form = parser.form();
                    place(line, offset, parser.offset() - offset);
                    if (form instanceof Edn.Dict op) {
                        return op;
                    }
                    broken("expected an operation, a map such as {:process 0, :type :invoke, :f :read, :value nil}");
                }
            } catch (EdnParser.SyntaxException e) {
                ended = true;
                place(parser.line(), parser.offset(), 0);
                broken(e.getMessage());
            } catch (EdnParser.TooLong e) {
                throw InputException.at(file.name(), line, 0, offset, e.getMessage());
            }
        }
        return null;
    }

    private void mark() throws IOException {
        for (int i = 0; i < InputFile.UTF8_BOM_LENGTH; i++) {
            parser.skip();
        }
    }

    @Override
    public long bytesRead() {
        return parser.offset();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

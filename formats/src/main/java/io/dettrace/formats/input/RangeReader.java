package io.dettrace.formats.input;

import io.dettrace.event.InputException;
import io.dettrace.event.SourceRef;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Fetches byte ranges of a file: at random from a plain one, in one pass from a compressed one. */
final class RangeReader {
    private RangeReader() {}

    static List<byte[]> random(InputFile file, List<SourceRef> refs) throws IOException {
        byte[][] out = new byte[refs.size()][];
        try (FileChannel channel = FileChannel.open(file.path())) {
            for (int i = 0; i < out.length; i++) {
                SourceRef ref = refs.get(i);
                ByteBuffer bytes = ByteBuffer.allocate(ref.length());
                while (bytes.hasRemaining()) {
                    if (channel.read(bytes, ref.offset() + bytes.position()) < 0) {
                        throw tooShort(file, ref);
                    }
                }
                out[i] = bytes.array();
            }
        } catch (IOException e) {
            throw Unreadable.because(file.name(), e);
        }
        return Arrays.asList(out);
    }

    /** Reads groups of ranges that overlap as one, so that the same event may be asked for twice. */
    static List<byte[]> sequential(InputFile file, List<SourceRef> refs) throws IOException {
        byte[][] out = new byte[refs.size()][];
        int[] order = IntStream.range(0, out.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> refs.get(i).offset()))
                .mapToInt(Integer::intValue)
                .toArray();
        try (InputStream in = file.openBinary()) {
            long position = 0;
            for (int from = 0; from < order.length; ) {
                SourceRef first = refs.get(order[from]);
                long end = first.offset() + first.length();
                int to = from + 1;
                for (; to < order.length && refs.get(order[to]).offset() < end; to++) {
                    end = Math.max(end, end(refs.get(order[to])));
                }
                in.skipNBytes(Math.max(0, first.offset() - position));
                byte[] group = in.readNBytes(Math.toIntExact(end - first.offset()));
                position = end;
                for (; from < to; from++) {
                    out[order[from]] = cut(file, group, first.offset(), refs.get(order[from]));
                }
            }
        } catch (EOFException e) {
            throw tooShort(file, refs.get(order[order.length - 1]));
        }
        return Arrays.asList(out);
    }

    private static byte[] cut(InputFile file, byte[] group, long offset, SourceRef ref) throws InputException {
        int start = (int) (ref.offset() - offset);
        if (start + ref.length() > group.length) {
            throw tooShort(file, ref);
        }
        return Arrays.copyOfRange(group, start, start + ref.length());
    }

    private static long end(SourceRef ref) {
        return ref.offset() + ref.length();
    }

    private static InputException tooShort(InputFile file, SourceRef ref) {
        return InputException.at(
                file.name(),
                ref.line(),
                0,
                ref.offset(),
                "the file ends before this event does; it has changed since it was read, run the comparison again");
    }
}

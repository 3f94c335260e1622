package io.dettrace.formats.input;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Binary files that people have and that are not read: what they are by their first bytes, and what to do with them. */
final class KnownBinary {
    private record Kind(byte[] begins, String what, String instead) {
        Kind(String latin1, String what, String instead) {
            this(latin1.getBytes(StandardCharsets.ISO_8859_1), what, instead);
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind("ULog\u0001\u0012\u0035", "a PX4 flight log (ULog)", "convert it to CSV with ulog2csv"),
            new Kind(
                    "\u0089MCAP0\r\n",
                    "a recording in MCAP",
                    "export its topics as JSON lines with \"mcap cat --json\""),
            new Kind("#ROSBAG V", "a ROS 1 bag", "export its topics with \"rostopic echo -b\""),
            new Kind(
                    "SQLite format 3\u0000",
                    "an SQLite database",
                    "export its table of events as CSV or JSON with sqlite3"),
            new Kind(
                    "\u0017\u0008\u0044tracing", "a trace.dat of trace-cmd", "give the output of \"trace-cmd report\""),
            new Kind("PERFILE2", "a perf.data file", "give the output of \"perf script\""),
            new Kind("JAVA PROFILE 1.0", "a heap dump of a JVM", "it holds no events; a Flight Recorder file does"),
            new Kind("GHDLwave", "a waveform in GHW", "convert it with \"ghwdump\" or write a VCD"),
            new Kind("\u007fELF", "a program or core dump (ELF)", "it holds no events; give the trace that it wrote"),
            new Kind("\u00d4\u00c3\u00b2\u00a1", "a packet capture (pcap)", "give the output of \"tshark -T ek\""),
            new Kind("\n\r\r\n", "a packet capture (pcapng)", "give the output of \"tshark -T ek\""),
            new Kind("PAR1", "a Parquet file", "export its rows as JSON lines or CSV"),
            new Kind(
                    "\u00cf\u00fa\u00ed\u00fe",
                    "a program (Mach-O)",
                    "it holds no events; give the trace that it wrote"),
            new Kind("%PDF-", "a PDF document", "give the log as text"));

    private KnownBinary() {}

    /** What the file is and what to do, or null if it is none of these. */
    static String complaint(byte[] head) {
        for (Kind kind : KINDS) {
            if (begins(head, kind.begins)) {
                return "is " + kind.what + ", which is not read; " + kind.instead;
            }
        }
        return null;
    }

    private static boolean begins(byte[] head, byte[] start) {
        for (int i = 0; i < start.length; i++) {
            if (i >= head.length || head[i] != start[i]) {
                return false;
            }
        }
        return true;
    }
}

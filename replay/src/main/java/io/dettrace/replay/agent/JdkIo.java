package io.dettrace.replay.agent;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The table of the JDK's methods that speak with the outside. */
final class JdkIo {
    /** What a method's answer is, beside its return value. */
    enum Answer {
        /** What it returns. */
        VALUE,
        /** Nothing; all that it was given has gone out. */
        ALL,
        /** What it returns, and the file's position moves on by the bytes read. */
        POSITION,
        /** Nothing; the file is open. */
        OPEN,
        /** The socket's other end and ports, as fields. */
        SOCKET,
        /** The same, and that it is connected. */
        CONNECTED,
        /** The same of the socket that it was given. */
        ACCEPTED,
        /** A process, which is wrapped. */
        PROCESS
    }

    /**
     * A hook.
     *
     * @param enter the method of {@code IoHooks} that is called first
     * @param descriptor its descriptor
     * @param values what it is given: T this, a digit the argument of that index, p the kind by the field {@code path}
     * @param kind what is done; the last value, unless there is p
     */
    record Io(String enter, String descriptor, String values, String kind, Answer answer) {}

    private static final Map<String, Io> TABLE = new HashMap<>();
    private static final Set<String> CLASSES = new HashSet<>();

    /** Each a list of methods, separated by bars, of which one must be there; they differ between versions of the JDK. */
    private static final Set<String> REQUIRED = new HashSet<>();

    private static final String SOCKET = "sun/nio/ch/NioSocketImpl";
    private static final String FILE = "java/io/FileInputStream";
    private static final String RANDOM = "java/io/RandomAccessFile";
    private static final String CHANNEL = "sun/nio/ch/FileChannelImpl";
    private static final String ADDRESS = "java/net/InetAddress";
    private static final String TEXT = "Ljava/lang/String;";
    private static final String OBJECT = "Ljava/lang/Object;";

    static {
        plain(SOCKET, "connect(Ljava/net/SocketAddress;I)V", "socket.connect", Answer.CONNECTED);
        plain(SOCKET, "bind(Ljava/net/InetAddress;I)V", "socket.bind", Answer.SOCKET);
        plain(SOCKET, "listen(I)V", "socket.listen", Answer.VALUE);
        plain(SOCKET, "accept(Ljava/net/SocketImpl;)V", "socket.accept", Answer.ACCEPTED);
        plain(SOCKET, "available()I", "socket.available", Answer.VALUE);
        plain(SOCKET, "shutdownInput()V", "socket.shutdown", Answer.VALUE);
        plain(SOCKET, "shutdownOutput()V", "socket.shutdown", Answer.VALUE);
        plain(SOCKET, "getOption(I)Ljava/lang/Object;", "socket.option", Answer.VALUE);
        part(SOCKET, "read([BII)I", "enterBytes", "socket.read", Answer.VALUE);
        part(SOCKET, "write([BII)V", "enterSend", "socket.write", Answer.ALL);

        put(FILE, "read()I", "enterSingle", "(" + OBJECT, "Tp", "", Answer.VALUE);
        put(FILE, "read([B)I", "enterArray", "(" + OBJECT + "[B", "T0p", "", Answer.VALUE);
        put(FILE, "read([BII)I", "enterBytes", "(" + OBJECT + "[BII", "T012p", "", Answer.VALUE);
        put(FILE, "readAllBytes()[B", "enter", "(" + OBJECT, "Tp", "", Answer.VALUE);
        put(FILE, "readNBytes(I)[B", "enter", "(" + OBJECT, "Tp", "", Answer.VALUE);
        plain(FILE, "available()I", "file.available", Answer.VALUE);
        plain(FILE, "skip(J)J", "file.skip", Answer.VALUE);

        put(FILE, "open(Ljava/lang/String;)V", "enter", "(" + OBJECT, "T", "file.open", Answer.OPEN);

        put(RANDOM, "open(Ljava/lang/String;I)V", "enter", "(" + OBJECT, "T", "file.open", Answer.OPEN);
        put(RANDOM, "read()I", "enterSingle", "(" + OBJECT, "T", "file.read", Answer.POSITION);
        put(RANDOM, "read([B)I", "enterArray", "(" + OBJECT + "[B", "T0", "file.read", Answer.POSITION);
        part(RANDOM, "read([BII)I", "enterBytes", "file.read", Answer.POSITION);

        buffer(CHANNEL, "read(Ljava/nio/ByteBuffer;)I", Answer.POSITION);
        buffer(CHANNEL, "read(Ljava/nio/ByteBuffer;J)I", Answer.VALUE);
        put(
                CHANNEL,
                "read([Ljava/nio/ByteBuffer;II)J",
                "enterBuffers",
                "(" + OBJECT + "[Ljava/nio/ByteBuffer;II",
                "T012",
                "file.read",
                Answer.POSITION);
        plain(CHANNEL, "size()J", "file.size", Answer.VALUE);

        lookup("getAllByName0(Ljava/lang/String;Ljava/net/InetAddress;ZZ)[Ljava/net/InetAddress;");
        lookup("getAllByName0(Ljava/lang/String;Z)[Ljava/net/InetAddress;");
        lookup("getHostFromNameService(Ljava/net/InetAddress;Z)Ljava/lang/String;");
        lookup("getHostFromNameService(Ljava/net/InetAddress;)Ljava/lang/String;");
        lookup("getLocalHost()Ljava/net/InetAddress;");

        put(
                "java/lang/ProcessImpl",
                "start([Ljava/lang/String;Ljava/util/Map;Ljava/lang/String;[Ljava/lang/ProcessBuilder$Redirect;Z)"
                        + "Ljava/lang/Process;",
                "enterProcess",
                "([Ljava/lang/String;",
                "0",
                "process.start",
                Answer.PROCESS);
        // Only newer versions have it, and use it for streams of channels.
        plain(CHANNEL, "available()I", "file.available", Answer.VALUE);
        REQUIRED.remove(CHANNEL + ".available()I");
        REQUIRED.removeIf(key -> key.startsWith(ADDRESS));
        REQUIRED.add(ADDRESS + ".getAllByName0(Ljava/lang/String;Ljava/net/InetAddress;ZZ)[Ljava/net/InetAddress;|"
                + ADDRESS + ".getAllByName0(Ljava/lang/String;Z)[Ljava/net/InetAddress;");
    }

    private JdkIo() {}

    private static void plain(String type, String method, String kind, Answer answer) {
        put(type, method, "enter", "(" + OBJECT, "T", kind, answer);
    }

    private static void part(String type, String method, String enter, String kind, Answer answer) {
        put(type, method, enter, "(" + OBJECT + "[BII", "T012", kind, answer);
    }

    private static void buffer(String type, String method, Answer answer) {
        put(type, method, "enterBuffer", "(" + OBJECT + "Ljava/nio/ByteBuffer;", "T0", "file.read", answer);
    }

    private static void lookup(String method) {
        put(ADDRESS, method, "enter", "(" + OBJECT, "-", "address.lookup", Answer.VALUE);
    }

    private static void put(
            String type, String method, String enter, String descriptor, String values, String kind, Answer answer) {
        CLASSES.add(type);
        TABLE.put(type + "." + method, new Io(enter, descriptor + TEXT + ")Z", values, kind, answer));
        REQUIRED.add(type + "." + method);
    }

    static boolean concerns(String type) {
        return CLASSES.contains(type);
    }

    /** The names of all classes of the table, with dots. */
    static Set<String> classes() {
        Set<String> names = new TreeSet<>();
        for (String type : CLASSES) {
            names.add(type.replace('/', '.'));
        }
        return names;
    }

    /** The hook of a method, or null. Notes that the method was there. */
    static Io of(String type, String method, String descriptor) {
        if (!CLASSES.contains(type)) {
            return null;
        }
        String key = type + "." + method + descriptor;
        REQUIRED.removeIf(
                required -> required.equals(key) || required.startsWith(key + "|") || required.endsWith("|" + key));
        return TABLE.get(key);
    }

    /** The methods that this JDK does not have, or an empty text. */
    static String missing() {
        return String.join(", ", new TreeSet<>(REQUIRED));
    }
}

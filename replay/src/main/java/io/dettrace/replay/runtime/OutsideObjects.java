package io.dettrace.replay.runtime;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/** Answers of the outside that are objects, as text: addresses, numbers, bytes. Called with the token held. */
public final class OutsideObjects {
    private OutsideObjects() {}

    static byte[] encode(Object object) {
        if (object instanceof byte[]) {
            byte[] bytes = (byte[]) object;
            byte[] result = new byte[bytes.length + 1];
            result[0] = 'b';
            System.arraycopy(bytes, 0, result, 1, bytes.length);
            return result;
        }
        return Text.bytes(text(object));
    }

    private static String text(Object object) {
        if (object == null) {
            return "n";
        }
        if (object instanceof Integer) {
            return "i" + object;
        }
        if (object instanceof Boolean) {
            return "z" + object;
        }
        if (object instanceof String) {
            return "s" + object;
        }
        if (object instanceof InetAddress) {
            return "a" + address((InetAddress) object);
        }
        if (object instanceof InetAddress[]) {
            StringBuilder text = new StringBuilder("A");
            for (InetAddress address : (InetAddress[]) object) {
                text.append(address(address)).append('\n');
            }
            return text.toString();
        }
        throw new IllegalArgumentException("not an answer of the outside: " + object.getClass());
    }

    static Object decode(byte[] data) {
        if (data[0] == 'b') {
            return java.util.Arrays.copyOfRange(data, 1, data.length);
        }
        String text = new String(data, 1, data.length - 1, StandardCharsets.UTF_8);
        switch (data[0]) {
            case 'i':
                return Integer.valueOf(text);
            case 'z':
                return Boolean.valueOf(text);
            case 's':
                return text;
            case 'a':
                return address(text);
            case 'A':
                String[] lines = text.split("\n");
                InetAddress[] addresses = new InetAddress[lines.length];
                for (int i = 0; i < lines.length; i++) {
                    addresses[i] = address(lines[i]);
                }
                return addresses;
            default:
                return null;
        }
    }

    /** Host name (never looked up for this), scope and bytes. */
    private static String address(InetAddress address) {
        String both = address.toString();
        StringBuilder text = new StringBuilder(both.substring(0, both.indexOf('/'))).append('/');
        text.append(address instanceof Inet6Address ? ((Inet6Address) address).getScopeId() : 0)
                .append('/');
        for (byte b : address.getAddress()) {
            text.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
        }
        return text.toString();
    }

    private static InetAddress address(String text) {
        int last = text.lastIndexOf('/');
        int first = text.indexOf('/');
        byte[] bytes = new byte[(text.length() - last - 1) / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(text.substring(last + 1 + 2 * i, last + 3 + 2 * i), 16);
        }
        String host = first == 0 ? null : text.substring(0, first);
        int scope = Integer.parseInt(text.substring(first + 1, last));
        try {
            return scope > 0 ? Inet6Address.getByAddress(host, bytes, scope) : InetAddress.getByAddress(host, bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no address: " + text, e);
        }
    }

    static byte[] socket(InetAddress address, int port, int localPort) {
        return Text.bytes(port + " " + localPort + " " + (address == null ? "" : address(address)));
    }

    private static String[] socket() {
        return new String(IoHooks.givenBytes(), StandardCharsets.UTF_8).split(" ", 3);
    }

    /** The recorded address of a socket's other end. */
    public static InetAddress givenAddress() {
        String text = socket()[2];
        return text.isEmpty() ? null : address(text);
    }

    /** The recorded port of a socket's other end. */
    public static int givenPort() {
        return Integer.parseInt(socket()[0]);
    }

    /** The recorded port of the socket. */
    public static int givenLocalPort() {
        return Integer.parseInt(socket()[1]);
    }
}

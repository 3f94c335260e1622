package io.dettrace.incident.simulation;

import io.dettrace.event.Field;
import io.dettrace.incident.simulation.ServiceGraph.Operation;
import io.dettrace.incident.simulation.ServiceGraph.Protocol;
import io.dettrace.incident.simulation.ServiceGraph.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Attributes of spans as OpenTelemetry's semantic conventions 1.37 have them for HTTP, RPC, databases and messaging. */
final class Conventions {
    private final Map<Key, List<Field>> cache = new HashMap<>();
    private final Map<Name, String> names = new HashMap<>();

    private record Key(boolean client, int service, int operation, String host, int number, String error) {}

    private record Name(int service, int operation, boolean client) {}

    static Field text(String name, String value) {
        return new Field(name, Field.Type.STRING, value);
    }

    static Field number(String name, long value) {
        return new Field(name, Field.Type.NUMBER, Long.toString(value));
    }

    /** Name of the client's or the server's span, made once. */
    String spanName(Service callee, Operation operation, boolean client) {
        Name key = new Name(callee.number(), operation.number(), client);
        return names.computeIfAbsent(key, k -> name(callee, operation, client));
    }

    /** Name of the client's or the server's span. */
    static String name(Service callee, Operation operation, boolean client) {
        return switch (callee.protocol()) {
            case HTTP -> client ? method(operation) : method(operation) + " /" + operation.name();
            case GRPC -> callee.name() + "." + operation.name() + "/" + call(operation);
            case DATABASE -> (operation.number() == 0 ? "SELECT " : "UPDATE ") + operation.name();
            case MESSAGE -> (client ? "send " : "process ") + operation.name();
        };
    }

    private static String method(Operation operation) {
        return operation.number() % 3 == 2 ? "POST" : "GET";
    }

    private static String call(Operation operation) {
        return operation.name().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                + operation.name().substring(1);
    }

    /** Attributes of a server's or consumer's span that ends with {@code error}, empty for none. */
    List<Field> server(Service at, Operation operation, String error, boolean upstream) {
        Key key = new Key(false, at.number(), operation.number(), "", upstream ? 1 : 0, error);
        return cache.computeIfAbsent(key, k -> {
            List<Field> fields = new ArrayList<>();
            called(fields, at, operation);
            if (at.protocol() == Protocol.HTTP) {
                fields.add(text("http.route", "/" + operation.name()));
                fields.add(number("http.response.status_code", httpStatus(error, upstream)));
            } else if (at.protocol() == Protocol.GRPC) {
                fields.add(number("rpc.grpc.status_code", error.isEmpty() ? 0 : upstream ? 14 : 13));
            }
            if (!error.isEmpty()) {
                fields.add(
                        text("error.type", at.protocol() == Protocol.HTTP ? "" + httpStatus(error, upstream) : error));
            }
            return List.copyOf(fields);
        });
    }

    private static int httpStatus(String error, boolean upstream) {
        if (error.isEmpty()) {
            return 200;
        }
        if (error.equals(Execution.REJECTED)) {
            return 503;
        }
        return !upstream ? 500 : error.equals(Attempt.TIMEOUT) ? 504 : 502;
    }

    /** Attributes of a client's or producer's span. */
    List<Field> client(Service callee, Operation operation, String host, int attempt, String error) {
        Key key = new Key(true, callee.number(), operation.number(), host, attempt, error);
        return cache.computeIfAbsent(key, k -> {
            List<Field> fields = new ArrayList<>();
            called(fields, callee, operation);
            fields.add(text("server.address", callee.name()));
            if (!host.isEmpty() && callee.protocol() != Protocol.MESSAGE) {
                fields.add(text("network.peer.address", host));
            }
            if (callee.protocol() == Protocol.HTTP) {
                int status = error.isEmpty() ? 200 : error.startsWith("50") ? Integer.parseInt(error) : 0;
                if (status > 0) {
                    fields.add(number("http.response.status_code", status));
                }
                if (attempt > 0) {
                    fields.add(number("http.request.resend_count", attempt));
                }
            } else if (callee.protocol() == Protocol.GRPC) {
                fields.add(number("rpc.grpc.status_code", grpcStatus(error)));
            }
            if (!error.isEmpty()) {
                fields.add(text("error.type", error));
            }
            return List.copyOf(fields);
        });
    }

    private static int grpcStatus(String error) {
        return switch (error) {
            case "" -> 0;
            case Attempt.TIMEOUT -> 4;
            case Attempt.REFUSED -> 14;
            default -> 13;
        };
    }

    private static void called(List<Field> fields, Service callee, Operation operation) {
        switch (callee.protocol()) {
            case HTTP -> fields.add(text("http.request.method", method(operation)));
            case GRPC -> {
                fields.add(text("rpc.system", "grpc"));
                fields.add(text("rpc.service", callee.name() + "." + operation.name()));
                fields.add(text("rpc.method", call(operation)));
            }
            case DATABASE -> {
                fields.add(text("db.system.name", "postgresql"));
                fields.add(text("db.operation.name", operation.number() == 0 ? "SELECT" : "UPDATE"));
                fields.add(text("db.collection.name", operation.name()));
            }
            case MESSAGE -> {
                fields.add(text("messaging.system", "kafka"));
                fields.add(text("messaging.destination.name", operation.name()));
            }
        }
    }
}

package io.dettrace.replay;

import io.dettrace.event.InputException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;

/** Finds the agent's jar. */
public final class AgentJar {
    /** The jar's name. */
    public static final String NAME = "dettrace-agent.jar";

    /** The system property that names the jar when it is elsewhere. */
    public static final String PROPERTY = "dettrace.agent";

    private static final int LEVELS_UP = 3;

    private AgentJar() {}

    /**
     * The jar that the property {@value #PROPERTY} names, else the one beside the running jar, else the one that the build
     * has put into its folder.
     *
     * @throws InputException if there is none; the message says where it was looked for
     */
    public static Path find() throws InputException {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            Path jar = Path.of(named).toAbsolutePath();
            if (!Files.isRegularFile(jar)) {
                throw new InputException(named + ": is not there; the property " + PROPERTY + " must name " + NAME);
            }
            return jar;
        }
        List<Path> looked = places();
        for (Path place : looked) {
            if (Files.isRegularFile(place)) {
                return place;
            }
        }
        throw new InputException(
                NAME + " is not beside the program; build it (mvn package -pl replay -am) or name it with" + " -D"
                        + PROPERTY + "=FILE; looked for " + looked);
    }

    private static List<Path> places() {
        List<Path> places = new ArrayList<>();
        CodeSource source = AgentJar.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return places;
        }
        try {
            Path at = Path.of(source.getLocation().toURI()).toAbsolutePath().getParent();
            if (at != null) {
                places.add(at.resolve(NAME));
            }
            for (int i = 0; i < LEVELS_UP && at != null; i++, at = at.getParent()) {
                places.add(at.resolve("replay").resolve("target").resolve(NAME));
            }
        } catch (URISyntaxException e) {
            return places;
        }
        return places;
    }
}

package io.dettrace.cli;

import io.dettrace.event.InputException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The bundled incident packs: the folder {@code packs} beside the program. */
final class Packs {
    private static final int LEVELS_UP = 4;

    private Packs() {}

    /** The pack with this name, or the one in the folder of this name. */
    static Pack find(String name) throws IOException {
        Optional<Path> home = home();
        if (home.isPresent()
                && !name.contains("/")
                && Files.isDirectory(home.get().resolve(name))) {
            return Pack.read(shown(home.get().resolve(name)));
        }
        if (Files.isDirectory(Path.of(name))) {
            return Pack.read(Path.of(name));
        }
        throw new InputException("there is no pack called " + name + "; dettrace packs lists them");
    }

    /** All bundled packs by name. */
    static List<Pack> all() throws IOException {
        Path home = home().orElseThrow(() ->
                new InputException("the folder packs is not beside the program; name a pack's folder instead"));
        List<Pack> packs = new ArrayList<>();
        try (Stream<Path> folders = Files.list(home)) {
            for (Path folder : folders.sorted().toList()) {
                if (Files.isRegularFile(folder.resolve(Pack.MANIFEST))) {
                    packs.add(Pack.read(folder));
                }
            }
        }
        return packs;
    }

    /** A path that a person can follow from where they are. */
    private static Path shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) ? here.relativize(path) : path;
    }

    private static Optional<Path> home() {
        try {
            Path at = Path.of(Packs.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            for (int i = 0; i < LEVELS_UP && at != null; i++, at = at.getParent()) {
                if (Files.isDirectory(at.resolve("packs")) && hasPack(at.resolve("packs"))) {
                    return Optional.of(at.resolve("packs"));
                }
            }
        } catch (URISyntaxException | IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean hasPack(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.anyMatch(e -> Files.isRegularFile(e.resolve(Pack.MANIFEST)));
        }
    }
}

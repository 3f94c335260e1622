package io.dettrace.formats.sigrok;

import io.dettrace.event.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a capture is decoded with.
 *
 * @param decoders the decoders
 * @param guesses what was guessed and why, empty if nothing was
 * @param leftOut channels that change and that nothing looks at; known only if the decoders were guessed
 */
record Plan(List<Blueprint> decoders, List<String> guesses, List<String> leftOut) {
    /** Makes the plan; messages begin with the file's name. */
    static Plan of(Capture capture) throws IOException {
        List<Blueprint> decoders = List.of();
        List<Channel> free = List.of();
        boolean guessed = false;
        try {
            if (capture.decode().equals(Capture.AUTO)) {
                AutoPlanner auto = new AutoPlanner(capture);
                decoders = auto.plan();
                free = auto.free();
                guessed = true;
            } else if (!capture.decode().equals(Capture.NONE)) {
                decoders = new SpecPlanner(capture).plan();
            }
        } catch (InputException e) {
            boolean named = e.getMessage().startsWith(capture.file().name());
            throw named ? e : new InputException(capture.file().name() + ": " + e.getMessage(), e);
        }
        List<String> guesses = decoders.stream()
                .map(Blueprint::about)
                .filter(a -> !a.isEmpty())
                .toList();
        Set<Channel> levels = levels(capture, decoders.isEmpty());
        List<Blueprint> all = new ArrayList<>(decoders);
        levels.forEach(c -> all.add(new Blueprint("", out -> new LevelDecoder(c, out))));
        List<String> leftOut = free.stream()
                .filter(c -> !levels.contains(c))
                .map(Channel::name)
                .toList();
        return new Plan(all, guessed && guesses.isEmpty() ? List.of("nothing") : guesses, leftOut);
    }

    private static Set<Channel> levels(Capture capture, boolean nothingElse) throws InputException {
        Set<Channel> levels = new LinkedHashSet<>();
        if (capture.levels().equals(Capture.ALL)
                || nothingElse && capture.levels().equals(Capture.NONE)) {
            levels.addAll(capture.metadata().channels());
        } else if (!capture.levels().equals(Capture.NONE)) {
            for (String name : capture.levels().split(",")) {
                try {
                    levels.add(capture.channel(name.strip()));
                } catch (InputException e) {
                    throw new InputException(capture.file().name() + ": --with levels: " + e.getMessage(), e);
                }
            }
        }
        return levels;
    }
}

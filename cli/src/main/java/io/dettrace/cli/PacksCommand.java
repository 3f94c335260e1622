package io.dettrace.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dettrace packs}: the bundled incident packs. */
@Command(
        name = "packs",
        mixinStandardHelpOptions = true,
        description = "Lists the bundled incident packs.",
        footer = {"", "Example:", "  dettrace packs", "  dettrace compare --pack retry-storm"})
final class PacksCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<Pack> packs = Packs.all();
        int width = packs.stream().mapToInt(p -> p.name().length()).max().orElse(0);
        for (Pack pack : packs) {
            out.println(String.format(Locale.ROOT, "%-" + Math.max(1, width) + "s  %s", pack.name(), pack.title()));
        }
        return Main.EQUIVALENT;
    }
}

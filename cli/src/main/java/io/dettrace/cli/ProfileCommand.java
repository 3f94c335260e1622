package io.dettrace.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dettrace profile}: looks at profiles and changes them. */
@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        description =
                "Shows a noise profile, checks it against passing runs, and says which rule would make a divergence vanish.",
        subcommands = {ProfileShowCommand.class, ProfileCheckCommand.class, ProfileSuggestCommand.class},
        footer = {
            "",
            "Examples:",
            "  dettrace profile show noise.profile",
            "  dettrace profile check noise.profile good21.jsonl good22.jsonl",
            "  dettrace profile edit-suggestions noise.profile good.jsonl bad.jsonl"
        })
final class ProfileCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "show, check or edit-suggestions is missing");
    }
}

package io.dettrace.cli;

import io.dettrace.event.InputException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code dettrace}. */
@Command(
        name = "dettrace",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Names the first incorrect event between a good run and a bad one.",
        footer = {
            "",
            "Examples:",
            "  dettrace compare good.jsonl bad.jsonl",
            "  dettrace compare --pack task-race",
            "  dettrace check history.edn",
            "  dettrace inspect capture.sr",
            "  dettrace explore --runs 200 -- java -cp app.jar demo.Main",
            "  dettrace help compare",
            "",
            "Exit status: 0 equivalent, 1 diverged, 2 trouble."
        })
public final class Main implements Runnable {
    /** Exit status: the runs are equivalent. */
    static final int EQUIVALENT = 0;

    /** Exit status: the runs diverged. */
    static final int DIVERGED = 1;

    /** Exit status: something is wrong with the call or the input. */
    static final int TROUBLE = 2;

    /** Added to an exit status where timing counts: the runs are off time. */
    static final int OFF_TIME = 4;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /** Starts the command line. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int status = run(out, err, args);
        out.flush();
        err.flush();
        System.exit(status);
    }

    /** Runs a command and gives its exit status. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            // Answered without loading any command, because scripts ask this often.
            out.println(new Version().getVersion()[0]);
            return EQUIVALENT;
        }
        CommandLine line = commands(args.length == 0 ? "" : args[0]);
        line.setOut(out);
        line.setErr(err);
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(100);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((wrong, given) -> {
            err.println("dettrace: " + wrong.getMessage());
            err.println("Try '" + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
            return TROUBLE;
        });
        line.setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, err));
        try {
            return line.execute(args);
        } catch (OutOfMemoryError full) {
            long megabytes = Runtime.getRuntime().maxMemory() >> 20;
            err.println("dettrace: out of memory: the heap of " + megabytes
                    + " MB is too small for this input; give more with DETTRACE_JAVA_OPTS=-Xmx"
                    + Math.max(1, megabytes * 4 >> 10) + "g");
            return TROUBLE;
        } catch (Error failure) { // else the JVM would end with 1, which means that the runs diverged
            return explain(failure, err);
        }
    }

    /** The command line with the one command that is asked for, or with all: building one costs a tenth of a second. */
    private static CommandLine commands(String first) {
        Map<String, Supplier<Object>> known = new LinkedHashMap<>();
        known.put("compare", CompareCommand::new);
        known.put("check", CheckCommand::new);
        known.put("mine", MineCommand::new);
        known.put("inspect", InspectCommand::new);
        known.put("convert", ConvertCommand::new);
        known.put("clocks", ClocksCommand::new);
        known.put("merge", MergeCommand::new);
        known.put("learn", LearnCommand::new);
        known.put("profile", ProfileCommand::new);
        known.put("isolate", IsolateCommand::new);
        known.put("incident", IncidentCommand::new);
        known.put("record", RecordCommand::new);
        known.put("replay", ReplayCommand::new);
        known.put("explore", ExploreCommand::new);
        known.put("prove", ProveCommand::new);
        known.put("serve", ServeCommand::new);
        known.put("packs", PacksCommand::new);
        CommandLine line = new CommandLine(new Main());
        if (known.containsKey(first)) {
            return line.addSubcommand(first, known.get(first).get());
        }
        known.forEach((name, command) -> line.addSubcommand(name, command.get()));
        line.addSubcommand(new AutoComplete.GenerateCompletion());
        line.addSubcommand(new CommandLine.HelpCommand());
        line.getSubcommands()
                .get("generate-completion")
                .getCommandSpec()
                .usageMessage()
                .hidden(false);
        return line;
    }

    /** The exit status of two findings together: the higher one, and off time if one of them is. */
    static int join(int one, int other) {
        return Math.max(one & ~OFF_TIME, other & ~OFF_TIME) | (one | other) & OFF_TIME;
    }

    private static int explain(Throwable failure, PrintWriter err) {
        if (failure instanceof InputException) {
            err.println("dettrace: " + failure.getMessage());
        } else if (failure instanceof java.io.IOException) {
            err.println("dettrace: cannot read or write: " + failure.getMessage());
        } else {
            err.println("dettrace: internal error, please report it: " + failure);
            if (System.getenv("DETTRACE_DEBUG") != null) {
                failure.printStackTrace(err);
            }
        }
        return TROUBLE;
    }

    /** The version from the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"dettrace " + (version == null ? "(unpackaged)" : version)};
        }
    }
}

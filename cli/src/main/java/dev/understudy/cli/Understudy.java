package dev.understudy.cli;

import dev.understudy.cli.command.Commands;
import dev.understudy.cli.command.UnderstudyCommand;
import dev.understudy.cli.config.InvalidFileException;
import dev.understudy.cli.config.Settings;
import dev.understudy.cli.target.ConnectionInfoParser;
import dev.understudy.cli.target.InvalidTargetException;
import dev.understudy.cli.target.Surroundings;
import dev.understudy.pgwire.ConnectionInfo;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command line's entry point: it owns the process, so only this class may end it. */
@Command(
        name = "understudy",
        description = "Rehearses a PostgreSQL migration with production's own traffic before the cutover.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Understudy.Version.class,
        footer = {
            "",
            "A command's flags: understudy COMMAND --help. Each can stand in a file (--config) or in",
            "the environment (UNDERSTUDY_TARGET, UNDERSTUDY_REPLAY_TARGET). Targets are libpq URIs,",
            "keyword strings or JDBC URLs, completed by PG* variables, service files and ~/.pgpass.",
            "",
            "Exit codes: 0 GO or done, 1 NO-GO, 2 wrong usage or invalid file, 3 INCONCLUSIVE,",
            "4 a service could not be reached, 5 refused for safety."
        })
public final class Understudy implements Runnable {
    private static final String CONFIG = "--config";
    private static final int HELP_WIDTH = 100;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets spec before it runs the command
    private Understudy() {}

    public static void main(String[] args) {
        AtomicBoolean ending = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ending.set(true), "ending"));
        Context context = new Context(
                Surroundings.ofProcess(),
                new PrintWriter(System.out, false, StandardCharsets.UTF_8),
                new PrintWriter(System.err, false, StandardCharsets.UTF_8),
                System.console() != null && !"dumb".equals(System.getenv("TERM")),
                Clock.systemUTC(),
                ending::get);
        System.exit(run(context, args));
    }

    /** Runs a command line to its end and returns its exit code. */
    static int run(Context context, String... args) {
        CommandLine commandLine = new CommandLine(new Understudy());
        for (UnderstudyCommand command : Commands.all(context)) {
            commandLine.addSubcommand(command);
        }
        for (CommandLine command : commandLine.getSubcommands().values()) {
            // A command's own flags first, in their order; then those that all have.
            command.getCommandSpec().usageMessage().sortOptions(false);
        }
        ConnectionInfoParser targets =
                new ConnectionInfoParser(context.surroundings(), warning -> context.say("understudy: " + warning));
        Settings settings;
        try {
            settings = Settings.read(
                    configFile(context, args),
                    flags(commandLine),
                    context.surroundings().environment());
        } catch (InvalidFileException e) {
            return new ErrorPrinter(context, false).print("understudy", e);
        }
        commandLine
                .registerConverter(ConnectionInfo.class, text -> target(targets, text))
                .registerConverter(LocalDate.class, Understudy::day)
                .setUsageHelpWidth(HELP_WIDTH)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(context.out())
                .setErr(context.err())
                .setDefaultValueProvider(arg -> defaultValue(arg, settings))
                .setParameterExceptionHandler((e, given) -> usageError(context, settings, e, given))
                .setExecutionExceptionHandler((e, failed, parsed) -> failure(context, e, failed))
                .setExecutionStrategy(parsed -> execute(parsed, settings));
        int exitCode = commandLine.execute(args);
        context.out().flush();
        context.err().flush();
        return exitCode;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    private static int execute(ParseResult parsed, Settings settings) {
        if (parsed.hasSubcommand()
                && parsed.subcommand().commandSpec().userObject() instanceof UnderstudyCommand command) {
            command.common().begin(settings.kafka());
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static ConnectionInfo target(ConnectionInfoParser targets, String text) {
        try {
            return targets.parse(text);
        } catch (InvalidTargetException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("expected a day such as 2027-01-31, found '" + text + "'");
        }
    }

    private static @Nullable Path configFile(Context context, String[] args) {
        List<String> all = List.of(args);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).startsWith(CONFIG + "=")) {
                return Path.of(all.get(i).substring(CONFIG.length() + 1));
            }
            if (all.get(i).equals(CONFIG) && i + 1 < all.size()) {
                return Path.of(all.get(i + 1));
            }
        }
        String variable = context.surroundings().environment().get("UNDERSTUDY_CONFIG");
        return variable == null || variable.isEmpty() ? null : Path.of(variable);
    }

    /** The long flags of every command, without their dashes. */
    private static Map<String, Set<String>> flags(CommandLine commandLine) {
        Map<String, Set<String>> flags = new LinkedHashMap<>();
        commandLine.getSubcommands().forEach((name, command) -> {
            Set<String> own = new TreeSet<>();
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (!option.usageHelp() && !option.longestName().equals(CONFIG)) {
                    own.add(flag(option));
                }
            }
            flags.put(name, own);
        });
        return flags;
    }

    private static String flag(OptionSpec option) {
        return option.longestName().replaceFirst("^--?", "");
    }

    private static @Nullable String defaultValue(ArgSpec arg, Settings settings) {
        if (arg instanceof OptionSpec option && !option.usageHelp() && !option.versionHelp()) {
            return settings.value(arg.command().name(), flag(option))
                    .map(Settings.Value::text)
                    .orElse(null);
        }
        return null;
    }

    private static int usageError(Context context, Settings settings, ParameterException e, String[] args) {
        String origin = "";
        if (e.getArgSpec() instanceof OptionSpec option
                && List.of(args).stream().noneMatch(arg -> isOption(arg, option))) {
            origin = settings.value(option.command().name(), flag(option))
                    .map(value -> value.where() + ": ")
                    .orElse("");
        }
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        context.say(Masking.mask(name + ": " + origin + e.getMessage()));
        if (args.length == 0) {
            command.usage(context.err());
        } else if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, context.err())) {
            context.say("try: " + name + " --help");
        }
        context.err().flush();
        return ExitCode.USAGE;
    }

    private static boolean isOption(String arg, OptionSpec option) {
        return Set.of(option.names()).contains(arg)
                || Set.of(option.names()).contains(arg.substring(0, Math.max(0, arg.indexOf('='))));
    }

    private static int failure(Context context, Exception failure, CommandLine failed) {
        boolean verbose = failed.getCommandSpec().userObject() instanceof UnderstudyCommand command
                && command.common().isVerbose();
        return new ErrorPrinter(context, verbose).print(failed.getCommandSpec().qualifiedName(), failure);
    }

    /** Reads the version from the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Understudy.class.getPackage().getImplementationVersion();
            return new String[] {"understudy " + Objects.requireNonNullElse(version, "(unpackaged)")};
        }
    }
}

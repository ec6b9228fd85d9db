package dev.discern.cli;

import dev.discern.failure.DiscernException;
import dev.discern.failure.InvalidRequest;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The command line. {@link ExitCodes} lists how it ends. */
@Command(
    name = "discern",
    description = "Trains image classifiers, for classes that are easy to confuse.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Start with:  discern train digits",
      "Your images: discern train FOLDER    (one subfolder per class)",
      "",
      "discern help COMMAND explains a command."
    },
    subcommands = {
      CheckCommand.class,
      TrainCommand.class,
      CompareCommand.class,
      ReportCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      ExplainCommand.class,
      ExportCommand.class,
      WatchCommand.class,
      ServeCommand.class,
      LossesCommand.class,
      ModelsCommand.class,
      WeightsCommand.class,
      DatasetsCommand.class,
      DoctorCommand.class,
      CompletionCommand.class,
      ManCommand.class,
      HelpCommand.class
    })
public final class Main implements Runnable {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show stack traces of failures.")
  private boolean debug;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Print results and failures only, no progress and no notes.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Also print versions, and how long each activity takes.")
  private boolean verbose;

  @CommandLine.Spec private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

  /**
   * Runs a command and ends the process with its exit code.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    // The output is English, and programs read its numbers.
    Locale.setDefault(Locale.ROOT);
    StandardStreams streams = StandardStreams.ofProcess();
    System.exit(streams.finish(run(streams.out, streams.err, arguments)));
  }

  /**
   * Runs a command.
   *
   * @param out receives results
   * @param err receives progress and failures
   * @param arguments the command line
   * @return the exit code
   */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    Main main = new Main();
    return main.commandLine()
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(Refusal::print)
        .setExecutionExceptionHandler(main::fail)
        .setExecutionStrategy(main::execute)
        .execute(arguments);
  }

  /** The parser, with everything that help, completion and man pages show. */
  CommandLine commandLine() {
    CommandLine commandLine =
        new CommandLine(this).setCaseInsensitiveEnumValuesAllowed(true).setUsageHelpAutoWidth(true);
    ExitCodes.list(commandLine);
    return commandLine;
  }

  private int execute(ParseResult parsed) {
    CommandLine command = parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1);
    if (quiet && verbose) {
      throw new ParameterException(
          command, "--quiet and --verbose contradict each other: leave one of them out");
    }
    if (verbose && !command.isVersionHelpRequested() && !command.isUsageHelpRequested()) {
      VersionText.lines().forEach(command.getErr()::println);
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  /** How much a command shall say. */
  Verbosity verbosity() {
    return quiet ? Verbosity.QUIET : verbose ? Verbosity.VERBOSE : Verbosity.NORMAL;
  }

  /** Whether failures are shown with their stack traces. */
  boolean isDebugging() {
    return debug;
  }

  /** Without a command, shows the available commands. */
  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }

  private int fail(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (failure instanceof DiscernException) {
      err.println("discern: " + Flags.in(String.valueOf(failure.getMessage())));
    } else {
      err.println(
          "discern: internal error: " + failure + ". Please report it with the output of --debug.");
    }
    if (debug) {
      failure.printStackTrace(err);
    }
    return failure instanceof InvalidRequest ? 2 : 1;
  }
}

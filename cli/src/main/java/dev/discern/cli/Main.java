package dev.discern.cli;

import dev.discern.failure.DiscernException;
import dev.discern.failure.InvalidRequest;
import dev.discern.run.Environment;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/**
 * The command line. Exit codes: 0 done; 1 the work failed (data, disk, device, divergence); 2 the
 * command line or the configuration is wrong.
 */
@Command(
    name = "discern",
    description = "Trains image classifiers, for classes that are easy to confuse.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Start with:  discern train digits",
      "Your images: discern train FOLDER    (one subfolder per class)"
    },
    subcommands = {
      CheckCommand.class,
      TrainCommand.class,
      CompareCommand.class,
      ReportCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      ExplainCommand.class,
      WatchCommand.class,
      ServeCommand.class,
      LossesCommand.class,
      ModelsCommand.class,
      WeightsCommand.class,
      DatasetsCommand.class,
      DoctorCommand.class
    })
public final class Main implements Runnable {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show stack traces of failures.")
  private boolean debug;

  @CommandLine.Spec private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

  /** The output of {@code --version}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"discern " + Environment.version()};
    }
  }

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
    return new CommandLine(main)
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Main::refuse)
        .setExecutionExceptionHandler(main::fail)
        .execute(arguments);
  }

  /** Without a command, shows the available commands. */
  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }

  /** Whether failures are shown with their stack traces. */
  boolean isDebugging() {
    return debug;
  }

  private static int refuse(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    command.getErr().println("discern: " + sentence(failure));
    CommandLine.UnmatchedArgumentException.printSuggestions(failure, command.getErr());
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return 2;
  }

  // The parser's messages name Java types; users know numbers.
  private static String sentence(ParameterException failure) {
    return String.valueOf(failure.getMessage())
        .replaceFirst("is not a (double|float)$", "is not a number")
        .replaceFirst("is not an? (int|long)$", "is not a whole number");
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

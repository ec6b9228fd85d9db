package dev.discern.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** How a command ends. */
final class ExitCodes {
  private static final Map<String, String> ALL = new LinkedHashMap<>();

  static {
    ALL.put("0", "Success.");
    ALL.put("1", "The work failed: data, disk, device or divergence; with check --strict, faults.");
    ALL.put("2", "The command line or the configuration is wrong.");
    ALL.put("130", "Interrupted by Ctrl-C. A training has saved and can be resumed.");
    ALL.put("141", "The reader of the output closed its end, as head does.");
    ALL.put("143", "Interrupted by SIGTERM. A training has saved and can be resumed.");
  }

  private ExitCodes() {}

  /** Lists the codes in the help of a command and of all its subcommands. */
  static void list(CommandLine command) {
    command
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(ALL);
    command.getSubcommands().values().forEach(ExitCodes::list);
  }
}

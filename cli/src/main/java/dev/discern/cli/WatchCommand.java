package dev.discern.cli;

import dev.discern.config.Check;
import dev.discern.watch.WatchServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code discern watch}. */
@Command(
    name = "watch",
    description = {
      "Shows a run live on a page for browsers on this machine.",
      "",
      "Prints the page's address and serves it until Ctrl-C, also when the run ends or is resumed."
    },
    mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "A run directory.")
  private @Nullable Path run;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port of the page; 0, the default, is any free one.")
  private int port;

  @Override
  public Integer call() throws InterruptedException {
    if (run == null) {
      throw new IllegalStateException("RUN is required.");
    }
    Check.that(port >= 0 && port <= 65_535, "--port", port, "must be from 0 (any free) to 65535");
    try (WatchServer server = WatchServer.start(run, port)) {
      PrintWriter out = Console.out(spec);
      out.println(server.address());
      out.flush();
      server.awaitClose();
      return 0;
    }
  }
}

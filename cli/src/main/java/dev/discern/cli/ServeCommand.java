package dev.discern.cli;

import dev.discern.config.InvalidConfig;
import dev.discern.serve.AccessLog;
import dev.discern.serve.Batching;
import dev.discern.serve.Limits;
import dev.discern.serve.ModelServer;
import dev.discern.serve.ModelSource;
import dev.discern.serve.ServeOptions;
import dev.discern.serve.Token;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code discern serve}. */
@Command(
    name = "serve",
    description = {
      "Classifies images over HTTP, with a page for browsers.",
      "",
      "Prints its address and serves until Ctrl-C or SIGTERM, which finish the requests that it has"
          + " accepted. A model is opened again when its file changes. Clients need a token if the"
          + " environment variable DISCERN_TOKEN or --token-file gives one."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final String TOKEN = "DISCERN_TOKEN";
  private static final int MEBIBYTE = 1 << 20;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "[NAME=]MODEL",
      description =
          "Exported files, or runs; the name in addresses is that of the file or folder by default.")
  private List<String> sources = List.of();

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on; ${DEFAULT-VALUE}, the default, is reached from this machine only.")
  private String host = "";

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port; 0 is any free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File that holds the token that clients must send.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--access-log",
      paramLabel = "FILE",
      description = "Append the log to this file instead of standard error.")
  private @Nullable Path logFile;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Batches that run at the same time; by default one per core.")
  private @Nullable Integer workers;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads that one batch uses in the network. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--max-batch",
      paramLabel = "N",
      defaultValue = "8",
      description = "Images that run through the network together. Default: ${DEFAULT-VALUE}.")
  private int maxBatch;

  @Option(
      names = "--max-delay",
      paramLabel = "MS",
      defaultValue = "0",
      description =
          "Milliseconds that an image waits for others to fill its batch. Default: ${DEFAULT-VALUE}.")
  private int maxDelay;

  @Option(
      names = "--max-queue",
      paramLabel = "N",
      defaultValue = "256",
      description =
          "Images that wait; further requests are answered with 429. Default: ${DEFAULT-VALUE}.")
  private int maxQueue;

  @Option(
      names = "--max-body",
      paramLabel = "MIB",
      defaultValue = "16",
      description = "Largest request, in MiB. Default: ${DEFAULT-VALUE}.")
  private int maxBody;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      defaultValue = "40000000",
      description = "Largest image, in pixels. Default: ${DEFAULT-VALUE}.")
  private long maxPixels;

  @Option(
      names = "--max-images",
      paramLabel = "N",
      defaultValue = "64",
      description = "Images in one request. Default: ${DEFAULT-VALUE}.")
  private int maxImages;

  @Option(
      names = "--body-timeout",
      paramLabel = "S",
      defaultValue = "30",
      description = "Seconds that a client may take to send a request. Default: ${DEFAULT-VALUE}.")
  private int bodyTimeout;

  @Option(
      names = "--grace",
      paramLabel = "S",
      defaultValue = "30",
      description =
          "Seconds that accepted requests have to finish when the server stops. Default:"
              + " ${DEFAULT-VALUE}.")
  private int grace;

  @Override
  public Integer call() throws InterruptedException {
    List<ModelSource> models = sources.stream().map(ModelSource::of).toList();
    ServeOptions options = options();
    // Lines are flushed one by one, so the log needs no closing.
    AccessLog log = new AccessLog(log(), isDebugging());
    try (ModelServer server = ModelServer.start(models, options, log)) {
      server.closeOnSignals();
      PrintWriter out = Console.out(spec);
      out.println(server.address());
      out.flush();
      server.awaitClose();
      return 0;
    }
  }

  private ServeOptions options() {
    Batching defaults = Batching.defaults();
    return new ServeOptions(
        host,
        port,
        new Batching(
            maxBatch,
            Duration.ofMillis(maxDelay),
            workers == null ? defaults.workers() : workers,
            threads),
        new Limits(
            (int) Math.min(Integer.MAX_VALUE, (long) maxBody * MEBIBYTE),
            maxPixels,
            maxImages,
            maxQueue,
            Duration.ofSeconds(bodyTimeout),
            Duration.ofSeconds(grace)),
        token());
  }

  private Optional<Token> token() {
    String variable = System.getenv(TOKEN);
    if (tokenFile != null) {
      return Optional.of(Token.read(tokenFile));
    }
    return Optional.ofNullable(variable).map(secret -> Token.of(secret, TOKEN));
  }

  private PrintWriter log() {
    if (logFile == null) {
      return Console.err(spec);
    }
    try {
      return new PrintWriter(
          Files.newBufferedWriter(
              logFile,
              StandardCharsets.UTF_8,
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw new InvalidConfig(
          "Cannot write the access log " + logFile + ": check its path and permissions.", e);
    }
  }

  private boolean isDebugging() {
    return spec != null && spec.root().userObject() instanceof Main main && main.isDebugging();
  }
}

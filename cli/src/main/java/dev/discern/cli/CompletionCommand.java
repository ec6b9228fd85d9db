package dev.discern.cli;

import dev.discern.config.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code discern completion}. */
@Command(
    name = "completion",
    description = {
      "Prints a script that completes commands and options in a shell.",
      "",
      "bash: discern completion bash > ~/.local/share/bash-completion/completions/discern",
      "zsh:  add to ~/.zshrc: source <(discern completion zsh)"
    },
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Runnable {
  private static final List<String> SHELLS = List.of("bash", "zsh");

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private String shell = "";

  @Override
  public void run() {
    Check.oneOf(shell, "SHELL", SHELLS);
    // One script serves both: in zsh, it loads zsh's emulation of bash's completion.
    Console.out(spec).print(AutoComplete.bash("discern", Console.root(spec)));
  }
}

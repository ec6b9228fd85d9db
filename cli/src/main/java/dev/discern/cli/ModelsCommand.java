package dev.discern.cli;

import dev.discern.model.Models;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** {@code discern models}. */
@Command(name = "models", description = "Lists the models.", mixinStandardHelpOptions = true)
final class ModelsCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = Console.out(spec);
    ArrayNode array = JsonMapper.shared().createArrayNode();
    for (Models.ModelSpec model : Models.all()) {
      array
          .addObject()
          .put("name", model.name())
          .put("summary", model.summary())
          .put("paper", model.paper());
      if (!json) {
        out.printf("%-14s %s%n%14s %s%n", model.name(), model.summary(), "", model.paper());
      }
    }
    if (json) {
      out.println(array.toPrettyString());
    }
    return 0;
  }
}

package dev.discern.cli;

import dev.discern.data.DatasetSpec;
import dev.discern.data.Datasets;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code discern datasets}. */
@Command(name = "datasets", description = "Lists the data sets.", mixinStandardHelpOptions = true)
final class DatasetsCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = Console.out(spec);
    if (json) {
      out.println(JsonMapper.shared().valueToTree(Datasets.all()).toPrettyString());
      return 0;
    }
    for (DatasetSpec data : Datasets.all()) {
      out.printf(
          "%-14s %s%n%14s %,d images of %s in %d classes; license: %s%n%14s %s%n",
          data.name(),
          data.summary(),
          "",
          data.images(),
          data.shape(),
          data.classes(),
          data.licence(),
          "",
          data.origin());
    }
    out.printf("%-14s %s%n", "FOLDER", "your images: one subfolder per class");
    out.printf("%-14s %s%n", "FILE.csv", "labels in a list: lines path,label or path,label;label");
    out.printf("%-14s %s%n", "VOC", "labels of objects: a folder with Annotations and images");
    out.printf(
        "%-14s %s%n", "COCO", "labels of objects: a folder with annotations, or a file .json");
    return 0;
  }
}

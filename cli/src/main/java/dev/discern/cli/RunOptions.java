package dev.discern.cli;

import dev.discern.config.ConfigTree;
import dev.discern.config.MethodSpec;
import dev.discern.config.RunConfig;
import dev.discern.config.Setting;
import dev.discern.config.Settings;
import dev.discern.data.Datasets;
import dev.discern.data.LoadListener;
import dev.discern.head.Methods;
import dev.discern.model.Models;
import dev.discern.pretrained.WeightSource;
import dev.discern.run.BadImages;
import dev.discern.run.Wishes;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The options that set values of the configuration: one per setting in {@link Settings}, named
 * after its key.
 */
final class RunOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DATA",
      description =
          "digits, fashion-mnist, fashion-mnist:DIR, or your own images: a folder with one subfolder"
              + " per class, FILE.csv, or a folder of PASCAL VOC or MS-COCO.")
  @Nullable String data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML with keys as in a run's config.yaml; command-line options override it.")
  @Nullable Path config;

  @Option(
      names = "--skip-bad",
      description =
          "Decode all images first and leave out those that cannot be read; config.yaml names them.")
  private boolean skipBad;

  /** Adds an option for each setting to a command that includes this mixin. */
  static final class Added implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec command) {
      Settings.all().stream().filter(Setting::isOption).forEach(s -> command.addOption(option(s)));
      return command;
    }
  }

  private static OptionSpec option(Setting setting) {
    OptionSpec.Builder option =
        OptionSpec.builder(Flags.of(setting)).description(setting.help()).required(false);
    switch (setting.kind()) {
      case SWITCH -> option.type(Boolean.class).negatable(true).arity("0");
      case WHOLE -> option.type(Integer.class);
      case LONG -> option.type(Long.class);
      case NUMBER -> option.type(Double.class);
      case WHOLES -> option.type(List.class).auxiliaryTypes(Integer.class).splitRegex(",");
      case NUMBERS -> option.type(List.class).auxiliaryTypes(Double.class).splitRegex(",");
      case TEXT, SPECS -> option.type(String.class);
    }
    option.completionCandidates(candidates(setting.key()));
    return setting.placeholder().isEmpty()
        ? option.build()
        : option.paramLabel(setting.placeholder()).build();
  }

  // What a shell completes.
  private static List<String> candidates(String key) {
    return switch (key) {
      case "loss.spec" -> Methods.CATALOGUE.all().stream().map(MethodSpec::name).toList();
      case "model.name" -> Models.CATALOGUE.all().stream().map(MethodSpec::name).toList();
      default -> List.of();
    };
  }

  /** Overrides a configuration with the file and the options. */
  ConfigTree over(ConfigTree base) {
    ConfigTree tree = config == null ? base : base.with(ConfigTree.read(config), config.toString());
    if (data != null) {
      tree = tree.with("data.source", Datasets.canonical(data));
    }
    return tree.with(given());
  }

  /** Leaves out images that cannot be read, if that was asked for. */
  RunConfig readable(RunConfig asked, LoadListener listener) {
    return skipBad ? BadImages.leftOut(asked, listener) : asked;
  }

  /** The source from the command line, else from the file, else empty. */
  String source() {
    if (data != null) {
      return Datasets.canonical(data);
    }
    return config == null ? "" : ConfigTree.read(config).text("data.source");
  }

  /** What the command line or the file say of the network. */
  Wishes wishes() {
    return new Wishes(said("model.name"), said("model.weights"), said("model.freeze"));
  }

  private Optional<String> said(String key) {
    Object given = given().get(key);
    return given != null
        ? Optional.of(given.toString())
        : Optional.ofNullable(config)
            .map(file -> ConfigTree.read(file).flat().get(key))
            .filter(text -> !text.isEmpty());
  }

  /** The keys that the command line or the file set. */
  Set<String> chosen() {
    Set<String> keys = new HashSet<>(given().keySet());
    if (config != null) {
      keys.addAll(ConfigTree.read(config).flat().keySet());
    }
    return keys;
  }

  /** Whether the user gave the option of a setting. */
  boolean has(String key) {
    return given().containsKey(key);
  }

  private Map<String, Object> given() {
    if (command == null) {
      throw new IllegalStateException("Options are read by a command line.");
    }
    ParseResult parsed = command.commandLine().getParseResult();
    Map<String, Object> given = new LinkedHashMap<>();
    for (Setting setting : Settings.all()) {
      String flag = Flags.of(setting);
      if (setting.isOption() && parsed.hasMatchedOption(flag)) {
        given.put(setting.key(), spelled(setting, parsed.matchedOptionValue(flag, "")));
      }
    }
    return given;
  }

  private static Object spelled(Setting setting, Object value) {
    return setting.key().equals("model.weights")
        ? WeightSource.canonical(value.toString())
        : setting.kind() == Setting.Kind.SPECS ? specs(value.toString()) : value;
  }

  private static List<String> specs(String text) {
    return text.equals("none") ? List.of() : split(text);
  }

  /** Splits at commas outside parentheses: ce,crl(alpha=1,beta=2). */
  static List<String> split(String text) {
    return List.of(text.split(",(?![^(]*\\))", -1));
  }
}

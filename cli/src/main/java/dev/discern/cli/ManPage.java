package dev.discern.cli;

import dev.discern.run.Environment;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command's manual page in roff, with the macros of man(7), from what {@code --help} shows. */
final class ManPage {
  private final CommandSpec spec;
  private final StringBuilder page = new StringBuilder();

  private ManPage(CommandSpec spec) {
    this.spec = spec;
  }

  /** The page of a command. */
  static String of(CommandLine command) {
    return new ManPage(command.getCommandSpec()).written();
  }

  private String written() {
    String name = spec.qualifiedName("-");
    List<String> description = lines(spec.usageMessage().description());
    macro("TH", name.toUpperCase(Locale.ROOT), "1", "", "Discern " + Environment.version());
    macro("SH", "NAME");
    text(name + " - " + String.join(" ", description.subList(0, Math.min(1, description.size()))));
    macro("SH", "SYNOPSIS");
    text(synopsis());
    macro("SH", "DESCRIPTION");
    description.forEach(this::paragraph);
    arguments();
    options();
    commands();
    exitCodes();
    seeAlso();
    return page.toString();
  }

  private String synopsis() {
    return new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF))
        .synopsis(0)
        .strip()
        .replaceAll("\\s+", " ");
  }

  private void arguments() {
    List<PositionalParamSpec> visible =
        spec.positionalParameters().stream().filter(p -> !p.hidden()).toList();
    if (!visible.isEmpty()) {
      macro("SH", "ARGUMENTS");
      visible.forEach(argument -> item(argument.paramLabel(), rendered(argument)));
    }
  }

  private void options() {
    macro("SH", "OPTIONS");
    spec.options().stream()
        .filter(option -> !option.hidden())
        .forEach(option -> item(names(option), rendered(option)));
  }

  private static String names(OptionSpec option) {
    String names =
        Stream.of(option.names())
            .map(n -> option.negatable() ? n.replaceFirst("^--", "--[no-]") : n)
            .collect(Collectors.joining(", "));
    return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
  }

  private static String rendered(ArgSpec argument) {
    return String.join(" ", lines(argument.description()));
  }

  private void commands() {
    if (!spec.subcommands().isEmpty()) {
      macro("SH", "COMMANDS");
      spec.subcommands().forEach((name, command) -> item(name, summary(command)));
    }
  }

  private static String summary(CommandLine command) {
    return lines(command.getCommandSpec().usageMessage().description()).get(0);
  }

  private void exitCodes() {
    macro("SH", "EXIT STATUS");
    for (Map.Entry<String, String> code : spec.usageMessage().exitCodeList().entrySet()) {
      item(code.getKey(), code.getValue());
    }
  }

  private void seeAlso() {
    CommandSpec parent = spec.parent();
    macro("SH", "SEE ALSO");
    text(
        parent != null
            ? parent.qualifiedName("-") + "(1)"
            : spec.subcommands().keySet().stream()
                .filter(name -> !name.equals("help"))
                .map(name -> spec.name() + "-" + name + "(1)")
                .collect(Collectors.joining(", ")));
  }

  private void item(String tag, String description) {
    macro("TP");
    page.append("\\fB").append(escaped(tag)).append("\\fR\n");
    text(description);
  }

  private void paragraph(String line) {
    if (line.isEmpty()) {
      macro("PP");
    } else {
      text(line);
      macro("br");
    }
  }

  private void macro(String name, String... arguments) {
    page.append('.').append(name);
    for (String argument : arguments) {
      page.append(" \"").append(escaped(argument)).append('"');
    }
    page.append('\n');
  }

  private void text(String line) {
    page.append(escaped(line)).append('\n');
  }

  private static List<String> lines(String... texts) {
    return Stream.of(texts).map(t -> t.replace("%n", "\n").replace("%%", "%")).toList();
  }

  // A line that starts with a period or an apostrophe would be a macro.
  private static String escaped(String text) {
    return text.replace("\\", "\\e")
        .replace("-", "\\-")
        .replace("\"", "\\(dq")
        .replaceAll("(?m)^([.'])", "\\\\&$1");
  }
}

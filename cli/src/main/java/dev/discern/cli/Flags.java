package dev.discern.cli;

import dev.discern.config.Setting;
import dev.discern.config.Settings;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Converts keys of settings to the names of their options. */
final class Flags {
  private static final Map<String, String> BY_KEY =
      Settings.all().stream()
          .filter(Setting::isOption)
          .collect(Collectors.toMap(Setting::key, Flags::of));

  // A quoted key is a key in a file.
  private static final Pattern KEY = Pattern.compile("(?<!['\\w.-])[a-z]+\\.[a-zA-Z]+(?!['\\w])");

  private Flags() {}

  /** The option of a setting: {@code --batch-size} for {@code train.batchSize}. */
  static String of(Setting setting) {
    boolean isMain = setting.key().equals("model.name") || setting.key().equals("loss.spec");
    String name = isMain ? setting.section() : setting.name();
    return "--" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** A message of the library, with option names in place of keys. */
  static String in(String message) {
    return KEY.matcher(message).replaceAll(Flags::spelled);
  }

  private static String spelled(MatchResult key) {
    return BY_KEY.getOrDefault(key.group(), key.group());
  }
}

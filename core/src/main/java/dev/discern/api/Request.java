package dev.discern.api;

import dev.discern.config.ConfigTree;
import dev.discern.config.InvalidConfig;
import dev.discern.config.RunConfig;
import dev.discern.data.LoadListener;
import dev.discern.head.Methods;
import dev.discern.head.OwnLosses;
import dev.discern.loss.Loss;
import dev.discern.pretrained.WeightSource;
import dev.discern.run.Defaults;
import dev.discern.run.Wishes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a program asks for: settings over the defaults of its data.
 *
 * @param data the images
 * @param settings values by key
 * @param losses the user's own losses
 */
record Request(Data data, Map<String, Object> settings, OwnLosses losses) {
  static Request on(Data data) {
    return new Request(data, Map.of(), OwnLosses.NONE);
  }

  /** Refuses an unknown key or a value of the wrong kind, as a configuration file would be. */
  Request with(String key, Object value) {
    if (key.equals("data.source")) {
      throw new InvalidConfig("data.source is the data that the training is on: leave it out.");
    }
    ConfigTree unused = ConfigTree.defaults().with(key, value);
    Map<String, Object> more = new LinkedHashMap<>(settings);
    more.put(key, value);
    return new Request(data, more, losses);
  }

  Request withWeights(String source) {
    return with("model.weights", WeightSource.canonical(source));
  }

  Request with(OwnLosses added) {
    return new Request(data, settings, added);
  }

  /** A loss and how a configuration spells it. */
  record Named(String spelling, OwnLosses losses) {
    /** A loss object that names itself. */
    static Named of(Loss loss, OwnLosses losses) {
      if (loss.name().isEmpty()) {
        throw new InvalidConfig(
            "The loss has no name, under which a run would record it: override name(), or name it"
                + " beside the object.");
      }
      return Methods.spellingOf(loss)
          .map(known -> new Named(known, losses))
          .orElseGet(() -> of(loss.name(), loss, losses));
    }

    /** A loss object under a name. */
    static Named of(String name, Loss loss, OwnLosses losses) {
      return new Named(OwnLosses.spelling(name, loss), losses.with(name, loss));
    }
  }

  /** The complete configuration; notes say what was decided for the user. */
  RunConfig config(LoadListener loading, Consumer<String> notes) {
    Wishes wishes = new Wishes(said("model.name"), said("model.weights"), said("model.freeze"));
    Defaults.Choice choice = Defaults.choose(data.source(), wishes, loading);
    choice.reason().ifPresent(notes);
    return ConfigTree.of(choice.config()).with(settings).toConfig("The training");
  }

  private Optional<String> said(String key) {
    return Optional.ofNullable(settings.get(key)).map(Object::toString);
  }
}

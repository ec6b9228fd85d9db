package dev.discern.data;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The forms in which users' own images are read, each with the class that reads it. */
final class SourceForms {
  /**
   * A form.
   *
   * @param words what it is, in the list of all forms
   * @param reader the source at a place, if the place has this form; checks names, and reads at
   *     most the beginning of a file
   */
  record Form(String words, Function<Place, Optional<FileSource>> reader) {}

  private static final List<Form> ALL =
      List.of(
          new Form("a CSV file with lines path,label or path,label;label", CsvLabels::at),
          new Form("a JSON file or a folder of COCO annotations", CocoDataset::at),
          new Form("a folder of PASCAL VOC", VocFolder::at));

  private static final Form FOLDER =
      new Form("a folder with one subfolder of images per class", FolderDataset::at);

  private SourceForms() {}

  /** The source at a place. Every folder is at least a folder of classes. */
  static Optional<FileSource> read(Place place) {
    for (Form form : ALL) {
      Optional<FileSource> source = form.reader().apply(place);
      if (source.isPresent()) {
        return source;
      }
    }
    place.folder().ifPresent(FolderProblems::refuseDetection);
    Optional<Place> inner = place.unwrapped();
    return inner.isPresent() ? read(inner.get()) : FOLDER.reader().apply(place);
  }

  /** The accepted forms, as the end of a sentence. */
  static String words() {
    StringBuilder words = new StringBuilder(FOLDER.words());
    for (int k = 0; k < ALL.size(); k++) {
      words.append(k == ALL.size() - 1 ? ", or " : ", ").append(ALL.get(k).words());
    }
    return words.toString();
  }
}

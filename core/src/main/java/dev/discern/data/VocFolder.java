package dev.discern.data;

import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A folder with annotations in PASCAL VOC format: in {@code Annotations} or beside the images; for
 * all images, or in the folder of each part. Lists in {@code ImageSets/Main} say which part an
 * image belongs to. A part without a list, or a test part without annotations, is drawn from the
 * training images. Labels are the objects' names; difficult ones do not count ({@link
 * VocAnnotation}).
 *
 * <p>Source: Everingham et al., The PASCAL Visual Object Classes Challenge, IJCV 111 (2015).
 */
final class VocFolder implements FileSource {
  private static final String XML = ".xml";

  private final Place place;
  private final Folder root;
  private final List<String> notes;

  private VocFolder(Place place, Folder root) {
    this.place = place;
    this.root = root;
    notes = new ArrayList<>(place.notes());
  }

  /**
   * Annotations of images.
   *
   * @param folder the folder that holds them
   * @param ids their names without the extension
   */
  private record Section(Folder folder, Set<String> ids) {}

  /** The annotations at a place, if it is a folder that has some. */
  static Optional<FileSource> at(Place place) {
    return place
        .folder()
        .filter(
            folder ->
                annotations(folder).isPresent()
                    || PartFolders.of(folder).byPart().getOrDefault(Part.TRAIN, List.of()).stream()
                        .anyMatch(part -> annotations(part).isPresent()))
        .map(folder -> new VocFolder(place, folder));
  }

  // The folder with a folder's annotations: a subfolder, or itself if it also has images.
  private static Optional<Folder> annotations(Folder folder) {
    Optional<Folder> inside = folder.folder("Annotations").filter(f -> !ids(f).isEmpty());
    if (inside.isPresent()) {
      return inside;
    }
    FileNames files = folder.files();
    return Optional.of(folder)
        .filter(f -> ids(f).stream().limit(100).anyMatch(id -> files.findByStem(id) >= 0));
  }

  private static Set<String> ids(Folder folder) {
    Set<String> ids = new LinkedHashSet<>();
    FileNames files = folder.files();
    for (int i = 0; i < files.size(); i++) {
      String name = files.name(i);
      if (name.endsWith(XML)) {
        ids.add(name.substring(0, name.length() - XML.length()));
      }
    }
    return ids;
  }

  @Override
  public Task task() {
    return place.asked().orElseGet(() -> oneEach() ? Task.ONE_LABEL : Task.MANY_LABELS);
  }

  private boolean oneEach() {
    return sections().values().stream()
        .allMatch(
            section ->
                section.ids().stream()
                    .allMatch(id -> read(section.folder(), id).labels().size() == 1));
  }

  @Override
  public FileParts list() {
    ImageLists lists = new ImageLists(place.path(), root.path());
    sections().forEach((part, section) -> add(lists, part, section));
    return lists.parts(place.asked(), List.of(), notes);
  }

  private Map<Part, Section> sections() {
    Map<Part, Section> sections = new EnumMap<>(Part.class);
    Optional<Folder> annotations = annotations(root);
    if (annotations.isPresent()) {
      listed(annotations.get(), sections);
      return sections;
    }
    PartFolders parts = PartFolders.of(root);
    for (Part part : parts.byPart().keySet()) {
      parts
          .only(part)
          .flatMap(VocFolder::annotations)
          .ifPresent(folder -> sections.put(part, new Section(folder, ids(folder))));
    }
    return sections;
  }

  private void listed(Folder annotations, Map<Part, Section> sections) {
    Optional<VocLists> lists = VocLists.in(root, id -> isAnnotated(annotations, id));
    if (lists.isEmpty()) {
      sections.put(Part.TRAIN, new Section(annotations, ids(annotations)));
      return;
    }
    Optional<Set<String>> validation = lists.get().ids("val");
    Set<String> train = trainIds(lists.get(), validation);
    sections.put(Part.TRAIN, annotated(annotations, train, Part.TRAIN));
    validation.ifPresent(
        ids -> sections.put(Part.VALIDATION, annotated(annotations, ids, Part.VALIDATION)));
    lists.get().ids("test").ifPresent(ids -> addTest(annotations, ids, lists.get(), sections));
  }

  private static Set<String> trainIds(VocLists lists, Optional<Set<String>> validation) {
    Optional<Set<String>> train = lists.ids("train");
    if (train.isPresent()) {
      return train.get();
    }
    Set<String> both =
        lists
            .ids("trainval")
            .orElseThrow(
                () ->
                    new WorkFailed(
                        "The folder "
                            + lists.folder()
                            + " has lists of images, but neither train.txt nor trainval.txt: add"
                            + " one."));
    validation.ifPresent(both::removeAll);
    return both;
  }

  private static boolean isAnnotated(Folder annotations, String id) {
    return annotations.files().find(id + XML) >= 0;
  }

  // The challenge withheld some test annotations.
  private void addTest(
      Folder annotations, Set<String> ids, VocLists lists, Map<Part, Section> sections) {
    if (ids.stream().allMatch(id -> isAnnotated(annotations, id))) {
      sections.put(Part.TEST, new Section(annotations, ids));
    } else {
      notes.add(
          "The images of "
              + LabelledFiles.relative(root.path(), lists.folder().resolve("test.txt"))
              + " were left out, since annotations of them are missing: test images are drawn from"
              + " the training images.");
    }
  }

  private Section annotated(Folder annotations, Set<String> ids, Part part) {
    List<String> missing =
        ids.stream()
            .filter(id -> !isAnnotated(annotations, id))
            .map(id -> annotations.path() + "/" + id.replace('\0', ' ') + XML)
            .toList();
    if (!missing.isEmpty()) {
      throw new WorkFailed(
          "Annotations of the "
              + part.word()
              + " images of "
              + root.path()
              + " do not exist: add them, or remove the images from the list.\n"
              + FirstFew.of(missing, "such files"));
    }
    return new Section(annotations, ids);
  }

  private static VocAnnotation read(Folder annotations, String id) {
    return VocAnnotation.read(annotations.path().resolve(id + XML));
  }

  private void add(ImageLists lists, Part part, Section section) {
    Path folder = section.folder().path();
    List<Path> bases = new ArrayList<>();
    if (!folder.equals(root.path()) && !section.folder().holdsImages()) {
      bases.add(folder.resolveSibling("JPEGImages"));
    }
    bases.addAll(ImageFinder.around(folder.resolve("id" + XML), List.of("JPEGImages")));
    ImageFinder finder = new ImageFinder(bases, true);
    lists.announce(part);
    for (String id : section.ids()) {
      VocAnnotation annotation = read(section.folder(), id);
      String name = annotation.fileName().isEmpty() ? id : annotation.fileName();
      boolean byId = finder.find(name).isEmpty() && finder.find(id).isPresent();
      lists.add(part, finder, byId ? id : name, annotation.labels(), "annotation " + id + XML);
    }
  }
}

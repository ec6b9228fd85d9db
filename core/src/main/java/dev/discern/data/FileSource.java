package dev.discern.data;

import dev.discern.config.Task;

/** A user's own images, in a form that one of the {@link SourceForms} recognized. */
interface FileSource {
  /**
   * How many labels each image has. Reads as little as possible.
   *
   * @return one, or any number
   * @throws dev.discern.config.WorkFailed if a list is invalid
   */
  Task task();

  /**
   * Lists the images.
   *
   * @return the files of each part
   * @throws dev.discern.config.WorkFailed if a list or a folder is invalid
   */
  FileParts list();
}

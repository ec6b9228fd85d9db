package discern.data;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Input-output failures in a few plain words. */
final class Reasons {
  private Reasons() {}

  /**
   * Words for a failure, without the file's name, which the caller's sentence has already.
   *
   * @param failure what the JDK threw
   * @return words that end without a full stop
   */
  static String of(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission is denied";
    }
    if (failure instanceof NotDirectoryException) {
      return "it is not a folder";
    }
    if (failure instanceof FileSystemException named && named.getReason() != null) {
      return named.getReason();
    }
    if (failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException) {
      return "no connection";
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}

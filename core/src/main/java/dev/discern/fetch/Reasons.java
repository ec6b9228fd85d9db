package dev.discern.fetch;

import dev.discern.config.AtomicFiles;
import java.io.IOException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Says in a clause why a server gave no usable answer. */
final class Reasons {
  private Reasons() {}

  static String of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return "no connection (the name of the server is not known here)";
      }
    }
    if (failure instanceof HttpTimeoutException
        && !(failure instanceof HttpConnectTimeoutException)) {
      return "the server does not answer";
    }
    if (failure instanceof SSLException distrust) {
      return "no trusted connection (" + AtomicFiles.reason(distrust) + ")";
    }
    return failure instanceof IOException io ? AtomicFiles.reason(io) : "interrupted";
  }
}

package dev.discern.serve;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers requests that are no valid HTTP, in the form of all other failures. */
final class PlainAnswers implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Object reason = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
    String sentence =
        response.getStatus() >= 500
            ? "The server failed."
            : "The request is not valid HTTP" + (reason == null ? "." : ": " + reason + ".");
    Reply reply = Reply.failure(new HttpFailure(response.getStatus(), sentence));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.type());
    response.write(true, java.nio.ByteBuffer.wrap(reply.body()), callback);
    return true;
  }
}

package dev.fermata.web;

import org.apache.catalina.Context;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sets up Tomcat so that every refusal reaches its client, as a problem document, and so that a
 * client that goes away is noticed.
 */
@Component
final class TomcatSettings implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  private final JsonMapper json;
  private final HeaderWriter headers;

  TomcatSettings(JsonMapper json, HeaderWriter headers) {
    this.json = json;
    this.headers = headers;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.setProtocol(WatchedHttp.class.getName());
    factory.addEngineValves(new Peer.Introduction());
    factory.addConnectorCustomizers(
        connector -> {
          // A host that vanished without a word is missed at last, even by one who only waits.
          connector.setProperty("socket.soKeepAlive", "true");
          if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            // A connection that closes with a body unread is reset, and the answer is lost with it.
            http.setMaxSwallowSize(-1);
            // A body that is too large is refused before the client sends it.
            http.setContinueResponseTiming("onRead");
          }
        });
    factory.addContextCustomizers(this::reportProblems);
  }

  private void reportProblems(Context context) {
    var host = (StandardHost) context.getParent();
    // A request that is still open when the server stops has had the lanes' grace already. Tomcat
    // waits for it 21 times a twentieth of this, and for ever where that is nothing.
    ((StandardContext) context).setUnloadDelay(20);
    host.getPipeline().addValve(new ProblemValve(json, headers));
    host.setErrorReportValveClass(ProblemValve.class.getName()); // there is one, so none is added
  }
}

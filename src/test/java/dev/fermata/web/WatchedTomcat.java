package dev.fermata.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** Tomcat with connections that can be asked, one plain and one with TLS, and one servlet. */
final class WatchedTomcat implements AutoCloseable {

  private static final String PASSWORD = "changeit";

  final WaitingServlet servlet = new WaitingServlet();
  private final Tomcat tomcat = new Tomcat();
  private final Connector plain = connector();
  private final Connector secure = connector();

  WatchedTomcat(Path home) throws Exception {
    tomcat.setBaseDir(home.toString());
    tomcat.setSilent(true);
    secure.setSecure(true);
    secure.setScheme("https");
    secure.setProperty("SSLEnabled", "true");
    secure.addSslHostConfig(certificate(home.resolve("key.p12")));
    tomcat.setConnector(plain);
    tomcat.getService().addConnector(secure);
    tomcat.getEngine().getPipeline().addValve(new Peer.Introduction());
    Context context = tomcat.addContext("", home.toString());
    Tomcat.addServlet(context, "waiting", servlet);
    context.addServletMappingDecoded("/", "waiting");
    tomcat.start();
  }

  private static Connector connector() {
    var connector = new Connector(WatchedHttp.class.getName());
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("maxKeepAliveRequests", "-1");
    connector.getProtocolHandler().setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    return connector;
  }

  /** Made by the tool of the JDK that runs this. */
  private static SSLHostConfig certificate(Path store) throws Exception {
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command =
        List.of(
            keytool.toString(),
            "-genkeypair",
            "-alias",
            "test",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD);
    int code = new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    if (code != 0) {
      throw new AssertionError("keytool ended with " + code);
    }
    var host = new SSLHostConfig();
    var certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.EC);
    certificate.setCertificateKeystoreFile(store.toString());
    certificate.setCertificateKeystorePassword(PASSWORD);
    host.addCertificate(certificate);
    return host;
  }

  Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), plain.getLocalPort());
  }

  Socket connectSecurely() throws IOException, GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
    return context
        .getSocketFactory()
        .createSocket(InetAddress.getLoopbackAddress(), secure.getLocalPort());
  }

  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }
}

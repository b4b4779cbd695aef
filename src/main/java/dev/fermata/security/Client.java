package dev.fermata.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.Principal;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Names who a request is counted for. */
final class Client {

  private Client() {}

  /** Its owner, or where it comes from when it is nobody's. */
  static String of(HttpServletRequest request) {
    @Nullable Principal owner = request.getUserPrincipal();
    return owner == null ? address(request) : "owner " + owner.getName();
  }

  /** Whoever has one IPv6 address has a whole network of them. */
  static String address(HttpServletRequest request) {
    String text = request.getRemoteAddr();
    try {
      InetAddress address = InetAddress.ofLiteral(text);
      return address instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8))
          : address.getHostAddress();
    } catch (IllegalArgumentException e) {
      return text; // as a proxy called it
    }
  }
}

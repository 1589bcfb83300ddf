package org.sessionpro.backend.config;

import java.net.URI;

/// Where warnings and worse are posted to (`operator-v1.md` §1.3), the section `[session_webhook.N]`.
///
/// @param name shown as that of the sender, 1…100 characters; perhaps empty if it is switched off
/// @param url HTTPS or HTTP; whoever knows it can post there
/// @param enabled whether anything is posted
public record SessionWebhook(String name, URI url, boolean enabled) {
  static final int LONGEST_NAME = 100;

  /// Shows the name only.
  @Override
  public String toString() {
    return "SessionWebhook(" + name + (enabled ? ")" : ", off)");
  }
}

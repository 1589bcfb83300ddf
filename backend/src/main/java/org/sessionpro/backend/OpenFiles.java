package org.sessionpro.backend;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// How many files and sockets this process may have open.
final class OpenFiles {
  private OpenFiles() {}

  /// The limit that the system has set, to which the virtual machine has raised its own; any number
  /// where there is none.
  static long limit() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      long most = unix.getMaxFileDescriptorCount();
      // "Unlimited" is a number that has become negative.
      return most < 0 ? Long.MAX_VALUE : most;
    }
    return Long.MAX_VALUE;
  }
}

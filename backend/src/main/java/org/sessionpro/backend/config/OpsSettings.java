package org.sessionpro.backend.config;

import java.net.InetAddress;

/// Where whoever runs the server may ask it how it is. Nobody else should reach that address.
///
/// @param bind default 127.0.0.1; a loopback address in development mode
/// @param port 0…65 535; 0 lets the system choose
public record OpsSettings(InetAddress bind, int port) {}

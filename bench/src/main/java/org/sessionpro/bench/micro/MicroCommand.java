package org.sessionpro.bench.micro;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `pro bench micro`: the benchmarks of this package, run by JMH with JMH's own arguments.
@Command(
    name = "micro",
    description = "Measures the parts with JMH: curves, onion, parsing, fold, issue, rendering.",
    footer = {
      "",
      "Everything behind `micro` is for JMH: a pattern of benchmarks to run, -l to list them,",
      "-p NAME=VALUE for one parameter only, -h for the rest."
    })
public final class MicroCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ARGUMENT", description = "For JMH.")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    org.openjdk.jmh.Main.main(arguments.toArray(String[]::new));
    return 0;
  }
}

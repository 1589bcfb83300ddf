package org.sessionpro.bench.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PopulationTest {
  private static final Population POPULATION = new Population(42, 1_000);

  @Test
  void itIsReadAsItIsWritten() {
    assertThat(Population.parse(POPULATION.toString())).isEqualTo(POPULATION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "42", "42:", ":1000", "42:0", "-1:5", "a:5", "42:5000000000", "1:2:3"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Population.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must be");
  }

  @Test
  void theSameSeedMakesTheSameKeysHoweverManyThereAre() {
    Population larger = new Population(42, 2_000);

    assertThat(larger.masterSeed(999)).isEqualTo(POPULATION.masterSeed(999));
    assertThat(larger.course(999)).isEqualTo(POPULATION.course(999));
  }

  @Test
  void everyAccountOfEverySeedHasItsOwnKey() {
    Population other = new Population(43, 1_000);

    assertThat(
            IntStream.range(0, 1_000)
                .boxed()
                .flatMap(i -> Arrays.asList(POPULATION.masterSeed(i), other.masterSeed(i)).stream())
                .distinct())
        .hasSize(2_000);
  }

  @Test
  void aSampleIsSpreadOverAll() {
    assertThat(POPULATION.sample(4).toArray()).containsExactly(0, 250, 500, 750);
    assertThat(POPULATION.sample(5_000).toArray()).hasSize(1_000).doesNotHaveDuplicates();
  }

  @Test
  void thoseWhoGetProofsAreMostButNotAll() {
    int[] provable = POPULATION.sampleProvable(1_000).toArray();

    assertThat(provable).hasSizeBetween(650, 830).doesNotHaveDuplicates();
    assertThat(Arrays.stream(provable).mapToObj(POPULATION::course)).allMatch(Course::isProvable);
  }

  @Test
  void everyCourseIsTaken() {
    Set<Course> taken =
        IntStream.range(0, POPULATION.size())
            .mapToObj(POPULATION::course)
            .collect(Collectors.toSet());

    assertThat(taken).isEqualTo(EnumSet.allOf(Course.class));
  }
}

package org.burin.compat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.burin.compat.HlsLayer.Softmax.Implementation;
import org.burin.fixed.FixedType;
import org.jspecify.annotations.Nullable;

/// What an hls4ml configuration says of precisions, strategies and reuse factors: for the whole model, for all layers
/// of a class, or for one layer, of which the most specific counts.
///
/// @param model what holds for all layers
/// @param types what holds for the layers of a class, by its name in lower case
/// @param names what holds for a layer, by its name in lower case
public record HlsConfig(Section model, Map<String, Section> types, Map<String, Section> names) {
  private static final FixedType DEFAULT = FixedType.fixed(16, 6);

  /// The settings of a section; what it leaves open is empty.
  ///
  /// @param precision types by variable (`default`, `weight`, `bias`, `accum`, `result`, ...); an empty one is `auto`
  /// @param reuseFactor how many products share a multiplier
  /// @param strategy in which order dense layers add
  /// @param tableSize the number of table entries
  /// @param implementation how a softmax is computed
  public record Section(Map<String, Optional<FixedType>> precision, Optional<Integer> reuseFactor,
      Optional<Strategy> strategy, Optional<Integer> tableSize, Optional<Implementation> implementation) {
    /// A section without settings.
    public static final Section EMPTY = new Section(
        Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /// Copies the map.
    public Section {
      precision = Collections.unmodifiableMap(new TreeMap<>(precision));
    }
  }

  /// How a dense layer is scheduled, which decides the order of its additions.
  public enum Strategy {
    /// all products at once, added in ascending order
    LATENCY,
    /// as many products at once as the reuse factor leaves, added cycle by cycle
    RESOURCE
  }

  /// Copies the maps.
  public HlsConfig {
    types = Collections.unmodifiableMap(new TreeMap<>(types));
    names = Collections.unmodifiableMap(new TreeMap<>(names));
  }

  /// One type for everything, as `granularity='model'` gives; a reuse factor of 1 and the latency strategy.
  public static HlsConfig of(FixedType type) {
    Section all = new Section(Map.of("default", Optional.of(type)), Optional.of(1), Optional.of(Strategy.LATENCY),
        Optional.empty(), Optional.empty());
    return new HlsConfig(all, Map.of(), Map.of());
  }

  /// Reads `hls4ml_config.yml`, or the dictionary of settings alone, as YAML or JSON.
  ///
  /// @param source where the text comes from, for messages
  /// @throws HlsConfigException when it is not of this form, or has a key that is not known: source, line, what is
  ///     known
  public static HlsConfig parse(String text, Path source) {
    return HlsConfigReader.read(text, source.toString());
  }

  /// This with other settings for a layer.
  public HlsConfig with(String layer, Section section) {
    Map<String, Section> more = new TreeMap<>(names);
    more.put(layer.toLowerCase(Locale.ROOT), section);
    return new HlsConfig(model, types, more);
  }

  /// The type configured for a variable of a layer; empty if it is `auto`. The layer's own type for the variable counts
  /// most, then its default, then those of its class, then those of the model, then `fixed<16,6>`.
  Optional<FixedType> precision(HlsLayer layer, String variable) {
    for (Section section : new Section[] {name(layer), type(layer), model}) {
      for (String key : new String[] {variable, "default"}) {
        Optional<FixedType> type = section.precision.get(key);
        if (type != null) {
          return type;
        }
      }
    }
    return Optional.of(DEFAULT);
  }

  /// The type configured for a variable of a layer by name, with no regard to defaults: null if there is none.
  @Nullable FixedType ownPrecision(HlsLayer layer, String variable) {
    for (Section section : new Section[] {name(layer), type(layer)}) {
      Optional<FixedType> type = section.precision.get(variable);
      if (type != null && type.isPresent()) {
        return type.get();
      }
    }
    return null;
  }

  /// Whether the type of a variable comes from the model's default.
  boolean isModelDefault(HlsLayer layer, String variable) {
    for (Section section : new Section[] {name(layer), type(layer)}) {
      if (section.precision.containsKey(variable) || section.precision.containsKey("default")) {
        return false;
      }
    }
    return !model.precision.containsKey(variable);
  }

  /// The type that variables have which nothing else is said of.
  FixedType defaultType() {
    Optional<FixedType> type = model.precision.getOrDefault("default", Optional.empty());
    return type.orElse(DEFAULT);
  }

  /// The largest type that may be inferred for a result, if there is one.
  @Nullable FixedType maximum() {
    Optional<FixedType> type = model.precision.getOrDefault("maximum", Optional.empty());
    return type.orElse(null);
  }

  /// The reuse factor of a layer.
  int reuseFactor(HlsLayer layer) {
    return Stream.of(name(layer), type(layer), model).flatMap(s -> s.reuseFactor.stream()).findFirst().orElse(1);
  }

  /// The strategy of a layer.
  Strategy strategy(HlsLayer layer) {
    return Stream.of(name(layer), type(layer), model).flatMap(s -> s.strategy.stream()).findFirst()
        .orElse(Strategy.LATENCY);
  }

  /// The number of entries of a layer's tables.
  int tableSize(HlsLayer layer) {
    return Stream.of(name(layer), type(layer)).flatMap(s -> s.tableSize.stream()).findFirst().orElse(1024);
  }

  /// How a softmax is computed: as the configuration says, else as the layer does.
  Implementation implementation(HlsLayer.Softmax layer) {
    return Stream.of(name(layer), type(layer)).flatMap(s -> s.implementation.stream()).findFirst()
        .orElse(layer.implementation());
  }

  private Section name(HlsLayer layer) {
    return names.getOrDefault(layer.name().toLowerCase(Locale.ROOT), Section.EMPTY);
  }

  private Section type(HlsLayer layer) {
    return types.getOrDefault(layer.className().toLowerCase(Locale.ROOT), Section.EMPTY);
  }
}

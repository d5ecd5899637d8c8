package org.burin.codegen.spi;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The options of backends: records whose components are the keys, read from texts `key=value`.
///
/// A component `packageName` has the key `package-name`. Components are of type int, long, double, boolean, String or
/// an enum, whose values are written in lower case with `-`. What a record's constructor refuses with an
/// [IllegalArgumentException] is a problem like a value that cannot be read.
public final class EmitOptions {
  private EmitOptions() {}

  /// One option, for listings.
  ///
  /// @param key how it is written
  /// @param values what can be written behind it
  /// @param otherwise the value of those who do not ask for one
  /// @param help what it does
  public record Entry(String key, String values, String otherwise, String help) {
    /// The option in one line.
    @Override
    public String toString() {
      return key + "=" + values + (otherwise.isEmpty() ? "" : " (default " + otherwise + ")")
          + (help.isEmpty() ? "" : ": " + help);
    }
  }

  /// The options with everything that was asked for.
  ///
  /// @param backend the name of the backend, for the text of errors
  /// @param defaults the options of those who ask for none
  /// @param settings texts `key=value`
  /// @throws IllegalArgumentException with every problem (unknown keys, keys that come twice, values that cannot be
  ///     read) and all valid keys
  public static <O extends Record> O read(String backend, O defaults, List<String> settings) {
    List<String> problems = new ArrayList<>();
    Map<String, String> asked = split(defaults, settings, problems);
    RecordComponent[] components = defaults.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String key = key(components[i]);
      String text = asked.get(key);
      values[i] = get(components[i], defaults);
      if (text != null) {
        try {
          values[i] = parse(components[i].getType(), text);
        } catch (IllegalArgumentException e) {
          problems.add("'" + key + "' needs " + values(components[i].getType()) + ", found '" + text + "'");
        }
      }
    }
    if (problems.isEmpty()) {
      try {
        return create(defaults, components, values);
      } catch (IllegalArgumentException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    throw new IllegalArgumentException("options of backend '" + backend + "':\n  " + String.join("\n  ", problems)
        + "\nvalid options:\n  " + list(defaults).stream().map(Entry::toString).collect(Collectors.joining("\n  ")));
  }

  /// All options, in the order of the record's components.
  public static List<Entry> list(Record defaults) {
    return Arrays.stream(defaults.getClass().getRecordComponents())
        .map(c -> {
          Setting setting = c.getAnnotation(Setting.class);
          return new Entry(key(c), values(c.getType()), text(get(c, defaults)), setting == null ? "" : setting.value());
        })
        .toList();
  }

  private static Map<String, String> split(Record defaults, List<String> settings, List<String> problems) {
    List<String> keys = Arrays.stream(defaults.getClass().getRecordComponents()).map(EmitOptions::key).toList();
    Map<String, String> asked = new LinkedHashMap<>();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      String key = equals < 0 ? setting : setting.substring(0, equals);
      if (equals < 1) {
        problems.add("expected key=value, found '" + setting + "'");
      } else if (!keys.contains(key)) {
        problems.add("unknown option '" + key + "'");
      } else if (asked.putIfAbsent(key, setting.substring(equals + 1)) != null) {
        problems.add("'" + key + "' comes more than once");
      }
    }
    return asked;
  }

  private static Object parse(Class<?> type, String text) {
    if (type == int.class) {
      return Integer.valueOf(text);
    } else if (type == long.class) {
      return Long.valueOf(text);
    } else if (type == double.class) {
      return Double.valueOf(text);
    } else if (type == String.class) {
      return text;
    } else if (type == boolean.class && (text.equals("true") || text.equals("false"))) {
      return Boolean.valueOf(text);
    }
    return constants(type)
        .filter(c -> text(c).equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no constant " + text));
  }

  private static String values(Class<?> type) {
    if (type == int.class || type == long.class) {
      return "a whole number";
    } else if (type == double.class) {
      return "a number";
    } else if (type == String.class) {
      return "a text";
    } else if (type == boolean.class) {
      return "true|false";
    }
    return constants(type).map(EmitOptions::text).collect(Collectors.joining("|"));
  }

  private static Stream<?> constants(Class<?> type) {
    Object @Nullable [] constants = type.getEnumConstants();
    return constants == null ? Stream.empty() : Arrays.stream(constants);
  }

  private static String text(Object value) {
    return value instanceof Enum<?> e ? e.name().toLowerCase(Locale.ROOT).replace('_', '-') : value.toString();
  }

  private static String key(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static Object get(RecordComponent component, Record options) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(options);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " of " + options.getClass() + " cannot be read", e);
    }
  }

  @SuppressWarnings("unchecked") // The constructor is that of the class of `defaults`.
  private static <O extends Record> O create(O defaults, RecordComponent[] components, Object[] values) {
    try {
      Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      var constructor = defaults.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return (O) constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException(defaults.getClass() + " cannot be made of " + Arrays.toString(values), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(defaults.getClass() + " cannot be made of " + Arrays.toString(values), e);
    }
  }
}

package org.burin.backend.hls;

import java.util.List;
import java.util.Map;
import org.burin.fixed.FixedType;
import org.burin.fixed.Rounding;

/// What sets one tool for high-level synthesis apart from another.
public interface Dialect {
  /// The name of the tool, such as `Vitis HLS`.
  String tool();

  /// A number type, such as `ap_fixed<8, 3, AP_RND, AP_SAT>`; modes that do nothing are left out.
  String type(FixedType type);

  /// Whether the number types round this way.
  boolean rounds(Rounding rounding);

  /// What the source of the top function includes.
  List<String> includes();

  /// The name of the file of the kernel library that adapts it to the number types.
  String numbers();

  /// The files of number types for simulation that go into the project.
  List<String> types();

  /// The file that the vendor's folder of number types has, by which it is known.
  String vendorHeader();

  /// The folder of the number types in the project.
  String typesFolder();

  /// A class template of streams, such as `hls::stream`.
  String stream();

  /// Pragmas before a loop.
  List<String> before(Mark mark);

  /// Pragmas inside of a loop or after what they speak of.
  List<String> inside(Mark mark);

  /// Pragmas before the top function.
  List<String> beforeTop(Design design);

  /// Pragmas at the begin of the top function.
  List<String> insideTop(Design design);

  /// Pragmas behind the definition of an array between layers.
  List<String> insideArray(String name);

  /// The name of the top function in its definition.
  String definition(String top);

  /// The scripts of the tool: paths in the project, each with the template that it is made from.
  Map<String, String> scripts();

  /// What the templates of this tool refer to, beside what all projects have: `main`, `call` and `return` of the test
  /// bench, `files` and `run` of the README, and what its scripts need.
  Map<String, String> texts(Design design);

  /// Where a comment of the kernel library asks for hardware.
  ///
  /// @param kind what it asks for
  /// @param argument what follows; may be empty
  record Mark(Kind kind, String argument) {}

  /// What comments of the kernel library ask for.
  enum Kind {
    /// all turns of a loop at once
    UNROLL,
    /// a turn of a loop every so many cycles, 1 if nothing follows
    PIPELINE,
    /// a loop whose turns follow each other
    LOOP,
    /// an array in registers
    PARTITION
  }
}

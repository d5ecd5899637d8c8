package org.burin.conformance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import org.burin.fixed.FixedType;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.ir.GraphException;
import org.burin.ir.IrText;
import org.burin.nn.Model;
import org.burin.pass.LowerToFixed;
import org.burin.pass.LoweringException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/// Random quantized networks: what a plan computes and what the golden model computes are the same integers.
///
/// `-Dburin.fuzz.nets=100000 -Dburin.fuzz.vectors=1000 -Dburin.fuzz.seed=7` makes it look longer and elsewhere.
class ExactnessTest {
  private static final int NETS = Integer.getInteger("burin.fuzz.nets", 2000);
  private static final int VECTORS = Integer.getInteger("burin.fuzz.vectors", 200);
  private static final long FIRST_SEED = Long.getLong("burin.fuzz.seed", 0);

  @Test
  void plansComputeWhatTheGoldenModelComputes(TestReporter reporter) {
    int tensors = 0;
    int wide = 0;
    List<String> refused = new ArrayList<>();
    for (long seed = FIRST_SEED; seed < FIRST_SEED + NETS; seed++) {
      NetSpec net = NetFuzzer.net(seed);
      try {
        Exactness.Result result = Exactness.of(net.build(), net.samples(VECTORS));
        if (!result.mismatches().isEmpty()) {
          fail(report(seed, net, result.mismatches().getFirst()));
        }
        tensors += result.tensors();
        wide += result.exactInFloat() ? 0 : 1;
      } catch (LoweringException e) {
        refused.add("seed " + seed + ": " + e.getMessage());
      } catch (RuntimeException e) {
        fail(report(seed, net, e.toString()), e);
      }
    }
    reporter.publishEntry("compared", NETS + " networks, " + tensors + " tensors of " + VECTORS + " samples; " + wide
        + " networks are wider than float32, " + refused.size() + " have no fixed-point form");
    assertThat(refused).as("networks without a fixed-point form").hasSizeLessThan(NETS / 20 + 1)
        .allSatisfy(text -> assertThat(text).containsAnyOf("bits", "entries", "put a quantizer after it"));
  }

  @Test
  void anotherRoundingIsFound() {
    NetSpec net = net(Rounding.RND);
    Model other = net(Rounding.TRN).build();
    Exactness.Result result = Exactness.of(net.build(),
        LowerToFixed.of(other.parameters().tensors()).lower(other.inference()), net.samples(VECTORS));
    assertThat(result.exactInFloat()).isTrue();
    assertThat(result.mismatches()).isNotEmpty().allSatisfy(text -> assertThat(text).contains("expected"));
  }

  private static NetSpec net(Rounding rounding) {
    QuantizerSpec grid = QuantizerSpec.fixed(new FixedType(true, 4, 2, rounding, Overflow.SAT));
    return new NetSpec(List.of(3), FixedType.parse("fixed<6,2,rnd,sat>"),
        List.of(LayerSpec.dense(2, QuantizerSpec.fixed(FixedType.parse("fixed<5,2,rnd,sat>")), grid),
            LayerSpec.quantize(grid)), 1);
  }

  /// What shows the failure again: the seed, and the smallest network that fails as the text of its graph.
  private static String report(long seed, NetSpec net, String mismatch) {
    NetSpec small = Shrinker.shrink(net, NetSpec::smaller, ExactnessTest::fails, 300);
    Model model = small.build();
    String lowered;
    try {
      lowered = LowerToFixed.of(model.parameters().tensors()).lower(model.inference()).fixed().toString();
    } catch (RuntimeException e) {
      lowered = e.toString();
    }
    return "seed " + seed + ": " + mismatch + "\nsmallest network that fails: " + small + "\n"
        + IrText.print(model.inference()) + lowered;
  }

  private static boolean fails(NetSpec net) {
    try {
      return !Exactness.of(net.build(), net.samples(VECTORS)).mismatches().isEmpty();
    } catch (LoweringException | GraphException e) {
      return false;
    } catch (RuntimeException e) {
      return true;
    }
  }
}

package org.burin.workloads.econ;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Op.Input;
import org.burin.ir.Value;
import org.burin.nn.Model;
import org.burin.pass.Passes;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.UnaryFn;
import org.burin.train.Loss;

/// The losses that encoders are trained with. Predictions and targets are images `[n,8,8,1]` in
/// [Arrangement#SQUARE_8X8].
public final class EncoderLoss {
  /// Keeps the quotient by a sum of charges finite.
  private static final float LEAST_SUM = 1e-6f;

  private EncoderLoss() {}

  /// A loss and its name.
  ///
  /// @param describe how a checkpoint names it
  /// @param formula what is added to the graph
  private record Named(String describe, Formula formula) implements Loss {
    @Override
    public Value perSample(GraphBuilder b, Value prediction, Value target) {
      Shape image = Arrangement.SQUARE_8X8.shape();
      int n = prediction.shape().dim(0);
      Shape flat = Shape.of(n, image.size());
      return formula.of(b, b.reshape(prediction, flat), b.reshape(target, flat));
    }
  }

  /// A formula on flat images `[n,64]` that gives `[n]`.
  @FunctionalInterface
  private interface Formula {
    Value of(GraphBuilder b, Value prediction, Value target);
  }

  /// The published `weightedMSE`: the mean over the 64 pixels of `(y - p)^2 max(y, p)`.
  public static Loss weightedMse() {
    return new Named("wmse", (b, p, y) -> b.mean(weightedSquares(b, p, y), 1));
  }

  private static Value weightedSquares(GraphBuilder b, Value p, Value y) {
    return b.mul(b.unary(UnaryFn.SQUARE, b.sub(y, p)), b.binary(BinaryFn.MAX, y, p));
  }

  /// The published `telescopeMSE2`: `4 L1 + 2 L2 + L3`, each a mean of `(y - p)^2 max(y, p)`: L1 over the 48 cells, L2
  /// over the sums of the 36 groups, each times its weight, L3 over the sums of the three sectors.
  public static Loss telescope(TelescopeGroups groups) {
    Tensor members = Tensor.zeros(Shape.of(Hgcal.CELLS, TelescopeGroups.COUNT));
    int[][] cells = TelescopeGroups.cells();
    for (int g = 0; g < cells.length; g++) {
      for (int cell : cells[g]) {
        members.data()[cell * TelescopeGroups.COUNT + g] = 1;
      }
    }
    double[] weights = groups.weights();
    Tensor factors = Tensor.zeros(Shape.of(weights.length));
    for (int g = 0; g < weights.length; g++) {
      factors.data()[g] = (float) weights[g];
    }
    String name = groups == TelescopeGroups.PUBLISHED ? "telescope" : "telescope-corrected";
    return new Named(name, (b, p, y) -> {
      Value cellsP = cells(b, p);
      Value cellsY = cells(b, y);
      Value l1 = b.mean(weightedSquares(b, cellsP, cellsY), 1);
      Value sums = weightedSquares(b, b.matMul(cellsP, b.constant(members)), b.matMul(cellsY, b.constant(members)));
      Value l2 = b.mean(b.mul(sums, b.constant(factors)), 1);
      Value l3 = b.mean(weightedSquares(b, sectors(b, cellsP), sectors(b, cellsY)), 1);
      return b.add(b.add(b.scale(l1, 4f), b.scale(l2, 2f)), l3);
    });
  }

  /// The charges of the cells, `[n,48]`, out of images.
  private static Value cells(GraphBuilder b, Value images) {
    return b.gather(images, indices(b, Arrangement.SQUARE_8X8.positions()), 1);
  }

  private static Value sectors(GraphBuilder b, Value cells) {
    return b.sum(b.reshape(cells, Shape.of(cells.shape().dim(0), Hgcal.SECTORS, Hgcal.SECTOR_CELLS)), 2);
  }

  private static Value indices(GraphBuilder b, int[] positions) {
    Tensor t = Tensor.zeros(Shape.of(positions.length));
    for (int i = 0; i < positions.length; i++) {
      t.data()[i] = positions[i];
    }
    return b.constant(t);
  }

  /// The earth mover's distance as a network estimates it, which training leaves alone.
  ///
  /// Both images are rearranged to [Arrangement#SECTORS_4X4X3] inside the graph. The target is the network's first input.
  ///
  /// @param network a model with two inputs `[N,4,4,3]` and one output `[N,1]`
  /// @param unitSums whether both images are divided by their sums first, as the network was trained; if not, they are fed as
  ///     they are, as in the published loss
  /// @throws IllegalArgumentException when the network has other inputs or outputs
  public static Loss emd(Model network, boolean unitSums) {
    Shape image = Arrangement.SECTORS_4X4X3.shape();
    Shape batched = Shape.of(Shape.BATCH, image.dim(0), image.dim(1), image.dim(2));
    List<Value> inputs = network.inference().inputs();
    if (inputs.size() != 2 || inputs.stream().anyMatch(v -> !v.shape().equals(batched))
        || network.inference().outputs().size() != 1) {
      throw new IllegalArgumentException("model '" + network.name() + "' has inputs " + inputs.stream()
          .map(Value::shape).toList() + " and outputs " + network.inference().outputs().keySet()
          + "; the loss needs two inputs [N,4,4,3] and one output");
    }
    Graph graph = SmallConvolutions.asProducts(
        Passes.deployment(network.parameters().tensors()).run(Passes.preparation().run(network.inference())));
    return new Named("emd(" + network.name() + (unitSums ? ",n)" : ")"), (b, p, y) -> {
      int n = p.shape().dim(0);
      Map<String, Value> fed = new LinkedHashMap<>();
      fed.put(name(inputs.getFirst()), sectorImages(b, y, unitSums));
      fed.put(name(inputs.getLast()), sectorImages(b, p, unitSums));
      return b.reshape(b.inline(graph.bind(n), fed).values().iterator().next(), Shape.of(n));
    });
  }

  private static String name(Value input) {
    return ((Input) input.op()).name();
  }

  private static Value sectorImages(GraphBuilder b, Value images, boolean unitSums) {
    int[] positions = Arrangement.SQUARE_8X8.positions();
    int[] gathered = Arrays.stream(Arrangement.SECTORS_4X4X3.cells()).map(cell -> positions[cell]).toArray();
    Value x = b.gather(images, indices(b, gathered), 1);
    if (unitSums) {
      Value sum = b.reduce(ReduceFn.SUM, x, true, 1);
      x = b.div(x, b.binary(BinaryFn.MAX, sum, b.constant(LEAST_SUM)));
    }
    Shape s = Arrangement.SECTORS_4X4X3.shape();
    return b.reshape(x, Shape.of(images.shape().dim(0), s.dim(0), s.dim(1), s.dim(2)));
  }

  /// The weighted sum of losses.
  ///
  /// @param terms the losses with their weights, in order
  public static Loss sum(Map<Loss, Double> terms) {
    List<Map.Entry<Loss, Double>> list = new ArrayList<>(terms.entrySet());
    String name = String.join("+", list.stream().map(t -> t.getValue() + "*" + t.getKey().describe()).toList());
    return new Named(name, (b, p, y) -> IntStream.range(0, list.size())
        .mapToObj(i -> b.scale(list.get(i).getKey().perSample(b, p, y), list.get(i).getValue().floatValue()))
        .reduce(b::add).orElseThrow());
  }

  /// The loss that a text describes: `wmse`, `telescope`, `telescope-corrected`, `emd` (as published), `emd:n` (both images
  /// divided by their sums), or a sum of these with factors, such as `emd:n+0.5*telescope`.
  ///
  /// @param network gives the network of `emd`; not asked if there is none
  /// @throws IllegalArgumentException when the text is no such description, with the forms that there are
  public static Loss parse(String text, Supplier<Model> network) {
    check(text);
    Map<Loss, Double> terms = new LinkedHashMap<>();
    for (String term : text.split("\\+", -1)) {
      String[] parts = term.split("\\*", -1);
      double factor = parts.length == 2 ? Double.parseDouble(parts[0]) : 1;
      terms.put(switch (parts[parts.length - 1]) {
        case "wmse" -> weightedMse();
        case "telescope" -> telescope(TelescopeGroups.PUBLISHED);
        case "telescope-corrected" -> telescope(TelescopeGroups.CORRECTED);
        case "emd" -> emd(network.get(), false);
        default -> emd(network.get(), true);
      }, factor);
    }
    Map.Entry<Loss, Double> first = terms.entrySet().iterator().next();
    return terms.size() == 1 && first.getValue() == 1 ? first.getKey() : sum(terms);
  }

  /// Refuses a text that [#parse] does not know.
  ///
  /// @throws IllegalArgumentException with the forms that there are
  public static void check(String text) {
    String term = "(\\d+(\\.\\d+)?\\*)?(wmse|telescope|telescope-corrected|emd|emd:n)";
    if (!text.matches(term + "(\\+" + term + ")*")) {
      throw new IllegalArgumentException("the loss is '" + text
          + "'; expected wmse, telescope, telescope-corrected, emd, emd:n, or a sum such as emd:n+0.5*telescope");
    }
  }
}

package org.burin.backend.jvm;

import java.util.ArrayList;
import java.util.List;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedValue;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// Writes products with packed weights; see [Lanes].
///
/// Blocks of words are summed up side by side in local variables, in a loop over the inputs; the weights of a word lie
/// one after another, so that the loop adds a constant to its variable for each. What follows the product is computed
/// from the lanes at once, without a loop, so that nothing is stored in between.
final class LaneCode {
  /// Words summed up side by side: enough to hide the latency of an addition, few enough for registers.
  private static final int BLOCK = 12;

  private final Elements elements;
  private final Body body;
  private final FixedValue product;
  private final Lanes lanes;

  LaneCode(Elements elements, FixedValue product, Lanes lanes) {
    this.elements = elements;
    this.body = elements.body();
    this.product = product;
    this.lanes = lanes;
  }

  /// How many blocks there are.
  int blocks() {
    return (lanes.words().size() + BLOCK - 1) / BLOCK;
  }

  /// What is done with an output: a position on the last axis, for each pixel.
  interface Use {
    void output(List<Affine> index, Term value);
  }

  /// Writes the loops over pixels, and some of the blocks in them; `use` writes what is done with the outputs.
  void write(int fromBlock, int toBlock, Use use) {
    Shape s = Elements.shape(product);
    List<Affine> pixel = new ArrayList<>();
    for (int i = 0; i < s.rank() - 1; i++) {
      pixel.add(body.loop(s.dim(i)));
    }
    long[] packed = lanes.packed(product);
    String table = lanes.floating() ? elements.tables().doubles(packed) : elements.tables().of(packed, true);
    for (int block = fromBlock; block < toBlock; block++) {
      block(table, pixel, block * BLOCK, Math.min(lanes.words().size(), (block + 1) * BLOCK), use);
    }
    pixel.forEach(body::end);
  }

  private void block(String table, List<Affine> pixel, int from, int to, Use use) {
    List<String> sums = new ArrayList<>();
    for (int word = from; word < to; word++) {
      sums.add(lanes.floating() ? body.mutableDouble("s", start(word))
          : body.mutable("s", true, Term.literal(start(word), true)));
    }
    reduce(pixel, (x, place) -> {
      String input = body.fresh("x");
      body.statement((lanes.floating() ? "final double " : "final long ") + input + " = " + x.bare());
      for (int i = 0; i < sums.size(); i++) {
        Affine at = place.plus((from + i) * lanes.depth());
        body.statement(sums.get(i) + " += " + input + " * " + table + "[" + at + "]");
      }
    });
    for (int word = from; word < to; word++) {
      if (lanes.floating()) {
        sums.set(word - from, body.whole(sums.get(word - from)));
      }
      for (Lanes.Lane lane : lanes.words().get(word)) {
        List<Affine> index = new ArrayList<>(pixel);
        index.add(Affine.of(lane.output()));
        boolean isLast = lane.equals(lanes.words().get(word).getLast());
        use.output(index, output(sums.get(word - from), lane, isLast));
      }
    }
  }

  /// What the sums of a word start from: minus the smallest number of every lane.
  private long start(int word) {
    long start = 0;
    for (Lanes.Lane lane : lanes.words().get(word)) {
      start -= low(lane.output()) << lane.shift();
    }
    return start;
  }

  private long low(int output) {
    return Fits.low(product, output);
  }

  private long high(int output) {
    return Fits.high(product, output);
  }

  /// The output that a lane of a sum holds; nothing lies above the last one.
  private Term output(String sum, Lanes.Lane lane, boolean isLast) {
    long low = low(lane.output());
    long high = high(lane.output());
    String code = lane.shift() == 0 ? sum : sum + " >>> " + lane.shift();
    if (!isLast) {
      code = code + " & " + Term.literal(-1L >>> (Long.SIZE - lane.width()), true);
    }
    boolean wide = !Fits.inInt(high - low);
    Term t = Term.of(wide ? code : "(int) (" + code + ")", 0, high - low, wide);
    return Arithmetic.add(t, Term.literal(low), low, high);
  }

  /// What is done with every input of a block: its number and the place of its weight in a word's.
  private interface Step {
    void input(Term x, Affine place);
  }

  private void reduce(List<Affine> pixel, Step step) {
    switch (product.op()) {
      case FixedOp.MatMul(var a, _, _, _) -> {
        Affine k = body.loop(lanes.depth());
        List<Affine> index = new ArrayList<>(pixel);
        index.add(k);
        step.input(elements.at(a, index), k);
        body.end(k);
      }
      case FixedOp.Conv2d(var x, var w, var window, _) -> taps(x, Elements.shape(w), window, pixel, step);
      default -> throw new IllegalStateException(product + " is no product with lanes");
    }
  }

  private void taps(FixedValue x, Shape w, Window window, List<Affine> pixel, Step step) {
    Shape s = Elements.shape(x);
    Affine kh = body.loop(w.dim(0));
    Affine h = pixel.get(1).times(window.strideH()).plus(kh.times(window.dilationH())).plus(-window.top());
    boolean tests = window.top() + window.bottom() > 0;
    open(h, s.dim(1), tests);
    Affine kw = body.loop(w.dim(1));
    Affine c = pixel.get(2).times(window.strideW()).plus(kw.times(window.dilationW())).plus(-window.left());
    boolean testsToo = window.left() + window.right() > 0;
    open(c, s.dim(2), testsToo);
    Affine ci = body.loop(w.dim(2));
    Affine place = kh.times(w.dim(1) * w.dim(2)).plus(kw.times(w.dim(2))).plus(ci);
    step.input(elements.at(x, List.of(Affine.ZERO, h, c, ci)), place);
    body.end(ci);
    close(testsToo);
    body.end(kw);
    close(tests);
    body.end(kh);
  }

  private void open(Affine position, int extent, boolean tests) {
    if (tests) {
      body.open("if (" + position + " >= 0 && " + position + " < " + extent + ")");
    }
  }

  private void close(boolean tests) {
    if (tests) {
      body.close();
    }
  }
}

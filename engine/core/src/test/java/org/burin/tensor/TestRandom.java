package org.burin.tensor;

/// Random test data that is the same on every machine: a sequence of the numbers of [CounterRandom].
public final class TestRandom {
  private final long base;
  private int next;

  /// The sequence of this seed.
  public TestRandom(long seed) {
    base = CounterRandom.base(seed, 0, 0);
  }

  /// A whole number in `[0, bound)`.
  public int below(int bound) {
    return (int) (CounterRandom.uniform(base, next++) * bound);
  }

  /// A whole number in `[low, high]`.
  public int between(int low, int high) {
    return low + below(high - low + 1);
  }

  /// True or false.
  public boolean flip() {
    return below(2) == 1;
  }

  /// One of the choices.
  public <T> T pick(T[] choices) {
    return choices[below(choices.length)];
  }

  /// A number in `[low, high)`.
  public float uniform(float low, float high) {
    return low + (high - low) * CounterRandom.uniform(base, next++);
  }

  /// A tensor of numbers in `[low, high)`.
  public Tensor tensor(Shape shape, float low, float high) {
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < t.size(); i++) {
      t.data()[i] = uniform(low, high);
    }
    return t;
  }

  /// A shape of this many axes, each of 1 to 4.
  public Shape shape(int rank) {
    int[] dims = new int[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = between(1, 4);
    }
    return Shape.of(dims);
  }

  /// A shape that broadcasts to `shape`: some leading axes dropped, some others of extent 1.
  public Shape broadcastable(Shape shape) {
    int drop = below(shape.rank() + 1);
    int[] dims = new int[shape.rank() - drop];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = flip() ? shape.dim(i + drop) : 1;
    }
    return Shape.of(dims);
  }
}

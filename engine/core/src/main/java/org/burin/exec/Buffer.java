package org.burin.exec;


/// Where a value's numbers lie: a run of `size` floats in an array. Placed once, while a plan is compiled.
final class Buffer {
  private static final float[] NOWHERE = {};

  final int size;
  private float[] array = NOWHERE;
  private int offset;
  private boolean placed;

  private Buffer(int size) {
    this.size = size;
  }

  /// A buffer that [MemoryPlanner] is still to place.
  static Buffer unplaced(int size) {
    return new Buffer(size);
  }

  /// A buffer that is the whole of an array.
  static Buffer over(float[] array) {
    Buffer b = new Buffer(array.length);
    b.place(array, 0);
    return b;
  }

  void place(float[] in, int at) {
    array = in;
    offset = at;
    placed = true;
  }

  boolean isPlaced() {
    return placed || size == 0;
  }

  /// Whether this is the whole of that very array.
  @SuppressWarnings("ReferenceEquality") // identity is meant
  boolean isOver(float[] other) {
    return array == other;
  }

  float[] array() {
    return array;
  }

  int offset() {
    return offset;
  }

  /// The only number of a buffer of one element.
  float scalar() {
    return array[offset];
  }

}

package org.burin.tensor;

/// Convolutions as matrix products whose operands are read where they lie.
///
/// The rows of a tile are the same pixel of several images, or neighbouring pixels of one image where there are few images.
/// All rows of a tile then see the same taps, so that taps on padding are left out altogether: a 5x5 kernel with 'same' padding
/// on a 4x4 image takes 196 of its 400 products.
final class VectorConv {
  /// Images are worked on in groups of about so many floats, which stay in the second-level cache.
  private static final int GROUP = 1 << 16;

  private VectorConv() {}

  /// [Kernels#conv2d].
  static void forward(
      ConvSpec spec, float[] x, int xOffset, float[] w, int wOffset, float[] y, int yOffset, boolean hasBias,
      float[] bias, int biasOffset, boolean relu, int from, int to, float[] scratch, int scratchOffset) {
    int channels = spec.channels() / spec.groups();
    int columns = spec.filters() / spec.groups();
    int rows = spec.kernelH() * spec.kernelW() * channels;
    int imageSize = spec.height() * spec.width() * spec.channels();
    int outSize = spec.outHeight() * spec.outWidth() * spec.filters();
    boolean pack = VectorPanel.padding(columns) > 0 || columns > VectorPanel.WIDE;
    int packed = scratchOffset + KernelScratch.EDGE;
    VectorTile t = VectorTile.get();
    t.a = x;
    t.c = y;
    t.b = pack ? scratch : w;
    int group = imagesPerGroup(imageSize);
    for (int g = 0; g < spec.groups(); g++) {
      int first = wOffset + g * columns;
      if (pack) {
        VectorPack.columns(false, w, first, spec.filters(), rows, columns, scratch, packed);
      }
      for (int image = from; image < to; image += group) {
        int images = Math.min(group, to - image);
        int xFirst = xOffset + image * imageSize + g * channels;
        int width;
        for (int j = 0; j < columns; j += width) {
          width = VectorPanel.width(columns - j);
          t.bStep = pack ? width : spec.filters();
          t.epilogue(hasBias, bias, biasOffset + g * columns + j, relu);
          forwardPanel(
              spec, t, images, width, Math.min(width, columns - j), xFirst, pack ? packed + j * rows : first + j,
              yOffset + image * outSize + g * columns + j, scratch, scratchOffset);
        }
      }
    }
    t.release();
  }

  private static int imagesPerGroup(int imageSize) {
    return Math.max(1, GROUP / imageSize / VectorPanel.ROWS) * VectorPanel.ROWS;
  }

  /// One panel of filters of some images. Where there are not enough images for a tile, each is treated on its own.
  private static void forwardPanel(
      ConvSpec spec, VectorTile t, int images, int width, int valid, int xFirst, int wFirst, int yFirst, float[] edge,
      int edgeOffset) {
    int imageSize = spec.height() * spec.width() * spec.channels();
    int outSize = spec.outHeight() * spec.outWidth() * spec.filters();
    int together = images >= VectorPanel.ROWS ? images : 1;
    for (int image = 0; image < images; image += together) {
      for (int oh = 0; oh < spec.outHeight(); oh++) {
        int pixels;
        for (int ow = 0; ow < spec.outWidth(); ow += pixels) {
          pixels = together > 1 ? 1 : VectorTaps.forwardRun(spec, ow);
          VectorTaps.forward(spec, t, oh, ow, xFirst + image * imageSize, wFirst);
          t.aRow = together > 1 ? imageSize : spec.window().strideW() * spec.channels();
          t.cRow = together > 1 ? outSize : spec.filters();
          t.cIndex = yFirst + image * outSize + (oh * spec.outWidth() + ow) * spec.filters();
          VectorPanel.run(t, together > 1 ? images : pixels, width, valid, edge, edgeOffset);
        }
      }
    }
  }

  /// [Kernels#conv2dTranspose].
  static void transpose(
      ConvSpec spec, float[] y, int yOffset, float[] w, int wOffset, float[] x, int xOffset, int from, int to,
      float[] scratch, int scratchOffset) {
    int columns = spec.channels() / spec.groups();
    int filters = spec.filters() / spec.groups();
    int rows = spec.kernelH() * spec.kernelW() * filters;
    int imageSize = spec.height() * spec.width() * spec.channels();
    int outSize = spec.outHeight() * spec.outWidth() * spec.filters();
    int packed = scratchOffset + KernelScratch.EDGE;
    VectorTile t = VectorTile.get();
    t.a = y;
    t.b = scratch;
    t.c = x;
    int group = imagesPerGroup(outSize);
    for (int g = 0; g < spec.groups(); g++) {
      packTransposed(spec, w, wOffset + g * filters, scratch, packed);
      for (int image = from; image < to; image += group) {
        int images = Math.min(group, to - image);
        int yFirst = yOffset + image * outSize + g * filters;
        int width;
        for (int j = 0; j < columns; j += width) {
          width = VectorPanel.width(columns - j);
          t.bStep = width;
          transposePanel(
              spec, t, images, width, Math.min(width, columns - j), yFirst, packed + j * rows,
              xOffset + image * imageSize + g * columns + j, scratch, scratchOffset);
        }
      }
    }
    t.release();
  }

  /// Brings the kernel of one group into the order (panel of channels, kh, kw, f, ci).
  private static void packTransposed(ConvSpec spec, float[] w, int wFirst, float[] packed, int packedOffset) {
    int columns = spec.channels() / spec.groups();
    int filters = spec.filters() / spec.groups();
    int taps = spec.kernelH() * spec.kernelW();
    int width;
    for (int j = 0; j < columns; j += width) {
      width = VectorPanel.width(columns - j);
      int valid = Math.min(width, columns - j);
      for (int tap = 0; tap < taps; tap++) {
        VectorPack.transposedPanel(
            w, wFirst + (tap * columns + j) * spec.filters(), spec.filters(), filters, valid, packed,
            packedOffset + j * taps * filters + tap * filters * width, width);
      }
    }
  }

  private static void transposePanel(
      ConvSpec spec, VectorTile t, int images, int width, int valid, int yFirst, int wFirst, int xFirst, float[] edge,
      int edgeOffset) {
    int imageSize = spec.height() * spec.width() * spec.channels();
    int outSize = spec.outHeight() * spec.outWidth() * spec.filters();
    int together = images >= VectorPanel.ROWS ? images : 1;
    for (int image = 0; image < images; image += together) {
      for (int ih = 0; ih < spec.height(); ih++) {
        int pixels;
        for (int iw = 0; iw < spec.width(); iw += pixels) {
          pixels = together > 1 ? 1 : VectorTaps.transposeRun(spec, iw);
          VectorTaps.transpose(spec, t, ih, iw, yFirst + image * outSize, wFirst);
          t.aRow = together > 1 ? outSize : spec.filters();
          t.cRow = together > 1 ? imageSize : spec.channels();
          t.cIndex = xFirst + image * imageSize + (ih * spec.width() + iw) * spec.channels();
          VectorPanel.run(t, together > 1 ? images : pixels, width, valid, edge, edgeOffset);
        }
      }
    }
  }

  /// [Kernels#conv2dKernel].
  static void kernelGradient(
      ConvSpec spec, float[] x, int xOffset, float[] y, int yOffset, float[] w, int wOffset, int rowFrom, int rowTo,
      float[] scratch, int scratchOffset) {
    int imageSize = spec.height() * spec.width() * spec.channels();
    int outSize = spec.outHeight() * spec.outWidth() * spec.filters();
    int padding = VectorPanel.padding(spec.filters() / spec.groups());
    // A panel with padding reads past its columns; at the very end of y there may be nothing to read.
    int whole = spec.batch();
    while (whole > 0 && yOffset + whole * outSize + padding > y.length) {
      whole--;
    }
    VectorTile t = VectorTile.get();
    t.a = x;
    t.b = y;
    t.c = w;
    t.cRow = spec.filters();
    t.aRow = 1;
    int group = Math.max(1, GROUP / (imageSize + outSize));
    for (int image = 0; image < whole; image += group) {
      t.load = image > 0;
      int images = Math.min(group, whole - image);
      for (int g = 0; g < spec.groups(); g++) {
        kernelGroup(
            spec, t, images, g, xOffset + image * imageSize, yOffset + image * outSize, wOffset, rowFrom, rowTo, scratch,
            scratchOffset);
      }
    }
    t.release();
    ScalarConv.kernelGradient(spec, x, xOffset, y, yOffset, w, wOffset, rowFrom, rowTo, whole);
  }

  private static void kernelGroup(
      ConvSpec spec, VectorTile t, int images, int g, int xFirst, int yFirst, int wOffset, int rowFrom, int rowTo,
      float[] edge, int edgeOffset) {
    int channels = spec.channels() / spec.groups();
    int columns = spec.filters() / spec.groups();
    int width;
    for (int j = 0; j < columns; j += width) {
      width = VectorPanel.width(columns - j);
      int valid = Math.min(width, columns - j);
      int rows;
      for (int row = rowFrom; row < rowTo; row += rows) {
        int tap = row / channels;
        int channel = row - tap * channels;
        rows = Math.min(channels - channel, rowTo - row);
        VectorTaps.kernel(
            spec, t, images, tap / spec.kernelW(), tap % spec.kernelW(), xFirst + g * channels + channel,
            yFirst + g * columns + j);
        t.cIndex = wOffset + row * spec.filters() + g * columns + j;
        VectorPanel.run(t, rows, width, valid, edge, edgeOffset);
      }
    }
  }
}

package org.burin.tensor;

/// The shape of one 2-D convolution of images `x [batch,height,width,channels]` with a kernel
/// `w [kernelH,kernelW,channels/groups,filters]`, giving `y [batch,outHeight,outWidth,filters]`.
///
/// With `groups` > 1, filters `[g*filters/groups, (g+1)*filters/groups)` see only channels
/// `[g*channels/groups, (g+1)*channels/groups)`; `groups == channels` is a depthwise convolution.
///
/// @param batch number of images
/// @param height image height
/// @param width image width
/// @param channels image channels
/// @param kernelH kernel height
/// @param kernelW kernel width
/// @param filters output channels
/// @param groups number of channel groups; divides channels and filters
/// @param window strides, padding and dilation
public record ConvSpec(
    int batch,
    int height,
    int width,
    int channels,
    int kernelH,
    int kernelW,
    int filters,
    int groups,
    Window window) {
  /// Height of the output.
  public int outHeight() {
    return window.outHeight(height, kernelH);
  }

  /// Width of the output.
  public int outWidth() {
    return window.outWidth(width, kernelW);
  }
}

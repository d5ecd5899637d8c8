package org.burin.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.burin.codegen.html.Chart;
import org.burin.codegen.html.Figure;
import org.burin.codegen.html.Page;
import org.burin.codegen.html.Svg;
import org.burin.codegen.html.Table;
import org.burin.codegen.report.Estimates;
import org.burin.codegen.report.LayerEstimate;
import org.burin.codegen.verify.Verification.Row;
import org.burin.demo.EconDemonstration.Encoder;
import org.burin.demo.EconDemonstration.Findings;
import org.burin.fixed.FixedGraph;
import org.burin.pass.QuantizationReport;
import org.burin.train.History;
import org.burin.workloads.econ.Evaluation;
import org.burin.workloads.econ.Evaluation.Bin;
import org.burin.workloads.econ.Events;
import org.burin.workloads.econ.Hgcal;
import org.burin.workloads.emd.EmdAccuracy;

/// The page that shows what the demonstration found.
final class EconReport {
  private static final int BINS = 30;

  /// Distances of more are counted at the end of a histogram.
  private static final double LARGEST_DISTANCE = 3;

  /// Held-out modules are shown that are better kept than so many parts of all.
  private static final double[] SHOWN = {0.1, 0.5, 0.9};

  /// The raw integer of the largest latent that can be sent.
  private static final long LARGEST_LATENT = (1L << EconDemonstration.BITS) - 1;

  private EconReport() {}

  static Page page(Findings f) {
    Page page = new Page("Calorimeter data, compressed by the earth mover's distance");
    results(page, f);
    network(page, f);
    training(page, f);
    modules(page, f);
    hardware(page, f);
    return page;
  }

  private static void results(Page page, Findings f) {
    page.section("Result");
    Encoder better = f.better();
    page.text("""
        An encoder of 2,144 weights compresses the charges of 48 trigger cells to 16 numbers of %d bits, and an
        earth mover's distance says how far charge has to be moved to get from what the decoder gives back to what
        was measured. Of the encoders below, the one trained with the %s keeps modules best: half of the %d modules
        that nothing was trained on are nearer than %s small cells. Modules are %s, %d to train on.
        """.formatted(EconDemonstration.BITS, better.label(), f.held().size(), number(better.median()), f.source(),
        f.train().size()));
    List<List<String>> rows = new ArrayList<>();
    f.encoders().forEach(e -> rows.add(row("encoder, " + e.label(), e.evaluation())));
    f.classical().forEach(e -> rows.add(row(e.name(), e)));
    page.add(new Table("""
        The exact earth mover's distance on held-out modules, in small sensor cells, and the mean number of bits
        that a module takes. Modules with few charged cells suit the algorithms that send single cells.
        """, List.of("Compression", "Bits", "Median", "Mean", "16 %", "84 %", "Corr."), rows));
    Chart histogram = new Chart("distribution of the distance", "exact EMD, small cells", "part of the modules");
    Chart occupancy = new Chart("distance by occupancy", "cells above one minimum ionizing particle", "median EMD");
    for (Encoder e : f.encoders()) {
      histogram.histogram(e.label(), known(e.evaluation()), 0, LARGEST_DISTANCE, BINS);
      List<Bin> bins = e.evaluation().byOccupancy();
      occupancy.curve(e.label(), bins.stream().mapToDouble(b -> (b.from() + b.to()) / 2.0).toArray(),
          bins.stream().mapToDouble(Bin::median).toArray());
    }
    page.add(new Figure("""
        Distances of the encoders: how they are distributed, and how they depend on how many cells of a module are
        hit.
        """, List.of(histogram.draw(), occupancy.draw())));
  }

  private static double[] known(Evaluation evaluation) {
    return Arrays.stream(evaluation.emd()).filter(d -> d >= 0).toArray();
  }

  private static List<String> row(String name, Evaluation e) {
    return List.of(name, Double.isNaN(e.bits()) ? "" : String.format(Locale.ROOT, "%.0f", e.bits()),
        number(e.emdQuantile(0.5)), number(e.emdMean()), number(e.emdQuantile(0.16)), number(e.emdQuantile(0.84)),
        number(e.numbers().getOrDefault("correlation", Double.NaN)));
  }

  private static void network(Page page, Findings f) {
    EmdAccuracy a = f.accuracy();
    page.section("The distance as a network");
    page.text("""
        A loss has to be differentiable. The network, %s, computes what the exact solver computes, with a gradient.
        It is compared with the solver on pairs of held-out modules, half of them of different modules, half of a
        module and a reconstruction.
        """.formatted(f.network()));
    page.add(new Table("The network beside the exact solver.",
        List.of("Relative difference", "Its spread", "Correlation", "Cosine of the gradients", "Largest f(x, x)"),
        List.of(List.of(number(a.relativeMean()), number(a.relativeDeviation()), number(a.correlation()),
            number(a.cosine()), number(a.largestSelf())))));
  }

  private static void training(Page page, Findings f) {
    page.section("Training of the encoders");
    page.text("""
        Each is trained in floating point, brought into the range of the chip's types, and trained on with them:
        input 8 bits, weights 6 bits, latents %d bits.
        """.formatted(EconDemonstration.BITS));
    List<Svg> charts = new ArrayList<>();
    for (Encoder e : f.encoders()) {
      double[] first = losses(e.training().first());
      double[] second = losses(e.training().second());
      charts.add(new Chart("loss of the " + e.label(), "epoch", e.label())
          .curve("floating point", epochs(0, first.length), first)
          .curve("types of the chip", epochs(first.length, second.length), second)
          .draw());
    }
    page.add(new Figure("The loss on the modules that are trained on, each in its own unit.", charts));
  }

  private static double[] losses(History history) {
    return history.values("loss").stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] epochs(int before, int count) {
    return IntStream.rangeClosed(1, count).mapToDouble(i -> before + i).toArray();
  }

  private static void modules(Page page, Findings f) {
    page.section("Modules");
    page.text("""
        Three held-out modules as they were measured, the 16 numbers that the %s encoder sends of them, and what the
        decoders give back. Colours grow with the square root of the charge; grey cells have none.
        """.formatted(f.better().label()));
    double[] distances = f.better().evaluation().emd();
    Integer[] order = IntStream.range(0, distances.length).filter(i -> distances[i] >= 0).boxed()
        .sorted((a, b) -> Double.compare(distances[a], distances[b])).toArray(Integer[]::new);
    for (double part : SHOWN) {
      if (order.length > 0) {
        int module = order[(int) (part * (order.length - 1))];
        page.add(figure(f, module, part));
      }
    }
  }

  private static Figure figure(Findings f, int module, double part) {
    Events held = f.held();
    double[] measured = charges(held, module);
    double scale = Arrays.stream(measured).max().orElse(1);
    List<Svg> pictures = new ArrayList<>(List.of(ModulePicture.draw("measured", measured, scale),
        CodePicture.draw("sent, of 0 to " + LARGEST_LATENT, f.code(module), LARGEST_LATENT)));
    for (Encoder e : f.encoders()) {
      double distance = e.evaluation().emd()[module];
      pictures.add(ModulePicture.draw(
          e.label() + ": EMD " + number(distance), charges(e.restored(), module), scale));
    }
    return new Figure(String.format(Locale.ROOT, "A module that is worse kept than %.0f %% of the others.", part * 100),
        pictures);
  }

  private static double[] charges(Events events, int module) {
    return IntStream.range(0, Hgcal.CELLS).mapToDouble(c -> events.charges()[module * Hgcal.CELLS + c]).toArray();
  }

  private static void hardware(Page page, Findings f) {
    page.section("Engraved");
    page.text("""
        The encoder trained with the %s, lowered to exact integers. Every sum has as many bits as it can ever need
        with these weights, so nothing overflows, and nothing is lost but where a quantizer says so.
        """.formatted(f.better().label()));
    QuantizationReport report = f.better().training().trained().encoder().quantizationReport();
    page.add(new Table("Types of the encoder's values.", List.of("Layer", "Value", "Type", "Range"),
        report.rows().stream().map(EconReport::typeRow).toList()));
    page.add(resources(f.better().training().trained().encoder().fixed()));
    page.text("""
        The code that each backend generates is run on this machine and compared with the golden model, every bit of
        every output. The first vectors drive each sum to its extremes, the others are random.
        """);
    page.add(new Table("Generated code beside the golden model.", List.of("Stage", "Vectors", "Mismatches", "Result"),
        f.check().rows().stream().map(EconReport::checkRow).toList()));
  }

  /// What the arithmetic of each layer takes if every product has hardware of its own.
  private static Table resources(FixedGraph graph) {
    List<LayerEstimate> operations = Estimates.of(graph, layer -> 1);
    List<List<String>> rows = new ArrayList<>(Estimates.byLayer(operations).stream()
        .map(e -> resourceRow(e.layer().isEmpty() ? "between layers" : e.layer(), e)).toList());
    rows.add(resourceRow("together", Estimates.total(operations)));
    return new Table("""
        Estimated before any synthesis, fully parallel: products that are not shifts, additions and comparisons, bits of
        all adders, which is about what they take in look-up tables of an FPGA, and clock cycles.
        """, List.of("Layer", "Products", "Adders", "Adder bits", "Cycles"), rows);
  }

  private static List<String> resourceRow(String name, LayerEstimate e) {
    return List.of(name, Long.toString(e.multipliers()), Long.toString(e.adders()), Long.toString(e.adderBits()),
        Long.toString(e.latency()));
  }

  private static List<String> typeRow(QuantizationReport.Row r) {
    String type = r.declared().isEmpty() ? r.inferred().toString() : r.declared();
    return List.of(r.layer(), r.value().replaceFirst("^%\\d+ ", ""), type,
        String.format(Locale.ROOT, "%.5g to %.5g", r.low(), r.high()));
  }

  private static List<String> checkRow(Row r) {
    String result = r.holds() ? "equal" : r.problem().isEmpty() ? "differs" : "not compared: " + r.problem();
    return List.of(r.stage(), Long.toString(r.vectors()), Long.toString(r.mismatches()), result);
  }

  /// Three decimals; numbers that these would make 0 in their own digits.
  private static String number(double x) {
    return String.format(Locale.ROOT, x == 0 || Math.abs(x) >= 5e-4 || Double.isNaN(x) ? "%.3f" : "%.1e", x);
  }
}

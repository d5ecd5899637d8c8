package org.burin.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.burin.codegen.spi.Artifact;
import org.burin.codegen.spi.Backends;
import org.burin.codegen.spi.Demonstration;
import org.burin.codegen.tool.Scratch;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import org.burin.train.Loss;
import org.burin.workloads.econ.Autoencoder;
import org.burin.workloads.econ.EncoderLoss;
import org.burin.workloads.econ.EncoderTraining;
import org.burin.workloads.econ.EncoderTypes;
import org.burin.workloads.econ.EventGenerator;
import org.burin.workloads.econ.Evaluation;
import org.burin.workloads.econ.Events;
import org.burin.workloads.econ.EventsCsv;
import org.burin.workloads.econ.TelescopeGroups;
import org.burin.workloads.econ.concentrator.Concentrator;
import org.burin.workloads.emd.EmdAccuracy;
import org.burin.workloads.emd.EmdNetwork;
import org.burin.workloads.emd.EmdPairs;
import org.burin.workloads.emd.EmdWorkload;

/// Compression of calorimeter data, as in "Differentiable Earth Mover's Distance for Data Compression at the
/// High-Luminosity LHC": a network learns the earth mover's distance, the encoder of the data concentrator is trained
/// with it and with the telescope loss, the better of the two goes through every backend.
public final class EconDemonstration implements Demonstration {
  /// The name of the report in the files.
  static final String REPORT = "report.html";

  /// The bits of a latent.
  static final int BITS = 9;

  private final Size size;

  /// How much is done.
  ///
  /// @param events how many modules are generated
  /// @param pairs how many pairs the network of the distance is trained on
  /// @param pairEpochs how often
  /// @param floatEpochs how often an encoder goes through the modules in floating point
  /// @param epochs how often with the types of the chip
  /// @param vectors how many test vectors each backend is compared on
  record Size(int events, int pairs, int pairEpochs, int floatEpochs, int epochs, long vectors) {
    /// What `burin demo` does: some minutes on two processors.
    static final Size FULL = new Size(10_000, 200_000, 25, 100, 100, 10_000);
  }

  /// The demonstration in full.
  public EconDemonstration() {
    this(Size.FULL);
  }

  EconDemonstration(Size size) {
    this.size = size;
  }

  @Override
  public String name() {
    return "econ";
  }

  /// A trained encoder with what becomes of the held-out modules.
  ///
  /// @param label how the report calls its loss
  /// @param restored the modules as its decoder gives them back
  /// @param evaluation how near that comes
  record Encoder(String label, EncoderTraining.Result training, Events restored, Evaluation evaluation) {
    double median() {
      return evaluation.emdQuantile(0.5);
    }
  }

  /// All that the report shows.
  ///
  /// @param source where the modules come from, in a phrase
  /// @param train modules that were trained on
  /// @param held modules that nothing was trained on
  /// @param network where the network of the distance comes from, in a phrase
  /// @param accuracy of that network on pairs of held-out modules
  /// @param encoders in the order of the report
  /// @param classical the concentrator's other algorithms
  /// @param check the backends' code of the better encoder
  record Findings(String source, Events train, Events held, String network, EmdAccuracy accuracy,
      List<Encoder> encoders, List<Evaluation> classical, BackendCheck check) {
    /// The encoder that was engraved.
    Encoder better() {
      return best(encoders);
    }

    /// The raw integers that this encoder sends for a held-out module.
    long[] code(int module) {
      float[] latents = better().training().trained().encoder()
          .predict(Autoencoder.images(held.range(module, module + 1))).data();
      return IntStream.range(0, latents.length).mapToLong(i -> (long) Math.scalb(latents[i], BITS - 1)).toArray();
    }
  }

  /// The encoder with the smallest median distance.
  private static Encoder best(List<Encoder> encoders) {
    return encoders.stream().min(Comparator.comparingDouble(Encoder::median)).orElseThrow();
  }

  @Override
  public Outcome run(Request request, Consumer<String> progress) {
    Events all = request.data().map(EventsCsv::read)
        .orElseGet(() -> new EventGenerator(request.seed()).events(0, size.events()));
    Events.Split split = all.split(0.2, request.seed());
    Events train = split.train();
    Events held = split.validation();
    progress.accept(train.size() + " modules to train on, " + held.size() + " held out");
    Model network = network(request, train, progress);
    EmdAccuracy accuracy = EmdAccuracy.of(network, heldPairs(held, request.seed()));
    Map<String, Loss> losses = new LinkedHashMap<>();
    losses.put("telescope MSE", EncoderLoss.telescope(TelescopeGroups.PUBLISHED));
    losses.put("EMD network", EncoderLoss.emd(network, true));
    List<Encoder> encoders = new ArrayList<>();
    losses.forEach((label, loss) -> {
      progress.accept("training the encoder with the " + label);
      encoders.add(encoder(label, loss, train, held, request));
    });
    progress.accept("comparing with the concentrator's other algorithms");
    List<Evaluation> classical = Concentrator.all().stream()
        .map(c -> Evaluation.of(c.name(), c.meanBits(held), held, c.restored(held), request.threads())).toList();
    Encoder better = best(encoders);
    Model hardware = better.training().trained().encoder();
    BackendCheck check =
        BackendCheck.of(hardware, Backends.installed(), size.vectors(), request.seed(), progress);
    Findings findings = new Findings(request.data().isPresent() ? "the given file" : "generated", train, held,
        request.fast() ? "the one that comes with Burin" : "trained here", accuracy, encoders, classical, check);
    Artifact files = Artifact.builder()
        .text(REPORT, EconReport.page(findings).html())
        .bytes("encoder.burin", bytes(hardware))
        .bytes("decoder.burin", bytes(better.training().trained().decoder()))
        .addAll("generated", check.generated())
        .build();
    return new Outcome(files, results(findings), check.holds());
  }

  private Model network(Request request, Events train, Consumer<String> progress) {
    if (request.fast()) {
      return EmdNetwork.shipped();
    }
    progress.accept("training the network of the earth mover's distance on " + size.pairs() + " pairs of modules");
    return EmdWorkload.train(train, size.pairs(), size.pairEpochs(), request.seed(), request.threads());
  }

  private EmdPairs heldPairs(Events held, long seed) {
    int pairs = Math.max(1, size.pairs() / 20);
    return EmdPairs.random(held, pairs, seed).and(EmdPairs.reconstructed(held, pairs, seed + 1)).atLeast(0.05);
  }

  private Encoder encoder(String label, Loss loss, Events train, Events held, Request request) {
    EncoderTraining.Result result = EncoderTraining.of(loss, EncoderTypes.asic(BITS), request.seed())
        .withEpochs(size.floatEpochs(), size.epochs()).withThreads(request.threads()).fit(train);
    float[] restored = result.trained().restored(held);
    return new Encoder(label, result, new Events(restored),
        Evaluation.of(label, result.trained().bits(), held, restored, request.threads()));
  }

  private static Map<String, Object> results(Findings findings) {
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("modules", findings.train().size());
    results.put("held_out", findings.held().size());
    findings.accuracy().numbers().forEach((name, number) -> results.put("network_" + name, number));
    for (Encoder e : findings.encoders()) {
      String key = e.label().toLowerCase(Locale.ROOT).replace(' ', '_');
      results.put(key + "_median", e.median());
      results.put(key + "_mean", e.evaluation().emdMean());
    }
    results.put("engraved", findings.better().label());
    findings.check().rows().forEach(r -> results.put("check_" + r.stage(), r.holds()
        ? r.vectors() + " vectors, 0 mismatches"
        : r.problem().isEmpty() ? r.mismatches() + " of " + r.vectors() + " differ" : r.problem()));
    return results;
  }

  private static byte[] bytes(Model model) {
    try (Scratch scratch = Scratch.create()) {
      Path file = scratch.folder().resolve("model.burin");
      ModelFile.write(file, model);
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

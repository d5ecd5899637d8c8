package org.burin.workloads.econ.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.ServiceLoader;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.burin.data.Column.Role;
import org.burin.data.DataException;
import org.burin.data.Dataset;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import org.burin.train.Quantization.Learned;
import org.burin.train.Quantization.Uniform;
import org.burin.train.Trainer;
import org.burin.train.Workload;
import org.burin.train.Workload.Data;
import org.burin.workloads.econ.Autoencoder;
import org.burin.workloads.econ.EventGenerator;
import org.burin.workloads.econ.Events;
import org.burin.workloads.emd.EmdNetwork;
import org.burin.workloads.emd.NormNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EconWorkloadTest {
  private final EconWorkload small = new EconWorkload(200, Map.of());

  @TempDir
  Path folder;

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(Workload.class)).filteredOn(w -> w.name().equals("econ"))
        .singleElement().isInstanceOf(EconWorkload.class);
  }

  @Test
  void generatedModulesAreOtherOnesForEveryPurpose() {
    Data data = small.data(Optional.empty(), 3);
    Events all = new EventGenerator(3).events(0, 1200);
    assertThat(images(data.train())).isEqualTo(Autoencoder.images(all.range(0, 800)).data());
    assertThat(images(data.validation())).isEqualTo(Autoencoder.images(all.range(800, 1000)).data());
    assertThat(images(data.test())).isEqualTo(Autoencoder.images(all.range(1000, 1200)).data());
    assertThat(images(small.with("events", "dense").data(Optional.empty(), 3).test()))
        .isNotEqualTo(images(data.test()));
  }

  @Test
  void aSmallFileIsTestedOnAndALargeOneParted() throws IOException {
    Events events = new EventGenerator(9).events(0, 1000);
    Data tested = small.data(Optional.of(file(events.range(0, 100))), 3);
    assertThat(images(tested.test())).isEqualTo(Autoencoder.images(events.range(0, 100)).data());
    assertThat(tested.train().size()).isEqualTo(800);
    Data parted = small.data(Optional.of(file(events)), 3);
    assertThat(parted.train().size()).isEqualTo(640);
    assertThat(parted.validation().size()).isEqualTo(160);
    assertThat(parted.test().size()).isEqualTo(200);
  }

  @Test
  void learnsToCompress() {
    Data data = small.data(Optional.empty(), 1);
    Map<String, Double> untrained = small.report(trainer(small, data, small.model(data, 1)), data);
    Trainer trainer = trainer(small, data, small.model(data, 1));
    trainer.withEpochs(10).fit(data.train());
    Map<String, Double> report = small.report(trainer, data);
    assertThat(report.keySet()).containsExactly("loss", "emd_median", "emd_mean", "emd_low", "emd_high", "mean_shift",
        "rms_change", "correlation");
    assertThat(report.get("emd_median")).isLessThan(0.95 * untrained.get("emd_median"));
    assertThat(report.get("correlation")).isGreaterThan(0.1);
  }

  @Test
  void theEncoderIsAPartThatCanBeLowered() throws IOException {
    EconWorkload chip = small.quantized(new Uniform(5));
    Data data = chip.data(Optional.empty(), 1);
    Model start = small.model(data, 1);
    Path file = folder.resolve("start.burin");
    ModelFile.write(file, start);
    Model model = chip.with("start", file.toString()).model(data, 2);
    Map<String, Model> parts = chip.parts(model);
    assertThat(parts.keySet()).containsExactly("encoder", "decoder");
    assertThat(parts.get("encoder").fixed().outputs()).containsOnlyKeys("y");
    String kernel = "decoder/up/kernel";
    assertThat(model.parameters().get(kernel).data()).isEqualTo(start.parameters().get(kernel).data());
    String dense = "encoder/dense/kernel";
    assertThat(model.parameters().get(dense).data()).isNotEqualTo(start.parameters().get(dense).data());
  }

  @Test
  void theLossIsChosenByName() throws IOException {
    EconWorkload emd = small.with("loss", "emd:n+0.5*telescope");
    Data data = emd.data(Optional.empty(), 1);
    double loss = trainer(emd, data, emd.model(data, 1)).evaluate(data.test()).get("loss");
    assertThat(loss).isBetween(2.0, 5.0);
    Path network = folder.resolve("network.burin");
    ModelFile.write(network, EmdNetwork.shipped());
    EconWorkload same = emd.with("network", network.toString());
    assertThat(trainer(same, data, same.model(data, 1)).evaluate(data.test()).get("loss")).isEqualTo(loss);
    ModelFile.write(network, new NormNetwork(4, 4).build(1));
    EconWorkload trained = emd.with("network", network.toString());
    assertThat(trainer(trained, data, trained.model(data, 1)).evaluate(data.test()).get("loss")).isFinite();
    EconWorkload missing = emd.with("network", "nowhere.burin");
    assertThatThrownBy(() -> missing.configure(Trainer.of(missing.model(data, 1)), data))
        .isInstanceOf(DataException.class).hasMessageStartingWith("option 'network': nowhere.burin cannot be read: ");
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    assertRefused(() -> small.with("lose", "mse"),
        "workload 'econ' has no option 'lose'; its options are loss, network, types, events, start");
    assertRefused(() -> small.with("loss", "mse"), "the loss is 'mse'; expected wmse, telescope, telescope-corrected,"
        + " emd, emd:n, or a sum such as emd:n+0.5*telescope");
    assertRefused(() -> small.with("types", "int8"),
        "the types are 'int8'; expected float, qkeras, asic-3, asic-5, asic-7 or asic-9");
    assertRefused(() -> small.with("events", "none"), "the events are 'none'; expected pileup or dense");
    assertRefused(() -> small.quantized(new Uniform(6)), "workload 'econ' has latents of 3, 5, 7 or 9 bits, the"
        + " quantization is '6'; for the other quantized model set types=qkeras");
    assertRefused(() -> small.quantized(new Learned(OptionalDouble.empty())), "workload 'econ' has latents of 3, 5, 7"
        + " or 9 bits, the quantization is 'learned'; for the other quantized model set types=qkeras");
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  private static Trainer trainer(EconWorkload workload, Data data, Model model) {
    Trainer trainer = Trainer.of(model);
    workload.configure(trainer, data);
    return trainer.withProgress(false).withSeed(1);
  }

  private Path file(Events events) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < 48; c++) {
        line.append(c == 0 ? "" : ",").append(events.charges()[48 * i + c]);
      }
      lines.add(line.toString());
    }
    return Files.write(folder.resolve("calq.csv"), lines);
  }

  private static float[] images(Dataset data) {
    return data.tensor(Role.INPUT, "x").data();
  }
}

package org.burin.workloads.econ;

import org.burin.data.Dataset;
import org.burin.tensor.Tensor;
import org.burin.train.Callback;
import org.burin.train.History;
import org.burin.train.Loss;
import org.burin.train.Optimizer;
import org.burin.train.Schedule;
import org.burin.train.Trainer;

/// How an encoder and its decoder are trained: in floating point first and then, if they are to be quantized, on from there.
///
/// Between the two, every latent is brought into the range of its type ([Autoencoder#rescaleLatents]). Both parts are Adam
/// with a rate that falls as a half cosine.
///
/// @param loss what is made small
/// @param types those of the encoder in the end
/// @param floatEpochs how often to go through the events in floating point; 0 to start with the types at once
/// @param epochs how often with the types
/// @param rate the first learning rate of both parts
/// @param batch the number of events in a batch
/// @param latentTop where the upper end of the latents is brought to
/// @param seed of initial weights and of the order of the events
/// @param threads for training; the result does not depend on it
public record EncoderTraining(Loss loss, EncoderTypes types, int floatEpochs, int epochs, double rate, int batch,
    double latentTop, long seed, int threads) {
  private static final double LAST_RATE = 0.01;

  /// The part of a latent's numbers that are brought below [#LATENT_TOP].
  public static final double QUANTILE = 0.999;

  /// Near the end of the range of the latents' types, which is 2.
  public static final double LATENT_TOP = 1.9;

  /// A training with the settings of the tables in docs/econ.md.
  public static EncoderTraining of(Loss loss, EncoderTypes types, long seed) {
    return new EncoderTraining(loss, types, 60, 60, 4e-3, 50, LATENT_TOP, seed, 1);
  }

  /// The same with other numbers of epochs.
  public EncoderTraining withEpochs(int newFloatEpochs, int newEpochs) {
    return new EncoderTraining(
        loss, types, newFloatEpochs, newEpochs, rate, batch, latentTop, seed, threads);
  }

  /// The same with other types.
  public EncoderTraining withTypes(EncoderTypes newTypes) {
    return new EncoderTraining(
        loss, newTypes, floatEpochs, epochs, rate, batch, latentTop, seed, threads);
  }

  /// The same with another number of threads.
  public EncoderTraining withThreads(int newThreads) {
    return new EncoderTraining(
        loss, types, floatEpochs, epochs, rate, batch, latentTop, seed, newThreads);
  }

  /// Trains on events.
  ///
  /// @param watch is called as training goes on, in both parts
  public Result fit(Events events, Callback... watch) {
    Dataset data = Autoencoder.dataset(events);
    Autoencoder start = Autoencoder.create(floatEpochs > 0 ? EncoderTypes.FLOAT : types, seed);
    History first = run(start, data, floatEpochs > 0 ? floatEpochs : epochs, watch);
    if (floatEpochs == 0 || types.equals(EncoderTypes.FLOAT)) {
      return new Result(start, start, first, first);
    }
    return refine(start, first, events, watch);
  }

  /// Trains on from an encoder in floating point, which stays as it is.
  ///
  /// @param first how that was trained
  public Result refine(Autoencoder start, History first, Events events, Callback... watch) {
    Tensor images = Autoencoder.images(events);
    Autoencoder scaled = start.withTypes(EncoderTypes.FLOAT);
    scaled.rescaleLatents(images, QUANTILE, latentTop);
    Autoencoder quantized = scaled.withTypes(types);
    History second = run(quantized, Dataset.of(images, images), epochs, watch);
    return new Result(quantized, start, first, second);
  }

  private History run(Autoencoder autoencoder, Dataset data, int times, Callback... watch) {
    Trainer trainer = configured(Trainer.of(autoencoder.model()), data.size(), times).withEpochs(times)
        .withSeed(seed).withThreads(threads).withProgress(false);
    for (Callback callback : watch) {
      trainer.withCallback(callback);
    }
    return trainer.fit(data);
  }

  /// Sets loss, optimizer, batch size and schedule.
  ///
  /// @param events how many events there are to train on
  /// @param times how often they are gone through
  public Trainer configured(Trainer trainer, long events, int times) {
    long steps = (events + batch - 1) / batch * times;
    return trainer.withLoss(loss).withOptimizer(Optimizer.adam()).withBatchSize(batch)
        .withSchedule(Schedule.cosine(rate, LAST_RATE, steps));
  }

  /// What came of a training.
  ///
  /// @param trained with the types that were asked for
  /// @param floating what it started from; the same if there was only one part
  /// @param first the history of the first part
  /// @param second the history of the second part; the same if there was only one
  public record Result(Autoencoder trained, Autoencoder floating, History first, History second) {}
}

package org.burin.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.burin.nn.Parameters;
import org.burin.train.History.End;
import org.burin.train.History.Epoch;
import org.burin.train.Settings.Monitor;
import org.jspecify.annotations.Nullable;

/// How far training has come: everything that a checkpoint holds beside the tensors.
final class TrainingState {
  /// Steps done.
  long step;
  /// Epochs completed.
  int epoch;
  /// Batches done of the epoch that follows.
  long batch;
  /// What the losses and metrics of that epoch have gathered; empty at its start.
  double[] scores = {};
  final List<Epoch> history = new ArrayList<>();
  End end = End.RUNNING;

  /// The state of the control of EBOPs.
  final EbopsFactor ebops;

  double best;
  int bestEpoch;
  int wait;
  double plateauBest;
  int plateauWait;
  int plateauCooldown;
  /// The product of all reductions of the learning rate.
  double rateFactor = 1;
  /// The parameters after the best epoch, where they are asked for.
  @Nullable Parameters bestParameters;

  TrainingState(Monitor monitor, EbopsControl control) {
    ebops = new EbopsFactor(control);
    best = monitor.worst();
    plateauBest = monitor.worst();
  }

  /// Takes note of an epoch's monitored value.
  ///
  /// @return whether it is the best so far
  boolean observe(double value, Settings settings, Monitor monitor) {
    EarlyStopping stopping = settings.earlyStopping;
    boolean better = monitor.better(value, best, stopping == null ? 0 : stopping.minDelta());
    if (better) {
      best = value;
      bestEpoch = epoch;
      wait = 0;
    } else {
      wait++;
    }
    if (stopping != null && wait >= stopping.patience()) {
      end = End.STOPPED_EARLY;
    }
    ReduceOnPlateau plateau = settings.plateau;
    if (plateau != null) {
      observe(value, plateau, monitor);
    }
    return better;
  }

  private void observe(double value, ReduceOnPlateau plateau, Monitor monitor) {
    if (plateauCooldown > 0) {
      plateauCooldown--;
      plateauWait = 0;
    }
    if (monitor.better(value, plateauBest, plateau.minDelta())) {
      plateauBest = value;
      plateauWait = 0;
    } else if (plateauCooldown == 0 && ++plateauWait >= plateau.patience()) {
      rateFactor = Math.max(rateFactor * plateau.factor(), Math.min(rateFactor, plateau.least()));
      plateauCooldown = plateau.cooldown();
      plateauWait = 0;
    }
  }

  /// What is known so far.
  History history() {
    return new History(history, end, bestEpoch);
  }

  /// Adds a completed epoch.
  Epoch add(Map<String, Double> values) {
    epoch++;
    batch = 0;
    scores = new double[0];
    Epoch e = new Epoch(epoch, values);
    history.add(e);
    return e;
  }
}

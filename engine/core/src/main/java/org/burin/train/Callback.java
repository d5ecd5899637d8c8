package org.burin.train;

/// What a user does while training goes on. Called on the training thread; what it throws ends training.
///
/// To end training in good order, call [Trainer#stop].
public interface Callback {
  /// Before the first step of an epoch; not called again when training resumes inside of it.
  ///
  /// @param epoch its number, from 1
  default void onEpochStart(int epoch) {}

  /// After a step. Should not allocate: the loop around it does not.
  ///
  /// @param step how many steps are done
  /// @param loss the loss of its batch, before the update
  default void onStep(long step, float loss) {}

  /// After an epoch, validation included.
  default void onEpochEnd(History.Epoch epoch) {}

  /// After the last step, with the final weights in the model.
  default void onEnd(History history) {}
}

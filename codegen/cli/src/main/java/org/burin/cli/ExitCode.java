package org.burin.cli;

/// The exit codes of every command.
final class ExitCode {
  /// The command did what it was asked to do.
  static final int OK = 0;

  /// The command ran, and what it checked does not hold.
  static final int CHECK_FAILED = 1;

  /// The command line is wrong.
  static final int USAGE = 2;

  /// A file or a model that the command was given is wrong.
  static final int BAD_INPUT = 3;

  /// A tool that the command needs is missing or failed.
  static final int TOOL_FAILED = 4;

  /// A defect in Burin itself (`EX_SOFTWARE` of sysexits.h); a stack trace says where.
  static final int INTERNAL_ERROR = 70;

  private ExitCode() {}
}

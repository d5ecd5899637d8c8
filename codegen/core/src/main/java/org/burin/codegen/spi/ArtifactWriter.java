package org.burin.codegen.spi;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.burin.io.AtomicFiles;

/// Brings an [Artifact] into a folder: the one place where generated files are written.
///
/// Every file changes in one atomic step. The file [Manifest#NAME] in the folder says which files Burin wrote and what
/// was in them, so that a second run replaces its own files, deletes those of its own that are generated no more, and
/// refuses to touch any that somebody else made or changed.
public final class ArtifactWriter {
  /// What happens to a file.
  public enum Action {
    /// it is new
    CREATE,
    /// it was generated before, and differently
    REPLACE,
    /// it has the right content already
    KEEP,
    /// it was generated before, and is no more
    DELETE,
    /// somebody else made or changed it: it is replaced only by force
    REFUSE;

    /// The word in listings, such as `create`.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What happens to one file.
  ///
  /// @param path its path in the folder
  public record Change(String path, Action action) {
    /// The line of a listing.
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%-7s %s", action, path);
    }
  }

  private ArtifactWriter() {}

  /// What [#write] would do without force, sorted by path. Writes nothing.
  ///
  /// @throws IOException when the folder cannot be read, or is a file
  public static List<Change> plan(Path folder, Artifact artifact) throws IOException {
    return plan(folder, artifact, Manifest.read(folder));
  }

  /// The files of a folder that Burin did not write, or that were changed since, sorted by path; empty when there is no
  /// folder. For those who want to know before they compute for long.
  ///
  /// @throws IOException when the folder cannot be read, or is a file
  public static List<String> foreign(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    Manifest manifest = Manifest.read(folder);
    List<String> foreign = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> !Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS)).sorted().toList()) {
        String path = String.join("/", StreamSupport.stream(folder.relativize(file).spliterator(), false)
            .map(Path::toString).toList());
        if (!path.equals(Manifest.NAME) && !manifest.wrote(path, Files.readAllBytes(file))) {
          foreign.add(path);
        }
      }
    }
    return foreign;
  }

  private static List<Change> plan(Path folder, Artifact artifact, Manifest manifest) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new FileSystemException(folder.toString(), null, "is a file; expected a folder, or a name that is free");
    }
    Set<String> paths = new TreeSet<>(artifact.files().keySet());
    paths.addAll(manifest.paths());
    List<Change> changes = new ArrayList<>();
    for (String path : paths) {
      Artifact.File file = artifact.files().get(path);
      Path target = folder.resolve(path);
      if (file != null) {
        changes.add(new Change(path, action(folder, path, file, manifest)));
      } else if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
          && manifest.wrote(path, Files.readAllBytes(target))) {
        changes.add(new Change(path, Action.DELETE));
      }
    }
    return changes;
  }

  private static Action action(Path folder, String path, Artifact.File file, Manifest manifest) throws IOException {
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      Path parent = folder.resolve(path.substring(0, slash));
      if (Files.exists(parent, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileSystemException(
            parent.toString(), null, "is in the way of a folder; remove it or choose another folder");
      }
    }
    Path target = folder.resolve(path);
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return Action.CREATE;
    }
    if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(
          target.toString(), null, "is in the way of a file; remove it or choose another folder");
    }
    byte[] present = Files.readAllBytes(target);
    if (Arrays.equals(present, file.content())) {
      return Action.KEEP;
    }
    return manifest.wrote(path, present) ? Action.REPLACE : Action.REFUSE;
  }

  /// Writes the files, and creates the folder if need be.
  ///
  /// @param force whether files that somebody else made or changed are replaced
  /// @return what was done, sorted by path
  /// @throws FileSystemException when files are in the way that Burin did not write (the text lists all of them);
  ///     nothing has been written then
  /// @throws IOException when writing fails; every file has either its old or its new content then, and the next run
  ///     goes on
  public static List<Change> write(Path folder, Artifact artifact, boolean force) throws IOException {
    List<Change> changes = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    Manifest before = Manifest.read(folder);
    for (Change c : plan(folder, artifact, before)) {
      boolean isRefused = c.action() == Action.REFUSE;
      if (isRefused) {
        refused.add(c.path());
      }
      changes.add(isRefused && force ? new Change(c.path(), Action.REPLACE) : c);
    }
    if (!refused.isEmpty() && !force) {
      throw new FileSystemException(folder.toString(), null,
          "files that Burin did not write, or that were changed since, would be overwritten: "
          + String.join(", ", refused) + "; choose another folder, or overwrite them with --force");
    }
    Files.createDirectories(folder);
    Manifest after = Manifest.of(artifact);
    // Whatever moment the power fails at, each file is known by its old or its new content.
    before.and(after).write(folder);
    for (Change change : changes) {
      apply(folder, change, artifact.files());
    }
    after.write(folder);
    return changes;
  }

  private static void apply(Path folder, Change change, Map<String, Artifact.File> files) throws IOException {
    Path target = folder.resolve(change.path());
    if (change.action() == Action.DELETE) {
      Files.delete(target);
      return;
    }
    Artifact.File file = Objects.requireNonNull(files.get(change.path()));
    if (change.action() != Action.KEEP) {
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      AtomicFiles.write(target, out -> out.write(file.content()));
    }
    if (file.executable()) {
      makeExecutable(target);
    }
  }

  /// Whoever may read the file may run it. Systems without such permissions run what they run.
  private static void makeExecutable(Path target) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(target, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    if (permissions.contains(PosixFilePermission.OWNER_READ)) {
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
    }
    if (permissions.contains(PosixFilePermission.GROUP_READ)) {
      permissions.add(PosixFilePermission.GROUP_EXECUTE);
    }
    if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
      permissions.add(PosixFilePermission.OTHERS_EXECUTE);
    }
    view.setPermissions(permissions);
  }
}

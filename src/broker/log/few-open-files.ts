import type { LogFile, OpenFile } from './log-file.ts';

/**
 * Opens files when they are used and closes the ones used longest ago, so that any number of partitions and segments fits
 * into a process that may have only a few hundred files open (256 on macOS).
 */
export function withFewOpenFiles(openFile: OpenFile, limit: number): OpenFile {
  // A Map keeps its insertion order: the first one was used longest ago.
  const open = new Map<string, LogFile>();
  const syncing = new Map<string, number>();

  const use = (path: string): LogFile => {
    const file = open.get(path) ?? openFile(path);
    open.delete(path);
    open.set(path, file);
    if (open.size > limit) closeOldest(path);
    return file;
  };
  // A file on its way to the disk stays open, and so does the one about to be used: the limit may be passed for a moment.
  const closeOldest = (used: string) => {
    for (const [path, file] of open) {
      if (path === used || syncing.get(path)) continue;
      file.close();
      open.delete(path);
      return;
    }
  };
  const sync = async (path: string) => {
    const file = use(path);
    syncing.set(path, (syncing.get(path) ?? 0) + 1);
    try {
      await file.sync();
    } finally {
      const left = (syncing.get(path) ?? 1) - 1;
      if (left > 0) syncing.set(path, left);
      else syncing.delete(path);
    }
  };
  const close = (path: string) => {
    open.get(path)?.close();
    open.delete(path);
  };
  return (path) => {
    use(path);
    return {
      path,
      size: () => use(path).size(),
      write: (bytes, position) => use(path).write(bytes, position),
      read: (bytes, position) => use(path).read(bytes, position),
      truncate: (size) => use(path).truncate(size),
      sync: () => sync(path),
      close: () => close(path),
      remove: () => {
        const file = use(path);
        close(path);
        file.remove();
      },
    };
  };
}

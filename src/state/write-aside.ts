import { dirname } from 'node:path';
import { type Means, writing } from './files.ts';

/** Makes renames and new files of a folder last through a power cut. Windows cannot open folders and needs no such thing. */
async function syncFolder(path: string, { files }: Means): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await files.open(path, 'r');
  await folder.sync().finally(() => folder.close());
}

/**
 * Replaces a file as a whole: written beside it, forced to the disk, renamed over it, the folder forced to the disk.
 * A crash at any point leaves the old file or the new one. `before` runs when the new one is safe and the old one still
 * in place. Crash points: `snapshot-written-aside`, `snapshot-renamed`.
 */
export function writeAside(path: string, bytes: Buffer, means: Means, before?: () => Promise<void>): Promise<void> {
  const { files, reached } = means;
  const aside = `${path}.aside`;
  return writing(path, async () => {
    const file = await files.open(aside, 'w');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await reached('snapshot-written-aside');
    await before?.();
    await files.rename(aside, path);
    await reached('snapshot-renamed');
    await syncFolder(dirname(path), means);
  });
}

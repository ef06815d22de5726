import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../rig/folder.ts';

/** A folder with these files, gone with the test: gives the path of each name in it. */
export function folderOf(files: Record<string, string | Buffer>): { folder: string; at(name: string): string } {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return { folder, at: (name) => join(folder, name) };
}

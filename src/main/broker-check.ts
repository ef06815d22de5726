import { join } from 'node:path';
import { type Checked, checkFolder } from '../broker/check.ts';
import { LaunchError } from '../broker/launch-error.ts';
import { bytes, many } from '../engine/print/quantity.ts';
import { LunchrushError } from '../errors.ts';
import type { Options } from '../options.ts';
import { closedPipe } from '../script/pipe.ts';
import { dataFolder } from '../state/folders.ts';
import { CODES } from './ground.ts';

/** Verifies the folder of the embedded broker and prints a line for each part; damage is a failure. */
export async function runBrokerCheck({ dataDir }: Extract<Options, { mode: 'broker-check' }>): Promise<number> {
  const folder = join(dataFolder(dataDir), 'broker');
  const closed = closedPipe(process.stdout);
  let parts = 0;
  let damaged = 0;
  try {
    for await (const checked of checkFolder(folder)) {
      if (closed.aborted) return 0;
      parts++;
      if (checked.faults.length > 0) damaged++;
      for (const line of printChecked(checked)) process.stdout.write(`${line}\n`);
    }
  } catch (error) {
    if (!(error instanceof LaunchError)) throw error;
    throw new LunchrushError(error.kind === 'failed' ? 'COMMAND_REFUSED' : CODES[error.kind], error.message, {
      cause: error,
    });
  }
  if (damaged > 0)
    throw new LunchrushError('COMMAND_FAILED', `${damaged} of ${many(parts, 'part')} of ${folder} damaged`);
  return 0;
}

/** What was found in a part: a line that begins with its name and ends with ok or damaged, and what there is to say below. */
export function printChecked(checked: Checked): string[] {
  const { faults, notes } = checked;
  const said = [...faults, ...notes].map((sentence) => `  ${sentence}`);
  return [`${summaryOf(checked)}: ${faults.length > 0 ? 'damaged' : 'ok'}`, ...said];
}

function summaryOf(checked: Checked): string {
  if (checked.part === 'catalog') return `catalog, ${many(checked.topics, 'topic')}, cluster ${checked.clusterId}`;
  if (checked.part === 'groups') return `groups, ${many(checked.groups, 'group')}, ${many(checked.offsets, 'offset')}`;
  return `${checked.name}, ${many(checked.records, 'record')}, ${bytes(checked.bytes)}`;
}

import type { State } from '../../../engine/state.ts';
import { labelled } from '../../format/labelled.ts';
import { count } from '../../format/number.ts';
import { duration } from '../../format/time.ts';
import { MANY, type Preview, type Range } from '../../replay-stage.ts';
import type { Line } from '../../types.ts';
import { buttons } from './buttons.ts';

function topics(ranges: readonly Range[]): string[] {
  return [...new Set(ranges.map(({ topic }) => topic))];
}

function offsets(ranges: readonly Range[], end: 'from' | 'to'): string {
  const each = topics(ranges).map((topic) => {
    const own = ranges.filter((range) => range.topic === topic);
    return `${topic} ${own.map((range) => count(range[end])).join(' / ')}`;
  });
  return each.join(', ');
}

function gone(preview: Preview): string {
  const removed = preview.ranges.reduce((sum, range) => sum + range.removed, 0);
  if (removed === 0) return 'nothing: retention has removed no record yet';
  return `${count(removed)} records, by retention: what is left is read and reported, and nothing is compared or swapped`;
}

/** What a replay would do, in full, and the question whether to. */
export function previewLines(preview: Preview, state: State, isGoChosen: boolean, width: number): Line[] {
  const { ranges, records, etaMs } = preview;
  const group = state.pipeline.groups.analytics;
  const time = etaMs < 0 ? '' : `, about ${duration(etaMs)}`;
  const row = (label: string, text: string) => labelled(` ${label}`, text, width);
  return [
    ...row('from', offsets(ranges, 'from')),
    ...row('to', offsets(ranges, 'to')),
    ...row('reads', `${count(records)} records${time}`),
    ...row('group', `${group} rewinds to these offsets; every tool will see lag ${count(records)}`),
    ...row('held', 'the numbers of now stay on every screen until the digests agree'),
    ...row('gone', gone(preview)),
    [],
    [{ text: ' Inventory keeps running. Nothing is written to the topics.' }],
    [],
    ...(records > MANY ? nameLines(group, isGoChosen) : []),
    buttons('Cancel', 'Replay', isGoChosen),
  ];
}

/** So many records want more than one careless keystroke. */
function nameLines(group: string, isGoChosen: boolean): Line[] {
  const field = { field: 'replay-group', width: 40 } as const;
  return [
    [{ text: ` More than ${count(MANY)} records: to replay them, type ${group}` }],
    isGoChosen ? [{ text: ' > ', tone: 'focus' }, field] : [{ text: ' >', tone: 'dim' }],
    [],
  ];
}

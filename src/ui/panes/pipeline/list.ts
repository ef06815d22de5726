import { gap, left, padded, right } from '../../format/line.ts';
import { rate } from '../../format/number.ts';
import { widthOf } from '../../paint.ts';
import type { Line, Segment } from '../../types.ts';
import { backlogText } from './map.ts';
import type { Station } from './station.ts';

const TITLE = 17;

/** The stations one below the other, for a box too narrow for the map: a line each, backlogs between. */
export function drawList(stations: readonly Station[], width: number, height: number): Line[] {
  const withBacklogs = height >= stations.length + 2;
  return stations.flatMap((station) => {
    const before = station.backlog && withBacklogs ? [backlogRow(station.backlog, width)] : [];
    return [...before, stationRow(station, width)];
  });
}

function backlogRow(backlog: NonNullable<Station['backlog']>, width: number): Line {
  return [{ text: '   ↓ ', tone: 'dim' }, ...backlogText(backlog, width - 5)];
}

function stationRow({ titles, state, pairs, spark }: Station, width: number): Line {
  const title = titles.find((each) => each.length < TITLE) ?? titles.at(-1) ?? '';
  const head: Line = [gap(1), left(title, TITLE, 'bold'), ...padded(state, 14)];
  const said: Segment[] = spark ? [{ text: rate(spark.rate) }] : [{ text: pairs[0]?.value ?? '' }];
  const label = spark ? '' : (pairs[0]?.labels[0] ?? '');
  const room = width - widthOf(head);
  if (room < 9) return head;
  const tail = said.map(({ text }) => right(text, Math.min(9, room)));
  return room < 20
    ? [...head, gap(room - 9), ...tail]
    : [...head, { text: ` ${label.padEnd(9)}`, tone: 'dim' }, ...tail];
}

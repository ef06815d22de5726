import { describe, expect, test } from 'vitest';
import { findRow, ROWS, VERBS } from '../../../src/engine/commands/table.ts';
import { partsOf, usageOf } from '../../../src/engine/commands/usage.ts';
import { FACTS } from '../../../src/engine/facts.ts';
import { EVENT_NAMES } from '../../../src/engine/language/events.ts';
import { manual } from '../../../src/engine/language/manual.ts';
import { commandsMarkdown, eventsMarkdown, factsMarkdown } from '../../../src/engine/language/markdown.ts';
import { commandOf } from '../language/read.ts';

describe('command table', () => {
  test.each(ROWS.flatMap((row) => row.examples.map((example) => [example, row.verb])))(
    'the example %s is a %s',
    (example, verb) => {
      expect(commandOf(example)?.verb).toBe(verb);
    },
  );

  test('every verb that is there has an example, a summary and an end', () => {
    const poor = ROWS.filter((row) => row.summary === '' || row.ends === '' || !row.examples[0]);
    expect(poor).toEqual([]);
  });

  test('an option of one verb means the same in all its forms', () => {
    for (const row of ROWS) {
      const names = partsOf(row).map(({ usage }) => usage.split(' ')[0]);
      expect(new Set(names).size, row.verb).toBe(names.length);
    }
  });

  test('usage lines are made from the forms', () => {
    const usage = (verb: string) => usageOf(findRow(verb) ?? (ROWS[0] as never));
    expect(usage('replay')).toEqual([
      'replay analytics [--from FROM] [--preview] [--yes]',
      'replay cancel|accept|undo',
    ]);
    expect(usage('hang')).toEqual(['hang WORKER DURATION']);
    expect(usage('records')).toEqual(['records TOPIC[/PARTITION] [--from OFFSET] [--limit COUNT]']);
  });

  test('help knows every verb, every fact and every event', () => {
    for (const verb of VERBS) expect(manual(verb)?.[0], verb).toContain(verb);
    expect(
      manual()
        ?.slice(0, VERBS.length)
        .map((line) => line.split(' ')[0]),
    ).toEqual(VERBS);
    expect(manual('facts')?.filter((line) => line !== '')).toHaveLength(FACTS.length + 1);
    expect(manual('events')).toHaveLength(EVENT_NAMES.length);
    expect(manual('zebra')).toBeUndefined();
  });

  test('a page on a verb says usage, meaning, defaults and examples', () => {
    const page = manual('kill')?.join('\n');
    expect(page).toContain('kill WORKER [--silent]');
    expect(page).toContain('ends when: its death is seen');
    expect(manual('load')?.join('\n')).toContain('max by default');
    expect(page).toContain('  kill analytics/1 --silent');
  });

  test('the tables for the docs have a row for each and no broken cell', () => {
    const rows = (markdown: string) => markdown.split('\n').slice(2);
    expect(rows(commandsMarkdown())).toHaveLength(ROWS.length);
    expect(rows(factsMarkdown())).toHaveLength(FACTS.length);
    expect(rows(eventsMarkdown())).toHaveLength(EVENT_NAMES.length);
    for (const row of rows(commandsMarkdown())) expect(row.match(/(?<!\\)\|/g)).toHaveLength(4);
  });
});

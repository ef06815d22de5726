import { describe, expect, test } from 'vitest';
import type { Result } from '../../../src/engine/engine.ts';
import type { State } from '../../../src/engine/state.ts';
import { replay as actions } from '../../../src/ui/actions/replay.ts';
import { replay } from '../../../src/ui/overlays/replay.ts';
import type { ReplayOverlay } from '../../../src/ui/replay-stage.ts';
import type { Outcome } from '../../../src/ui/types.ts';
import { textOf } from '../screen.ts';
import { lagging, NOW, replayDiffers, replaying, view } from '../states.ts';

function previewOf(records: number): Result {
  const ranges = ['orders', 'inventory-events'].map((topic) => ({
    topic,
    partition: 0,
    from: 0,
    to: records / 2,
    removed: 0,
  }));
  return { data: { full: true, ranges, records, etaMs: 900 }, text: [] };
}

const CLOSED: ReplayOverlay = { kind: 'replay', preview: null, isGoChosen: false, begunAt: null };

function shown(overlay: ReplayOverlay, state: State): string {
  return `\n${textOf(replay.draw(overlay, state, view(), { width: 76, height: 18, now: NOW }), 76)}\n`;
}

function press(
  id: string,
  overlay: ReplayOverlay,
  state: State,
  fields = {},
): { refused: string | undefined; does: Outcome[] } {
  const row = actions.find((each) => each.id === id);
  const context = { state, view: view({ overlay, fields }), now: NOW, chord: '' };
  return { refused: row?.guard?.(context), does: row?.run(context) ?? [] };
}

function commands(outcomes: readonly Outcome[]) {
  return outcomes.flatMap((outcome) => (outcome.do === 'command' ? outcome.command : []));
}

describe('the guided replay', () => {
  test('says first what it would do, with cancel chosen', () => {
    expect(shown({ ...CLOSED, preview: previewOf(2_000) }, lagging())).toMatchInlineSnapshot(`
      "
       from         orders 0, inventory-events 0
       to           orders 1,000, inventory-events 1,000
       reads        2,000 records, about 900 ms
       group        analytics-group rewinds to these offsets; every tool will see
                    lag 2,000
       held         the numbers of now stay on every screen until the digests
                    agree
       gone         nothing: retention has removed no record yet

       Inventory keeps running. Nothing is written to the topics.

        [ Cancel ]     Replay
      "
    `);
  });

  test('while it runs, the held numbers and the replayed ones stand beside each other', () => {
    expect(shown(CLOSED, replaying())).toMatchInlineSnapshot(`
      "
       ████████████████████████████████████████░░░░░░░░░░░  77 %

                          held at the cut     replayed so far
       orders                     128,402             100,154
       reserved                    87,241              68,038
       failed                      37,739              29,446
       waiting                      2,138               2,138
       redelivered                    212                 212
       digest                    9f2c41aa                   …

       c cancels it: the held numbers stay. Esc leaves it to itself.
      "
    `);
  });

  test('when it differs it says where, and undo is chosen', () => {
    expect(shown(CLOSED, replayDiffers())).toMatchInlineSnapshot(`
      "
       different
       where        reserved of inventory-events/2 is 41 in the held state and 40
                    in the replayed one; they first part at offset 40118
       read         253,394 records in 900 ms, 281,549 a second
       undo         keeps the held numbers, as if nothing had been
       accept       takes the replayed ones, which is what the log says now

                          held at the cut            replayed
       orders                     128,402             100,154
       reserved                    87,241              68,038
       failed                      37,739              29,446
       waiting                      2,138               2,138
       redelivered                    212                 212
       digest                    9f2c41aa             another

        [ Undo ]     Accept
      "
    `);
  });

  test('when it is identical it says what was compared', () => {
    const verdict = { type: 'identical', records: 253_394, forMs: 900, digest: '9f2c41aa', removed: 0 } as const;
    const state = { ...lagging(), replay: { running: null, last: verdict, lastAt: NOW } };
    expect(shown({ ...CLOSED, begunAt: NOW - 1_000 }, state)).toMatchInlineSnapshot(`
      "
       identical
       read         253,394 records in 900 ms, 281,549 a second
       digest       9f2c41aa
       so           every counter, every last offset and the hash over all ids and
                    outcomes are the same

       Enter closes
      "
    `);
  });

  test('Enter on cancel closes it, and nothing is replayed', () => {
    const { does } = press('give-replay-answer', { ...CLOSED, preview: previewOf(2_000) }, lagging());
    expect(does).toEqual([{ do: 'see', events: [{ type: 'overlay-closed' }] }]);
  });

  test('Enter on the other answer replays', () => {
    const { refused, does } = press(
      'give-replay-answer',
      { ...CLOSED, preview: previewOf(2_000), isGoChosen: true },
      lagging(),
    );
    expect(refused).toBeUndefined();
    expect(commands(does)).toMatchObject([{ verb: 'replay', action: 'run', yes: true, preview: false }]);
  });

  test('more than 100,000 records want the name of the group', () => {
    const overlay = { ...CLOSED, preview: previewOf(200_000), isGoChosen: true };
    const wrong = press('give-replay-answer', overlay, lagging(), { 'replay-group': 'analytics' });
    expect(wrong.refused).toBe('type analytics-group to replay so many records, or Esc');
    const right = press('give-replay-answer', overlay, lagging(), { 'replay-group': 'analytics-group' });
    expect(right.refused).toBeUndefined();
  });

  test('a difference is undone unless accept is chosen', () => {
    expect(commands(press('give-replay-answer', CLOSED, replayDiffers()).does)).toEqual([
      { verb: 'replay', action: 'undo' },
    ]);
    const chosen = { ...CLOSED, isGoChosen: true };
    expect(commands(press('give-replay-answer', chosen, replayDiffers()).does)).toEqual([
      { verb: 'replay', action: 'accept' },
    ]);
  });
});

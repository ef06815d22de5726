import type { StoreApi } from 'zustand/vanilla';
import type { Clock } from '../engine/clock.ts';
import { count } from './format/number.ts';
import type { Ear } from './keys/key-stdin.ts';
import type { Screen } from './screen.ts';
import { nameOf } from './text-field.tsx';
import type { Eye } from './view.ts';

/** What keystrokes mean, by what is on the screen. `ready` is told which text field has begun to listen. */
export function createEar(
  { store, see }: Eye,
  screen: StoreApi<Screen>,
  clock: Clock,
  hear: (chord: string) => void,
): { ear: Ear; ready(name: string): void } {
  let listening = '';
  const tell = (text: string) => see([{ type: 'toast-shown', text, tone: 'work', at: clock.now() }]);
  const ear: Ear = {
    typing() {
      const { typing } = store.getState();
      // Commands go on after a semicolon; other texts have one line.
      return typing ? { newline: typing.field === 'palette' ? '; ' : ' ' } : undefined;
    },
    isReady() {
      const { field } = screen.getState();
      return field === null || nameOf(field) === listening;
    },
    control: hear,
    stray: () => tell('nothing here takes a paste: press : first'),
    cut: (taken, left) =>
      tell(
        `a field holds ${count(taken)} characters of a paste: the last ${count(left)} are left out. Long scripts run with lunchrush --script FILE`,
      ),
  };
  return {
    ear,
    ready(name) {
      listening = name;
    },
  };
}

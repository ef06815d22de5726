import type { State } from '../../engine/state.ts';
import { paragraphs } from '../format/wrap.ts';
import type { Box, Line, Pane, View } from '../types.ts';
import { faded } from './faded.ts';
import { FORM, formLines } from './load/form.ts';
import { loadNote, reportLines } from './load/report.ts';
import { waitsFor } from './waits-for.ts';

/** A load test: what is asked, what is got, and what it cost. */
export const loadPane: Pane = {
  id: 'load',
  title: 'Load',
  about: 'Sends orders, as fast as they are acknowledged (max) or on a schedule that forgives nothing (a rate).',
  note: loadNote,
  draw,
};

/** Whether the form is what is to be seen: somebody writes in it, or there is no load to show. */
export function isFormShown(state: State, view: View): boolean {
  return state.load.plan === null || FORM.some(({ field }) => field === view.typing?.field);
}

function draw(state: State, view: View, box: Box): Line[] {
  const { plan } = state.load;
  if (plan === null || isFormShown(state, view)) return form(state, view, box);
  const report = reportLines(state, plan, box);
  const explained = paragraphs(EXPLAINED, box.width);
  const lines = box.height - report.length > explained.length ? [...report, [], ...explained] : report;
  return state.cluster.state === 'up' || !state.load.running ? lines : faded(lines);
}

function form(state: State, view: View, { width, height }: Box): Line[] {
  const isWriting = view.typing !== null && FORM.some(({ field }) => field === view.typing?.field);
  const what = isWriting
    ? '⏎ starts it, ⇥ goes on, Esc leaves'
    : waitsFor(state) || 's starts it, e changes it; or : and load 10k';
  const said = paragraphs([what], width);
  const air = height >= FORM.length + said.length + 1 ? [[]] : [];
  return [...formLines(view, width), ...air, ...said].slice(0, height);
}

const EXPLAINED = [
  'Publish: from the send to the acknowledgement by every replica. End to end: from when the order was due to when analytics had folded its outcome. Send delay: from when it was due to the send.',
  'Late: sent more than 10 ms after it was due. Shed: never sent, because too much waited already. Unknown: sent twice, because nobody knew whether it had arrived; inventory drops the copy. Errors: refused for good.',
  'With a rate, orders are due on a schedule that waits for nobody, as customers do. With max, the next ones are sent when the ones before are acknowledged: that finds the limit, and hides the waiting.',
];

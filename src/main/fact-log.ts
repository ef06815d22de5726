import { type Event, isSample } from '../engine/event.ts';
import { newsOf } from '../script/news.ts';

/** Where lines go. */
type Out = { write(text: string): unknown };

/** Writes each event, samples apart, as a line: when, what, and the sentence that explains it, or its fields. */
export function logFacts(out: Out): (event: Event) => void {
  return (event) => {
    if (isSample(event)) return;
    const [sentence] = newsOf(event);
    out.write(`${new Date(event.at).toISOString()} ${event.type} ${sentence ?? fieldsOf(event)}\n`);
  };
}

/** Fields as `name=value`; texts are quoted where they would not be one word. */
function fieldsOf({ at: _, type: __, ...fields }: Event): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${written(value)}`)
    .join(' ');
}

function written(value: unknown): string {
  return typeof value === 'string' && /^[\w/.:@-]+$/.test(value) ? value : JSON.stringify(value);
}

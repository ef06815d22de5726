import type { Equivalent } from '../equivalent.ts';
import type { ActionContext, ActionRow } from '../types.ts';

/** Where the line comes from; `nothing` says why there is none to copy. */
type Copied = Pick<ActionRow, 'id' | 'layer' | 'help' | 'rank'> & {
  of(context: ActionContext): Equivalent | undefined;
  nothing?(context: ActionContext): string;
};

/** Copies what somebody with Kafka's own tools would have typed, by Y. */
export function kafkaCopy({ of, nothing, ...row }: Copied): ActionRow {
  return {
    ...row,
    chords: ['Y'],
    hint: 'copy as Kafka command',
    guard(context) {
      const found = of(context);
      if (!found) return nothing?.(context) ?? 'no command goes with it';
      return found.is === 'none' ? `Kafka has nothing alike: ${found.why}` : undefined;
    },
    run(context) {
      const found = of(context);
      if (!found || found.is === 'none') return [];
      const what = found.is === 'does' ? 'the Kafka command' : 'the Kafka command that shows what came of it';
      return [{ do: 'copy', text: found.line, what }];
    },
  };
}

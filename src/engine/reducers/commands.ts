import type { AuditState, State } from '../state.ts';
import type { Reducers } from './reducer.ts';

type Commands = State['commands'];

function without(noun: Commands, { id }: { id: number }): Commands {
  const { [id]: _, ...rest } = noun;
  return rest;
}

/** Commands that are being carried out. */
export const commands: Reducers<Commands> = {
  'command-started': (noun, { id, command, text, at }) => ({
    ...noun,
    [id]: { id, verb: command.verb, text, since: at },
  }),
  'command-finished': without,
  'command-failed': without,
};

/** What the last audit said. */
export const audit: Reducers<AuditState> = {
  'audit-finished': (_, { clean, sentence, at }) => ({ verdict: clean ? 'clean' : 'dirty', sentence, at }),
};

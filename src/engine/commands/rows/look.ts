import type { Command } from '../../command.ts';
import { name, named } from '../../language/value.ts';
import { argument, optional } from '../field.ts';
import { type CommandOf, form, type Row } from '../row.ts';

const group = named('GROUP', name);

export const lag: Row = {
  verb: 'lag',
  summary: 'prints how far groups are behind, by partition',
  ends: 'at once',
  examples: ['lag', 'lag inventory'],
  forms: [
    form<CommandOf<'lag'>, 'verb'>(
      { verb: 'lag' },
      { group: optional(argument(group, 'inventory and analytics stand for ours')) },
    ),
  ],
};

export const members: Row = {
  verb: 'members',
  summary: 'prints the members of groups and what they are assigned',
  ends: 'at once',
  examples: ['members', 'members analytics'],
  forms: [
    form<CommandOf<'members'>, 'verb'>(
      { verb: 'members' },
      { group: optional(argument(group, 'inventory and analytics stand for ours')) },
    ),
  ],
};

export const metrics = bare('metrics', 'prints what the log adds up to', 'at once');
export const topics = bare('topics', 'prints topics, partitions and watermarks', 'at once');
export const groups = bare('groups', 'prints the groups of the cluster and their states', 'at once');
export const audit = bare('audit', 'reads and folds the whole log independently and compares', 'verdict');
export const mark = bare('mark', 'notes all facts; from then on since.FACT is the difference', 'at once');
export const quit = bare('quit', 'ends the script', 'at once');

/** A verb that stands alone. */
function bare(verb: 'metrics' | 'topics' | 'groups' | 'audit' | 'mark' | 'quit', summary: string, ends: string): Row {
  return { verb, summary, ends, examples: [verb], forms: [form<Command, 'verb'>({ verb }, {})] };
}

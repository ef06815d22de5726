import type { Condition } from '../command.ts';
import type { Rest } from '../commands/row.ts';
import { readCondition, writeCondition } from './condition.ts';
import { quote } from './quote.ts';

/** All remaining words, joined by single spaces. */
export const sentence: Rest<string> = {
  name: 'TEXT',
  is: 'some words',
  read: (words) => words.map((word) => word.text).join(' '),
  write: quote,
};

/** What must hold. */
export const condition: Rest<Condition> = {
  name: 'CONDITION',
  is: 'a condition, such as total_orders == 10k and lag == 0',
  read: readCondition,
  write: writeCondition,
};

import { quote } from '../../../engine/language/quote.ts';
import type { State } from '../../../engine/state.ts';
import { count, share } from '../../format/number.ts';
import type { FieldName, Line, View } from '../../types.ts';
import { field } from '../orders/entry.ts';

type Plan = NonNullable<State['load']['plan']>;

/** A row of the form: what holds when nothing is written, how it stands in the command, and how a plan says it. */
type FormRow = {
  field: FieldName;
  label: string;
  usual: string;
  option: string;
  says: string;
  of(plan: Plan): string;
};

/** The fields in the order of Tab. */
export const FORM: readonly FormRow[] = [
  {
    field: 'load-count',
    label: 'count',
    usual: '10k',
    option: '',
    says: 'records',
    of: (plan) => (plan.count === undefined ? '' : String(plan.count)),
  },
  {
    field: 'load-rate',
    label: 'rate',
    usual: '1000/s',
    option: '--rate',
    says: 'or max',
    of: ({ rate }) => (rate === 'max' ? rate : `${rate}/s`),
  },
  {
    field: 'load-shape',
    label: 'shape',
    usual: 'steady',
    option: '--shape',
    says: '↑↓ others',
    of: ({ shape }) => shape,
  },
  {
    field: 'load-duplicates',
    label: 'duplicates',
    usual: '0%',
    option: '--duplicates',
    says: 'of records',
    of: ({ duplicates }) => percent(duplicates),
  },
  {
    field: 'load-malformed',
    label: 'malformed',
    usual: '0%',
    option: '--malformed',
    says: 'of records',
    of: ({ malformed }) => percent(malformed),
  },
];

/** Shapes in the order in which the arrows go through them. */
export const SHAPES = ['steady', 'ramp', 'spike', 'lunch'] as const;

function percent(fraction: number): string {
  return share(fraction).replace(' ', '');
}

function textOf({ fields }: Pick<View, 'fields'>, row: FormRow): string {
  return (fields[row.field] ?? '').trim() || row.usual;
}

/** The command that the form says, as it would be typed. */
export function commandText(view: Pick<View, 'fields'>): string {
  const words = FORM.map((row) => {
    const value = quote(textOf(view, row));
    return row.option === '' ? value : `${row.option} ${value}`;
  });
  return `load ${words.join(' ')} --background`;
}

/** The form: a row per field. */
export function formLines(view: View, width: number): Line[] {
  const room = Math.max(6, Math.min(20, width - 28));
  return FORM.map((row) => {
    const isInUse = view.typing?.field === row.field;
    return [
      isInUse ? { text: '▸', tone: 'focus' } : { text: ' ' },
      { text: row.label.padEnd(11), tone: 'dim' },
      ...field(view, row.field, row.usual, room),
      { text: isInUse && (view.fields[row.field] ?? '') === '' ? ` empty: ${row.usual}` : ` ${row.says}`, tone: 'dim' },
    ];
  });
}

/** A plan in one line: `100,000 at 1,200/s  lunch  dup 1 %`. */
export function planText({ count: records, durationMs, rate, shape, duplicates, malformed, hot }: Plan): string {
  const size = records === undefined ? `${(durationMs ?? 0) / 1000} s` : count(records);
  const speed = rate === 'max' ? 'as fast as acknowledged' : `at ${count(rate)}/s`;
  const parts = [
    `${size} ${speed}`,
    ...(shape === 'steady' ? [] : [shape]),
    ...(duplicates > 0 ? [`dup ${share(duplicates)}`] : []),
    ...(malformed > 0 ? [`malformed ${share(malformed)}`] : []),
    ...(hot > 0 ? [`hot ${share(hot)}`] : []),
  ];
  return parts.join('  ');
}

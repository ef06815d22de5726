/** A family of series as a scraper reads it. Series are keyed as written: `name{label="value"}`. */
export type Family = { type: string; help: string; series: Map<string, number> };

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"';
const SAMPLE = new RegExp(`^(${NAME})(\\{${LABEL}(?:,${LABEL})*\\})? (\\S+)$`);
const VALUE = /^(?:[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]Inf|NaN)$/;

/** Endings that samples of a type have; a counter's in the older format is part of its name. */
const ENDINGS: Record<string, readonly string[]> = {
  gauge: [''],
  counter: [''],
  histogram: ['_bucket', '_sum', '_count'],
};

/**
 * Reads an exposition as strictly as its formats allow, with no code of what wrote it; throws at the first fault.
 * @param open OpenMetrics instead of Prometheus's own text format
 */
export function parseExposition(text: string, open = false): Map<string, Family> {
  if (!text.endsWith('\n')) throw new Error('the last line is not ended');
  const lines = text.slice(0, -1).split('\n');
  if (open && lines.pop() !== '# EOF') throw new Error('the last line is not # EOF');
  const families = new Map<string, Family>();
  let name = '';
  for (const line of lines) {
    if (line === '' && !open) continue;
    const [, help] = new RegExp(`^# HELP (${NAME}) `).exec(line) ?? [];
    const [, typed, type] = new RegExp(`^# TYPE (${NAME}) (gauge|counter|histogram)$`).exec(line) ?? [];
    if (help) {
      if (families.has(help)) throw new Error(`${help} is told twice`);
      name = help;
      families.set(name, { type: '', help: line.slice(`# HELP ${name} `.length), series: new Map() });
    } else if (typed && type) {
      const family = families.get(typed);
      if (typed !== name || !family || family.type || family.series.size > 0) throw new Error(`stray: ${line}`);
      family.type = type;
    } else {
      readSample(line, name, families.get(name), open);
    }
  }
  for (const [each, family] of families) if (family.type === 'histogram') checkHistogram(each, family);
  return families;
}

function readSample(line: string, name: string, family: Family | undefined, open: boolean): void {
  const [, metric, labels = '', value = ''] = SAMPLE.exec(line) ?? [];
  if (metric === undefined || !VALUE.test(value)) throw new Error(`not a sample: ${line}`);
  const endings = open && family?.type === 'counter' ? ['_total'] : (ENDINGS[family?.type ?? ''] ?? []);
  if (!endings.some((ending) => metric === `${name}${ending}`)) throw new Error(`not of ${name}: ${line}`);
  const names = [...labels.matchAll(/([a-zA-Z_][a-zA-Z0-9_]*)="/g)].map(([, label]) => label);
  if (new Set(names).size !== names.length) throw new Error(`a label twice: ${line}`);
  if (family?.series.has(metric + labels)) throw new Error(`twice: ${line}`);
  const number = Number(value.replace('Inf', 'Infinity'));
  if (family?.type !== 'gauge' && !(number >= 0)) throw new Error(`below nothing: ${line}`);
  family?.series.set(metric + labels, number);
}

/** Under each set of other labels bounds rise, counts do not fall, and the last is all; `le` stands last. */
function checkHistogram(name: string, { series }: Family): void {
  const told = new Map<string, { bound: number; count: number }[]>();
  for (const [key, count] of series) {
    const [, labels = '', bound] = /_bucket\{(.*?),?le="([^"]*)"\}$/.exec(key) ?? [];
    if (bound === undefined) continue;
    told.set(labels, [...(told.get(labels) ?? []), { bound: Number(bound.replace('Inf', 'Infinity')), count }]);
  }
  for (const [labels, buckets] of told) {
    const rises = buckets.every(({ bound, count }, i) => {
      const before = buckets[i - 1];
      return !before || (bound > before.bound && count >= before.count);
    });
    const last = buckets.at(-1);
    if (!rises || last?.bound !== Number.POSITIVE_INFINITY) throw new Error(`${name}: buckets out of order`);
    const written = labels && `{${labels}}`;
    if (series.get(`${name}_count${written}`) !== last.count)
      throw new Error(`${name}: the last bucket is not the count`);
    if (!series.has(`${name}_sum${written}`)) throw new Error(`${name}: no sum`);
  }
  if (series.size > 0 && told.size === 0) throw new Error(`${name}: no buckets`);
}

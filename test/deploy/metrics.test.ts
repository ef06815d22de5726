import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { METRICS } from '../../src/http/metrics/table.ts';
import { prometheus } from '../../src/http/routes/metrics.ts';
import { parseYaml } from '../rig/yaml.ts';

const DASHBOARD = z
  .object({
    annotations: z.object({ list: z.array(z.object({ expr: z.string() })) }),
    panels: z.array(
      z.object({
        id: z.number(),
        title: z.string(),
        gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
        targets: z.array(z.object({ expr: z.string(), legendFormat: z.string() })).default([]),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync('deploy/grafana/dashboards/lunchrush.json', 'utf8')));

const ALERTS = z
  .object({
    groups: z.array(
      z.object({
        rules: z.array(
          z.object({ alert: z.string(), expr: z.string(), annotations: z.record(z.string(), z.string()) }),
        ),
      }),
    ),
  })
  .parse(parseYaml(readFileSync('deploy/prometheus/alerts.yml', 'utf8')))
  .groups.flatMap(({ rules }) => rules);

const ROWS = Object.values(METRICS).flat();
const SERIES = new Map(
  ROWS.flatMap(({ name, type, labels }) =>
    type === 'histogram'
      ? ['_bucket', '_sum', '_count'].map((end) => [name + end, [...labels, 'le']] as const)
      : [[name, labels] as const],
  ),
);
/** Put on by Prometheus itself. */
const SCRAPED = ['instance', 'job', '__name__'];

/** Series that a query names: our own and those of the process. */
function seriesIn(query: string): string[] {
  return query.match(/\b(lunchrush|process|nodejs)_\w+/g) ?? [];
}

/** Labels that a query names: in braces, and after `by` and `on`. */
function labelsIn(query: string): string[] {
  const braces = [...query.matchAll(/\{([^}]*)\}/g)].flatMap(([, inside = '']) => inside.match(/\w+(?=[=!]~?)/g) ?? []);
  const groups = [...query.matchAll(/\b(?:by|on) \(([^)]*)\)/g)].flatMap(([, inside = '']) => inside.split(/, */));
  return [...braces, ...groups];
}

const QUERIES = [
  ...DASHBOARD.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ name: title, expr }))),
  ...DASHBOARD.annotations.list.map(({ expr }) => ({ name: 'annotation', expr })),
  ...ALERTS.map(({ alert, expr }) => ({ name: alert, expr })),
];

describe('dashboard and alerts', () => {
  test('they name only series that are served', () => {
    const strangers = QUERIES.flatMap(({ name, expr }) =>
      seriesIn(expr).flatMap((series) => (SERIES.has(series) ? [] : [`${name}: ${series}`])),
    );
    expect(strangers).toEqual([]);
    expect(QUERIES.every(({ expr }) => seriesIn(expr).length > 0 || expr.startsWith('up{'))).toBe(true);
  });

  test('they name only labels that the series of the query have', () => {
    for (const { name, expr } of QUERIES) {
      const had = new Set([...seriesIn(expr).flatMap((series) => SERIES.get(series) ?? []), ...SCRAPED]);
      for (const label of labelsIn(expr)) expect(had, `${name}: ${label}`).toContain(label);
    }
  });

  test('what legends and sentences put in is a label of their query', () => {
    const texts = [
      ...DASHBOARD.panels.flatMap(({ targets }) => targets.map(({ expr, legendFormat: text }) => ({ expr, text }))),
      ...ALERTS.flatMap(({ expr, annotations }) => Object.values(annotations).map((text) => ({ expr, text }))),
    ];
    for (const { expr, text } of texts) {
      const had = [...seriesIn(expr).flatMap((series) => SERIES.get(series) ?? []), ...SCRAPED];
      const put = [...text.matchAll(/\{\{ ?(?:\$labels\.)?(\w+) ?\}\}/g)].map(([, label]) => label);
      for (const label of put) expect(had, text).toContain(label);
    }
  });

  test('every alert says what is, and what to do', () => {
    for (const { alert, annotations } of ALERTS) {
      expect(annotations['summary'], alert).toBeTruthy();
      expect(annotations['description'], alert).toMatch(/\.$/);
    }
  });

  test('no two panels lie upon each other', () => {
    const taken = new Map<string, string>();
    for (const { title, gridPos } of DASHBOARD.panels) {
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect(x, title).toBeLessThan(24);
          expect(taken.get(`${x} ${y}`), title).toBeUndefined();
          taken.set(`${x} ${y}`, title);
        }
      }
    }
    const ids = DASHBOARD.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test('what is scraped is the path of the exposition, on the door that compose publishes', () => {
  const job = z.object({
    metrics_path: z.string(),
    static_configs: z.array(z.object({ targets: z.array(z.string()) })),
  });
  const { scrape_configs: jobs, rule_files: rules } = z
    .object({ scrape_configs: z.array(job), rule_files: z.array(z.string()) })
    .parse(parseYaml(readFileSync('deploy/prometheus/prometheus.yml', 'utf8')));
  expect(jobs.map(({ metrics_path: path }) => path)).toEqual([prometheus.path]);
  expect(jobs[0]?.static_configs[0]?.targets).toEqual(['serve:8002']);
  expect(rules).toEqual(['alerts.yml']);
});

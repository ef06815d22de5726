import { commandsMarkdown, eventsMarkdown, factsMarkdown } from '../engine/language/markdown.ts';
import { readDuration, readFraction } from '../engine/language/quantity.ts';
import { metricsMarkdown } from '../http/metrics/markdown.ts';
import { mainOptionsMarkdown, optionsMarkdown, programsMarkdown } from '../options.ts';
import { keysMarkdown, mainKeysMarkdown } from '../ui/keys-markdown.ts';

const QUANTITIES = { fraction: readFraction, duration: readDuration };

/** Pages that are written from tables, by path. A test holds them against what is in the repository. */
export function docs(): Record<string, string> {
  return {
    'docs/commands.md': page(
      'Commands',
      'The same in scripts (`-e`, `--script`) and after `:` in the console.',
      commandsMarkdown(),
    ),
    'docs/facts.md': page(
      'Facts and events',
      'What `expect` and `wait` compare, and what `wait event` waits for.',
      `${factsMarkdown()}\n\n## Events\n\n${eventsMarkdown()}`,
    ),
    'docs/keys.md': page(
      'Keys',
      'Each pane has its own; the rest hold everywhere. `?` in the console says the same.',
      keysMarkdown(),
    ),
    'docs/options.md': page('Options', 'What lunchrush can be told, and where.', optionsMarkdown(QUANTITIES)),
    'docs/metrics.md': page(
      'Metrics',
      'What `/metrics/prometheus` of the analytics door tells Prometheus, in its own text format or, asked for it, in OpenMetrics.',
      metricsMarkdown(),
    ),
  };
}

function page(title: string, about: string, body: string): string {
  return `# ${title}\n\n${about} This page is written by \`npm run docs\`.\n\n${body}\n`;
}

/** Tables in other pages, between `<!-- NAME -->` and `<!-- /NAME -->`. */
const TABLES: Record<string, () => string> = {
  commands: commandsMarkdown,
  keys: mainKeysMarkdown,
  programs: programsMarkdown,
  options: () => mainOptionsMarkdown(QUANTITIES),
};

/** A page with its marked tables written anew; marks that are not there are not missed. */
export function withTables(text: string): string {
  return Object.entries(TABLES).reduce((page, [name, table]) => {
    const marked = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
    return page.replace(marked, (_, open: string, close: string) => `${open}${table()}\n${close}`);
  }, text);
}

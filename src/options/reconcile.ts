import type { CommandLine } from './command-line.ts';
import type { Given } from './given.ts';
import { refuse } from './refuse.ts';
import { securitySettings } from './settings/security.ts';
import type { SettingName, Settings } from './settings.ts';

/** What is held against the exclusions: what is left of the settings, and who said it. */
type Held = { settings: Settings; said: Given['said']; fresh: boolean };

/** Settings that have no meaning beside something else. */
type Exclusion = {
  /** The other thing as people know it, or nothing where it is not there. */
  because(held: Held): string | undefined;
  drops: readonly SettingName[];
  why: string;
};

const fresh = (held: Held) => (held.fresh ? '--fresh' : undefined);
const SECURED = ['commandConfig', ...Object.keys(securitySettings)] as SettingName[];
const OF_CLUSTER: SettingName[] = [...SECURED, 'replicationFactor'];

/** In order: what one drops is not seen by the next. */
const EXCLUSIONS: readonly Exclusion[] = [
  { because: fresh, drops: ['brokers', ...OF_CLUSTER], why: 'fresh data is in an embedded broker' },
  { because: fresh, drops: ['dataDir'], why: 'fresh data is thrown away at the end' },
  { because: fresh, drops: ['readOnly'], why: 'fresh data begins with nothing to read' },
  {
    because: ({ settings, said }) => settings.brokers && (said.brokers?.says ?? '--brokers'),
    drops: ['brokerPort'],
    why: 'the port is that of the embedded broker',
  },
  {
    because: ({ settings }) => (settings.brokers ? undefined : 'the embedded broker'),
    drops: OF_CLUSTER,
    why: 'add --brokers for a cluster',
  },
  {
    because: ({ settings, said }) => (settings.readOnly && settings.workers !== 0 ? said.readOnly?.says : undefined),
    drops: ['workers'],
    why: 'workers write',
  },
  {
    because: ({ settings, said }) => (settings.readOnly ? said.readOnly?.says : undefined),
    drops: ['failRate', 'throttle', 'partitions', 'replicationFactor'],
    why: 'nothing is decided and nothing created',
  },
  {
    because: ({ settings, said }) => (settings.workers === 0 ? `${said.workers?.says} 0` : undefined),
    drops: ['failRate', 'throttle'],
    why: 'inventory works elsewhere, with settings of its own',
  },
];

/** Refuses what the command line says against itself; where only others object, they are ignored with a note. */
export function reconcile(
  { fresh }: Pick<CommandLine, 'fresh'>,
  given: Given,
): { settings: Settings; notes: string[] } {
  const settings = { ...given.settings };
  const notes: string[] = [];
  for (const { because, drops, why } of EXCLUSIONS) {
    const reason = because({ settings, said: given.said, fresh });
    if (reason === undefined) continue;
    const losers = drops.filter((name) => settings[name] !== undefined);
    const loud = losers.map((name) => given.said[name]).find((said) => said?.source === 'argv');
    if (loud) throw refuse(`${loud.says} and ${reason} exclude each other: ${why}`);
    for (const name of losers) delete settings[name];
    const names = [...new Set(losers.flatMap((name) => given.said[name]?.says ?? []))];
    if (names.length > 0)
      notes.push(`${listed(names)} ${names.length > 1 ? 'are' : 'is'} ignored because of ${reason}`);
  }
  return { settings, notes };
}

/** `a`, `a and b`, `a, b and c`. */
function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last;
}

import { isPem } from './pem.ts';
import { refuse } from './refuse.ts';
import type { SettingName, SettingRows, Settings } from './settings.ts';

/** Who can say a setting. `properties`: a Java client's file. */
export type SourceKind = 'argv' | 'env' | 'file' | 'properties';

/**
 * A setting as someone said it: `text` with its unit, `says` where that is, `written` as it stands there. Absent: not to be
 * repeated, because something secret may have slipped in.
 */
export type Saying = { text: string; says: string; written?: string };

/** One place where settings are said. */
export type Source = { kind: SourceKind; find(name: SettingName, row: SettingRows[SettingName]): Saying | undefined };

/** Where a setting was said. `rank`: 0 goes before 1. `shown`: its value for people, or only that it is set. */
export type Said = { says: string; source: SourceKind; rank: number; shown: string };

/** Checked settings, and who said them. */
export type Given = { settings: Settings; said: Partial<Record<SettingName, Said>> };

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Takes each setting from the first source that says it. Throws OPTIONS_WRONG with option, variable or file, the value
 * unless it is a secret, and what is right.
 */
export function readSettings(names: readonly SettingName[], rows: SettingRows, sources: readonly Source[]): Given {
  const settings: Record<string, unknown> = {};
  const said: Given['said'] = {};
  for (const name of names) {
    for (const [rank, source] of sources.entries()) {
      const found = source.find(name, rows[name]);
      if (!found) continue;
      settings[name] = check(rows[name], found);
      said[name] = { says: found.says, source: source.kind, rank, shown: show(settings[name], rows[name], found) };
      break;
    }
  }
  return { settings, said };
}

/** The value of a saying. Throws OPTIONS_WRONG. */
export function check(row: SettingRows[SettingName], { text, written, says }: Saying): unknown {
  const read = row.schema.safeParse(text);
  if (read.success) return read.data;
  const shown = row.secret || written === undefined ? '' : `: "${written}"`;
  throw refuse(`${says}${shown} is not ${row.is}`);
}

/** A key may stand in a variable where its file is meant. */
function show(value: unknown, { secret }: SettingRows[SettingName], { text }: Saying): string {
  if (secret || isPem(text)) return 'set';
  return typeof value === 'boolean' ? yesOrNo(value) : text;
}

function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

/** What the command line says. */
export function argvSource(texts: Partial<Record<SettingName, string>>): Source {
  return {
    kind: 'argv',
    find(name, { option = '' }) {
      const text = texts[name];
      return text === undefined ? undefined : { text, written: text, says: option };
    },
  };
}

/** What the environment says. An empty variable is an absent one. */
export function envSource(env: Env): Source {
  return {
    kind: 'env',
    find(_, row) {
      const variable = row.variables.find(({ name }) => env[name]);
      const written = variable && env[variable.name];
      if (!written) return undefined;
      const text = row.secret ? written : `${written.trim()}${variable.unit ?? ''}`;
      return { says: variable.name, text, written };
    },
  };
}

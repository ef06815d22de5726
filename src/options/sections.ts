import { clusterSettings } from './settings/cluster.ts';
import { healthSettings, httpSettings } from './settings/doors.ts';
import { machineSettings } from './settings/machine.ts';
import { nameSettings } from './settings/names.ts';
import { securitySettings } from './settings/security.ts';
import type { SettingName } from './settings.ts';

/** Headings of help and docs, with whose settings stand below. */
const SECTIONS: readonly [title: string, rows: object][] = [
  ['Cluster', clusterSettings],
  ['TLS and SASL', securitySettings],
  ['Names', nameSettings],
  ['HTTP and reports', httpSettings],
  ['Health', healthSettings],
  ['This machine', machineSettings],
];

/** The heading that a setting stands below. */
export function sectionOf(name: SettingName): string {
  return SECTIONS.find(([, rows]) => Object.hasOwn(rows, name))?.[0] ?? 'Pipeline';
}

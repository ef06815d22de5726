import type { z } from 'zod';
import type { Quantities } from './setting.ts';
import { clusterSettings } from './settings/cluster.ts';
import { healthSettings, httpSettings } from './settings/doors.ts';
import { knobSettings } from './settings/knobs.ts';
import { machineSettings } from './settings/machine.ts';
import { nameSettings } from './settings/names.ts';
import { securitySettings } from './settings/security.ts';

/** Every setting by its name, which is also its key in the configuration file. */
export function settingsOf(quantities: Quantities) {
  return {
    ...clusterSettings,
    ...securitySettings,
    ...nameSettings,
    ...knobSettings(quantities),
    ...httpSettings,
    ...healthSettings,
    ...machineSettings,
  };
}

/** All rows, by the name of the setting. */
export type SettingRows = ReturnType<typeof settingsOf>;

/** The name of a setting. */
export type SettingName = keyof SettingRows;

/** Values by setting; absent where nothing was said. */
export type Settings = { [K in SettingName]?: z.output<SettingRows[K]['schema']> };

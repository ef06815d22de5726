import { bashScript } from './completion/bash.ts';
import { fishScript } from './completion/fish.ts';
import { completed } from './completion/table.ts';
import { zshScript } from './completion/zsh.ts';
import type { Quantities } from './setting.ts';
import { settingsOf } from './settings.ts';

/** Shells that can be told to complete lunchrush. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** One of them. */
export type Shell = (typeof SHELLS)[number];

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** What a shell has to be told to complete words, options and their values. @param topics of the manual */
export function completionScript(shell: Shell, quantities: Quantities, topics: readonly string[]): string {
  return SCRIPTS[shell](completed(settingsOf(quantities), topics));
}

import type { ActionRow } from '../types.ts';
import { analytics } from './analytics.ts';
import { confirm } from './confirm.ts';
import { detailing } from './details.ts';
import { facts } from './facts.ts';
import { faults } from './faults.ts';
import { global } from './global.ts';
import { help } from './help.ts';
import { lag } from './lag.ts';
import { load } from './load.ts';
import { moving } from './move.ts';
import { orders } from './orders.ts';
import { output } from './output.ts';
import { palette } from './palette.ts';
import { replay } from './replay.ts';
import { trace } from './trace.ts';
import { typing } from './typing.ts';

/** The key table. Dispatcher, footer, help and docs read it. */
export const ACTIONS: readonly ActionRow[] = [
  ...faults,
  ...lag,
  ...analytics,
  ...facts,
  ...orders,
  ...load,
  ...global,
  ...moving,
  ...typing,
  ...help,
  ...palette,
  ...output,
  ...trace,
  ...detailing,
  ...confirm,
  ...replay,
];

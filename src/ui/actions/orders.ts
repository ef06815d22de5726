import type { ActionRow } from '../types.ts';
import { listing } from './orders/list.ts';
import { placing } from './orders/place.ts';

/** Keys of the pane of orders. Its first row is the line where orders are placed. */
export const orders: readonly ActionRow[] = [...placing, ...listing];

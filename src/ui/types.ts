import type { Command } from '../engine/command.ts';
import type { Result } from '../engine/engine.ts';
import type { State } from '../engine/state.ts';
import type { Equivalent } from './equivalent.ts';

type Told = State['analytics']['recent'][number];

/** One of the last orders, as analytics told it; `unknown` is one that waited when it was last told of. */
export type RecentOrder = Omit<Told, 'state'> & { state: Told['state'] | 'unknown' };

/** What a colour means; nothing is said by a tone alone. */
export type Tone = 'focus' | 'good' | 'work' | 'bad' | 'mark' | 'dim' | 'bold';

/** A stretch of a line in one tone. */
export type Segment = { text: string; tone?: Tone };

/** A text field inside a line: `width` cells, drawn by the one text input when `name` is being typed in. */
export type FieldSegment = { field: FieldName; width: number };

/** One row of the screen, from left to right. Shorter than its box: padded; longer: cut, by cells. */
export type Line = readonly (Segment | FieldSegment)[];

/** Room for a drawing, in cells, frame not included; `now` (wall clock, ms) is what ages count from. */
export type Box = { width: number; height: number; now: number };

/** The panes, in the order of Tab. The first six bear numbers. */
export const PANES = ['pipeline', 'orders', 'load', 'faults', 'lag', 'analytics', 'facts'] as const;

export type PaneId = (typeof PANES)[number];

/** A pane as the shell needs it. All functions are pure; the world's numbers come from `state`, the eye's from `view`. */
export type Pane = {
  id: PaneId;
  title: string;
  /** One line for newcomers, shown in help: what is to be seen here. */
  about: string;
  /** Short right-hand note in the frame: `running`, `since 12:01:32`. */
  note?(state: State, view: View, now: number): string;
  /** How many rows the cursor can stand on; absent: the pane has no cursor. */
  rows?(state: State, view: View): number;
  /** At most `box.height` lines. */
  draw(state: State, view: View, box: Box): Line[];
  /** The pane as one line, for small screens. */
  drawLine?(state: State, view: View, box: Box): Line;
};

/** Text fields. Names are free: add your own. */
export type FieldName =
  | 'palette'
  | 'help-filter'
  | `filter-${PaneId}`
  | 'order-id'
  | 'order-items'
  | 'load-count'
  | 'load-rate'
  | 'load-shape'
  | 'load-duplicates'
  | 'load-malformed'
  | 'fail-rate'
  | 'throttle'
  | 'replay-group'
  | 'workers';

/** The field that keystrokes go into. `revision` is another one after each change that did not come from typing. */
export type Typing = { field: FieldName; revision: number };

/** What is asked before something dangerous, in lines; `go` labels the dangerous choice. */
export type Question = { title: string; lines: readonly string[]; go: string };

/** What lies over the panes: one at a time. */
export type Overlay =
  | { kind: 'help'; pane: PaneId }
  | { kind: 'palette' }
  /** Asks before something is done: what was asked about, whatever moves meanwhile. Cancel is the default. */
  | ({ kind: 'confirm'; outcomes: readonly Outcome[]; isGoChosen: boolean } & Question)
  /** What the log holds of one order; null until it has been read. */
  | { kind: 'trace'; orderId: string; result: Result | null }
  /** The row under the cursor of a pane, in full, and the line of Kafka's own tools that goes with it. */
  | { kind: 'details'; pane: PaneId; title: string; lines: readonly Line[]; kafka: Equivalent | undefined }
  /** What a command answered, when it is more than a line. */
  | { kind: 'output'; title: string; lines: readonly string[] }
  /** The guided replay: what it would do (null until it has been asked), and when it was begun from here, ms. */
  | { kind: 'replay'; preview: Result | null; isGoChosen: boolean; begunAt: number | null };

export type OverlayKind = Overlay['kind'];

/** How an overlay is drawn: in a heavy frame in the middle, `width` and `height` at most, frame included. */
export type OverlayRow<K extends OverlayKind = OverlayKind> = {
  kind: K;
  title(overlay: Extract<Overlay, { kind: K }>, state: State, view: View): string;
  note?(overlay: Extract<Overlay, { kind: K }>, state: State, view: View): string;
  /** Lines as many as there are; the shell cuts what does not fit, and scrolls by `view.cursors[kind]`. */
  draw(overlay: Extract<Overlay, { kind: K }>, state: State, view: View, box: Box): Line[];
  /** Rows of a table below the lines, set for that width. */
  table?(overlay: Extract<Overlay, { kind: K }>, view: View, width: number): readonly TableRow[];
};

/** A row of the table of keys, its cells padded; `where` is empty throughout where there is no room for that column. */
export type TableRow = { where: string; keys: string; does: string };

/** A sentence above the footer for a few seconds. */
export type Toast = { text: string; tone: 'good' | 'bad' | 'work'; at: number };

/** A line that went through the palette, or that keys said. */
export type PaletteEntry = { text: string; at: number };

/** What the eye does: everything about the screen that is not about the world. */
export type View = {
  /** Cells of the terminal. */
  size: { columns: number; rows: number };
  focus: PaneId;
  isZoomed: boolean;
  /** Filters as they were when the pane was zoomed: of two levels the one that was opened last is left first. */
  zoomedWith: View['filters'];
  overlay: Overlay | null;
  typing: Typing | null;
  /** The last revision that any field had. */
  revisions: number;
  /** Contents of the fields, those not in use included; absent is empty. */
  fields: Readonly<Partial<Record<FieldName, string>>>;
  /** Row under the cursor, by pane or overlay; absent is 0. Clamp to what there is when drawing. */
  cursors: Readonly<Partial<Record<PaneId | OverlayKind, number>>>;
  /** Filters by pane that hold; `!text` inverts. Absent is none. */
  filters: Readonly<Partial<Record<PaneId, string>>>;
  /** Panes that follow their newest row. */
  follows: Readonly<Partial<Record<PaneId, boolean>>>;
  /** How much of the past the strip of the lag pane shows, ms. */
  stripMs: number;
  /** Recent orders as they stood when the list was held still; null while it follows. */
  heldOrders: readonly RecentOrder[] | null;
  toast: Toast | null;
  /** When the display was paused, ms; null while it is live. */
  pausedAt: number | null;
  history: readonly PaletteEntry[];
  /** Position in the history while the palette goes through it; -1: the line being written. */
  recalled: number;
  /** A first-time user has not yet put the hint away. */
  isHintShown: boolean;
  ascii: boolean;
  color: boolean;
};

/** What can happen to the view; nothing else changes it. */
export type ViewEvent =
  | { type: 'resized'; columns: number; rows: number }
  | { type: 'pane-focused'; pane: PaneId }
  | { type: 'zoom-toggled' }
  | { type: 'overlay-opened'; overlay: Overlay }
  | { type: 'overlay-closed' }
  | { type: 'typing-began'; field: FieldName; text?: string }
  | { type: 'typed'; field: FieldName; text: string }
  /** Puts a text into a field from outside, the caret at its end. */
  | { type: 'field-set'; field: FieldName; text: string }
  | { type: 'typing-ended' }
  | { type: 'cursor-moved'; of: PaneId | OverlayKind; to: number }
  | { type: 'filter-set'; pane: PaneId; text: string }
  | { type: 'follow-set'; pane: PaneId; follows: boolean }
  | { type: 'strip-stretched'; ms: number }
  /** What a replay would do has been asked; for nothing if its overlay was closed meanwhile. */
  | { type: 'replay-previewed'; preview: Result }
  | { type: 'orders-held'; orders: readonly RecentOrder[] | null }
  /** What the log holds of an order has been read; for nothing if the trace was closed meanwhile. */
  | { type: 'trace-read'; orderId: string; result: Result }
  | { type: 'toast-shown'; text: string; tone: Toast['tone']; at: number }
  | { type: 'toast-gone' }
  | { type: 'display-paused'; at: number }
  | { type: 'display-resumed' }
  | { type: 'line-remembered'; text: string; at: number }
  | { type: 'line-recalled'; index: number }
  | { type: 'hint-closed' };

/** What a keystroke leads to; src/ui/effects.ts carries it out. */
export type Outcome =
  | { do: 'command'; command: Command; text?: string; answered?: (result: Result) => ViewEvent[] }
  | { do: 'see'; events: ViewEvent[] }
  /** Puts a text on the clipboard (OSC 52) and says so. */
  | { do: 'copy'; text: string; what: string }
  /** Carries lines of the command language out, one after the other, as the palette does. */
  | { do: 'script'; text: string }
  /** Writes the session so far as a script. */
  | { do: 'save'; path: string }
  /** Asks the broker now instead of at the next look. */
  | { do: 'refresh' }
  | { do: 'redraw' }
  | { do: 'suspend' }
  | { do: 'leave' };

/** Where an action stands when it is asked; `scrollEnd` is how far the overlay can be scrolled, where that is known. */
export type ActionContext = { state: State; view: View; now: number; chord: string; scrollEnd?: number };

/** One live layer at a time: an overlay's before typing before the pane's before the global one. */
export type Layer = 'global' | 'typing' | PaneId | OverlayKind;

/**
 * A row of the key table. Chords: a character as typed (`p`, `K`, `?`), or `enter esc tab shift+tab space up down left
 * right home end pageup pagedown backspace delete`, or `ctrl+x`.
 */
export type ActionRow = {
  /** verb-noun: `pause-worker`. */
  id: string;
  layer: Layer;
  chords: readonly string[];
  /** How footer and help write the chords when there are many: `1-6`. */
  keys?: string;
  /** One or two words for the footer. */
  hint: string;
  /** A phrase for help and docs. */
  help: string;
  /** Footer order: lower first; absent: only in help. */
  rank?: number;
  /** Where it is false the row is not there, and the keystroke goes on to the next layer. */
  applies?(context: ActionContext): boolean;
  /** Live while a text field is in use, too; for chords that are no text. */
  whileTyping?: boolean;
  /** Asks first, what would be done. Undefined: nothing to ask this time. */
  danger?(context: ActionContext): Question | undefined;
  /** The command that it leads to after further keys, where it gives none itself: a form, a preview. */
  leadsTo?: Command['verb'];
  /** Why it is not possible now; undefined when it is. */
  guard?(context: ActionContext): string | undefined;
  run(context: ActionContext): Outcome[];
};

import { createStore, type StoreApi } from 'zustand/vanilla';
import { type FieldName, PANES, type PaletteEntry, type PaneId, type View, type ViewEvent } from './types.ts';

/** What the eye sees, and the one way to change it. */
export type Eye = { store: StoreApi<View>; see(events: readonly ViewEvent[]): void };

type Reduce<T extends ViewEvent['type']> = (view: View, event: Extract<ViewEvent, { type: T }>) => Partial<View>;

/** How many lines the palette remembers. */
const REMEMBERED = 200;

/** How each event changes the view. */
const REDUCE: { [T in ViewEvent['type']]: Reduce<T> } = {
  resized: (_, { columns, rows }) => ({ size: { columns, rows } }),
  'pane-focused': (_, { pane }) => ({ focus: pane, typing: null }),
  'zoom-toggled': (view) => ({ isZoomed: !view.isZoomed, zoomedWith: view.filters }),
  'overlay-opened': (view, { overlay }) => ({
    overlay,
    typing: null,
    cursors: { ...view.cursors, [overlay.kind]: view.overlay?.kind === overlay.kind ? view.cursors[overlay.kind] : 0 },
  }),
  'overlay-closed': () => ({ overlay: null, typing: null, recalled: -1 }),
  'typing-began': (view, { field, text }) => ({
    ...renewed(view, field),
    ...(text === undefined ? {} : withField(view, field, text)),
  }),
  typed: (view, { field, text }) => ({ ...withField(view, field, text), recalled: -1 }),
  'field-set': (view, { field, text }) => ({
    ...withField(view, field, text),
    ...(view.typing?.field === field ? renewed(view, field) : {}),
  }),
  'typing-ended': () => ({ typing: null }),
  'cursor-moved': (view, { of, to }) => ({ cursors: { ...view.cursors, [of]: Math.max(0, to) } }),
  'filter-set': (view, { pane, text }) => ({ filters: { ...view.filters, [pane]: text } }),
  'replay-previewed': ({ overlay }, { preview }) =>
    overlay?.kind === 'replay' ? { overlay: { ...overlay, preview } } : {},
  'strip-stretched': (_, { ms }) => ({ stripMs: ms }),
  'follow-set': (view, { pane, follows }) => ({ follows: { ...view.follows, [pane]: follows } }),
  'orders-held': (_, { orders }) => ({ heldOrders: orders }),
  'trace-read': ({ overlay }, { orderId, result }) =>
    overlay?.kind === 'trace' && overlay.orderId === orderId ? { overlay: { ...overlay, result } } : {},
  'toast-shown': (_, { text, tone, at }) => ({ toast: { text, tone, at } }),
  'toast-gone': () => ({ toast: null }),
  'display-paused': (_, { at }) => ({ pausedAt: at }),
  'display-resumed': () => ({ pausedAt: null }),
  'line-remembered': (view, { text, at }) => ({ history: remember(view.history, { text, at }) }),
  'line-recalled': (_, { index }) => ({ recalled: index }),
  'hint-closed': () => ({ isHintShown: false }),
};

/** A field that is to begin anew. Its number never comes again, or a field could be taken for the one before it. */
function renewed({ revisions }: View, field: FieldName): Pick<View, 'typing' | 'revisions'> {
  return { typing: { field, revision: revisions + 1 }, revisions: revisions + 1 };
}

/** A field's text; what is typed into a filter filters at once. */
function withField(view: View, field: keyof View['fields'], text: string): Pick<View, 'fields' | 'filters'> {
  const pane = filteredPane(field);
  const filters = pane ? { ...view.filters, [pane]: text } : view.filters;
  return { fields: { ...view.fields, [field]: text }, filters };
}

/** The pane that a filter field belongs to. */
export function filteredPane(field: string): PaneId | undefined {
  return PANES.find((pane) => field === `filter-${pane}`);
}

/** The same line again moves to the end instead of standing there twice. */
function remember(history: readonly PaletteEntry[], entry: PaletteEntry): PaletteEntry[] {
  return [...history.filter(({ text }) => text !== entry.text), entry].slice(-REMEMBERED);
}

/** The view after an event: the only way in which it changes. */
export function reduceView(view: View, event: ViewEvent): View {
  // The row was found by the event's own type.
  const reduce = REDUCE[event.type] as (view: View, event: ViewEvent) => Partial<View>;
  return { ...view, ...reduce(view, event) };
}

/** The view at the start. */
export function initialView(look: Pick<View, 'size' | 'ascii' | 'color'>): View {
  return {
    ...look,
    focus: 'pipeline',
    isZoomed: false,
    zoomedWith: {},
    overlay: null,
    typing: null,
    revisions: 0,
    fields: {},
    cursors: {},
    filters: {},
    follows: Object.fromEntries(PANES.map((pane) => [pane, true])),
    stripMs: 60_000,
    heldOrders: null,
    toast: null,
    pausedAt: null,
    history: [],
    recalled: -1,
    isHintShown: true,
  };
}

/** Creates the store of what the eye does. */
export function createEye(look: Pick<View, 'size' | 'ascii' | 'color'>): Eye {
  const store = createStore<View>(() => initialView(look));
  return { store, see: (events) => store.setState(events.reduce(reduceView, store.getState()), true) };
}

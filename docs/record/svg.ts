import type { Size } from './emulator.ts';
import { type Mark, type Stay, staysOf } from './marks.ts';
import { CELL, isShape, pathAt } from './shapes.ts';

/** A drawing: what it shows for those who cannot see it, its size in cells, its frames and how long each lasts. */
export type Drawing = {
  title: string;
  about: string;
  size: Size;
  frames: readonly (readonly Mark[])[];
  frameMs: number;
};

/** Units around the cells. */
const MARGIN = 12;

/** Units from the top of a cell to the line that letters stand on. */
const BASELINE = 15;

/** Readable on their own ground, which is opaque: it looks the same on a light page and on a dark one. */
const STYLE = `
.t{fill:#d5dae1;font:16.6px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,"Liberation Mono",monospace;white-space:pre}
.c1{fill:#ff7b72}.c2{fill:#56d364}.c3{fill:#e3b341}.c4{fill:#79c0ff}.c5{fill:#d2a8ff}.c6{fill:#56d4dd}
.b{font-weight:700}.d{opacity:.68}.f{opacity:.22}.i{fill:#14171c}`;

/** The ground of the terminal. */
const GROUND = '#14171c';

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Cells of inverse text stand on a ground in the colour of letters. */
function inverseGround({ x, y, cells }: Mark): string {
  const { width, height } = CELL;
  return `<rect x="${x * width}" y="${y * height}" width="${cells * width}" height="${height}" fill="#d5dae1"/>`;
}

function classOf(look: string): string {
  return look === '' ? '' : ` class="${look}"`;
}

/** Words, spaced to exactly their cells whatever font is there. */
function words(mark: Mark): string {
  const { x, y, cells, text, look } = mark;
  const ground = look.split(' ').includes('i') ? inverseGround(mark) : '';
  if (text.trim() === '') return ground;
  const length = cells > 1 ? ` textLength="${cells * CELL.width}"` : '';
  const at = `x="${x * CELL.width}" y="${y * CELL.height + BASELINE}"`;
  return `${ground}<text ${at}${length}${classOf(look)}>${escaped(text)}</text>`;
}

/** Shapes of one look as one path. */
function shapes(marks: readonly Mark[]): string {
  return [...new Set(marks.map(({ look }) => look))]
    .map((look) => {
      const paths = marks
        .filter((mark) => mark.look === look)
        .map(({ text, cells, x, y }) => pathAt(text.slice(0, 1), cells, x * CELL.width, y * CELL.height));
      return `<path${classOf(look)} d="${paths.join('')}"/>`;
    })
    .join('');
}

function drawn(marks: readonly Mark[]): string {
  const isOne = ({ text }: Mark) => isShape(text.slice(0, 1));
  return (
    marks
      .filter((mark) => !isOne(mark))
      .map(words)
      .join('') + shapes(marks.filter(isOne))
  );
}

/** What is there for a while, shown by an animation of its own; what is there all the time has none. */
function staying(stay: Stay, frames: number): { style: string; body: string } {
  const { from, to, marks } = stay;
  if (from === 0 && to === frames) return { style: '', body: drawn(marks) };
  const name = `s${from}-${to}`;
  const at = (frame: number) => `${Number(((100 * frame) / frames).toFixed(3))}%`;
  const before = from === 0 ? '' : '0%{visibility:hidden}';
  const after = to === frames ? '' : `${at(to)}{visibility:hidden}`;
  const last = to === frames ? ' z' : '';
  return {
    style: `@keyframes ${name}{${before}${at(from)}{visibility:visible}${after}}.${name}{animation-name:${name}}`,
    body: `<g class="s ${name}${last}">${drawn(marks)}</g>`,
  };
}

/** The drawing as SVG: text stays text, and whoever wants no motion sees the last frame. */
export function svgOf({ title, about, size, frames, frameMs }: Drawing): string {
  const width = size.columns * CELL.width + 2 * MARGIN;
  const height = size.rows * CELL.height + 2 * MARGIN;
  const parts = staysOf(frames).map((stay) => staying(stay, frames.length));
  const total = (frames.length * frameMs) / 1000;
  const motion =
    frames.length > 1
      ? `.s{visibility:hidden;animation:${total}s step-end infinite}
@media (prefers-reduced-motion:reduce){.s{animation:none!important}.z{visibility:visible}}
${parts
  .map(({ style }) => style)
  .filter((style) => style !== '')
  .join('\n')}`
      : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title about">
<title id="title">${escaped(title)}</title>
<desc id="about">${escaped(about)}</desc>
<style>${STYLE}
${motion}</style>
<rect width="${width}" height="${height}" rx="10" fill="${GROUND}"/>
<g class="t" transform="translate(${MARGIN} ${MARGIN})">
${parts.map(({ body }) => body).join('\n')}
</g>
</svg>
`;
}

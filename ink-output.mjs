/** Lines that Ink remembers as styled characters: several screens full. A line of 120 cells takes about 15 kB there. */
const LINES = 512;

const OWN = '    caches = new OutputCaches();';
const SHARED = `    caches = keptCaches();`;
const KEEP = `
let kept = new OutputCaches();
function keptCaches() {
    if (kept.styledChars.size > ${LINES} || kept.widths.size > ${LINES}) kept = new OutputCaches();
    return kept;
}
`;

/**
 * Ink's Output with a memory that outlives the frame. Ink 7 takes every line of every frame apart again, grapheme by
 * grapheme, though most lines of a console stay the same: that was more than half of what a frame cost.
 */
export function inkOutputWithMemory(code) {
  if (!code.includes(OWN)) throw new Error('ink/build/output.js is not the one that this patch is for');
  return code.replace(OWN, SHARED) + KEEP;
}

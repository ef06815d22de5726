/** A package that is inside the bundles. `texts`: its licence and notices, as it ships them. */
export type Bundled = { name: string; version: string; license: string; author?: string; texts: string[] };

export function bundle(options?: { entryPoints?: string[]; outdir?: string; outbase?: string }): Promise<Bundled[]>;

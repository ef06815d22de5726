export function bundle(options?: { entryPoints?: string[]; outdir?: string; outbase?: string }): Promise<void>;

import type { Scene } from './demonstration.ts';

/** A scene as it was played: from and to in ms since the start of the program. */
export type Take = Pick<Scene, 'caption' | 'playMs'> & { from: number; to: number };

/** A moment of the picture: which instant of the recording it shows, and what it says below. */
export type Moment = { at: number; caption: string; speed: number };

/** How much faster than it was a take is shown; less than 1 is slower. */
export function speedOf({ from, to, playMs }: Take): number {
  return (to - from) / playMs;
}

/** What the picture shows: an even share of each take for as long as it is to be seen, and the end for `holdMs` more. */
export function momentsOf(takes: readonly Take[], frameMs: number, holdMs: number): Moment[] {
  const moments = takes.flatMap((take) => {
    const frames = Math.round(take.playMs / frameMs);
    const speed = speedOf(take);
    return Array.from({ length: frames }, (_, i) => ({
      at: take.from + ((i + 1) / frames) * (take.to - take.from),
      caption: take.caption,
      speed,
    }));
  });
  const last = moments.at(-1);
  return last ? [...moments, ...Array.from({ length: Math.round(holdMs / frameMs) }, () => last)] : [];
}

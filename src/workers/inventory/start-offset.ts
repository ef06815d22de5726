/** The commit of a group on one partition of `orders`; offset -1 when there is none. */
export type Commit = { offset: number; metadata: string };

/** Metadata of our commits: names the W that the committed offset belongs to. */
export function metadataOf(w: number): string {
  return `lunchrush w=${w}`;
}

export type Start = {
  /** First offset of `orders` to decide. */
  offset: number;
  /** Why a commit was not followed, in words; empty when it was, or when there is nothing to say. */
  ignored: string;
};

/**
 * Where to begin: after W, or at the commit if it was made with this very W, for then the records between had no
 * outcome. Any other commit is ignored, and said unless it is merely older than the output, as after a crash. What
 * retention has removed (below `low`) cannot be decided any more.
 */
export function startOffset(w: number, commit: Commit, low: number): Start {
  const ours = commit.metadata === metadataOf(w);
  const offset = Math.max(w + 1, ours ? commit.offset : 0, low);
  const isOlder = commit.metadata.startsWith('lunchrush ') && commit.offset <= w + 1;
  if (commit.offset < 0 || ours || isOlder || commit.offset === offset) return { offset, ignored: '' };
  const who = commit.metadata.startsWith('lunchrush ')
    ? `it was made when the output reached further (${commit.metadata.slice('lunchrush '.length)})`
    : 'another client made it';
  return { offset, ignored: `${who}; the output says W=${w}` };
}

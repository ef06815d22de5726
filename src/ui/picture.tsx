import { Box, Text, Transform } from 'ink';
import { memo } from 'react';
import type { Piece } from './screen.ts';

/**
 * A painted rectangle at its place; ready escapes go through as they are, and nothing wraps or is squeezed.
 *
 * Ink is handed a stand-in of as many rows, and the painting only as it writes them: it would measure the painting anew
 * for every frame, and never forgets what it has measured.
 */
export const Picture = memo(function Picture({ piece: { rect, text } }: { piece: Piece }) {
  const rows = text.split('\n');
  return (
    <Box position="absolute" left={rect.x} top={rect.y} width={rect.width} height={rect.height} flexShrink={0}>
      <Transform transform={(_, y) => rows[y] ?? ''}>
        <Text>{Array(rect.height).fill('.').join('\n')}</Text>
      </Transform>
    </Box>
  );
}, isUnchanged);

function isUnchanged(a: { piece: Piece }, b: { piece: Piece }): boolean {
  const [one, other] = [a.piece.rect, b.piece.rect];
  const stays = one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height;
  return stays && a.piece.text === b.piece.text;
}

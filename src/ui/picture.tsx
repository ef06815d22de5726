import { Box, Text } from 'ink';
import { memo } from 'react';
import type { Piece } from './screen.ts';

/** A painted rectangle at its place; ready escapes go through as they are, and nothing wraps or is squeezed. */
export const Picture = memo(function Picture({ piece: { rect, text } }: { piece: Piece }) {
  return (
    <Box position="absolute" left={rect.x} top={rect.y} width={rect.width} height={rect.height} flexShrink={0}>
      <Text>{text}</Text>
    </Box>
  );
}, isUnchanged);

function isUnchanged(a: { piece: Piece }, b: { piece: Piece }): boolean {
  const [one, other] = [a.piece.rect, b.piece.rect];
  const stays = one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height;
  return stays && a.piece.text === b.piece.text;
}

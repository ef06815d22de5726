import { Box } from 'ink';
import TextInput from 'ink-text-input';
import { cellsOf } from './cells.ts';
import type { FieldInUse } from './screen.ts';

/** The text field in use, over the cells that its drawing left free. What does not fit is cut off at the left. */
export function TextField({ field, onType }: { field: FieldInUse; onType(text: string): void }) {
  const needed = cellsOf(field.text) + 1;
  return (
    <Box position="absolute" left={field.x} top={field.y} width={field.width} height={1} overflow="hidden">
      <Box flexShrink={0} width={needed} marginLeft={-Math.max(0, needed - field.width)}>
        <TextInput key={`${field.field} ${field.revision}`} value={field.text} onChange={onType} />
      </Box>
    </Box>
  );
}

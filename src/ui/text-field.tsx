import { Box } from 'ink';
import TextInput from 'ink-text-input';
import { useEffect } from 'react';
import { cellsOf } from './cells.ts';
import type { FieldInUse } from './screen.ts';

/** Tells one coming into use of a field from another: a text from outside begins a new one. */
export function nameOf({ field, revision }: Pick<FieldInUse, 'field' | 'revision'>): string {
  return `${field} ${revision}`;
}

export type TextFieldProps = {
  field: FieldInUse;
  onType(text: string): void;
  /** The field of that name hears keystrokes from now on; empty: none does. */
  onReady(name: string): void;
};

/** The text field in use, over the cells that its drawing left free. What does not fit is cut off at the left. */
export function TextField({ field, onType, onReady }: TextFieldProps) {
  const needed = cellsOf(field.text) + 1;
  const name = nameOf(field);
  // Effects of children run before those of their parents: the input has begun to listen when this runs.
  useEffect(() => {
    onReady(name);
    return () => onReady('');
  }, [onReady, name]);
  return (
    <Box position="absolute" left={field.x} top={field.y} width={field.width} height={1} overflow="hidden">
      <Box flexShrink={0} width={needed} marginLeft={-Math.max(0, needed - field.width)}>
        <TextInput key={name} value={field.text} onChange={onType} />
      </Box>
    </Box>
  );
}

/** A pattern for exactly this text, whatever blanks an icon leaves around it and whether its own blanks may break or not. */
export function wholeText(text: string): RegExp {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
  return new RegExp(`^\\s*${escaped}\\s*$`);
}

/** What a text has in common with a key, ten characters at a time. The lines that name a PEM are no secret. */
export function sharedPieces(text: string, key: string): readonly string[] {
  const secret = key.replace(/-----(?:BEGIN|END)[A-Z ]+-----/g, '');
  return Array.from({ length: Math.max(0, text.length - 9) }, (_, from) => text.slice(from, from + 10)).filter(
    (piece) => secret.includes(piece),
  );
}

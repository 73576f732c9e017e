/** So many characters of a long secret are in another text by no chance. */
const PIECE = 8;
/** What base64 may be; and the escapes of JSON, of which nothing may be taken. */
const RUN = new RegExp(`\\\\u[\\da-fA-F]{4}|\\\\.|[\\w+/=-]{${2 * PIECE},}`, 'g');

/**
 * A text without these secrets: as they are, as they stand in JSON, and where it quotes a part of a long one, as messages
 * quote the beginning.
 */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  const spellings = secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  const whole = spellings.reduce((all, secret) => all.replaceAll(secret, '[hidden]'), text);
  const long = secrets.filter((secret) => secret.length > 8 * PIECE);
  return long.length === 0 ? whole : whole.replace(RUN, (run) => (quotesAny(run, long) ? '[hidden]' : run));
}

/** Whether a text quotes one of these: two pieces in a row, wherever they begin, cover a whole one at a multiple of its length. */
function quotesAny(run: string, secrets: readonly string[]): boolean {
  for (let at = 0; at + PIECE <= run.length; at += PIECE) {
    const piece = run.slice(at, at + PIECE);
    if (secrets.some((secret) => secret.includes(piece))) return true;
  }
  return false;
}

/** As long as the signature of a 2048-bit key, and spelled as an encoder writes it; nobody made it. */
export const SOME_SIGNATURE = `${'c2ln'.repeat(85)}cQ`;

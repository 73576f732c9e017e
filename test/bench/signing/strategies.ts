import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { CompactSign, importJWK } from 'jose';
import { type PrivateJwk, withId } from '../../../src/stream/keys/signingKey';
import { signTokens, tokenClaims } from '../../../src/stream/keys/signToken';

const KEY_ID = '5c1d8a7be2f04e6f9a3b0c4d2e1f7a68';

export type Strategy = 'ours' | 'sync' | 'unbounded';

/** The ways to sign a token for each of many videos that are compared, with one new key. */
export function strategies(): Readonly<Record<Strategy, (videoIds: readonly string[]) => Promise<unknown>>> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = withId(privateKey.export({ format: 'jwk' }) as unknown as PrivateJwk, KEY_ID);
  const now = 1_800_000_000;
  const header = Buffer.from(JSON.stringify({ alg: 'RS256', kid: KEY_ID })).toString('base64url');
  const claims = (videoId: string) => Buffer.from(JSON.stringify(tokenClaims(KEY_ID, videoId, {}, now)));
  return {
    ours: (videoIds) => signTokens(jwk, videoIds, {}, now),
    /** As libraries without promises do it: nothing else runs meanwhile. */
    async sync(videoIds) {
      const key = createPrivateKey({ key: { ...jwk }, format: 'jwk' });
      return videoIds.map((videoId) => {
        const input = `${header}.${claims(videoId).toString('base64url')}`;
        return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`;
      });
    },
    /** As it is written when nobody thinks of the others in the thread pool. */
    async unbounded(videoIds) {
      const key = await importJWK({ ...jwk }, 'RS256');
      return Promise.all(
        videoIds.map((videoId) =>
          new CompactSign(claims(videoId)).setProtectedHeader({ alg: 'RS256', kid: KEY_ID }).sign(key),
        ),
      );
    },
  };
}

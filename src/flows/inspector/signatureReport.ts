import * as l10n from '@vscode/l10n';
import { checkSignature, type SignatureVerdict, type UncheckedReason } from '../../stream/keys/verifySignature';
import type { KeyVerdict } from '../../stream/token/verdict';
import type { KeySummary, SigningKeys } from '../keys/keys';

/** What is known of a token's signature, in a sentence. */
export interface SignatureReport {
  /** `bad`: Stream refuses the token, whatever its times say. */
  readonly tone: 'good' | 'bad' | 'unsure';
  readonly sentence: string;
  readonly verdict: KeyVerdict;
}

/** Why a signature was not checked, where Stream refuses the token for it. */
const REFUSED: readonly UncheckedReason[] = ['standardBase64', 'notRs256', 'noSignature', 'cut', 'wrongLength'];

type KnownKeys = Pick<SigningKeys, 'list' | 'publicKeys'>;
type PublicHalf = Omit<KeySummary, 'privateHalf'>;

/** Checks a token with the public half of the key it names, if that key is on this machine. Reads no private half. */
export async function signatureReport(token: string, keys: KnownKeys): Promise<SignatureReport> {
  return reportWith(token, await knownKeys(keys));
}

/** The same with the public halves alone that are known without asking secret storage, which seldom holds others. */
export function knownSignature(token: string, keys: Pick<SigningKeys, 'publicKeys'>): Promise<SignatureReport> {
  return reportWith(token, keys.publicKeys());
}

/** That, for a place where nobody asks secret storage afterwards. */
export async function signatureAtAGlance(
  token: string,
  keys: Pick<SigningKeys, 'publicKeys'>,
): Promise<SignatureReport> {
  const report = await knownSignature(token, keys);
  const { verdict } = report;
  return verdict.kind === 'unchecked' && verdict.reason === 'unknownKey'
    ? { ...report, sentence: l10n.t('Not checked here. Open the claims to look for the key.') }
    : report;
}

async function reportWith(token: string, known: readonly PublicHalf[]): Promise<SignatureReport> {
  // A key can be stored with several accounts, one of which never had it and so calls it revoked.
  const current = await checkSignature(
    token,
    known.filter(({ revokedAt }) => revokedAt === undefined),
  );
  const verdict = current.kind === 'valid' ? current : await checkSignature(token, known);
  const revoked = verdict.kind === 'valid' && verdict !== current;
  return {
    tone: toneOf(verdict, revoked),
    sentence: sentenceOf(verdict, revoked),
    verdict: revoked ? { ...verdict, revoked } : verdict,
  };
}

/** The same after Stream let the token in: it has checked what could not be checked here. */
export function provenSignature(
  report: SignatureReport,
  kid: string | undefined,
  { asked }: { readonly asked: string },
): SignatureReport {
  if (report.verdict.kind !== 'unchecked' || kid === undefined) return report;
  return { tone: 'good', sentence: l10n.t('Stream accepted it. {0}', asked), verdict: { kind: 'valid', kid } };
}

/** Where the secret storage does not answer, what is cached still verifies. */
async function knownKeys(keys: KnownKeys): Promise<readonly PublicHalf[]> {
  try {
    return await keys.list();
  } catch {
    return keys.publicKeys();
  }
}

function toneOf(verdict: SignatureVerdict, revoked: boolean): SignatureReport['tone'] {
  if (verdict.kind === 'unchecked') return REFUSED.includes(verdict.reason) ? 'bad' : 'unsure';
  return verdict.kind === 'valid' && !revoked ? 'good' : 'bad';
}

function sentenceOf(verdict: SignatureVerdict, revoked: boolean): string {
  switch (verdict.kind) {
    case 'valid':
      return revoked
        ? l10n.t('Signature valid for key {0}, but that key was revoked, so Stream refuses the token.', verdict.kid)
        : l10n.t('Signature valid for key {0}.', verdict.kid);
    case 'invalid':
      return l10n.t(
        'Signature NOT valid for key {0}: the token was changed, or another key signed it. Stream refuses it.',
        verdict.kid,
      );
    case 'cut':
      return l10n.t('Signature too short for key {0}: the end of the token is missing.', verdict.kid);
    case 'unchecked':
      return uncheckedSentence(verdict.reason);
  }
}

function uncheckedSentence(reason: UncheckedReason): string {
  switch (reason) {
    case 'standardBase64':
      return l10n.t('Not base64url, so Stream does not look at the signature.');
    case 'notRs256':
      return l10n.t('Not RS256, so Stream does not look at the signature.');
    case 'noSignature':
      return l10n.t('There is none.');
    case 'cut':
      return l10n.t('Signature too short: the end of the token is missing.');
    case 'wrongLength':
      return l10n.t('No key of Stream makes signatures of this length.');
    case 'noKeyId':
      return l10n.t('Decoded, signature not checked: the token names no key.');
    case 'unknownKey':
      return l10n.t('Decoded, signature not checked: the key is not on this machine.');
    case 'unusableKey':
      return l10n.t('Decoded, signature not checked: the key with its id on this machine is not one for RS256.');
    case 'noCrypto':
      return l10n.t('Decoded, signature not checked: that needs VS Code over https or on a desktop.');
  }
}

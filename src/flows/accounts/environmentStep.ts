import * as l10n from '@vscode/l10n';
import { type KeyDraft, provenKey } from '../keys/keySteps';
import { type Choice, type Entry, mapReply } from '../prompter';
import type { Step } from '../wizard';
import { type AccountState, type AddAccountParts, checkCredential, frame } from './accountWizard';
import { apiTokenSentence, emailSentence, globalKeySentence } from './credentialSentences';
import { type Found, readEnvironment, type UnusableProblem, VARIABLES } from './environment';
import { shapeText } from './secretShape';

type CredentialFound = Extract<Found, { kind: 'credential' }>;
/** A signing key that was found and proven. */
interface KeyFound {
  readonly kind: 'key';
  readonly names: readonly string[];
  readonly draft: KeyDraft;
}
/** What a line of the list stands for: something to take, or why there is nothing to take. */
type Offer = CredentialFound | KeyFound | { readonly kind: 'nothing'; readonly why: string };

/** Shows what the environment holds, by name and shape, and asks which of it to take. Nothing is read before, or kept. */
export function environmentStep(
  parts: AddAccountParts,
  { withSigningKey }: { readonly withSigningKey: boolean },
): Step<AccountState> {
  return {
    id: 'environment',
    when: ({ source }) => source === 'environment',
    async ask(state, turn) {
      const found = await Promise.all(readEnvironment(parts.environment).map((entry) => proven(entry, parts)));
      const key = withSigningKey ? found.find((entry) => entry.kind === 'key') : undefined;
      const account = state.accountId === '' ? found.find((entry) => entry.kind === 'accountId') : undefined;
      const start = { ...state, ...(account !== undefined && { accountId: account.accountId }) };
      let taken = state;
      const reply = await parts.prompter.pick<Offer>({
        ...frame(state, turn),
        placeholder: l10n.t('What should be taken from the environment? Enter checks it at Cloudflare'),
        choices: offers(found, account, key),
        async check(offer, signal) {
          if (offer.kind === 'nothing') return { severity: 'error', message: offer.why };
          if (offer.kind === 'key') {
            taken = { ...start, source: 'signingKey', key: offer.draft };
            return undefined;
          }
          const both = { ...start, ...(key !== undefined && { key: key.draft }) };
          return checkCredential(parts, both, offer.credential, signal, (next) => {
            taken = next;
          });
        },
      });
      return mapReply(reply, () => taken);
    },
  };
}

type Proven = Exclude<Found, { kind: 'signingKey' }> | KeyFound;

async function proven(entry: Found, { log }: AddAccountParts): Promise<Proven> {
  if (entry.kind !== 'signingKey') return entry;
  const { names } = entry;
  const key = await provenKey(entry.text, log);
  return typeof key === 'string'
    ? { kind: 'unusable', names, problem: { of: 'signingKey', sentence: key } }
    : { kind: 'key', names, draft: { ...key, source: 'offered' } };
}

/** Account and signing key are taken together with a credential; the key can be taken alone, too. */
function offers(
  found: readonly Proven[],
  account: Extract<Found, { kind: 'accountId' }> | undefined,
  key: KeyFound | undefined,
): readonly Entry<Offer>[] {
  const beside = [account, key].filter((entry) => entry !== undefined).map(besideText);
  const usable = [
    ...found.flatMap((entry) => (entry.kind === 'credential' ? [credentialChoice(entry, beside)] : [])),
    ...(key === undefined ? [] : [keyChoice(key)]),
  ];
  const unusable = found.flatMap((entry) => (entry.kind === 'unusable' ? [unusableChoice(entry)] : []));
  return usable.length > 0 ? [...usable, ...unusable] : [...unusable, nothingChoice()];
}

function keyChoice(key: KeyFound): Choice<Offer> {
  return { value: key, icon: 'lock', label: l10n.t('Only the signing key'), description: namesText(key.names) };
}

function credentialChoice(entry: CredentialFound, beside: readonly string[]): Choice<Offer> {
  const { credential, names } = entry;
  const isToken = credential.kind === 'apiToken';
  return {
    value: entry,
    icon: isToken ? 'key' : 'warning',
    label: isToken ? l10n.t('API token') : l10n.t('E-mail and Global API Key (opens everything)'),
    description: `${namesText(names)}: ${shapeText(isToken ? credential.token : credential.key)}`,
    ...(beside.length > 0 && { detail: l10n.t('with {0}', beside.join(' · ')) }),
  };
}

function besideText(entry: Extract<Found, { kind: 'accountId' }> | KeyFound): string {
  return entry.kind === 'accountId'
    ? l10n.t('the account {0} of {1}', `${entry.accountId.slice(0, 8)}…`, namesText(entry.names))
    : l10n.t('the signing key of {0}', namesText(entry.names));
}

function unusableChoice({ names, problem }: Extract<Found, { kind: 'unusable' }>): Choice<Offer> {
  const why = unusableSentence(problem);
  return {
    value: { kind: 'nothing', why },
    icon: 'circle-slash',
    label: l10n.t('{0} can’t be used', namesText(names)),
    detail: why,
  };
}

function unusableSentence(problem: UnusableProblem): string {
  switch (problem.of) {
    case 'apiToken':
      return apiTokenSentence(problem.problem);
    case 'globalKey':
      return globalKeySentence(problem.problem);
    case 'email':
      return emailSentence(problem.problem);
    case 'signingKey':
      return problem.sentence;
    case 'noEmail':
      return l10n.t('A Global API Key needs the e-mail address in CLOUDFLARE_EMAIL.');
    case 'accountId':
      return l10n.t('This is not an account id. It is asked for instead.');
  }
}

function nothingChoice(): Choice<Offer> {
  const why = l10n.t('Set one of them before VS Code starts, or go back and paste the credential.');
  return {
    value: { kind: 'nothing', why },
    icon: 'info',
    label: l10n.t('There is no credential in the environment'),
    description: l10n.t('Looked for {0}', VARIABLES.join(', ')),
    detail: why,
  };
}

function namesText(names: readonly string[]): string {
  return names.join(' + ');
}

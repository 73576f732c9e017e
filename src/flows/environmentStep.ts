import * as l10n from '@vscode/l10n';
import { type AccountState, type AddAccountParts, checkCredential, frame } from './accountWizard';
import { apiTokenSentence, emailSentence, globalKeySentence } from './credentialSentences';
import { type Found, readEnvironment, type UnusableProblem, VARIABLES } from './environment';
import { type Choice, type Entry, mapReply } from './prompter';
import { shapeText } from './secretShape';
import type { Step } from './wizard';

/** What a line of the list stands for: something to take, or why there is nothing to take. */
type Offer = Extract<Found, { kind: 'credential' | 'signingKey' }> | { readonly kind: 'nothing'; readonly why: string };

/** Shows what the environment holds, by name and shape, and asks which of it to take. Nothing is read before, or kept. */
export function environmentStep(
  parts: AddAccountParts,
  { withSigningKey }: { readonly withSigningKey: boolean },
): Step<AccountState> {
  return {
    id: 'environment',
    when: ({ source }) => source === 'environment',
    async ask(state, turn) {
      const found = readEnvironment(parts.environment);
      const accountId = state.accountId || (found.find((entry) => entry.kind === 'accountId')?.accountId ?? '');
      const signingKey = found.find((entry) => entry.kind === 'signingKey')?.text;
      let taken = state;
      const reply = await parts.prompter.pick<Offer>({
        ...frame(state, turn),
        placeholder: l10n.t('What should be taken from the environment? Enter checks it at Cloudflare'),
        choices: offers(
          found,
          found.filter(({ kind }) =>
            kind === 'accountId' ? state.accountId === '' : kind === 'signingKey' && withSigningKey,
          ),
          withSigningKey,
        ),
        async check(offer, signal) {
          if (offer.kind === 'nothing') return { severity: 'error', message: offer.why };
          if (offer.kind === 'signingKey') {
            taken = { ...state, accountId, source: 'signingKey', signingKey: offer.text };
            return undefined;
          }
          const start = { ...state, accountId, ...(withSigningKey && signingKey !== undefined && { signingKey }) };
          return checkCredential(parts, start, offer.credential, signal, (next) => {
            taken = next;
          });
        },
      });
      return mapReply(reply, () => taken);
    },
  };
}

/** @param beside what is taken together with a credential */
function offers(found: readonly Found[], beside: readonly Found[], withSigningKey: boolean): readonly Entry<Offer>[] {
  const credentials = found.flatMap((entry): readonly Choice<Offer>[] =>
    entry.kind === 'credential' ? [credentialChoice(entry, beside)] : [],
  );
  const keys = found.flatMap((entry): readonly Choice<Offer>[] =>
    entry.kind === 'signingKey' && withSigningKey
      ? [
          {
            value: entry,
            icon: 'lock',
            label: l10n.t('Only the signing key'),
            description: namesText(entry.names),
          },
        ]
      : [],
  );
  const unusable = found.flatMap((entry): readonly Choice<Offer>[] =>
    entry.kind === 'unusable' ? [unusableChoice(entry)] : [],
  );
  const usable = [...credentials, ...keys];
  if (usable.length > 0) return [...usable, ...unusable];
  return [...unusable, nothingChoice()];
}

function credentialChoice(entry: Extract<Found, { kind: 'credential' }>, beside: readonly Found[]): Choice<Offer> {
  const { credential, names } = entry;
  const isToken = credential.kind === 'apiToken';
  return {
    value: entry,
    icon: isToken ? 'key' : 'warning',
    label: isToken ? l10n.t('API token') : l10n.t('E-mail and Global API Key (opens everything)'),
    description: `${namesText(names)}: ${shapeText(isToken ? credential.token : credential.key)}`,
    ...(beside.length > 0 && { detail: l10n.t('with {0}', beside.map(besideText).join(' · ')) }),
  };
}

function besideText(entry: Found): string {
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

import * as l10n from '@vscode/l10n';
import { parseKey } from '../../stream/keys/parseKey';
import { proveKey } from '../../stream/keys/proveKey';
import {
  type KeyNumbers,
  type KeyResult,
  type KeyWarning,
  type PrivateJwk,
  withId,
} from '../../stream/keys/signingKey';
import { parseKeyId } from '../../stream/parseId';
import { keyIdSentence } from '../fieldSentences';
import type { Log } from '../log';
import { type Choice, mapReply, type Prompter, type Reply, type Verdict } from '../prompter';
import type { Step, Turn } from '../wizard';
import { unloggedOf } from './keyRecord';
import { keyProblemSentence, keyWarningSentence } from './keySentences';

/** What the questions about a signing key have found out so far. */
export interface KeyDraft {
  /** `offered`: it was found elsewhere, so that only what is missing is asked. */
  readonly source?: 'paste' | 'file' | 'offered';
  readonly key?: KeyNumbers;
  /** The id that the text itself names. */
  readonly namedId?: string;
  /** The id that was asked for, or known before. */
  readonly givenId?: string;
  readonly warnings: readonly KeyWarning[];
}

export const NO_KEY: KeyDraft = { warnings: [] };

/** The key that was asked for, once every question is answered. */
export function keyOf({ key, namedId, givenId }: KeyDraft): PrivateJwk | undefined {
  const id = namedId ?? givenId;
  return key === undefined || id === undefined ? undefined : withId(key, id);
}

export interface KeyStepsParts<S> {
  readonly prompter: Prompter;
  readonly log: Log;
  readonly title: string;
  /** The only key that is taken, so that its id is not asked for. */
  readonly kid?: string;
  /** Where in the wizard's state the draft stands. */
  readonly read: (state: S) => KeyDraft;
  readonly write: (state: S, draft: KeyDraft) => S;
  /** Whether the wizard asks for a key at all. */
  readonly when?: (state: S) => boolean;
}

/**
 * The questions for a signing key in whatever form it is at hand: pasted or from a file, its id where the text has none,
 * and what is unusual about it. It is proven before the wizard goes on: nothing that can't sign is stored.
 */
export function keySteps<S>(parts: KeyStepsParts<S>): readonly Step<S>[] {
  const { read, kid, when = () => true } = parts;
  const passed = new Set<S>();
  /** The file took the place of the text that is pasted otherwise: it counts as a question, which Back leaves out. */
  const pass = (state: S): Reply<S> => {
    if (passed.has(state)) return { kind: 'back' };
    passed.add(state);
    return { kind: 'answer', value: state };
  };
  return [
    {
      id: 'keySource',
      when: (state) => when(state) && read(state).source !== 'offered',
      ask: (state, turn) => askSource(state, turn, parts),
    },
    {
      id: 'keyText',
      when: (state) => when(state) && read(state).source !== 'offered',
      ask: async (state, turn) => (read(state).source === 'file' ? pass(state) : askText(state, turn, parts)),
    },
    {
      id: 'keyId',
      when: (state) => when(state) && kid === undefined && read(state).namedId === undefined,
      ask: (state, turn) => askId(state, turn, parts),
    },
    {
      id: 'keyWarnings',
      when: (state) => when(state) && read(state).warnings.length > 0,
      ask: (state, turn) => askWarnings(state, turn, parts),
    },
  ];
}

function frame<S>({ title }: KeyStepsParts<S>, { position, canGoBack }: Turn<S>) {
  return { title, position, canGoBack };
}

async function askSource<S>(state: S, turn: Turn<S>, parts: KeyStepsParts<S>): Promise<Reply<S>> {
  const { prompter, write } = parts;
  const title = parts.title;
  let objection: string | undefined;
  for (;;) {
    const complaint: readonly Choice<'paste' | 'file' | Verdict>[] =
      objection === undefined
        ? []
        : [{ value: { severity: 'error', message: objection }, icon: 'error', label: objection, alwaysShow: true }];
    const reply = await prompter.pick<'paste' | 'file' | Verdict>({
      ...frame(parts, turn),
      placeholder: l10n.t('Where is the signing key?'),
      choices: [
        ...complaint,
        {
          value: 'paste',
          icon: 'clippy',
          label: l10n.t('Paste it'),
          detail: l10n.t('A JWK or PEM, or the whole answer of Cloudflare’s API.'),
        },
        {
          value: 'file',
          icon: 'file',
          label: l10n.t('Choose a file…'),
          detail: l10n.t('With any of these in it.'),
        },
      ],
      active: (value) => value === 'paste',
      check: async (value) => (typeof value === 'object' ? value : undefined),
    });
    if (reply.kind !== 'answer') return reply;
    if (reply.value !== 'file') return { kind: 'answer', value: write(state, { source: 'paste', warnings: [] }) };
    const file = await prompter.chooseFile({ title, action: l10n.t('Import') });
    if (file === undefined) continue;
    const found = 'text' in file ? await wantedKey(file.text, parts) : fileSentence(file.problem);
    if (typeof found !== 'string') return { kind: 'answer', value: write(state, { ...found, source: 'file' }) };
    objection = found;
  }
}

function fileSentence(problem: 'tooLarge' | 'unreadable'): string {
  return problem === 'tooLarge'
    ? l10n.t('The file is far too large for a signing key, and was not read.')
    : l10n.t('The file can’t be read. Choose another one, or paste the key.');
}

async function askText<S>(state: S, turn: Turn<S>, parts: KeyStepsParts<S>): Promise<Reply<S>> {
  const { prompter, write } = parts;
  let draft: KeyDraft = NO_KEY;
  const reply = await prompter.input({
    ...frame(parts, turn),
    prompt: l10n.t('It stays on this machine, in its secret storage; the key itself is sent nowhere.'),
    placeholder: l10n.t('Signing key: jwk, pem, or the whole answer of the API'),
    secret: true,
    buttons: [{ icon: 'clippy', tooltip: l10n.t('Take it from the clipboard'), press: () => prompter.readClipboard() }],
    validate(text) {
      const parsed = parseKey(text);
      return parsed.ok ? undefined : { severity: 'error', message: keyProblemSentence(parsed.problem) };
    },
    async check(text) {
      const found = await wantedKey(text, parts);
      if (typeof found === 'string') return { severity: 'error', message: found };
      draft = { ...found, source: 'paste' };
      return undefined;
    },
  });
  return mapReply(reply, () => write(state, draft));
}

/** The key that is wanted, or the sentence that says why it is not. */
async function wantedKey<S>(text: string, { kid, log }: KeyStepsParts<S>): Promise<KeyDraft | string> {
  const found = await provenKey(text, log);
  if (typeof found === 'string' || kid === undefined) return found;
  return found.namedId === undefined || found.namedId === kid
    ? { ...found, givenId: kid }
    : l10n.t('This is signing key {0}, not {1}. Import it from the line "Signing Keys".', found.namedId, kid);
}

/** A key that can sign, or the sentence that says why it is none. */
export async function provenKey(text: string, log: Log): Promise<KeyDraft | string> {
  const parsed: KeyResult = parseKey(text);
  if (!parsed.ok) return keyProblemSentence(parsed.problem);
  const { key, id, warnings } = parsed;
  // Which id it has makes no difference to whether it can sign.
  const provisional = withId(key, id ?? '0'.repeat(32));
  for (const secret of unloggedOf(provisional)) log.hide(secret);
  const problem = await proveKey(provisional);
  if (problem !== undefined) return keyProblemSentence(problem);
  return { key, warnings, ...(id !== undefined && { namedId: id }) };
}

async function askId<S>(state: S, turn: Turn<S>, parts: KeyStepsParts<S>): Promise<Reply<S>> {
  const { prompter, read, write } = parts;
  const reply = await prompter.input({
    ...frame(parts, turn),
    prompt: l10n.t('This form of a key does not say its id. Cloudflare’s API returned it beside the key.'),
    placeholder: l10n.t('Id of the signing key, 32 hex digits'),
    value: (turn.previous && read(turn.previous).givenId) ?? '',
    validate(text) {
      const parsed = parseKeyId(text);
      return parsed.ok ? undefined : { severity: 'error', message: keyIdSentence(parsed.problem) };
    },
  });
  return mapReply(reply, (text) => {
    const parsed = parseKeyId(text);
    return parsed.ok ? write(state, { ...read(state), givenId: parsed.id }) : state;
  });
}

async function askWarnings<S>(state: S, turn: Turn<S>, parts: KeyStepsParts<S>): Promise<Reply<S>> {
  const { prompter, read } = parts;
  const warnings = read(state).warnings.map(keyWarningSentence);
  const reply = await prompter.pick<'use'>({
    ...frame(parts, turn),
    placeholder: l10n.t('This key is unusual. Use it all the same?'),
    choices: [
      {
        value: 'use',
        icon: 'warning',
        label: l10n.t('Use this key all the same'),
        detail: warnings.join(' '),
      },
    ],
  });
  return mapReply(reply, () => state);
}

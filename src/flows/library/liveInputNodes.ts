import * as l10n from '@vscode/l10n';
import { cleanLabel, cleanText } from '../../source/cleanText';
import type { Video } from '../../stream/api/video';
import type { Failure } from '../../stream/failure';
import type { AccountSummary } from '../accounts/accounts';
import type { Icon } from '../prompter';
import { instantText, type TimeStyle } from '../times';
import type { Kept } from './keptAnswers';
import { failureNode, type LibraryNode, noteNode } from './libraryNodes';
import type { KnownLiveInput } from './liveInputs';
import { accessText } from './videoFilter';
import { videoNode } from './videoNodes';

type Explain = (failure: Failure) => string;

const AGAIN = { context: 'liveFailure', click: 'refreshLiveInputs' } as const;

/** The line "Live Inputs" of an account. */
export function liveInputsNode({ key }: AccountSummary): LibraryNode {
  return {
    id: `account:${key}/live`,
    kind: 'liveInputs',
    label: l10n.t('Live Inputs'),
    icon: 'radio-tower',
    spoken: l10n.t('Live inputs, newest first'),
    context: 'liveInputs',
    expandable: true,
    subject: { accountKey: key },
  };
}

/** The lines below "Live Inputs". */
export function liveInputNodes(
  accountKey: string,
  { value: inputs = [], failure }: Kept<readonly KnownLiveInput[]>,
  explain: Explain,
): readonly LibraryNode[] {
  const above = `account:${accountKey}/live`;
  const lines = [
    ...(failure === undefined ? [] : [failureNode(above, accountKey, explain(failure), AGAIN)]),
    ...inputs.map((input) => liveInputNode(accountKey, input)),
  ];
  return lines.length > 0 ? lines : [noteNode(above, accountKey, l10n.t('No live inputs in this account yet'))];
}

function liveInputNode(accountKey: string, input: KnownLiveInput): LibraryNode {
  const { id, name, seen } = input;
  const label = cleanLabel(name) || l10n.t('(no name)');
  const facts = stateTexts(input);
  const access = seen === undefined ? [] : [accessText(seen.requireSignedUrls)];
  return {
    id: `account:${accountKey}/live:${id}`,
    kind: 'liveInput',
    label,
    description: [...facts, ...(seen?.requireSignedUrls === false ? access : [])].join(' · '),
    icon: iconOf(input),
    spoken: [label, ...access, ...facts].join(', '),
    context: 'liveInput',
    expandable: true,
    subject: { accountKey, videoId: id, videoName: name },
    click: 'details',
    input,
  };
}

/** Whether anything can be seen through an input, and whether anything could. */
function stateTexts({ enabled, seen }: KnownLiveInput): readonly string[] {
  return [...(enabled ? [] : [l10n.t('disabled')]), ...(seen?.connected === undefined ? [] : [connectionText(seen)])];
}

function connectionText({ connected, neverConnected }: NonNullable<KnownLiveInput['seen']>): string {
  if (connected) return l10n.t('live now');
  return neverConnected ? l10n.t('never connected') : l10n.t('disconnected');
}

function iconOf({ enabled, seen }: KnownLiveInput): Icon {
  if (!enabled) return 'circle-slash';
  return seen?.connected ? 'broadcast' : 'radio-tower';
}

/** The lines below a live input: the broadcast that is running, and what was recorded. */
export function recordingNodes(
  { id, subject }: LibraryNode,
  { value: recordings = [], failure }: Kept<readonly Video[]>,
  explain: Explain,
): readonly LibraryNode[] {
  const { accountKey } = subject;
  const lines = [
    ...(failure === undefined ? [] : [failureNode(id, accountKey, explain(failure), AGAIN)]),
    ...recordings.map((video) => videoNode(accountKey, video, id)),
  ];
  return lines.length > 0 ? lines : [noteNode(id, accountKey, l10n.t('No recordings'))];
}

/** Everything that is known of a live input, line by line, without asking anyone. */
export function liveInputTooltip(input: KnownLiveInput, times: TimeStyle): string {
  const { id, name, created, seen, deleteRecordingAfterDays: days } = input;
  const at = Date.parse(created);
  return [
    cleanText(name) || l10n.t('(no name)'),
    id,
    ...stateTexts(input),
    ...(seen === undefined ? [] : [l10n.t('By its id: {0}', accessText(seen.requireSignedUrls))]),
    ...(seen === undefined || seen.allowedOrigins.length === 0
      ? []
      : [l10n.t('Allowed origins: {0}', cleanText(seen.allowedOrigins.join(', '), 200))]),
    ...(Number.isNaN(at) ? [] : [l10n.t('Created {0}', instantText(at / 1000, times))]),
    ...(days === undefined ? [] : [l10n.t('Cloudflare deletes its recordings after {0} days', days)]),
  ].join('\n');
}

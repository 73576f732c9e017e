import * as l10n from '@vscode/l10n';
import { cleanLabel } from '../../source/cleanText';
import type { Outcome } from '../../stream/failure';
import { succeeded } from '../../stream/failure';
import { parseVideoId } from '../../stream/parseId';
import type { Accounts } from '../accounts/accounts';
import { pickAccount } from '../accounts/pickAccount';
import { videoIdSentence } from '../fieldSentences';
import type { Choice, Prompter } from '../prompter';
import { askCreated } from './askCreated';
import { accessText, datesText, isFiltering, orderText, stateChoiceText, type VideoFilter } from './videoFilter';
import type { VideoLibrary } from './videoLibrary';
import type { VideoViews } from './videoViews';

export interface AskVideoFilterParts {
  readonly prompter: Prompter;
  readonly accounts: Accounts;
  readonly library: Pick<VideoLibrary, 'state'>;
  readonly views: Pick<VideoViews, 'filter' | 'setFilter'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

type Line = 'text' | 'search' | 'state' | 'access' | 'creator' | 'created' | 'order' | 'clear';

/** Sets which videos of an account the sidebar shows. Each answer shows at once; Esc in the list of questions keeps what is set. */
export async function askVideoFilter(key: string | undefined, parts: AskVideoFilterParts): Promise<Outcome<void>> {
  const { prompter, views } = parts;
  const title = l10n.t('Filter Videos');
  const picked = await pickAccount(key, { title, placeholder: l10n.t('Videos of which account?') }, parts);
  if (!picked.ok) return picked;
  const accountKey = picked.value.key;
  let line: Line = 'text';
  for (;;) {
    const filter = withoutId(views.filter(accountKey));
    const reply = await prompter.pick<Line>({
      title,
      placeholder: l10n.t('Which videos should be shown? Esc when done'),
      choices: lines(filter, creatorsOf(accountKey, parts).length > 0),
      active: (value) => value === line,
    });
    if (reply.kind !== 'answer') return succeeded(undefined);
    line = reply.value;
    if (line === 'clear') {
      views.setFilter(accountKey, {});
      return succeeded(undefined);
    }
    const change = await askLine(line, filter, accountKey, parts);
    if (change !== undefined) views.setFilter(accountKey, changed(filter, change));
  }
}

/** Shows one video by its id, also one that is not among those that are loaded. Takes what is pasted: an id, a URL or a token. */
export async function goToVideo(key: string | undefined, parts: AskVideoFilterParts): Promise<Outcome<string>> {
  const { prompter, views } = parts;
  const title = l10n.t('Go to Video');
  const picked = await pickAccount(key, { title, placeholder: l10n.t('A video of which account?') }, parts);
  if (!picked.ok) return picked;
  const reply = await prompter.input({
    title,
    placeholder: l10n.t('Id of the video, or any Stream URL'),
    prompt: l10n.t('Only this video is shown then, until the filter is cleared.'),
    validate(text) {
      const parsed = parseVideoId(text);
      return parsed.ok ? undefined : { severity: 'error', message: videoIdSentence(parsed.problem) };
    },
  });
  const parsed = reply.kind === 'answer' ? parseVideoId(reply.value) : undefined;
  if (!parsed?.ok) return { ok: false, failure: { code: 'cancelled' } };
  views.setFilter(picked.value.key, { videoId: parsed.id });
  return succeeded(picked.value.key);
}

function withoutId(filter: VideoFilter): VideoFilter {
  return changed(filter, { videoId: undefined });
}

type Change = { readonly [Field in keyof VideoFilter]: VideoFilter[Field] | undefined };

/** Undefined takes a field back out. */
function changed(filter: VideoFilter, change: Change): VideoFilter {
  return Object.fromEntries(Object.entries({ ...filter, ...change }).filter(([, value]) => value !== undefined));
}

function lines(filter: VideoFilter, hasCreators: boolean): readonly Choice<Line>[] {
  const { text, search, state, access, creator, since, before, order } = filter;
  const any = l10n.t('any');
  const line = (value: Line, icon: string, label: string, description: string): Choice<Line> => ({
    value,
    icon,
    label,
    description: cleanLabel(description),
  });
  const dated = since !== undefined || before !== undefined;
  return [
    line('text', 'filter', l10n.t('Text in the name or id'), text ?? any),
    line('state', 'pulse', l10n.t('State'), state === undefined ? any : stateChoiceText(state)),
    line('access', 'lock', l10n.t('Access'), access === undefined ? any : accessText(access === 'signed')),
    ...(hasCreators ? [line('creator', 'person', l10n.t('Creator'), creator ?? any)] : []),
    line('created', 'calendar', l10n.t('Created'), dated ? datesText(since, before) : any),
    line('order', 'list-ordered', l10n.t('Order'), orderText(order)),
    line('search', 'cloud', l10n.t('Search all names at Cloudflare'), search ?? l10n.t('off: what is loaded')),
    ...(isFiltering(filter) ? [line('clear', 'clear-all', l10n.t('Clear the filter'), '')] : []),
  ];
}

async function askLine(
  line: Exclude<Line, 'clear'>,
  filter: VideoFilter,
  accountKey: string,
  parts: AskVideoFilterParts,
): Promise<Change | undefined> {
  const { prompter } = parts;
  const choose = async <T>(title: string, placeholder: string, choices: readonly Choice<T | undefined>[], now: T) => {
    const reply = await prompter.pick({
      title,
      placeholder,
      canGoBack: true,
      choices,
      active: (value) => value === now,
    });
    return reply.kind === 'answer' ? reply : undefined;
  };
  const any = { value: undefined, label: l10n.t('Any') };
  switch (line) {
    case 'text':
      return askText(filter, accountKey, parts);
    case 'search': {
      const reply = await prompter.input({
        title: l10n.t('Search at Cloudflare'),
        canGoBack: true,
        placeholder: l10n.t('A part of the name'),
        prompt: l10n.t(
          'Cloudflare looks through the names of all videos. It is slow, and may be switched off for very large libraries. Empty ends it.',
        ),
        value: filter.search ?? '',
        validate: () => undefined,
      });
      return reply.kind === 'answer' ? { search: reply.value.trim() || undefined } : undefined;
    }
    case 'state': {
      const states = ['ready', 'underWay', 'error', 'live'] as const;
      const choices = [any, ...states.map((value) => ({ value, label: stateChoiceText(value) }))];
      const reply = await choose(l10n.t('State'), l10n.t('Which state?'), choices, filter.state);
      return reply && { state: reply.value };
    }
    case 'access': {
      const kinds = ['signed', 'public'] as const;
      const choices = [any, ...kinds.map((value) => ({ value, label: accessText(value === 'signed') }))];
      const reply = await choose(l10n.t('Access'), l10n.t('Who may watch?'), choices, filter.access);
      return reply && { access: reply.value };
    }
    case 'creator': {
      const creators = creatorsOf(accountKey, parts).map((value) => ({ value, label: cleanLabel(value) || value }));
      const reply = await choose(l10n.t('Creator'), l10n.t('Whose videos?'), [any, ...creators], filter.creator);
      return reply && { creator: reply.value };
    }
    case 'created':
      return askCreated(filter, parts);
    case 'order': {
      const orders = [undefined, 'oldest', 'name'] as const;
      const choices = orders.map((value) => ({ value, label: orderText(value) }));
      const reply = await choose(l10n.t('Order'), l10n.t('In what order?'), choices, filter.order);
      return reply && { order: reply.value };
    }
  }
}

/** Filters while it is typed; Esc takes it back. */
async function askText(
  filter: VideoFilter,
  accountKey: string,
  { prompter, views }: AskVideoFilterParts,
): Promise<Change | undefined> {
  const reply = await prompter.input({
    title: l10n.t('Text in the Name or Id'),
    canGoBack: true,
    placeholder: l10n.t('A part of the name or id'),
    prompt: l10n.t('Looks through the videos that are loaded, while you type. Empty shows all.'),
    value: filter.text ?? '',
    validate(text) {
      views.setFilter(accountKey, changed(filter, { text: text.trim() || undefined }));
      return undefined;
    },
  });
  if (reply.kind === 'answer') return { text: reply.value.trim() || undefined };
  views.setFilter(accountKey, filter);
  return undefined;
}

/** Those of the loaded videos, by name. */
function creatorsOf(accountKey: string, { library }: AskVideoFilterParts): readonly string[] {
  const creators = new Set<string>();
  for (const { creator } of library.state(accountKey)?.videos ?? []) if (creator !== undefined) creators.add(creator);
  return [...creators].sort();
}

import * as l10n from '@vscode/l10n';
import type { DeliveryHost } from '../stream/delivery/deliveryUrl';
import { parseDeliveryUrl } from '../stream/delivery/parseDeliveryUrl';
import type { Outcome } from '../stream/failure';
import { failed, succeeded } from '../stream/failure';
import { isId } from '../stream/id';
import { type ReadToken, readToken } from '../stream/token/claims';
import type { AccountSummary, Accounts } from './accounts';
import { askToken } from './askToken';
import { type ClaimsReport, claimsReport, type Given } from './claimsReport';
import { mayAskCloudflare } from './keyAccount';
import type { SigningKeys } from './keys';
import { pickAccount } from './pickAccount';
import type { Prompter } from './prompter';
import { signatureReport } from './signatureReport';
import { testViewer } from './testViewer';
import type { TimeStyle } from './times';
import type { VideoKnowledge, VideoKnowledgeBase } from './videoKnowledge';

export interface InspectorParts {
  readonly prompter: Prompter;
  readonly accounts: Accounts;
  readonly keys: Pick<SigningKeys, 'list' | 'publicKeys'>;
  readonly knowledge: VideoKnowledgeBase;
  /** False in the browser, where Cloudflare's API can't be called. */
  readonly canCallApi: boolean;
  readonly times: TimeStyle;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Development only: where an emulator stands in for Cloudflare's delivery hosts. */
  readonly deliveryOrigin?: string;
}

/** What the claims page can do with a token. Only `askVideo` sends anything anywhere. */
export interface Inspector {
  /** Explains the token in a text, or one that is asked for. */
  inspect(text: string | undefined): Promise<Outcome<ClaimsReport>>;
  /** Explains a token once more, as things are now. */
  again(given: Given): Promise<Outcome<ClaimsReport>>;
  /** Asks Cloudflare for the token's video and explains the token with what it says. */
  askVideo(given: Given): Promise<Outcome<ClaimsReport>>;
  /** Asks for viewers and says which rule of the token decides about them. */
  testViewer(given: Given): Promise<Outcome<void>>;
}

export function createInspector(parts: InspectorParts): Inspector {
  const { prompter, accounts, keys, knowledge, times } = parts;

  /** What is cached still explains a token where the secret storage does not answer. */
  async function listed(): Promise<readonly AccountSummary[]> {
    try {
      return await accounts.list();
    } catch {
      return [];
    }
  }

  async function again(given: Given): Promise<Outcome<ClaimsReport>> {
    const token = read(given);
    if (token === undefined) return failed({ code: 'cancelled' });
    const video = await videoOf(token);
    const report = claimsReport(given, token, {
      signature: await signatureReport(given.token, keys),
      video,
      host: await hostOf(given, token, video),
      now: parts.now() / 1000,
      times,
    });
    return succeeded(report);
  }

  async function videoOf(token: ReadToken): Promise<VideoKnowledge | undefined> {
    const id = videoIdOf(token);
    return id === undefined ? undefined : knowledge.find(id, keyIdOf(token), await listed());
  }

  async function signer(token: ReadToken): Promise<AccountSummary | undefined> {
    const kid = keyIdOf(token);
    const accountKey = keys.publicKeys().find((key) => key.kid === kid)?.accountKey;
    return (await listed()).find(({ key }) => key === accountKey);
  }

  /** The host that the token came from, else that of the account which has its video or its key. */
  async function hostOf({ url }: Given, token: ReadToken, video: VideoKnowledge | undefined): Promise<DeliveryHost> {
    const customerCode =
      (url === undefined ? undefined : parseDeliveryUrl(url)?.customerCode) ??
      video?.account.customerCode ??
      (await signer(token))?.customerCode;
    return {
      ...(customerCode !== undefined && { customerCode }),
      ...(parts.deliveryOrigin !== undefined && { origin: parts.deliveryOrigin }),
    };
  }

  /** The account that probably has the video; asked for when nothing tells. */
  async function accountToAsk(token: ReadToken): Promise<Outcome<AccountSummary>> {
    const known = (await videoOf(token))?.account ?? (await signer(token));
    if (known !== undefined && mayAskCloudflare(known)) return succeeded(known);
    const [first, ...others] = (await listed()).filter(mayAskCloudflare);
    if (first !== undefined && others.length === 0) return succeeded(first);
    return pickAccount(
      undefined,
      { title: l10n.t('Account'), placeholder: l10n.t('Which account does the video belong to?') },
      { prompter, accounts },
    );
  }

  return {
    async inspect(text) {
      const given = await askToken(text, prompter);
      return given.ok ? again(given.value) : given;
    },
    again,

    async askVideo(given) {
      const token = read(given);
      const id = token && videoIdOf(token);
      if (token === undefined || id === undefined) return failed({ code: 'cancelled' });
      if (!parts.canCallApi) return failed({ code: 'apiUnavailable' });
      const account = await accountToAsk(token);
      if (!account.ok) return account;
      const asked = await prompter.busy(l10n.t('Asking Cloudflare…'), (signal) =>
        knowledge.ask(id, account.value.key, signal),
      );
      return asked.ok ? again(given) : asked;
    },

    async testViewer(given) {
      const rules = read(given)?.rules ?? [];
      await testViewer(rules, prompter, times.locale);
      return succeeded(undefined);
    },
  };
}

function read({ token }: Given): ReadToken | undefined {
  const result = readToken(token);
  return result.ok ? result.token : undefined;
}

function videoIdOf({ claims: { sub } }: ReadToken): string | undefined {
  return typeof sub === 'string' && isId(sub) ? sub : undefined;
}

function keyIdOf({ header, claims }: ReadToken): string | undefined {
  return [header.kid, claims.kid].find((kid) => typeof kid === 'string');
}

import type * as v from 'valibot';
import type { Outcome } from '../failure';
import { succeeded } from '../failure';
import { type ApiMessage, readAnswer } from './answers';
import { type Credential, credentialHeaders, secretsOf } from './credential';
import { hideSecrets } from './hideSecrets';
import type { Clock, Http, HttpAnswer, HttpRequest } from './http';

export interface ApiCallParts {
  readonly http: Http;
  readonly clock: Clock;
  readonly credential: Credential;
  readonly onMessage: (message: ApiMessage) => void;
  /** Awaited between pieces of long work, so that others in the host have their turn. */
  readonly pace?: () => Promise<void>;
}

export interface ApiCall {
  /**
   * Sends a request with the credential. Should the answer repeat that, or one of the secrets in the request, nothing behind
   * this line sees it.
   */
  send(
    request: Omit<HttpRequest, 'headers'>,
    signal: AbortSignal,
    secrets?: readonly string[],
  ): Promise<Outcome<HttpAnswer>>;
  /** The checked result of an answer. */
  read<S extends v.GenericSchema>(
    answer: HttpAnswer,
    schema: S,
    onTotal?: (total: number) => void,
  ): Outcome<v.InferOutput<S>>;
  /** Both. */
  call<S extends v.GenericSchema>(
    request: Omit<HttpRequest, 'headers'>,
    schema: S,
    signal: AbortSignal,
    onTotal?: (total: number) => void,
  ): Promise<Outcome<v.InferOutput<S>>>;
}

/** Calls of the API with one credential. */
export function createApiCall({ http, clock, credential, onMessage }: ApiCallParts): ApiCall {
  const api: ApiCall = {
    async send(request, signal, secrets = []) {
      const outcome = await http({ ...request, headers: credentialHeaders(credential) }, signal);
      if (!outcome.ok) return outcome;
      const text = hideSecrets(outcome.value.text, [...secretsOf(credential), ...secrets]);
      return succeeded({ ...outcome.value, text });
    },
    read: (answer, schema, onTotal) => readAnswer(answer, schema, clock.now(), onMessage, onTotal),
    async call(request, schema, signal, onTotal) {
      const sent = await api.send(request, signal);
      return sent.ok ? api.read(sent.value, schema, onTotal) : sent;
    },
  };
  return api;
}

import { createPrivateKey } from 'node:crypto';
import { ruleProblem } from './accessRules';
import { invalid, success } from './answers';
import type { Answer } from './exchange';
import { isObject, type JsonObject } from './jsonBody';
import { type SigningKey, signToken } from './token';

const HOUR = 3600;
const LONGEST = 24 * HOUR;
const MOST_RULES = 5;

interface Problem {
  readonly pointer: string;
  readonly message: string;
}

/**
 * `POST …/stream/{uid}/token`. Without a body the token is good from an hour ago until in an hour; with one, fields that
 * are absent keep those defaults.
 *
 * @param now Unix seconds
 */
export function createToken(uid: string, body: JsonObject | undefined, hiddenKey: SigningKey, now: number): Answer {
  const { exp = now + HOUR, nbf = now - HOUR, downloadable, accessRules, flags, id, pem } = body ?? {};
  const problem =
    timeProblem(exp, nbf, now) ?? downloadableProblem(downloadable) ?? rulesProblem(accessRules) ?? flagsProblem(flags);
  if (problem !== undefined) return invalid(problem.pointer, problem.message);
  const key = signingKey(id, pem, hiddenKey);
  if ('pointer' in key) return invalid(key.pointer, key.message);
  const token = signToken(key, {
    sub: uid,
    exp: Number(exp),
    nbf: Number(nbf),
    ...(typeof downloadable === 'boolean' && { downloadable }),
    ...(Array.isArray(accessRules) && { accessRules }),
    ...(isObject(flags) && { flags }),
  });
  return success({ token });
}

function timeProblem(exp: unknown, nbf: unknown, now: number): Problem | undefined {
  if (!isSeconds(exp)) return { pointer: '/exp', message: 'exp must be an integer (Unix time in seconds)' };
  if (!isSeconds(nbf)) return { pointer: '/nbf', message: 'nbf must be an integer (Unix time in seconds)' };
  if (exp <= now) return { pointer: '/exp', message: 'exp must be in the future' };
  if (exp > now + LONGEST) return { pointer: '/exp', message: 'exp must be at most 24 hours from now' };
  if (nbf >= exp) return { pointer: '/nbf', message: 'nbf must be before exp' };
  return undefined;
}

function isSeconds(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function downloadableProblem(value: unknown): Problem | undefined {
  if (value === undefined || typeof value === 'boolean') return undefined;
  return { pointer: '/downloadable', message: 'downloadable must be a boolean' };
}

function rulesProblem(rules: unknown): Problem | undefined {
  if (rules === undefined) return undefined;
  if (!Array.isArray(rules)) return { pointer: '/accessRules', message: 'accessRules must be an array' };
  if (rules.length > MOST_RULES)
    return { pointer: '/accessRules', message: `accessRules has more than ${MOST_RULES} rules` };
  for (const [index, rule] of rules.entries()) {
    const problem = ruleProblem(rule);
    if (problem !== undefined) return { ...problem, pointer: `/accessRules/${index}${problem.pointer}` };
  }
  return undefined;
}

function flagsProblem(flags: unknown): Problem | undefined {
  if (flags === undefined) return undefined;
  if (!isObject(flags)) return { pointer: '/flags', message: 'flags must be an object' };
  if (flags.original === undefined || typeof flags.original === 'boolean') return undefined;
  return { pointer: '/flags/original', message: 'flags.original must be a boolean' };
}

/** The caller's own key when the request carries one, else the account's hidden key. */
function signingKey(id: unknown, pem: unknown, hiddenKey: SigningKey): SigningKey | Problem {
  if (id === undefined && pem === undefined) return hiddenKey;
  if (id === undefined) return { pointer: '/id', message: 'pem needs the id of its key' };
  if (pem === undefined) return { pointer: '/pem', message: 'id needs the pem of its key' };
  if (typeof id !== 'string' || id === '' || id.length > 32)
    return { pointer: '/id', message: 'id must be the id of a signing key' };
  const wrong = { pointer: '/pem', message: 'pem must be the base64 of an RSA private key in PEM' };
  if (typeof pem !== 'string') return wrong;
  try {
    const privateKey = createPrivateKey(Buffer.from(pem, 'base64').toString('utf8'));
    return privateKey.asymmetricKeyType === 'rsa' ? { kid: id, privateKey } : wrong;
  } catch {
    return wrong;
  }
}

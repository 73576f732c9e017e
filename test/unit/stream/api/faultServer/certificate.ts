import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A certificate with its private key, both PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateRequest {
  /** The host it is for. */
  readonly host: string;
  /** Epoch milliseconds. */
  readonly notAfter: number;
  /** Who signs; itself unless said. */
  readonly issuer?: Certificate;
  readonly authority?: true;
}

const YEAR_MS = 365 * 86_400_000;
const ECDSA_WITH_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));

/** Makes an X.509 certificate (RFC 5280) with a key on P-256, good for the two years before its end. */
export function makeCertificate({ host, notAfter, issuer, authority }: CertificateRequest): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signer = issuer === undefined ? privateKey : createPrivateKey(issuer.key);
  const toSign = sequence(
    explicit(0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.of(1)),
    ECDSA_WITH_SHA256,
    name(issuer === undefined ? host : 'Test Authority'),
    sequence(time(notAfter - 2 * YEAR_MS), time(notAfter)),
    name(authority ? 'Test Authority' : host),
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(authority ? basicConstraints() : alternativeName(host))),
  );
  const signature = sign('sha256', toSign, signer);
  return {
    cert: pem('CERTIFICATE', sequence(toSign, ECDSA_WITH_SHA256, bits(signature))),
    key: exportKey(privateKey),
  };
}

function exportKey(key: KeyObject): string {
  return String(key.export({ type: 'pkcs8', format: 'pem' }));
}

function basicConstraints(): Buffer {
  const isAuthority = sequence(der(0x01, Buffer.of(0xff)));
  return sequence(oid('2.5.29.19'), der(0x01, Buffer.of(0xff)), der(0x04, isAuthority));
}

function alternativeName(host: string): Buffer {
  const isAddress = /^[\d.]+$/.test(host);
  const general = isAddress ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host));
  return sequence(oid('2.5.29.17'), der(0x04, sequence(general)));
}

function name(common: string): Buffer {
  return sequence(der(0x31, sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(common)))));
}

function time(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replace(/\.\d+|[-:T]/g, '');
  return der(0x18, Buffer.from(digits));
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const high = Math.floor(value / 128);
  return [...(high === 0 ? [] : base128(high).map((byte) => byte | 0x80)), value % 128];
}

function bits(content: Buffer): Buffer {
  return der(0x03, Buffer.concat([Buffer.of(0), content]));
}

function explicit(tag: number, content: Buffer): Buffer {
  return der(0xa0 | tag, content);
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function pem(label: string, content: Buffer): string {
  const lines = content.toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}

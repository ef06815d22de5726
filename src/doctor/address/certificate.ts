import { isIP } from 'node:net';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { type Finding, fail, ok, warn } from '../check.ts';
import { harmless, list, many } from '../words.ts';

/** A certificate as it was shown, and what Node says about it; `refusal` is a code, undefined where it is trusted. */
export type Shown = {
  protocol: string;
  certificate: PeerCertificate;
  refusal: string | undefined;
  /** The name that it must hold. */
  host: string;
  /** False: whoever it names is trusted. */
  isChecked: boolean;
  /** Ms since 1970. */
  now: number;
};

const DAY_MS = 86_400_000;
/** Whoever has to renew it wants to know so long before. */
const SOON_DAYS = 14;

const NOT_TRUSTED = 'no authority that is trusted here has signed it';
const NAME_CA = 'name the authority of the cluster with --tls-ca FILE';

/** What Node's codes of refused certificates mean, and what to do. */
const REFUSALS: Record<string, [meaning: string, fix: string]> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: ['it is self-signed and not known here', NAME_CA],
  SELF_SIGNED_CERT_IN_CHAIN: [NOT_TRUSTED, NAME_CA],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [NOT_TRUSTED, NAME_CA],
  UNABLE_TO_GET_ISSUER_CERT: [NOT_TRUSTED, NAME_CA],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [NOT_TRUSTED, NAME_CA],
  CERT_HAS_EXPIRED: ['it is out of date', 'let the broker get a new one'],
  CERT_NOT_YET_VALID: ['it is not valid yet', 'check the clock of this machine and that of whoever issued it'],
};

/** Judges what a TLS server has shown of itself. */
export function judgeCertificate(shown: Shown): Finding {
  const { certificate, refusal, host, isChecked, now } = shown;
  const days = Math.floor((Date.parse(certificate.valid_to) - now) / DAY_MS);
  const about = tell(shown, days);
  const data = { ...dataOf(shown), daysLeft: days, host };
  if (!isChecked) return warn(`${about}; it is not checked`, 'check it, so that nobody can stand in between', data);
  if (refusal === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const fix = `dial the broker by a name of its certificate, or name one with --tls-servername`;
    return fail(`${about}; it is for ${list(namesOf(certificate))}, not for ${host}`, fix, data);
  }
  if (refusal !== undefined) {
    const [meaning, fix] = REFUSALS[refusal] ?? [`it is refused (${refusal})`, NAME_CA];
    return fail(`${about}; ${meaning}`, fix, data);
  }
  if (days < SOON_DAYS) return warn(about, 'let the broker get a new one', data);
  return ok(about, data);
}

function tell({ protocol, certificate, host }: Shown, days: number): string {
  const left = days < 0 ? `out of date for ${many(-days, 'day')}` : `${many(days, 'day')} left`;
  const fits = fitsHost(certificate, host) ? `, for ${host}` : '';
  return `${protocol}, certificate ${subjectOf(certificate)} by ${issuerOf(certificate)}${fits}, ${left}`;
}

/** Whether the certificate is for this host, whatever else is wrong with it. */
function fitsHost(certificate: PeerCertificate, host: string): boolean {
  return checkServerIdentity(host, certificate) === undefined;
}

function dataOf({ protocol, certificate, refusal }: Shown): Record<string, unknown> {
  return {
    protocol,
    subject: subjectOf(certificate),
    issuer: issuerOf(certificate),
    names: namesOf(certificate),
    validTo: certificate.valid_to,
    ...(refusal === undefined ? {} : { refusal }),
  };
}

function subjectOf({ subject }: PeerCertificate): string {
  return harmless(first(subject?.CN) ?? first(subject?.O) ?? 'without a name');
}

function issuerOf({ issuer }: PeerCertificate): string {
  return harmless(first(issuer?.CN) ?? first(issuer?.O) ?? 'nobody');
}

function namesOf(certificate: PeerCertificate): string[] {
  const names = (certificate.subjectaltname ?? '').split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''));
  const known = names.filter((name) => name !== '').map(harmless);
  return known.length > 0 ? known : [subjectOf(certificate)];
}

function first(part: string | string[] | undefined): string | undefined {
  return Array.isArray(part) ? part[0] : part;
}

/** The name that a certificate must hold: what was asked for, else the host that is dialled. */
export function expectedHost(host: string, servername: string | undefined): string {
  return servername && !isIP(servername) ? servername : host;
}

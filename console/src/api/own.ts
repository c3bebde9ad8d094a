/** The operations of our own service model: AWS JSON 1.1 under `OpenInspector.`, signed like every other call. */

import { Sha256 } from '@aws-crypto/sha256-browser';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';

import { ServiceError } from './errors';
import type { Keys } from './session';

export interface SessionKeys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  /** Seconds since the epoch. */
  expiresAt: number;
}

export interface CoverageCounts {
  rulesPackageArn: string;
  rulesPackage: string;
  pass: number;
  fail: number;
  notApplicable: number;
  notAssessed: number;
}

export interface FindingProofDocument {
  findingArn: string;
  fingerprint: string;
  /** A JSON object. */
  proof: string;
}

export interface FailedItem {
  failureCode: string;
  retryable: boolean;
}

/** A document of a feed that could not be brought up to date when it was last tried. */
export interface FeedFailure {
  address: string;
  /** Seconds since the epoch. */
  failedAt: number;
  reason: string;
}

/** Every operation that the console uses, with its input and output. */
interface Operations {
  CreateSession: [input: Record<string, never>, output: SessionKeys];
  DescribeCoverage: [input: { assessmentRunArn: string }, output: { coverage: CoverageCounts[] }];
  DescribeFindingProofs: [
    input: { findingArns: string[] },
    output: { proofs: FindingProofDocument[]; failedItems: Record<string, FailedItem | undefined> },
  ];
  GetServiceStatus: [input: Record<string, never>, output: { feedFailures: FeedFailure[] }];
}

export interface Caller {
  keys: Keys;
  region: string;
}

/** Calls one operation of ours. Throws a `ServiceError` where the service refuses. */
export async function call<Name extends keyof Operations>(
  operation: Name,
  input: Operations[Name][0],
  caller: Caller,
): Promise<Operations[Name][1]> {
  const request = new HttpRequest({
    method: 'POST',
    protocol: location.protocol,
    hostname: location.hostname,
    path: '/',
    headers: {
      host: location.host,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `OpenInspector.${operation}`,
      // Two calls that mean the same within one second are still two.
      'amz-sdk-invocation-id': invocationId(),
    },
    body: JSON.stringify(input),
  });
  const signer = new SignatureV4({
    service: 'inspector',
    region: caller.region,
    credentials: caller.keys,
    sha256: Sha256,
  });
  const { headers, body } = await signer.sign(request);
  // The browser writes `host` itself.
  delete headers['host'];
  const response = await fetch('/', { method: 'POST', headers, body });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok || answer === undefined) throw ServiceError.of(response.status, answer);
  return answer as Operations[Name][1];
}

/** 128 random bits; `crypto.randomUUID` is missing where the page came without TLS. */
function invocationId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

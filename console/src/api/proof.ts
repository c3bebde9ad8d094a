/** What made a finding true, as the service stored it. */

import { call } from './own';
import type { Session } from './session';

export interface Place {
  path: string;
  line?: number;
}

export interface Packet {
  protocol: string;
  source: string;
  sourcePort: number;
  destination: string;
  destinationPort: number;
}

export interface Hop {
  direction: 'request' | 'reply';
  component: string;
  rule: string;
}

export interface VersionComparison {
  name: string;
  version: string;
  source: string;
  sourceVersion: string;
  fixedVersion: string | null;
  status: string;
  advisory: string;
  feed: string;
}

export interface SettingProof {
  setting: string;
  at: Place;
  found: string | null;
  wanted: string;
}

export type Proof =
  | { kind: 'network'; path: Hop[]; request: Packet; reply: Packet; assumptions?: string[] }
  | { kind: 'packages'; comparisons: VersionComparison[] }
  | { kind: 'settings'; settings: SettingProof[] }
  | { kind: 'imported'; record: string };

export interface FindingProof {
  fingerprint: string;
  proof: Proof;
}

/** The proof of one finding. */
export async function describeProof(session: Session, findingArn: string): Promise<FindingProof> {
  const caller = { keys: session, region: session.region };
  const { proofs, failedItems } = await call('DescribeFindingProofs', { findingArns: [findingArn] }, caller);
  const [found] = proofs;
  if (!found) throw new Error(failedItems[findingArn]?.failureCode ?? 'the service has no proof of this finding');
  return { fingerprint: found.fingerprint, proof: toProof(found.proof) };
}

/** Reads a proof document; one of a kind that this page does not know is an error and not an empty proof. */
export function toProof(document: string): Proof {
  const proof = JSON.parse(document) as Proof;
  switch (proof.kind) {
    case 'network':
    case 'packages':
    case 'settings':
    case 'imported':
      return proof;
    default:
      throw new Error('this page is older than the service and cannot show this kind of proof');
  }
}

/** `/etc/ssh/sshd_config:12`. */
export function placeText({ path, line }: Place): string {
  return line === undefined ? path : `${path}:${line}`;
}

/** `tcp 198.51.100.7:40000 → 10.0.1.20:22`; a protocol without ports shows none. */
export function packetText({ protocol, source, sourcePort, destination, destinationPort }: Packet): string {
  const end = (address: string, port: number) =>
    port === 0 ? address : `${address.includes(':') ? `[${address}]` : address}:${port}`;
  return `${protocol} ${end(source, sourcePort)} → ${end(destination, destinationPort)}`;
}

/** How much of a run was assessed. */

import { call, type CoverageCounts } from './own';
import type { Session } from './session';

/** The ledger's counts of a run, rules package by rules package. */
export async function describeCoverage(session: Session, assessmentRunArn: string): Promise<CoverageCounts[]> {
  const answer = await call('DescribeCoverage', { assessmentRunArn }, { keys: session, region: session.region });
  return answer.coverage;
}

export interface Coverage {
  /** Pairs of rule and instance that were asked for. */
  checks: number;
  notAssessed: number;
  /** Rules packages that left no check on record. */
  silent: string[];
  /** Nothing is missing. */
  complete: boolean;
}

/** The sum over all rules packages. `asked` are the packages of the run: one without counts was not assessed. */
export function total(coverage: readonly CoverageCounts[], asked: readonly string[]): Coverage {
  const checks = coverage.reduce((sum, counts) => sum + checksOf(counts), 0);
  const notAssessed = coverage.reduce((sum, { notAssessed }) => sum + notAssessed, 0);
  const heard = new Set(coverage.filter((counts) => checksOf(counts) > 0).map((counts) => counts.rulesPackageArn));
  const silent = asked.filter((arn) => !heard.has(arn));
  return { checks, notAssessed, silent, complete: checks > 0 && notAssessed === 0 && silent.length === 0 };
}

/** What "12 not assessed" is out of: `of 340 checks, and 1 rules package`. */
export function denominator({ checks, silent }: Coverage): string {
  const packages = silent.length === 1 ? 'rules package' : 'rules packages';
  const more = silent.length > 0 ? `, and ${silent.length} ${packages}` : '';
  return `of ${checks.toLocaleString('en')} checks${more}`;
}

export function checksOf({ pass, fail, notApplicable, notAssessed }: CoverageCounts): number {
  return pass + fail + notApplicable + notAssessed;
}

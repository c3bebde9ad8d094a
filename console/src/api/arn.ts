/** ARNs nest: `…:target/0-…/template/0-…/run/0-…/finding/0-…`. */

/** The part of `arn` up to and including its `kind`, or `undefined` where it has none. */
export function parent(arn: string, kind: 'target' | 'template' | 'run'): string | undefined {
  return new RegExp(`^arn:[^/]*?:(?:[a-z]+/0-[A-Za-z0-9]{8}/)*?${kind}/0-[A-Za-z0-9]{8}(?=/|$)`).exec(arn)?.[0];
}

/** The last part, such as `0-MKkpXXPE`. */
export function shortId(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** A moment in UTC, as reports and the command line write it. */
export function Moment({ at }: { at: Date | undefined }) {
  if (!at || Number.isNaN(at.getTime())) return <>-</>;
  const iso = at.toISOString();
  return <time dateTime={iso}>{`${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`}</time>;
}

import Badge, { type BadgeProps } from '@cloudscape-design/components/badge';

export const SEVERITY_COLOURS: Record<string, BadgeProps['color']> = {
  High: 'severity-high',
  Medium: 'severity-medium',
  Low: 'severity-low',
  Informational: 'blue',
  Undefined: 'severity-neutral',
};

/** A severity; the colour repeats the word. */
export function SeverityBadge({ severity }: { severity: string | undefined }) {
  const word = severity ?? 'Undefined';
  return <Badge color={SEVERITY_COLOURS[word] ?? 'grey'}>{word}</Badge>;
}

import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';

/** Something could not be loaded, and how to try again. */
export function Failure({ what, why, onRetry }: { what: string; why: string; onRetry: () => void }) {
  return (
    <Alert type="error" header={`Cannot load ${what}`} action={<Button onClick={onRetry}>Try again</Button>}>
      {why}
    </Alert>
  );
}

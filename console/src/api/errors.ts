/** What went wrong, in the words of a page. */

/** A refusal by the service, from one of our own operations; those of the Classic API come as the SDK's exceptions. */
export class ServiceError extends Error {
  private constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }

  /** From an error answer: `__type` names it, perhaps behind a namespace; `message` explains it. */
  static of(status: number, answer: unknown): ServiceError {
    const { __type, message } = (answer ?? {}) as { __type?: unknown; message?: unknown };
    const name = typeof __type === 'string' ? __type.split('#').pop() : undefined;
    const text = typeof message === 'string' ? message : `the service answered with HTTP status ${status}`;
    return new ServiceError(name ?? 'UnknownError', text);
  }
}

/** What can be wrong with an error that the page must tell apart. */
export type Kind = 'unreachable' | 'unknown-key' | 'wrong-secret' | 'clock' | 'session-over' | 'denied' | 'other';

export function kindOf(error: unknown): Kind {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  switch (name) {
    case 'TimeoutError':
      return 'unreachable';
    case 'TypeError': // What `fetch` throws, in the words of Chromium, Firefox and Safari.
      return /failed to fetch|networkerror|load failed/i.test(message) ? 'unreachable' : 'other';
    case 'UnrecognizedClientException':
    case 'InvalidClientTokenId':
      return 'unknown-key';
    case 'ExpiredTokenException':
    case 'ExpiredToken':
      return 'session-over';
    case 'InvalidSignatureException':
    case 'SignatureDoesNotMatch':
      return /expired|not yet current/i.test(message) ? 'clock' : 'wrong-secret';
    case 'AccessDeniedException':
      return 'denied';
    default:
      return 'other';
  }
}

/** Whether the session's keys are no longer good, so that only signing in again helps. */
export function isSessionOver(error: unknown): boolean {
  const kind = kindOf(error);
  return kind === 'session-over' || kind === 'unknown-key';
}

/** One or two sentences for a person. */
export function explain(error: unknown): string {
  switch (kindOf(error)) {
    case 'unreachable':
      return 'The service does not answer. Check that it is running and that this browser can reach it, then try again.';
    case 'unknown-key':
      return 'The service does not know this access key ID. Check it for missing characters, and that the key belongs to this service.';
    case 'wrong-secret':
      return 'The secret access key does not belong to this access key ID, or the Region is not the one the service expects.';
    case 'clock':
      return 'The clock of this computer differs from that of the service by more than the service allows. Set the clock, then try again.';
    case 'session-over':
      return 'The session has ended. Sign in again.';
    case 'denied':
      return `This access key has no right to do that. ${detail(error)}`;
    case 'other':
      return detail(error) || 'The service failed without saying why.';
  }
}

function detail(error: unknown): string {
  const message = (error instanceof Error ? error.message : String(error)).trim();
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  return sentence === '' || /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

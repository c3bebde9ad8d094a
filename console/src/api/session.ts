/** The keys that sign requests: long-term ones for signing in, session keys afterwards. */
export interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** Session keys, valid for one hour, and where they are used. The long-term secret is never kept. */
export interface Session extends Required<Keys> {
  region: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** The long-term key's id, to show who is signed in. */
  user: string;
}

const PLACE = 'openinspector.session';

/** The session of this tab, unless it has ended. */
export function storedSession(storage: Storage, now: number): Session | undefined {
  try {
    const session: unknown = JSON.parse(storage.getItem(PLACE) ?? 'null');
    if (isSession(session) && session.expiresAt > now) return session;
  } catch {
    // Not JSON: as good as no session.
  }
  storage.removeItem(PLACE);
  return undefined;
}

export function storeSession(storage: Storage, session: Session): void {
  storage.setItem(PLACE, JSON.stringify(session));
}

export function forgetSession(storage: Storage): void {
  storage.removeItem(PLACE);
}

function isSession(value: unknown): value is Session {
  if (typeof value !== 'object' || value === null) return false;
  const session = value as Record<string, unknown>;
  const texts = ['accessKeyId', 'secretAccessKey', 'sessionToken', 'region', 'user'];
  return texts.every((key) => typeof session[key] === 'string') && typeof session['expiresAt'] === 'number';
}

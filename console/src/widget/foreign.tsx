import type { ReactNode } from 'react';

/** A text from outside. */
export function Foreign({ children }: { children: string | null | undefined }): ReactNode {
  return children ? <span className="foreign-text">{children}</span> : '-';
}

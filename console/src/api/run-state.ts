/** The states of a run, as a page shows them. */

export type Progress = 'waiting' | 'busy' | 'done' | 'incomplete' | 'failed' | 'stopped';

/** Which way a state points. A state that this console does not know is not taken for success. */
export function progress(state: string | undefined): Progress {
  switch (state) {
    case 'CREATED':
      return 'waiting';
    case 'COMPLETED':
      return 'done';
    case 'COMPLETED_WITH_ERRORS':
      return 'incomplete';
    case 'FAILED':
    case 'ERROR':
      return 'failed';
    case 'CANCELED':
      return 'stopped';
    case 'START_DATA_COLLECTION_PENDING':
    case 'START_DATA_COLLECTION_IN_PROGRESS':
    case 'COLLECTING_DATA':
    case 'STOP_DATA_COLLECTION_PENDING':
    case 'DATA_COLLECTED':
    case 'START_EVALUATING_RULES_PENDING':
    case 'EVALUATING_RULES':
      return 'busy';
    default:
      return 'failed';
  }
}

/** Whether the run will change by itself. */
export function isRunning(state: string | undefined): boolean {
  const now = progress(state);
  return now === 'waiting' || now === 'busy';
}

/** `START_EVALUATING_RULES_PENDING` as "Start evaluating rules pending"; a completed run as the original named it. */
export function stateName(state: string | undefined): string {
  if (state === undefined) return 'Unknown';
  if (state === 'COMPLETED') return 'Analysis complete';
  if (state === 'COMPLETED_WITH_ERRORS') return 'Analysis complete (with errors)';
  const words = state.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Whether the absence of findings means that none were found, and not that nobody has looked. */
export function hasLooked(state: string | undefined): boolean {
  const now = progress(state);
  return now === 'done' || now === 'incomplete';
}

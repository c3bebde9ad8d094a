import { AssessmentRunState } from '@aws-sdk/client-inspector';
import { expect, test } from 'vitest';

import { hasLooked, isRunning, progress, stateName } from './run-state';

test('every state of the API has its place', () => {
  const places = Object.values(AssessmentRunState).map((state) => [state, progress(state)]);
  expect(places.filter(([, place]) => place === 'failed').map(([state]) => state)).toEqual(['ERROR', 'FAILED']);
  expect(places.filter(([, place]) => place === 'done').map(([state]) => state)).toEqual(['COMPLETED']);
});

test('a state that nobody knows is no success and is not waited for', () => {
  expect(progress('SOMETHING_NEW')).toBe('failed');
  expect(isRunning('SOMETHING_NEW')).toBe(false);
  expect(isRunning(undefined)).toBe(false);
});

test('states read like words', () => {
  expect(stateName('COLLECTING_DATA')).toBe('Collecting data');
  expect(stateName('COMPLETED')).toBe('Analysis complete');
});

test('only a completed run has looked', () => {
  const looked = Object.values(AssessmentRunState).filter(hasLooked);
  expect(looked).toEqual(['COMPLETED', 'COMPLETED_WITH_ERRORS']);
});

import { type Call, none } from './call.ts'

export const operationsCalls: Record<string, Call> = {
  'operations.readHealth': none,
  'operations.readAttackMode': none,
  'operations.switchAttackMode': { call: () => ({ body: { mode: 'auto' } }) },
  'operations.listDeadLetters': none,
  'operations.replayDeadLetters': { call: () => ({ body: { from: { kind: 'mail', source: 'mail' } } }) },
  'operations.setLettersAside': { call: () => ({ body: { letters: [noLetter()], reason: 'done by hand' } }) },
  'operations.takeLettersBack': { call: () => ({ body: { letters: [noLetter()] } }) },
}

/** Asking for one that is not there does nothing, and does it twice. */
const noLetter = () => ({ kind: 'mail', source: 'mail', id: crypto.randomUUID() })

export {
  type DeadLetter,
  type HealthCheck,
  type HealthFact,
  type HealthState,
  healthStates,
  type LetterKind,
  type LetterName,
  letterKinds,
  listDeadLetters,
  readAttackMode,
  readHealth,
  replayDeadLetters,
  replayOutcomes,
  setLettersAside,
  switchAttackMode,
  takeLettersBack,
} from './api.ts'
export {
  type AdvisoryReading,
  type AttackReading,
  type BackupReading,
  type CertificateReading,
  type Finding,
  type HealthReadings,
  judge,
  worst,
} from './health.ts'
export { withoutPersons } from './without-persons.ts'

export { translate } from '../core/translate.ts'
export { attachFiles } from './attach-files.ts'
export { type Acting, type Actor, type Audit, type AuditEntry, auditContext, createAudit } from './audit.ts'
export { type Anchor, type AuditTables, type ChainReport, verifyChain } from './audit-chain.ts'
export { type Config, readConfig } from './config.ts'
export { type Database, openDatabase } from './database.ts'
export { changedMeanwhile, conflict, Failure, invalid, type LocalizedFieldError, notFound } from './errors.ts'
export { createRecord, createRelay, type EventOptions, type Relay } from './events.ts'
export {
  type Account,
  type JobHandler,
  type Listener,
  type RequestContext,
  type Route,
  route,
  type ServerFeature,
} from './feature.ts'
export { fileJobs } from './file-jobs.ts'
export { type FileStore, openFileStore } from './files.ts'
export { createHttp, type Http, type HttpEnv, type HttpOptions } from './http.ts'
export { demandVersion } from './http-concurrency.ts'
export { connectionLimits, guardConnections } from './http-connections.ts'
export { type CursorKind, decodeCursor, encodeCursor } from './http-cursors.ts'
export type { PageContext, Pages } from './http-pages.ts'
export { newId } from './ids.ts'
export { createJobs, type JobRunner, type Jobs } from './jobs.ts'
export { type Live, openLive } from './live.ts'
export { createLog, type Log } from './log.ts'
export { createMailer, type Mailer, type MailMessage, type MailTables, sendMailJob } from './mail.ts'
export { type MailContent, mailLayout } from './mail-layout.ts'
export { createMetrics, type Metrics } from './metrics.ts'
export { measureStanding } from './metrics-standing.ts'
export { migrate } from './migrate.ts'
export { renderPdf, typefaces } from './pdf.ts'
export type { Platform } from './platform.ts'
export { type EmbeddedPostgres, postgresFolder, startPostgres } from './postgres.ts'
export { type Receipt, receiveFile } from './receive-file.ts'
export { discardUpload, removeFiles } from './remove-files.ts'
export { openScanner, type Scanner } from './scanner.ts'
export { openSignals, type SignalOptions, type Signals } from './signals.ts'
export { StartFailure } from './start-failure.ts'
export { findFiles, openFile, type StoredFile } from './stored-files.ts'
export { openVault, type Vault } from './vault.ts'

export { translate } from '../core/translate.ts'
export { attachFiles } from './attach-files.ts'
export { type AttackModeOptions, type AttackStanding, openAttackMode } from './attack-mode.ts'
export { type Acting, type Actor, type Audit, type AuditEntry, auditContext, createAudit } from './audit.ts'
export { type Anchor, type AuditTables, type ChainReport, chainedEntry, holdsInChain, verifyChain } from './audit-chain.ts'
export { type Background, createBackground } from './background.ts'
export { type BackupStanding, noteFailure, pruneBackups, readBackupStanding } from './backup/keep-backups.ts'
export { demandFinished } from './backup/logical-restore.ts'
export { type BackupTurn, inBackupTurn, makeBackup } from './backup/make-backup.ts'
export { type Backup, findBackup, listBackups, readVerification, type Verification } from './backup/manifest.ts'
export { restore } from './backup/restore.ts'
export { keepShipping, spoolOf } from './backup/ship-log.ts'
export { type Check, verifyBackup } from './backup/verify.ts'
export type {
  Broker,
  BrokerPart,
  BrokerState,
  DeviceCredentials,
  DeviceIdentity,
  DeviceMessage,
  DeviceNotice,
  MessageToDevice,
  Published,
  Refusal,
  SparkplugTopic,
} from './broker.ts'
export { aclFormats, writeAcl } from './broker-acl.ts'
export type { BrokerLimits } from './broker-limits.ts'
export { createBroker, goneDevices } from './broker-open.ts'
export { keyedHash } from './cipher.ts'
export { type Config, readConfig } from './config.ts'
export {
  actorOf,
  type ConfigurationPart,
  type ConfigurationPlan,
  configurationPart,
  exportConfiguration,
  importConfiguration,
  planConfiguration,
} from './configuration.ts'
export { type Database, openDatabase, type Snapshot } from './database.ts'
export { changedMeanwhile, conflict, Failure, invalid, type LocalizedFieldError, notFound } from './errors.ts'
export { createRecord, createRelay, type EventOptions, type Relay } from './events.ts'
export { exportRows } from './export-rows.ts'
export {
  type Account,
  type Confirmed,
  type ConfirmedAct,
  type JobHandler,
  type Listener,
  type PublicPage,
  type RequestContext,
  type Route,
  route,
  type ServerFeature,
} from './feature.ts'
export { fileJobs } from './file-jobs.ts'
export { type FileStore, openFileStore } from './files.ts'
export { flattenPicture } from './files-picture.ts'
export { type Credentials, createHttp, type Http, type HttpEnv, type HttpOptions } from './http.ts'
export { demandVersion } from './http-concurrency.ts'
export { connectionLimits, guardConnections } from './http-connections.ts'
export { type CursorKind, decodeCursor, encodeCursor } from './http-cursors.ts'
export { platformFailure } from './http-failures.ts'
export type { PageContext, Pages } from './http-pages.ts'
export { escapeHtml } from './http-problems.ts'
export type { ConfirmationRequest } from './http-routes.ts'
export { newId } from './ids.ts'
export { createJobs, type JobRunner, type Jobs, keepFailedJobs, openJobData } from './jobs.ts'
export { endStreams, type Live, openLive } from './live.ts'
export { createLog, type Log } from './log.ts'
export {
  countWaitingMails,
  createMailer,
  hastenMails,
  type KeptMail,
  logoAttachment,
  type Mailer,
  type MailMessage,
  type MailTables,
  openKeptMail,
  releaseWaitingMails,
  sendMailJob,
} from './mail.ts'
export { type MailContent, type MailLook, mailHtml, mailLayout } from './mail-layout.ts'
export {
  isComplete,
  type MailRoute,
  type MailServer,
  mailRoute,
  readMailServer,
  routeBy,
  writeMailServer,
} from './mail-server.ts'
export { type MailTrial, tryMailRoute } from './mail-trial.ts'
export { createMetrics, type Metrics } from './metrics.ts'
export { measureStanding } from './metrics-standing.ts'
export { migrate, migrationNames } from './migrate.ts'
export { openOfferedLanguages } from './offered-languages.ts'
export type { OidcProvider } from './oidc-providers.ts'
export { openPort } from './open-port.ts'
export { createOutgoing, mayCallPrivate, type Outgoing, OutgoingRefused } from './outgoing.ts'
export { renderPdf, typefaces } from './pdf.ts'
export { createPeople, type People } from './people.ts'
export type { Collected, Kept, PersonalColumn, PersonalData, PersonalTable, SealedColumn, Subject } from './personal.ts'
export { sealedColumns } from './personal.ts'
export { personalTables } from './personal-tables.ts'
export { renderPicture } from './picture.ts'
export type { Platform } from './platform.ts'
export { createPortals, type Portals, type PortalsOptions } from './portals.ts'
export { type EmbeddedPostgres, postgresFolder, startPostgres } from './postgres.ts'
export { latest, publicPagesOf } from './public-pages.ts'
export { networkOf } from './rate-limits.ts'
export { readTableFile } from './read-table-file.ts'
export { type IncomingWorkbook, readWorkbook } from './read-workbook.ts'
export { type Receipt, receiveFile } from './receive-file.ts'
export { receivePicture, receivePictureInWidths } from './receive-picture.ts'
export { discardUpload, removeFiles } from './remove-files.ts'
export { never, repeater } from './repeater.ts'
export { openScanner, type Scanner } from './scanner.ts'
export { resealBatch, rowsToReseal, sealOldRows } from './seal-columns.ts'
export { emailDigest, openFields, phoneDigest, sealFields } from './sealed-fields.ts'
export { settings } from './settings.ts'
export { openSignals, type SignalOptions, type Signals } from './signals.ts'
export { createSms, openKeptSms, type SmsTables, sendSmsJob } from './sms.ts'
export { type Cell, mediaTypes, type SheetColumn, writeSpreadsheet } from './spreadsheet.ts'
export type { ListenerStanding, QueueStanding, Standing } from './standing.ts'
export { StartFailure } from './start-failure.ts'
export { findFiles, openFile, openPieces, type StoredFile } from './stored-files.ts'
export { openThread, type Thread } from './thread.ts'
export { certificateOf, createPortalServer, createRedirectServer } from './tls.ts'
export { openTracing, statementName } from './tracing.ts'
export { openVault, type Sealed, type Vault } from './vault.ts'
export { version } from './version.ts'
export { openWarehouse, type Warehouse, type WarehouseOptions, type WarehouseStanding } from './warehouse.ts'
export { createWarehouseRelay, readBehind, type WarehouseRelayOptions } from './warehouse-events.ts'
export { writeWorkbook } from './write-workbook.ts'

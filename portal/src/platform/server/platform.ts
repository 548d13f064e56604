import type { EventName, EventTypes } from '#platform/core'
import type { AttackMode } from './attack-mode.ts'
import type { Audit } from './audit.ts'
import type { Background } from './background.ts'
import type { Broker } from './broker.ts'
import type { Config } from './config.ts'
import type { Database } from './database.ts'
import type { PublicPage } from './feature.ts'
import type { FileStore } from './files.ts'
import type { Jobs } from './jobs.ts'
import type { Live } from './live.ts'
import type { Log } from './log.ts'
import type { Mailer } from './mail.ts'
import type { Metrics } from './metrics.ts'
import type { OfferedLanguages } from './offered-languages.ts'
import type { People } from './people.ts'
import type { Portals } from './portals.ts'
import type { Scanner } from './scanner.ts'
import type { Sms } from './sms.ts'
import type { Tracing } from './tracing.ts'
import type { Vault } from './vault.ts'
import type { Warehouse } from './warehouse.ts'

/** What every feature's server side stands on; handed to it as an argument. */
export interface Platform {
  config: Config
  database: Database
  log: Log
  jobs: Jobs
  mail: Mailer
  /** null: text messages are not set up */
  sms: Sms | null
  /** the bytes of files; what they are and whose, the database knows */
  files: FileStore
  /** null: files are not scanned for viruses */
  scanner: Scanner | null
  /** the wire to devices */
  broker: Broker
  /** ids to browsers of every process, through LISTEN/NOTIFY */
  live: Live
  /** the processes that messages of devices come to */
  portals: Portals
  /** Appends a past-tense fact to the event table, in the ambient transaction (required). Ids only, never personal fields. Returns the event's id. */
  record<Name extends EventName>(name: Name, data: EventTypes[Name]): Promise<string>
  /** facts and measurements; asleep until somebody calls it */
  warehouse: Warehouse
  /** personal data at rest */
  vault: Vault
  /** who did what */
  audit: Audit
  /** what is held of people */
  people: People
  /** pages that everybody may see and search engines should know, in the order of their features */
  publicPages(): Promise<PublicPage[]>
  metrics: Metrics
  /** stricter towards strangers while the portal is under attack */
  attackMode: AttackMode
  /** which languages it speaks */
  languages: OfferedLanguages
  /** absent: no traces are made */
  tracing?: Tracing
  /** listeners, jobs and mails: how they stand, and once more for what was given up */
  background: Background
  now(): Date
  /** UUIDv7 */
  newId(): string
}

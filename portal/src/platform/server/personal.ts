import type { LocalizedText } from '../core/index.ts'
import type { Database } from './database.ts'
import type { Platform } from './platform.ts'

/** What a feature holds of people: each of its tables, declared once, and what is done when somebody asks for it or for its end. */
export interface PersonalData {
  /** every table of the feature, also one that tells of nobody: a test finds a column that is not declared */
  tables: readonly PersonalTable[]
  /** Called once when what an older version left in plain words has been sealed: copies of keyed hashes are made here. */
  afterSealing?(database: Database): Promise<void>
  /** What is held of a person, for himself. */
  collect?(platform: Platform, subject: Subject): Promise<Collected[]>
  /**
   * Ends what is held of a person, in the ambient transaction; what law or a running business needs is kept without his name.
   * Idempotent: it is done again after a restore, with what the journal of erasures knows.
   */
  erase?(platform: Platform, subject: Subject): Promise<void>
  /** Ends what has been held long enough, beyond what the rules of the tables say. Answers rows changed by table. */
  retire?(platform: Platform, now: Date): Promise<Record<string, number>>
}

/** A person as tables know him; null: not known by that. */
export interface Subject {
  accountId: string | null
  emailDigest: string | null
  phoneDigest: string | null
}

export interface PersonalTable {
  /** 'person', or with its schema: 'job.job' */
  table: string
  /** columns of its primary key */
  key: readonly string[]
  /** what it is, in the words of the people it tells of; absent where it tells of nobody */
  about?: LocalizedText
  /** why it is kept; a column may have a reason of its own */
  why?: LocalizedText
  kept: Kept
  /** columns that tell of a person */
  personal: Readonly<Record<string, PersonalColumn>>
  /** columns of text that tell of nobody, by the reason */
  impersonal: Readonly<Record<string, readonly string[]>>
}

export interface PersonalColumn {
  /** plain: readable in the table. sealed: by the vault. digest: a keyed hash. hash: of a secret, without a way back */
  protection: 'plain' | 'sealed' | 'digest' | 'hash'
  what: LocalizedText
  why?: LocalizedText
  /** of a sealed column that is looked up exactly: the column of its keyed hash, and what is hashed */
  lookUp?: { column: string; as: 'email' | 'phone' }
  /** false: its rows are gone before an older key is; they are never sealed again */
  reseal?: false
}

/** How long rows are kept. */
export type Kept =
  /** as long as the account, company or product they belong to */
  | { rule: 'with'; owner: 'account' | 'contact' | 'portal' }
  /** so many days after the time in a column; the nightly job deletes them */
  | { rule: 'days'; days: number; after: string }
  /** so many days; a job of the feature, or of a library, deletes them */
  | { rule: 'by-job'; days: number; job: string }
  /** so many days after the matter was closed; the feature's `retire` takes the personal columns out */
  | { rule: 'closed'; days: number }
  /** always: nobody can change or remove it. Personal values end with the key of their subject */
  | { rule: 'always' }

/** What is held of a person in one table, for himself. */
export interface Collected {
  about: LocalizedText
  rows: Record<string, unknown>[]
}

/** Columns of these tables whose rows are sealed again when the key changes. */
export const sealedColumns = (tables: readonly PersonalTable[]): SealedColumn[] =>
  tables.flatMap(({ table, key, personal }) =>
    Object.entries(personal).flatMap(([column, { protection, lookUp, reseal }]) =>
      protection === 'sealed' && reseal !== false ? [{ table, key, column, lookUp: lookUp ?? null }] : [],
    ),
  )

export interface SealedColumn {
  table: string
  key: readonly string[]
  column: string
  lookUp: { column: string; as: 'email' | 'phone' } | null
}

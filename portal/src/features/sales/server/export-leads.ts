import { sql } from 'kysely'
import type { z } from 'zod'
import { personNames } from '#features/accounts/server'
import { type FileAnswer, formatNumber, type Language, type LocalizedText, languages } from '#platform/core'
import {
  type Account,
  type AuditTables,
  type Cell,
  type ConfirmedAct,
  conflict,
  exportRows,
  mediaTypes,
  openFields,
  type Platform,
  type RequestContext,
  type Sealed,
  type SheetColumn,
  translate,
  writeSpreadsheet,
} from '#platform/server'
import { type exportLeads as contract, exportAlone, type Source, sourceWords } from '../core/index.ts'
import { countLeads, sortedLeads } from './read-leads.ts'
import { productNameIn, type SalesReads } from './tables.ts'

type Wish = z.output<NonNullable<typeof contract.body>>

/** What is confirmed. A second person is needed where with this export somebody takes more people's data in a day than he may alone. */
export async function describeExport({ platform, account }: RequestContext, wish: Wish): Promise<ConfirmedAct> {
  const rows = await countLeads(platform, account!, wish)
  return {
    target: 'leads',
    what: { 'zh-CN': sayWish(wish, rows, 'zh-CN'), en: sayWish(wish, rows, 'en') },
    ...((await needsSecond(platform, account!, rows)) ? { second: 'lead.export' } : {}),
  }
}

const needsSecond = async (platform: Platform, account: Account, rows: number): Promise<boolean> =>
  rows + (await exportedWithinADay(platform, account)) > exportAlone

function sayWish({ search, status, assignee, format }: Wish, count: number, language: Language): string {
  const t = (key: string, values = {}) => translate(language, `sales:${key}`, values)
  const narrowed = [
    search && `“${search}”`,
    status?.map(one => t(`status.${one}`)).join(language === 'en' ? ', ' : '、'),
    assignee && t('export.byAssignee'),
  ].filter(Boolean)
  const values = {
    count,
    number: formatNumber(count, language),
    format: t(`export.format.${format}`),
    narrowed: narrowed.join(' · '),
  }
  return t(narrowed.length > 0 ? 'export.whatNarrowed' : 'export.what', values)
}

/** By what the audit log says, so that many small exports are no way around. */
async function exportedWithinADay({ database, now }: Platform, account: Account): Promise<number> {
  const { rows } = await database
    .db<AuditTables>()
    .selectFrom('audit_entry')
    .select(sql<number>`coalesce(sum((changes #>> '{facts,rows}')::int), 0)::int`.as('rows'))
    .where('actor_id', '=', account.id)
    .where('action', '=', 'lead.exported')
    .where('at', '>', new Date(now().getTime() - 24 * 60 * 60_000))
    .executeTakeFirstOrThrow()
  return rows
}

/** The leads of one moment with their contact data, as a file. What is released is in the audit log before its first byte. */
export async function exportLeads(
  { platform, account, language, now, confirmed }: RequestContext,
  wish: Wish,
): Promise<FileAnswer> {
  const { format, timeZone, search, ...filters } = wish
  // one after another, so that of two at once the second counts the first
  await sql`select pg_advisory_xact_lock(hashtextextended(${`lead.export ${account!.id}`}, 0))`.execute(platform.database.db())
  const columns = columnsIn(language)
  const day = new Intl.DateTimeFormat('sv', { timeZone }).format(now)
  const file = await exportRows(platform, {
    name: `${translate(language, 'sales:export.fileName')}-${day}.${format}`,
    mediaType: mediaTypes[format],
    topic: 'lead-exports',
    query: () => exportedLeads(platform, account!, wish),
    present: presenter(platform, language),
    write: rows => writeSpreadsheet({ format, columns, zone: timeZone, name: translate(language, 'sales:lead.list') }, rows),
  })
  if (!confirmed?.secondDue && (await needsSecond(platform, account!, file.export.rows))) {
    file.content.destroy()
    throw moreMeanwhile()
  }
  await platform.audit.write({
    action: 'lead.exported',
    target: { kind: 'export', id: file.export.id },
    facts: { rows: file.export.rows, format, filters },
    ...(confirmed ? { reason: confirmed.reason } : {}),
    ...(search ? { personal: [{ subjectId: account!.id, values: { search } }] } : {}),
  })
  return file
}

const moreMeanwhile = () =>
  conflict(
    'export-grown',
    {
      'zh-CN': '确认期间，您一天内导出的人数超出了单独导出的上限，须第二人批准。',
      en: 'Since you confirmed, this export has come to be one that needs a second person.',
    },
    { 'zh-CN': '请重新导出。', en: 'Export again, and have it approved.' },
  )

const exportedLeads = (platform: Platform, account: Account, wish: Wish) =>
  sortedLeads(platform, account, wish)
    .innerJoin('inquiry as i', 'i.id', 'l.inquiry_id')
    .innerJoin('contact as k', 'k.id', 'i.contact_id')
    .leftJoin('configuration as c', 'c.id', 'i.configuration_id')
    .select(['l.number', 'l.status', 'l.assignee_id', 'l.net', 'l.currency', 'l.created_at', 'l.updated_at'])
    .select(['k.name', 'k.company_name', 'k.email', 'k.phone', 'k.language', 'i.source', 'i.subject', 'c.model_version_id'])

type Row = Awaited<ReturnType<ReturnType<typeof exportedLeads>['execute']>>[number]

const columnsIn = (language: Language): SheetColumn[] =>
  (
    [
      ['lead.number', 'number', 8],
      ['lead.status', 'text', 12],
      ['inquiry.name', 'text', 16],
      ['inquiry.company', 'text', 28],
      ['inquiry.email', 'text', 28],
      ['inquiry.phone', 'text', 18],
      ['lead.language', 'text', 10],
      ['lead.product', 'text', 28],
      ['lead.net', 'money', 14],
      ['export.currency', 'text', 8],
      ['lead.source', 'text', 24],
      ['lead.assignee', 'text', 14],
      ['lead.createdAt', 'time', 18],
      ['export.updatedAt', 'time', 18],
    ] as const
  ).map(([key, kind, width]) => ({ title: translate(language, `sales:${key}`), kind, width }))

/** Rows as cells, in the order of the columns. Names are looked up once each. */
function presenter(platform: Platform, language: Language) {
  const people = new Map<string, string>()
  const products = new Map<string, LocalizedText>()
  return async (rows: Row[]): Promise<Cell[][]> => {
    const unknown = rows.flatMap(row => (row.assignee_id && !people.has(row.assignee_id) ? row.assignee_id : []))
    for (const [id, name] of await personNames(platform.database, [...new Set(unknown)])) people.set(id, name)
    const unnamed = rows.flatMap(({ model_version_id: id }) => (id && !products.has(id) ? id : []))
    for (const [id, name] of await productNames(platform, new Set(unnamed))) products.set(id, name)
    return Promise.all(
      rows.map(async row => {
        const { email, phone } = await openFields(platform.vault, 'contact', row as Row & Addresses, ['email', 'phone'])
        const inLanguage = languages.find(one => one === row.language)
        return [
          row.number,
          translate(language, `sales:status.${row.status}`),
          row.name,
          row.company_name,
          email ?? '',
          phone ?? '',
          inLanguage ? translate(language, `sales:export.language.${inLanguage}`) : row.language,
          (row.subject?.name ?? products.get(row.model_version_id ?? ''))?.[language] ?? '',
          row.net === null ? null : { amount: row.net, currency: row.currency },
          row.currency,
          sourceWords(row.source as Source, language),
          (row.assignee_id && people.get(row.assignee_id)) ?? '',
          row.created_at,
          row.updated_at,
        ]
      }),
    )
  }
}

interface Addresses {
  email: Sealed | null
  phone: Sealed | null
}

async function productNames({ database }: Platform, versions: ReadonlySet<string>): Promise<[string, LocalizedText][]> {
  if (versions.size === 0) return []
  const rows = await database
    .db<SalesReads>()
    .selectFrom('model_version as v')
    .select(['v.id', productNameIn('v')])
    .where('v.id', 'in', [...versions])
    .execute()
  return rows.map(row => [row.id, row.product_name])
}

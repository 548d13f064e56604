import { z } from 'zod'
import { endpoint, fileAnswer, fileBody, languages } from '#platform/core'
import { declaration } from './declaration.ts'
import { mostBytes, mostRows, sheetKinds } from './form.ts'
import { importStatuses } from './import-status.ts'
import { verdicts } from './judge-rows.ts'
import { likenessReasons } from './same-company.ts'

const access = { staff: 'company.import' } as const
const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const kind = z.enum(sheetKinds)
const verdict = z.enum(verdicts)
const importParams = z.object({ importId: z.uuid() })

const finding = z.object({
  level: z.enum(['error', 'warning']),
  code: z.string(),
  sheet: z.string(),
  row: z.number().int().nullable(),
  column: z.string().nullable(),
  value: z.string().nullable(),
  message: localizedText,
  remedy: localizedText,
})

const numbers = z.partialRecord(kind, z.partialRecord(verdict, z.number().int()))

const customerImport = z.object({
  id: z.string(),
  fileName: z.string(),
  sha256: z.string(),
  bytes: z.number().int(),
  status: z.enum(importStatuses),
  /** of the file and its sheets; one of level error: nothing can be written */
  findings: z.array(finding),
  /** rows by kind and verdict */
  counts: numbers,
  /** who said that the data may be used, and when */
  declaredBy: z.object({ id: z.string(), name: z.string() }),
  declaredAt: z.string(),
  writtenAt: z.string().nullable(),
  /** while its rows are there and nobody has taken it back */
  canTakeBack: z.boolean(),
  revision: z.number().int(),
})
export type ImportView = z.output<typeof customerImport>

const decision = z.object({ choice: z.enum(['same', 'different']), against: z.array(z.string().max(60)).min(1).max(5) })

const row = z.object({
  place: z.number().int(),
  kind,
  verdict,
  sheet: z.string(),
  /** as Excel counts */
  row: z.number().int(),
  values: z.record(z.string(), z.string()),
  findings: z.array(finding),
  /** of a company that may be known: what it may be the same as, the likeliest first */
  candidates: z.array(
    z.object({
      /** `company:<id>`, or `row:<place>` of the file */
      target: z.string(),
      name: z.string(),
      strength: z.enum(['certain', 'likely']),
      reasons: z.array(z.enum(likenessReasons)),
    }),
  ),
  decision: decision.nullable(),
  /** fields that are, or were, filled in */
  fills: z.array(z.string()),
  /** what is known stays as it is */
  differs: z.array(z.object({ field: z.string(), known: z.string(), given: z.string() })),
})
export type ImportRowView = z.output<typeof row>

export const getImportTemplate = endpoint({
  id: 'imports.getImportTemplate',
  method: 'GET',
  path: '/customer-imports/template',
  summary: 'The workbook to fill in: companies, contacts and machines, with headings in both languages and a guide',
  access,
  transfers: 'download',
  result: fileAnswer,
})

export const checkCustomers = endpoint({
  id: 'imports.checkCustomers',
  method: 'POST',
  path: '/customer-imports',
  summary: `Read an .xlsx of customers and say what would become of every row. Nothing of it is written among the customers. At most ${mostRows} rows`,
  access,
  transfers: 'upload',
  query: z.object({
    /** the version of the declaration on using the people's data that was agreed to */
    declaration: z.literal(declaration.version),
  }),
  body: fileBody,
  bodyLimit: mostBytes,
  limit: 'upload',
  keys: 'refused',
  audit: 'customer-import.checked',
  status: 201,
  result: customerImport,
  problems: ['file-refused'],
})

export const listImports = endpoint({
  id: 'imports.listImports',
  method: 'GET',
  path: '/customer-imports',
  summary: 'Imports of customers, newest first, fifty at most',
  access,
  result: z.object({ items: z.array(customerImport) }),
})

export const getImport = endpoint({
  id: 'imports.getImport',
  method: 'GET',
  path: '/customer-imports/{importId}',
  summary: 'An import: how far it is, and how many rows become what',
  access,
  params: importParams,
  concurrency: 'etag',
  result: customerImport,
})

export const listImportRows = endpoint({
  id: 'imports.listImportRows',
  method: 'GET',
  path: '/customer-imports/{importId}/rows',
  summary: 'Rows of an import with what becomes of them, in the order of the file',
  access,
  params: importParams,
  query: z.object({
    verdict: verdict.optional(),
    kind: kind.optional(),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  result: z.object({ items: z.array(row), nextCursor: z.string().nullable() }),
})

export const decideDuplicates = endpoint({
  id: 'imports.decideDuplicates',
  method: 'POST',
  path: '/customer-imports/{importId}/decisions',
  summary: 'Say of companies that may be known whether they are; of some rows, or of all that are open',
  access,
  params: importParams,
  body: z.union([
    z.strictObject({
      rows: z
        .array(
          decision.extend({
            place: z
              .number()
              .int()
              .min(0)
              .max(2 * mostRows),
          }),
        )
        .min(1)
        .max(200),
    }),
    z.strictObject({ all: z.enum(['same', 'different']) }),
  ]),
  concurrency: 'if-match',
  audit: { none: 'nothing is written among the customers; the import that comes of it is' },
  result: customerImport,
  problems: ['import-moved-on'],
})

export const writeImport = endpoint({
  id: 'imports.writeImport',
  method: 'POST',
  path: '/customer-imports/{importId}/writing',
  summary: 'Write what was checked, as a whole, in the background. What was written meanwhile by others is compared again',
  access,
  params: importParams,
  concurrency: 'if-match',
  keys: 'refused',
  audit: 'customer-import.begun',
  status: 202,
  result: customerImport,
  problems: ['import-moved-on', 'import-undecided', 'import-empty'],
})

export const getImportReport = endpoint({
  id: 'imports.getImportReport',
  method: 'GET',
  path: '/customer-imports/{importId}/report',
  summary: 'What became of every row, as an Excel workbook',
  access,
  params: importParams,
  query: z.object({ language: z.enum(languages).optional() }),
  transfers: 'download',
  limit: 'export',
  result: fileAnswer,
})

export const removeImport = endpoint({
  id: 'imports.removeImport',
  method: 'DELETE',
  path: '/customer-imports/{importId}',
  summary:
    'Give up a file that was only checked; or take an import back: the companies, contacts and machines it made are removed, as long as nothing depends on them. That needs a second confirmation',
  access,
  params: importParams,
  confirm: true,
  audit: 'customer-import.removed',
  problems: ['import-moved-on', 'import-in-use'],
})

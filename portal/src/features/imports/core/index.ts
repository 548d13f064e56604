import './events.ts'

export {
  checkCustomers,
  decideDuplicates,
  getImport,
  getImportReport,
  getImportTemplate,
  type ImportRowView,
  type ImportView,
  listImportRows,
  listImports,
  removeImport,
  writeImport,
} from './api.ts'
export { readCompanyName } from './company-name.ts'
export { looksLikeCreditCode, plainCode } from './credit-code.ts'
export { declaration } from './declaration.ts'
export { type Finding, type FindingKind, findingOf } from './findings.ts'
export { bilingual, columnsOf, exampleMark, type FormColumn, mostBytes, mostRows, type SheetKind, sheetKinds } from './form.ts'
export { type ImportStatus, importDays, importMoves, importStatuses } from './import-status.ts'
export { type Verdict, verdicts } from './judge-rows.ts'
export { checkDates } from './read-form.ts'
export { type ReadTable, readTable, type TableRow } from './read-table.ts'

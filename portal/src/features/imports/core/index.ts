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
export { declaration } from './declaration.ts'
export { mostBytes, mostRows, type SheetKind, sheetKinds } from './form.ts'
export { type ImportStatus, importDays, importMoves, importStatuses } from './import-status.ts'
export { type Verdict, verdicts } from './judge-rows.ts'

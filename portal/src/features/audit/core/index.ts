export { auditedActions } from './actions.ts'
export {
  type AuditCheck,
  type AuditEntryView,
  auditExportFormats,
  checkAudit,
  type ExportedEntry,
  exportAuditEntries,
  exportedEntry,
  getAuditEntry,
  listAuditChecks,
  listAuditEntries,
} from './api.ts'
export { texts } from './texts.ts'

export { auditedActions } from './actions.ts'
export {
  type AuditCheck,
  type AuditEntryView,
  checkAudit,
  getAuditEntry,
  listAuditChecks,
  listAuditEntries,
} from './api.ts'
export { texts } from './texts.ts'

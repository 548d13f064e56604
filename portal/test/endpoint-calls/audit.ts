import { type Call, none } from './call.ts'

export const auditCalls: Record<string, Call> = {
  'audit.listAuditEntries': none,
  'audit.getAuditEntry': { call: () => ({ params: { position: '1' } }) },
  'audit.listAuditChecks': none,
  'audit.checkAudit': none,
  'audit.exportAuditEntries': { call: () => ({ body: { format: 'jsonl', action: 'audit.checked' } }) },
}

import type { ServiceStatus } from './service-status.ts'

declare module '#platform/core' {
  interface EventTypes {
    /** of whom it is: the owner, told this once until it is done */
    'maintenance.due': { deviceId: string; companyId: string; task: string }
    'service.requested': { requestId: string; deviceId: string; companyId: string }
    'service.moved': { requestId: string; from: ServiceStatus; to: ServiceStatus }
    /** by: whose people wrote it */
    'service.message-written': { requestId: string; messageId: string; by: 'manufacturer' | 'customer' }
    /** done, declined or withdrawn */
    'service.closed': { requestId: string; deviceId: string; companyId: string; status: ServiceStatus }
  }
}

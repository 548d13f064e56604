import type { EntitlementKind } from './entitlement.ts'
import type { Ending } from './entitlement-api.ts'

declare module '#platform/core' {
  interface EventTypes {
    'entitlement.requested': { entitlementId: string; deviceId: string; companyId: string }
    'entitlement.granted': { entitlementId: string; deviceId: string; companyId: string; kind: EntitlementKind }
    /** before its time was over. wasInForce: something that was open is closed now */
    'entitlement.ended': {
      entitlementId: string
      deviceId: string
      companyId: string
      ending: Ending
      wasInForce: boolean
    }
  }
}

import { accountsCalls } from './endpoint-calls/accounts.ts'
import { advisoryCalls } from './endpoint-calls/advisory.ts'
import { alarmsCalls } from './endpoint-calls/alarms.ts'
import { auditCalls } from './endpoint-calls/audit.ts'
import type { Call } from './endpoint-calls/call.ts'
import { configuratorCalls } from './endpoint-calls/configurator.ts'
import { contentCalls } from './endpoint-calls/content.ts'
import { controlsCalls } from './endpoint-calls/controls.ts'
import { devicesCalls } from './endpoint-calls/devices.ts'
import { diagnosisCalls } from './endpoint-calls/diagnosis.ts'
import { discoveryCalls } from './endpoint-calls/discovery.ts'
import { documentsCalls } from './endpoint-calls/documents.ts'
import { embedCalls } from './endpoint-calls/embed.ts'
import { figuresCalls } from './endpoint-calls/figures.ts'
import { fleetCalls } from './endpoint-calls/fleet.ts'
import { floorplansCalls } from './endpoint-calls/floorplans.ts'
import { importsCalls } from './endpoint-calls/imports.ts'
import { mailboxCalls } from './endpoint-calls/mailbox.ts'
import { manufacturerCalls } from './endpoint-calls/manufacturer.ts'
import { noticesCalls } from './endpoint-calls/notices.ts'
import { offersCalls } from './endpoint-calls/offers.ts'
import { operationsCalls } from './endpoint-calls/operations.ts'
import { outcomesCalls } from './endpoint-calls/outcomes.ts'
import { packagesCalls } from './endpoint-calls/packages.ts'
import { platformCalls } from './endpoint-calls/platform.ts'
import { privacyCalls } from './endpoint-calls/privacy.ts'
import { productsCalls } from './endpoint-calls/products.ts'
import { prognosisCalls } from './endpoint-calls/prognosis.ts'
import { provisioningCalls } from './endpoint-calls/provisioning.ts'
import { redirectsCalls } from './endpoint-calls/redirects.ts'
import { reportsCalls } from './endpoint-calls/reports.ts'
import { robotsCalls } from './endpoint-calls/robots.ts'
import { salesCalls } from './endpoint-calls/sales.ts'
import { signingInCalls } from './endpoint-calls/signing-in.ts'
import { telemetryCalls } from './endpoint-calls/telemetry.ts'
import { vibrationCalls } from './endpoint-calls/vibration.ts'
import { webhooksCalls } from './endpoint-calls/webhooks.ts'

/** Every operation, by id: how it is called, a file for each feature. */
export const endpointCalls: Record<string, Call> = {
  ...accountsCalls,
  ...advisoryCalls,
  ...alarmsCalls,
  ...auditCalls,
  ...configuratorCalls,
  ...contentCalls,
  ...controlsCalls,
  ...devicesCalls,
  ...discoveryCalls,
  ...documentsCalls,
  ...embedCalls,
  ...figuresCalls,
  ...fleetCalls,
  ...floorplansCalls,
  ...importsCalls,
  ...mailboxCalls,
  ...manufacturerCalls,
  ...noticesCalls,
  ...offersCalls,
  ...operationsCalls,
  ...outcomesCalls,
  ...packagesCalls,
  ...platformCalls,
  ...privacyCalls,
  ...productsCalls,
  ...provisioningCalls,
  ...redirectsCalls,
  ...reportsCalls,
  ...robotsCalls,
  ...salesCalls,
  ...signingInCalls,
  ...diagnosisCalls,
  ...prognosisCalls,
  ...telemetryCalls,
  ...vibrationCalls,
  ...webhooksCalls,
}

import { accounts } from '#features/accounts/server'
import { advisory } from '#features/advisory/server'
import { alarms, openAlarms, unanswered, watchAlarms } from '#features/alarms/server'
import { audit } from '#features/audit/server'
import { configurator } from '#features/configurator/server'
import { content } from '#features/content/server'
import { controls, hearNodes } from '#features/controls/server'
import { devices, hearNodeProperties } from '#features/devices/server'
import { diagnosis, doubtsOf, healthCourse, healthOf } from '#features/diagnosis/server'
import { discovery } from '#features/discovery/server'
import { documents } from '#features/documents/server'
import { embed } from '#features/embed/server'
import { explorer } from '#features/explorer/server'
import { figures } from '#features/figures/server'
import { fleet } from '#features/fleet/server'
import { floorplans } from '#features/floorplans/server'
import { imports } from '#features/imports/server'
import { mailbox } from '#features/mailbox/server'
import { manufacturer } from '#features/manufacturer/server'
import { notices } from '#features/notices/server'
import { offers } from '#features/offers/server'
import { operations } from '#features/operations/server'
import { outcomes } from '#features/outcomes/server'
import { advisedPackages, openTo, packages } from '#features/packages/server'
import { privacy } from '#features/privacy/server'
import { products } from '#features/products/server'
import { prognosis } from '#features/prognosis/server'
import { provisioning } from '#features/provisioning/server'
import { redirects } from '#features/redirects/server'
import { reports } from '#features/reports/server'
import { robots } from '#features/robots/server'
import { sales } from '#features/sales/server'
import { keepReadings, spokenUntil, telemetry } from '#features/telemetry/server'
import { vibration } from '#features/vibration/server'
import { webhooks } from '#features/webhooks/server'
import type { ServerFeature } from '#platform/server'
import { alarmSignals } from './alarm-signals.ts'
import { chartMarks } from './chart-marks.ts'
import { healthSignals } from './health-signals.ts'

/** Who is handed readings before they are acknowledged. */
const takers = [watchAlarms]

/** By what is known how machines stand. */
const standings = { openAlarms, healthOf, openTo: openTo('findings') }

/** Every capability of the portal, by hand. */
export const features: readonly ServerFeature[] = [
  accounts,
  manufacturer,
  products,
  configurator,
  sales,
  offers,
  devices(spokenUntil),
  telemetry(takers, chartMarks(openTo('findings')), [hearNodes, hearNodeProperties]),
  vibration(keepReadings(takers)),
  packages,
  alarms(openTo('findings')),
  webhooks(openTo('findings')),
  notices({ alarm: unanswered, escalation: unanswered }),
  diagnosis(openTo('findings')),
  prognosis({ healthCourse, doubts: doubtsOf, healthLimit: 40 }, openTo('outlook')),
  advisory([alarmSignals, healthSignals], { advice: openTo('advice'), findings: openTo('findings') }, advisedPackages),
  outcomes(openTo('findings')),
  reports({ report: openTo('report'), findings: openTo('findings'), outlook: openTo('outlook') }),
  controls,
  fleet(standings),
  floorplans(standings),
  embed({ ...standings, outlook: openTo('outlook'), marks: chartMarks(openTo('findings')) }),
  documents,
  explorer,
  imports,
  provisioning,
  robots(openTo('findings')),
  discovery,
  redirects,
  content,
  figures,
  mailbox,
  audit,
  operations,
  privacy,
]

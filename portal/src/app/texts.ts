import { texts as accounts } from '../features/accounts/core/texts.ts'
import { texts as advisory } from '../features/advisory/core/texts.ts'
import { texts as alarms } from '../features/alarms/core/texts.ts'
import { texts as audit } from '../features/audit/core/texts.ts'
import { texts as configurator } from '../features/configurator/core/texts.ts'
import { texts as content } from '../features/content/core/texts.ts'
import { texts as controls } from '../features/controls/core/texts.ts'
import { texts as devices } from '../features/devices/core/texts.ts'
import { texts as diagnosis } from '../features/diagnosis/core/texts.ts'
import { texts as discovery } from '../features/discovery/core/texts.ts'
import { texts as documents } from '../features/documents/core/texts.ts'
import { texts as embed } from '../features/embed/core/texts.ts'
import { texts as explorer } from '../features/explorer/core/texts.ts'
import { texts as figures } from '../features/figures/core/texts.ts'
import { texts as fleet } from '../features/fleet/core/texts.ts'
import { texts as floorplans } from '../features/floorplans/core/texts.ts'
import { texts as imports } from '../features/imports/core/texts.ts'
import { texts as mailbox } from '../features/mailbox/core/texts.ts'
import { texts as manufacturer } from '../features/manufacturer/core/texts.ts'
import { texts as notices } from '../features/notices/core/texts.ts'
import { texts as offers } from '../features/offers/core/texts.ts'
import { texts as operations } from '../features/operations/core/texts.ts'
import { texts as outcomes } from '../features/outcomes/core/texts.ts'
import { texts as packages } from '../features/packages/core/texts.ts'
import { texts as privacy } from '../features/privacy/core/texts.ts'
import { texts as products } from '../features/products/core/texts.ts'
import { texts as prognosis } from '../features/prognosis/core/texts.ts'
import { texts as provisioning } from '../features/provisioning/core/texts.ts'
import { texts as redirects } from '../features/redirects/core/texts.ts'
import { texts as reports } from '../features/reports/core/texts.ts'
import { texts as robots } from '../features/robots/core/texts.ts'
import { texts as sales } from '../features/sales/core/texts.ts'
import { texts as telemetry } from '../features/telemetry/core/texts.ts'
import { texts as vibration } from '../features/vibration/core/texts.ts'
import { texts as webhooks } from '../features/webhooks/core/texts.ts'
import type { Language } from '../platform/core/language.ts'
import { texts as platform } from '../platform/core/texts.ts'
import type { LanguageTexts, TextTree } from '../platform/core/translate.ts'

/** Every text of the portal by namespace, by hand. Only data is imported here: the web build evaluates this file alone. */
const namespaces = {
  platform,
  accounts,
  advisory,
  alarms,
  audit,
  configurator,
  content,
  controls,
  devices,
  diagnosis,
  discovery,
  documents,
  embed,
  explorer,
  figures,
  fleet,
  floorplans,
  imports,
  mailbox,
  manufacturer,
  notices,
  offers,
  operations,
  outcomes,
  packages,
  privacy,
  products,
  prognosis,
  provisioning,
  redirects,
  reports,
  robots,
  sales,
  telemetry,
  vibration,
  webhooks,
}

/** Shown in the console alone. */
const ofConsole: readonly string[] = [
  'audit',
  'content',
  'discovery',
  'figures',
  'imports',
  'mailbox',
  'manufacturer',
  'operations',
  'redirects',
] satisfies (keyof typeof namespaces)[]

/** Parts of the others that only the console shows. */
const partsOfConsole: { [name: string]: readonly string[] } = {
  accounts: ['approvals', 'companies', 'staff'],
  advisory: ['console', 'editor', 'serviceDesk'],
  devices: ['console', 'types'],
  documents: ['console'],
  offers: ['console'],
  packages: ['desk', 'editor'],
  platform: ['console', 'first'],
  privacy: ['console', 'notice'],
  products: ['console'],
  prognosis: ['desk'],
  sales: ['answering', 'export', 'lead'],
  telemetry: ['retention'],
  vibration: ['editor'],
} satisfies { [Name in keyof typeof namespaces]?: readonly (keyof (typeof namespaces)[Name]['en'])[] }

/** Shown below a layout of routes.ts and in the console, and nowhere else: other public pages are lighter without. */
const ofLayout = {
  account: [
    'accounts',
    'advisory',
    'alarms',
    'controls',
    'devices',
    'diagnosis',
    'fleet',
    'floorplans',
    'notices',
    'offers',
    'outcomes',
    'packages',
    'privacy',
    'prognosis',
    'reports',
    'robots',
    'telemetry',
    'vibration',
    'webhooks',
  ],
  documents: ['documents'],
  explorer: ['explorer'],
} satisfies Record<string, (keyof typeof namespaces)[]>
type Layout = keyof typeof ofLayout

/** Shown by what stands in pages of other sites: all of the first, and of the others what is named. */
const ofEmbed: { [name: string]: readonly string[] | null } = {
  ...{
    embed: null,
    fleet: null,
    alarms: [
      ...['title', 'none', 'noneHelp', 'flood', 'floodHelp', 'floodOf', 'name', 'chatters', 'severityTitle', 'severity'],
      ...['stateTitle', 'state', 'raisedAt', 'clearedAt', 'stillHolds'],
    ] as const,
    diagnosis: null,
    platform: ['table'],
    prognosis: null,
    telemetry: null,
    vibration: null,
  },
} satisfies { [Name in keyof typeof namespaces]?: readonly (keyof (typeof namespaces)[Name]['en'])[] | null }

const layouts = Object.keys(ofLayout) as Layout[]

/**
 * `pages`: what every page may show. A layout, `console`: what the pages below it show besides. `embed`: what is shown in pages of other
 * sites, complete in itself.
 */
export type TextsPart = 'pages' | Layout | 'console' | 'embed'

/** What pages show. What only mails say (`mail.…`) is in neither part. */
export function textsForBrowser(language: Language, part: TextsPart): LanguageTexts {
  const withoutMails = ({ mail, ...texts }: TextTree) => (typeof mail === 'string' ? { ...texts, mail } : texts)
  const belongs = (name: string, key: string) => partsOf(name, key).includes(part)
  return Object.fromEntries(
    Object.entries(textsIn(language))
      .map(([name, texts]) => [
        name,
        Object.fromEntries(Object.entries(withoutMails(texts)).filter(([key]) => belongs(name, key))),
      ])
      .filter(([, texts]) => Object.keys(texts!).length > 0),
  )
}

function partsOf(name: string, key: string): readonly TextsPart[] {
  const shown = name in ofEmbed && (ofEmbed[name] ?? [key]).includes(key)
  return shown ? [...portalPartsOf(name, key), 'embed'] : portalPartsOf(name, key)
}

function portalPartsOf(name: string, key: string): readonly TextsPart[] {
  if (name === 'embed') return []
  if (ofConsole.includes(name) || partsOfConsole[name]?.includes(key)) return ['console']
  const layout = layouts.find(one => (ofLayout[one] as string[]).includes(name))
  return layout ? [layout, 'console'] : ['pages']
}

export function textsIn(language: Language): LanguageTexts {
  return Object.fromEntries(Object.entries(namespaces).map(([name, texts]) => [name, texts[language]]))
}

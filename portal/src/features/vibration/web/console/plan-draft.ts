import type { FieldMessages, Translate } from '#platform/web'
import { type Feature, features, type Point, type VibrationFields, vibrationUnits, type ZoneSet } from '../../core/index.ts'

/** A measuring point as it is typed. id: of the card, for React */
export interface PointDraft {
  id: string
  key: string
  zh: string
  en: string
  unit: string
  rate: string
  scale: string
  samples: string
  component: string
  speedMetric: string
  speed: string
  rollers: string
  rollerDiameter: string
  pitchDiameter: string
  contactAngle: string
  envelopeFrom: string
  envelopeTo: string
  zones: string
  bands: string
  metrics: Partial<Record<Feature, string>>
}

/** Boundaries as they are typed. id: of the card, for React */
export interface ZonesDraft {
  id: string
  key: string
  zh: string
  en: string
  ab: string
  bc: string
  cd: string
}

export const emptyPoint = (id: string): PointDraft => ({
  ...{ id, key: '', zh: '', en: '', unit: 'm/s²', rate: '25600', scale: '1', samples: '16384', component: '' },
  ...{ speedMetric: '', speed: '', rollers: '', rollerDiameter: '', pitchDiameter: '', contactAngle: '' },
  ...{ envelopeFrom: '', envelopeTo: '', zones: '', bands: '', metrics: {} },
})

export const emptyZones = (id: string): ZonesDraft => ({ id, key: '', zh: '', en: '', ab: '', bc: '', cd: '' })

const text = (value: number | null | undefined): string => value?.toString() ?? ''

export const pointDrafts = (points: readonly Point[]): PointDraft[] =>
  points.map(({ key, name, bearing, envelope, bands, ...point }) => ({
    ...{ id: key, key, zh: name['zh-CN'], en: name.en, unit: point.unit, metrics: point.metrics },
    ...{ rate: text(point.rate), scale: text(point.scale), samples: text(point.samples), speed: text(point.speed) },
    ...{ component: point.component ?? '', speedMetric: point.speedMetric ?? '', zones: point.zones ?? '' },
    ...{ rollers: text(bearing?.rollers), rollerDiameter: text(bearing?.rollerDiameter) },
    ...{ pitchDiameter: text(bearing?.pitchDiameter), contactAngle: text(bearing?.contactAngle) },
    ...{ envelopeFrom: text(envelope?.from), envelopeTo: text(envelope?.to) },
    bands: bands.map(({ from, to, metric }) => `${from}-${to} ${metric}`).join('\n'),
  }))

export const zonesDrafts = (zones: readonly ZoneSet[]): ZonesDraft[] =>
  zones.map(({ key, name, ab, bc, cd }) => ({
    ...{ id: key, key, zh: name['zh-CN'], en: name.en, ab: text(ab), bc: text(bc), cd: text(cd) },
  }))

const bearingFields = ['rollers', 'rollerDiameter', 'pitchDiameter', 'contactAngle'] as const
const envelopeFields = ['envelopeFrom', 'envelopeTo'] as const
const isFilled = (typed: string): boolean => typed.trim() !== ''
const isNumber = (typed: string): boolean => isFilled(typed) && Number.isFinite(Number(typed))
const bandLine = /^([\d.]+)\s*-\s*([\d.]+)\s+(\w+)$/
const linesOf = (typed: string): string[] =>
  typed
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)

/** What is wrong in what was typed, by the names of the fields in the API. */
export function draftErrors(points: readonly PointDraft[], zones: readonly ZonesDraft[], t: Translate): FieldMessages {
  const wrong: [string, string][] = []
  const demandKey = (key: string, path: string) => {
    if (!/^[a-z][a-z0-9_]{0,39}$/.test(key.trim())) wrong.push([`${path}.key`, t('editor.keyWrong')])
  }
  const demandNumber = (typed: string, path: string) => {
    if (!isNumber(typed)) wrong.push([path, t('editor.notANumber')])
  }
  for (const [at, point] of points.entries()) {
    const path = `points.${at}`
    demandKey(point.key, path)
    for (const field of ['rate', 'scale', 'samples'] as const) demandNumber(point[field], `${path}.${field}`)
    if (isFilled(point.speed)) demandNumber(point.speed, `${path}.speed`)
    if (bearingFields.some(field => isFilled(point[field])))
      for (const field of bearingFields) demandNumber(point[field], `${path}.bearing.${field}`)
    if (envelopeFields.some(field => isFilled(point[field]))) {
      demandNumber(point.envelopeFrom, `${path}.envelope.from`)
      demandNumber(point.envelopeTo, `${path}.envelope.to`)
    }
    const line = linesOf(point.bands).findIndex(one => !bandLine.test(one))
    if (line >= 0) wrong.push([`${path}.bands`, t('editor.bandsWrong', { line: line + 1 })])
  }
  for (const [at, zone] of zones.entries()) {
    demandKey(zone.key, `zones.${at}`)
    for (const field of ['ab', 'bc', 'cd'] as const) demandNumber(zone[field], `zones.${at}.${field}`)
  }
  return Object.fromEntries(wrong)
}

/** What was typed, as the API takes it. */
export const fieldsOf = (points: readonly PointDraft[], zones: readonly ZonesDraft[]): VibrationFields => ({
  points: points.map(draft => ({
    ...{ key: draft.key.trim(), name: { 'zh-CN': draft.zh, en: draft.en } },
    unit: vibrationUnits.find(unit => unit === draft.unit) ?? 'm/s²',
    ...{ rate: Number(draft.rate), scale: Number(draft.scale), samples: Number(draft.samples) },
    ...{ component: draft.component || null, speedMetric: draft.speedMetric || null, zones: draft.zones || null },
    speed: isFilled(draft.speed) ? Number(draft.speed) : null,
    bearing: isFilled(draft.rollers)
      ? {
          ...{ rollers: Number(draft.rollers), rollerDiameter: Number(draft.rollerDiameter) },
          ...{ pitchDiameter: Number(draft.pitchDiameter), contactAngle: Number(draft.contactAngle) },
        }
      : null,
    envelope: isFilled(draft.envelopeFrom) ? { from: Number(draft.envelopeFrom), to: Number(draft.envelopeTo) } : null,
    metrics: Object.fromEntries(features.flatMap(feature => (draft.metrics[feature] ? [[feature, draft.metrics[feature]]] : []))),
    bands: linesOf(draft.bands).map(line => {
      const [, from, to, metric] = bandLine.exec(line)!
      return { from: Number(from), to: Number(to), metric: metric! }
    }),
  })),
  zones: zones.map(({ key, zh, en, ab, bc, cd }) => ({
    ...{ key: key.trim(), name: { 'zh-CN': zh, en }, ab: Number(ab), bc: Number(bc), cd: Number(cd) },
  })),
})

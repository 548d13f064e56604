import { z } from 'zod'

/**
 * What a nameplate says beside serial number, model, type code, year built and site, in the words of OPC 40001-1 (MachineIdentification), where
 * those are SerialNumber, Model, ProductCode, YearOfConstruction and Location.
 */
export interface Identification {
  /** null: the manufacturer whose portal this is */
  manufacturer: string | null
  manufacturerUri: string | null
  /** of this one machine, unique in the world */
  productInstanceUri: string | null
  deviceClass: string | null
  hardwareRevision: string | null
  softwareRevision: string | null
  /** YYYY-MM-DD */
  initialOperationDate: string | null
  /** as its owner numbers it */
  assetId: string | null
}

/** Characters at most. */
export const identificationLengths = {
  manufacturer: 100,
  manufacturerUri: 255,
  productInstanceUri: 255,
  deviceClass: 100,
  hardwareRevision: 60,
  softwareRevision: 60,
  assetId: 60,
} as const satisfies Partial<Record<keyof Identification, number>>

/** Whether something is a URI with its scheme, as RFC 3986 writes one: https://…, urn:… */
export const isUri = (text: string): boolean => /^[a-z][a-z\d+.-]*:(?:%[\da-f]{2}|[\w\-.~:/?#[\]@!$&'()*+,;=])+$/i.test(text)

const noUri = {
  message: { 'zh-CN': '这不是完整的 URI。', en: 'This is no whole URI.' },
  remedy: {
    'zh-CN': '请连同协议填写，如 https://id.example.com/VM-850/00122034 或 urn:…；空格和中文须编码；或留空。',
    en: 'Write it with its scheme, as https://id.example.com/VM-850/00122034 or urn:…, other characters encoded; or leave it empty.',
  },
}
const text = (field: keyof typeof identificationLengths) =>
  z.string().trim().max(identificationLengths[field]).nullable().default(null)
const uri = (field: 'manufacturerUri' | 'productInstanceUri') =>
  z
    .string()
    .trim()
    .max(identificationLengths[field])
    .refine(value => value === '' || isUri(value), { params: noUri })
    .nullable()
    .default(null)

/** As it is entered. */
export const identificationFields = {
  manufacturer: text('manufacturer'),
  manufacturerUri: uri('manufacturerUri'),
  productInstanceUri: uri('productInstanceUri'),
  deviceClass: text('deviceClass'),
  hardwareRevision: text('hardwareRevision'),
  softwareRevision: text('softwareRevision'),
  initialOperationDate: z.iso.date().nullable().default(null),
  assetId: text('assetId'),
}

/** As it is shown, without the manufacturer. */
export const shownIdentification = {
  manufacturerUri: z.string().nullable(),
  /** of this one machine, unique in the world */
  productInstanceUri: z.string().nullable(),
  deviceClass: z.string().nullable(),
  hardwareRevision: z.string().nullable(),
  softwareRevision: z.string().nullable(),
  /** YYYY-MM-DD */
  initialOperationDate: z.string().nullable(),
  /** as its owner numbers it */
  assetId: z.string().nullable(),
}

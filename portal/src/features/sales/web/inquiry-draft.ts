import type { KeptUpload } from './use-uploads.ts'

/** What a visitor typed into the inquiry form and has not sent, kept in this tab: personal data outlives neither the tab nor the sending. */
export interface InquiryDraft {
  name: string
  company: string
  email: string
  phone: string
  message: string
  unlisted: string
  /** a CallBackTime, or '' */
  callBack: string
  attachments: KeptUpload[]
}

const key = 'fettle.inquiry'
const empty: InquiryDraft = {
  name: '',
  company: '',
  email: '',
  phone: '',
  message: '',
  unlisted: '',
  callBack: '',
  attachments: [],
}

export function readInquiryDraft(): InquiryDraft {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? '{}') as Record<string, unknown>
    const texts = Object.keys(empty).map(name => [name, typeof kept[name] === 'string' ? kept[name] : ''])
    const attachments = Array.isArray(kept.attachments) ? kept.attachments.filter(isKeptUpload) : []
    return { ...Object.fromEntries(texts), attachments }
  } catch {
    return empty
  }
}

const isKeptUpload = (value: unknown): value is KeptUpload => {
  const { token, name, bytes } = (value ?? {}) as Record<string, unknown>
  return typeof token === 'string' && typeof name === 'string' && typeof bytes === 'number'
}

export function keepInquiryDraft(draft: InquiryDraft): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft))
  } catch {
    // storage is forbidden: the form itself still holds it
  }
}

export function forgetInquiryDraft(): void {
  try {
    sessionStorage.removeItem(key)
  } catch {
    // nothing was kept
  }
}

/** What a visitor typed into the inquiry form and has not sent, kept in this tab: personal data outlives neither the tab nor the sending. */
export interface InquiryDraft {
  name: string
  company: string
  email: string
  phone: string
  message: string
  unlisted: string
}

const key = 'fettle.inquiry'
const empty: InquiryDraft = { name: '', company: '', email: '', phone: '', message: '', unlisted: '' }

export function readInquiryDraft(): InquiryDraft {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? '{}') as Record<string, unknown>
    return Object.fromEntries(
      Object.keys(empty).map(name => [name, typeof kept[name] === 'string' ? kept[name] : '']),
    ) as unknown as InquiryDraft
  } catch {
    return empty
  }
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

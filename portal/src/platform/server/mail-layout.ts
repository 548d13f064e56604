import type { Language } from '#platform/core'
import { light, radius, typeScale } from '../core/tokens.ts'

export interface MailContent {
  subject: string
  /** '您好，李雷：' */
  greeting?: string
  /** plain text; a line break stays one */
  paragraphs: string[]
  /** label and value, one under the other */
  facts?: { label: string; value: string }[]
  /** what is asked of the reader: one button */
  action?: { label: string; url: string }
  /** who writes */
  signature?: string
  /** smaller, at the end: what to do where this mail was not expected */
  closing?: string
}

/** One content as both parts of a mail: plain text, and simple HTML without tables, scripts, pictures or outside requests. */
export function mailLayout(language: Language, content: MailContent): { subject: string; text: string; html: string } {
  return { subject: oneLine(content.subject), text: plainPart(content), html: htmlPart(language, content) }
}

// a line break in a subject would begin another header
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

function plainPart({ greeting, paragraphs, facts = [], action, signature, closing }: MailContent): string {
  const blocks = [
    greeting,
    ...paragraphs,
    facts.map(({ label, value }) => `${label}: ${value}`).join('\n'),
    action && `${action.label}:\n${action.url}`,
    signature,
    closing && `--\n${closing}`,
  ]
  return `${blocks.filter(Boolean).join('\n\n')}\n`
}

function htmlPart(
  language: Language,
  { subject, greeting, paragraphs, facts = [], action, signature, closing }: MailContent,
): string {
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:24px;background:${light.paper};color:${light.ink};font:${typeScale.md}px/1.6 'Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif">
<div style="max-width:560px;margin:0 auto;padding:32px;background:${light.raised};border:1px solid ${light.line};border-radius:${radius}px">
<h1 style="margin:0 0 24px;font-size:${typeScale.lg}px;line-height:1.4">${escapeHtml(subject)}</h1>
${[greeting, ...paragraphs].map(paragraph).join('\n')}
${factList(facts)}
${action ? button(action) : ''}
${paragraph(signature)}
${closing ? `<p style="margin:24px 0 0;color:${light.inkMuted};font-size:${typeScale.sm}px">${escapeHtml(closing)}</p>` : ''}
</div></body></html>
`
}

const paragraph = (text: string | undefined): string =>
  text ? `<p style="margin:0 0 16px">${escapeHtml(text).replaceAll('\n', '<br>')}</p>` : ''

const factList = (facts: { label: string; value: string }[]): string =>
  facts.length === 0
    ? ''
    : `<dl style="margin:0 0 24px;padding:16px;background:${light.surface};border-radius:${radius}px">${facts
        .map(
          ({ label, value }) =>
            `<dt style="color:${light.inkMuted};font-size:${typeScale.sm}px">${escapeHtml(label)}</dt><dd style="margin:0 0 8px">${escapeHtml(value)}</dd>`,
        )
        .join('')}</dl>`

// the address stands below the button in full, for readers whose mail program shows no links
const button = ({ label, url }: { label: string; url: string }): string =>
  `<p style="margin:0 0 12px"><a href="${escapeHtml(url)}" style="display:inline-block;padding:10px 20px;background:${light.signal};color:${light.onSignal};border-radius:${radius}px;text-decoration:none;font-weight:600">${escapeHtml(label)}</a></p>
<p style="margin:0 0 24px;font-size:${typeScale.xs}px;color:${light.inkMuted};word-break:break-all">${escapeHtml(url)}</p>`

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign]!)

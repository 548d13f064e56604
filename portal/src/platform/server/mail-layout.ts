import type { Language } from '#platform/core'
import { paletteWith } from '../core/signal-colours.ts'
import { type Palette, radius, typeScale } from '../core/tokens.ts'

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

/** How the manufacturer's mails look. */
export interface MailLook {
  /** who runs the portal, in the language of the mail; empty: not said */
  name: string
  /** colour of line and button; null: the portal's own */
  signal: string | null
  /** on a white ground of its own, so that it can be seen wherever a reader's mail program paints the mail dark. width, height: px as it is shown */
  logo: { png: Uint8Array; width: number; height: number } | null
}

export const plainLook: MailLook = { name: '', signal: null, logo: null }

/** By what the HTML names the enclosed logo. */
export const logoCid = 'logo@fettle'

/** What the HTML part is made of when the mail leaves, in the look of that day. */
export interface LaidOutMail {
  language: Language
  content: MailContent
}

/** One content as a mail: its plain text, and what its simple HTML without scripts or outside requests is made of. */
export function mailLayout(language: Language, content: MailContent): { subject: string; text: string; layout: LaidOutMail } {
  return { subject: oneLine(content.subject), text: plainPart(content), layout: { language, content } }
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

/**
 * The HTML part. Colours stand in style attributes, which every mail program obeys; the style sheet only repaints for those that
 * know a dark scheme. Others darken by themselves: that is why the logo has its own ground, and why no word is part of a picture.
 */
export function mailHtml({ language, content }: LaidOutMail, look: MailLook): string {
  const { subject, greeting, paragraphs, facts = [], action, signature, closing } = content
  const colours = paletteWith(look.signal, 'light')
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escapeHtml(subject)}</title>
<style>${darkStyle(paletteWith(look.signal, 'dark'))}</style></head>
<body class="page" style="margin:0;padding:24px 12px;background:${colours.paper};color:${colours.ink};font:${typeScale.md}px/1.6 'Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif">
<div class="card" style="max-width:560px;margin:0 auto;padding:24px 28px 28px;background:${colours.raised};color:${colours.ink};border:1px solid ${colours.line};border-top:4px solid ${colours.signal};border-radius:${radius}px">
${head(look, colours)}
<h1 style="margin:0 0 24px;font-size:${typeScale.lg}px;line-height:1.4">${escapeHtml(subject)}</h1>
${[greeting, ...paragraphs].map(paragraph).join('\n')}
${factList(facts, colours)}
${action ? button(action, colours) : ''}
${paragraph(signature)}
${closing ? `<p class="muted" style="margin:24px 0 0;color:${colours.inkMuted};font-size:${typeScale.sm}px">${escapeHtml(closing)}</p>` : ''}
</div></body></html>
`
}

const darkStyle = (colours: Palette): string =>
  `@media (prefers-color-scheme:dark){${[
    `.page{background:${colours.paper}!important;color:${colours.ink}!important}`,
    `.card{background:${colours.raised}!important;color:${colours.ink}!important;border-color:${colours.line}!important;border-top-color:${colours.signal}!important}`,
    `.muted{color:${colours.inkMuted}!important}`,
    `.facts{background:${colours.surface}!important}`,
    `.button{background:${colours.signal}!important}.button a{color:${colours.onSignal}!important}`,
    '.logo{padding:8px!important}',
  ].join('')}}`

/** The logo, or where there is none the name; what a mail program without pictures shows is the name in either case. */
function head({ name, logo }: MailLook, colours: Palette): string {
  const words = `margin:0 0 20px;color:${colours.ink};font-size:${typeScale.md}px;font-weight:600`
  if (logo)
    return `<p style="${words}"><img class="logo" src="cid:${logoCid}" width="${logo.width}" height="${logo.height}" alt="${escapeHtml(name)}" style="display:block;border:0;border-radius:${radius}px;background:#ffffff"></p>`
  return name ? `<p style="${words}">${escapeHtml(name)}</p>` : ''
}

const paragraph = (text: string | undefined): string =>
  text ? `<p style="margin:0 0 16px">${escapeHtml(text).replaceAll('\n', '<br>')}</p>` : ''

const factList = (facts: { label: string; value: string }[], colours: Palette): string =>
  facts.length === 0
    ? ''
    : `<dl class="facts" style="margin:0 0 24px;padding:16px;background:${colours.surface};border-radius:${radius}px">${facts
        .map(
          ({ label, value }) =>
            `<dt class="muted" style="color:${colours.inkMuted};font-size:${typeScale.sm}px">${escapeHtml(label)}</dt><dd style="margin:0 0 8px">${escapeHtml(value)}</dd>`,
        )
        .join('')}</dl>`

// A cell carries the ground, since Outlook for Windows pads nothing else. The address stands below in full, for readers whose mail program shows no links.
const button = ({ label, url }: { label: string; url: string }, colours: Palette): string =>
  `<table role="presentation" cellspacing="0" cellpadding="0" border="0" style="margin:0 0 12px"><tr><td class="button" bgcolor="${colours.signal}" style="background:${colours.signal};border-radius:${radius}px;mso-padding-alt:10px 20px"><a href="${escapeHtml(url)}" style="display:inline-block;padding:10px 20px;color:${colours.onSignal};text-decoration:none;font-weight:600">${escapeHtml(label)}</a></td></tr></table>
<p class="muted" style="margin:0 0 24px;font-size:${typeScale.xs}px;color:${colours.inkMuted};word-break:break-all">${escapeHtml(url)}</p>`

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign]!)

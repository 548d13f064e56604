import { createElement, type ReactNode } from 'react'
import { useLanguage } from '#platform/web'
import { addressIn, type Inline, readText, type TextPart } from '../core/index.ts'
import style from './blocks.module.css'

/** A text with paragraphs, lists, bold words and links. */
export function StructuredText({ text }: { text: string }) {
  return createElement('div', { className: style.prose }, ...readText(text).map(part))
}

// Children as arguments: a text that is read never changes, so nothing in it needs a key.
function part({ kind, lines }: TextPart): ReactNode {
  if (kind === 'paragraph')
    return createElement('p', null, ...lines.flatMap((line, at) => (at > 0 ? [newLine(), ...words(line)] : words(line))))
  return createElement(kind === 'list' ? 'ul' : 'ol', null, ...lines.map(line => createElement('li', null, ...words(line))))
}

const newLine = () => createElement('br')

const words = (line: readonly Inline[]): ReactNode[] =>
  line.map(said => {
    if (said.kind === 'strong') return createElement('strong', null, said.text)
    if (said.kind === 'link') return createElement(AddressLink, { href: said.href, words: said.text })
    return said.text
  })

/** A link to a page of the portal in the reader's language, or elsewhere. */
export function AddressLink({ href, words }: { href: string; words: string }) {
  return <a href={addressIn(useLanguage(), href)}>{words}</a>
}
